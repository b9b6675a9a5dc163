"""The first page of a new installation.

หน้าแรกของการติดตั้งใหม่
"""
