"""All that happened to a membership in one cell: "เข้าเป็นสมาชิก 1/5/2558, ลาออก 3/2/2560, เข้าเป็นสมาชิก 1/1/2562"."""
import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from ombun.imports.rules.typed_days import fund_day
from ombun.members.rules.life import Told
from ombun.members.rules.membership import BirthPrecision
from ombun.members.states import Happening
from ombun.primitives.days import year_be

WORDS: Mapping[Happening, str] = MappingProxyType({
    Happening.JOINED: "เข้าเป็นสมาชิก", Happening.SUSPENDED: "พักสมาชิกภาพ", Happening.REINSTATED: "คืนสมาชิกภาพ",
    Happening.RESIGNED: "ลาออก", Happening.MOVED: "ย้ายออก", Happening.LAPSED: "พ้นสภาพ",
    Happening.EXPELLED: "ให้ออก", Happening.DECEASED: "ถึงแก่กรรม"})
"""The word for each happening, as we write it and read it back."""
_NO_DAY = "ไม่ทราบวัน"
_ONE = re.compile(rf"({'|'.join(WORDS.values())}) (.+)")
_KINDS = {word: kind for kind, word in WORDS.items()}


def in_digits(*, day: date) -> str:
    """A day as it is typed, its era certain: 1/5/2558."""
    return f"{day.day}/{day.month}/{year_be(day)}"


def life_in_words(*, life: tuple[Told, ...]) -> str:
    """What happened to a membership, in order, in one cell."""
    return ", ".join(f"{WORDS[kind]} {in_digits(day=day) if day else _NO_DAY}" for kind, day in life)


def read_life(*, written: str) -> tuple[Told, ...] | None:
    """What a cell tells of a membership, in order; nothing for an empty cell, None where a part cannot be read."""
    found: list[Told] = []
    for part in (part.strip() for part in written.split(",") if part.strip()):
        match = _ONE.fullmatch(part)
        if match is None:
            return None
        read = fund_day(written=match[2])
        if match[2] != _NO_DAY and (read.day is None or read.precision is not BirthPrecision.DAY):
            return None
        found.append((_KINDS[match[1]], None if match[2] == _NO_DAY else read.day))
    return tuple(found)
