"""A sheet that was filled in by pen, as a form: the numbers of its paper book, and the money counted note by note."""
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from ombun.contributions.rules import NUMBER_MAX, SPOILED_MAX, PaperNumbers, Run
from ombun.primitives.money import NOTES_SATANG, Satang
from ombun.primitives.sentences import through
from ombun.primitives.thai import arabic_digits, whole_number
from ombun.web.typed import Typed

PIECES_MAX = 99_999
_NUMBERS = re.compile(r"(\d+)(?:\s*[-–]\s*(\d+))?")


def typed_numbers(typed: Typed, *, members: Sequence[int]) -> PaperNumbers:
    """The numbers as they were typed; `demand` on what was typed tells whether they may be used."""
    spoiled = _spoiled(typed)
    return PaperNumbers(
        book_no=typed.number("book", _("เล่มที่"), most=NUMBER_MAX),
        first_number=typed.number("first", _("เลขที่ใบแรก"), most=NUMBER_MAX), spoiled=spoiled,
        why=typed.text("why", _("เสียเพราะอะไร"), is_optional=not spoiled),
        by_member={i: typed.number(f"number-{i}", _("เลขที่ใบเสร็จ"), most=NUMBER_MAX)
                   for i in members if typed.fields.get(f"number-{i}", "").strip()})


def _spoiled(typed: Typed) -> frozenset[int]:
    """Numbers as people write them: "107, 112-114"."""
    found: set[int] = set()
    for word in filter(None, re.split(r"[,;]|(?<=\d)\s+(?=\d)", arabic_digits(typed.fields.get("spoiled", "")))):
        match = _NUMBERS.fullmatch(word.strip())
        first, last = (int((match[n] or match[1])[:12]) for n in (1, 2)) if match else (1, 0)
        if not 0 < first <= last <= NUMBER_MAX or last - first + len(found) >= SPOILED_MAX:
            if word.strip():
                typed.refuse("web.not_a_number", "spoiled", field=_("เลขที่เสีย"), typed=word.strip())
            continue
        found |= set(range(first, last + 1))
    return frozenset(found)


def in_words(runs: Sequence[Run], *, spoiled: bool) -> str:
    """The numbers of the receipts, or of the spoiled ones: "101–106, 108–120"."""
    return ", ".join(through(run.first_number, run.last_number) for run in runs if bool(run.payments) != spoiled)


@dataclass(frozen=True, kw_only=True)
class Counted:
    """The money that was counted, in satang, and how much more it is than the sheet says (less where negative)."""

    satang: Satang
    over_satang: int


def counted(fields: Mapping[str, str], *, sheet_satang: int) -> Counted | None:
    """The money counted note by note, or None where nobody counted."""
    pieces = {note: whole_number(fields.get(f"note-{note}", ""), most=PIECES_MAX) for note in NOTES_SATANG}
    if all(count is None for count in pieces.values()):
        return None
    satang = sum(note * (count or 0) for note, count in pieces.items())
    return Counted(satang=Satang(satang), over_satang=satang - sheet_satang)


def notes_typed(fields: Mapping[str, str]) -> list[tuple[int, str]]:
    """Every kind of note and coin in use (in satang), with how many were typed."""
    return [(note, fields.get(f"note-{note}", "")) for note in NOTES_SATANG]
