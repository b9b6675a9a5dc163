"""What people typed into a form, field by field: every mistake is kept and told at once, nothing is guessed."""
from collections.abc import Mapping
from datetime import date
from typing import TypeVar, cast
from uuid import UUID

from django.utils.functional import Promise

from ombun.primitives.days import read_day
from ombun.primitives.money import Satang, read_baht
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.thai import tidy, whole_number

T = TypeVar("T")
TEXT_MAX = 500  # letters; what is longer was not meant for a line of a form
EARLIEST_YEAR = 1900  # พ.ศ. 2443: nobody in a register was born before


class TypedWrongly(Refused):
    """Some fields cannot be read; each is named."""


class Typed:
    """Reads a submitted form. For a field that cannot be read the answer means nothing; `demand` refuses them all."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self.fields = fields
        self.refusals: list[Refusal] = []

    def refuse(self, code: str, about: str, **facts: object) -> None:
        """Keep a reason; `about` is the name of the field it belongs to."""
        self.refusals.append(Refusal(code=code, about=about, facts=facts))

    def demand(self) -> None:
        """Raise TypedWrongly with every mistake found so far, if there is any."""
        if self.refusals:
            raise TypedWrongly(*self.refusals)

    def text(self, name: str, label: str | Promise, *, is_optional: bool = False) -> str:
        """A text with single spaces and nothing invisible, of at most 500 letters."""
        written = tidy(self.fields.get(name, ""))
        if not written and not is_optional:
            self.refuse("web.missing", name, field=label)
        if len(written) > TEXT_MAX:
            self.refuse("web.text_too_long", name, field=label, letters=TEXT_MAX)
            return ""
        return written

    def day(self, name: str, label: str | Promise) -> date:
        """A day whose era is certain ("25/11/2569", "25 พ.ย. 2569", "25 Nov 2026")."""
        written = self.text(name, label)
        found = _first_day_read([written])
        if found is None and written:
            self.refuse("web.not_a_day", name, field=label, typed=written)
        return found or date.min

    def month(self, name: str, label: str | Promise, *, is_optional: bool = False) -> date | None:
        """The first day of a month ("10/2569", "ต.ค. 2569"); None for an empty optional field."""
        written = self.text(name, label, is_optional=is_optional)
        found = _first_day_read([f"1/{written}", f"1 {written}", f"{written}-01"])
        if found is None and written:
            self.refuse("web.not_a_month", name, field=label, typed=written)
        return found

    def baht(self, name: str, label: str | Promise, *, is_optional: bool = False) -> Satang:
        """An amount in baht; an empty optional field is nothing."""
        written = self.text(name, label, is_optional=is_optional)
        try:
            return read_baht(written) if written else Satang(0)
        except ValueError:
            self.refuse("web.not_an_amount", name, field=label, typed=written)
            return Satang(0)

    def number(self, name: str, label: str | Promise, *, most: int = 10**9) -> int:
        """A whole number from 1."""
        written = self.text(name, label)
        number = whole_number(written, most=most)
        if written and not number:
            self.refuse("web.not_a_number", name, field=label, typed=written)
        return number or 0

    def one_of(self, name: str, label: str | Promise, among: Mapping[str, T]) -> T:
        """One of the choices that the page offered."""
        chosen = self.fields.get(name, "")
        if chosen not in among:
            self.refuse("web.choose_one", name, field=label)
        return cast(T, among.get(chosen))

    def deed_id(self, name: str = "deed") -> UUID:
        """The id that the page gave this deed when it was shown, so that a second click is the same deed."""
        try:
            return UUID(self.fields.get(name, ""))
        except ValueError:
            self.refuse("web.page_too_old", name)
            return UUID(int=0)


def _first_day_read(spellings: list[str]) -> date | None:
    for written in spellings:
        try:
            day = read_day(written)
        except ValueError:
            continue
        return day if day.year >= EARLIEST_YEAR else None
    return None
