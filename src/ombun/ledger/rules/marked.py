"""Texts in marked parts, as codes for paying have them: a mark of two digits, a length of two digits, the part; and a
checksum at the end. Pure."""
from collections.abc import Sequence

_POLYNOMIAL, _START = 0x1021, 0xFFFF


def marked(*, parts: Sequence[tuple[str, str]]) -> str:
    """The parts one after the other, each with its mark and its length; empty ones are left out."""
    return "".join(f"{tag}{len(part):02}{part}" for tag, part in parts if part)


def checked(*, parts: Sequence[tuple[str, str]], tag: str) -> str:
    """The parts with their checksum behind them, under its own mark."""
    text = f"{marked(parts=parts)}{tag}04"
    return text + checksum(text=text)


def checksum(*, text: str) -> str:
    """CRC-16/CCITT-FALSE of a text as four digits in capitals (polynomial 1021, begins at FFFF, not reflected)."""
    crc = _START
    for byte in text.encode():
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1 ^ (_POLYNOMIAL if crc & 0x8000 else 0)) & 0xFFFF
    return f"{crc:04X}"


def parts_of(*, text: str) -> dict[str, str] | None:
    """The parts of a text by their marks, in their order; None where it is none, or says a part twice."""
    found: dict[str, str] = {}
    while text:
        tag, length = text[:2], text[2:4]
        if not (tag.isascii() and length.isascii() and tag.isdecimal() and length.isdecimal()) or tag in found:
            return None
        part = text[4:4 + int(length)]
        if len(part) != int(length):
            return None
        found[tag], text = part, text[4 + int(length):]
    return found or None
