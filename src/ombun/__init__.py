"""Ombun (ออมบุญ): software for the community welfare funds of Thailand."""
