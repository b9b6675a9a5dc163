"""Ids that the caller makes before sending: UUIDv7, in the order of time."""
import secrets
from uuid import UUID


def uuid7(*, unix_ms: int) -> UUID:
    """A UUIDv7 (RFC 9562) for a moment in milliseconds since 1970; 74 bits of it are chance."""
    value = (unix_ms & (2**48 - 1)) << 80 | 0x7 << 76 | secrets.randbits(12) << 64 | 0b10 << 62 | secrets.randbits(62)
    return UUID(int=value)
