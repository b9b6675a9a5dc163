"""What a row of the other old books says, as JSON keeps it between preview, commit and undo, and read back."""
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ombun.imports.rules.books import (
    AccountItem,
    AccountsRow,
    AccountsYear,
    BenefitKind,
    BenefitRow,
    BenefitRows,
    GridRow,
    Person,
    mark_of,
)

Place = tuple[str, str, int]
Who = int | Place | str
"""A member's id; the register row (file, sheet, row) that brings the person; or the number and name as written.

Once the workbook is forgotten a mark stands in their place.
"""


@dataclass(frozen=True, kw_only=True)
class ToldPayment:
    """Money that somebody paid in a month, as a grid tells it."""

    who: Who
    month: date
    satang: int


@dataclass(frozen=True, kw_only=True)
class Told:
    """A benefit that somebody received, as a list tells it; `paid_on` is a day that the books of its month can have."""

    who: Who
    written_on: date | None
    paid_on: date
    kind: BenefitKind
    word: str
    nights: int
    satang: int
    receiver: str

    @property
    def sameness(self) -> tuple[int | str, date, BenefitKind, int]:
        """What two lines have in common that tell of one benefit."""
        return marked(who=self.who), self.paid_on, self.kind, self.satang


@dataclass(frozen=True, kw_only=True)
class ToldLine:
    """Money under a heading of the accounts in a month."""

    month: date
    item: AccountItem
    word: str
    satang: int


def booked_as_kept(*, booked: GridRow | BenefitRow | BenefitRows | AccountsRow) -> dict[str, Any]:
    """A judged row of the other books as JSON keeps it."""
    if isinstance(booked, GridRow):
        return {"payments": [[_who(p.person or booked.person, booked), p.month.isoformat(), p.satang]
                             for p in booked.payments]}
    if isinstance(booked, AccountsRow):
        return {"lines": [[line.month.isoformat(), line.item.value, line.word, line.satang] for line in booked.lines]}
    rows = booked.benefits if isinstance(booked, BenefitRows) else (booked,)
    return {"benefits": [_benefit_as_kept(row) for row in rows]}


def _benefit_as_kept(row: BenefitRow) -> dict[str, Any]:
    day = row.paid_on or row.month
    return {"who": _who(row.person, row), "on": row.paid_on.isoformat() if row.paid_on else None,
            "month": day.isoformat() if day else None, "year": row.fiscal_year_be, "kind": row.kind.value,
            "word": row.word, "nights": row.nights, "satang": row.satang, "receiver": row.receiver}


def _who(person: Person | None, row: GridRow | BenefitRow) -> int | list[str | int] | str:
    if person is not None and person.member_id is not None:
        return person.member_id
    if person is not None and person.place is not None:
        return list(person.place)
    return f"{row.written_no} {row.written_name}".strip()


def year_as_kept(*, year: AccountsYear) -> list[str | int | None]:
    """A year of accounts: the day it begins, and the money it begins with in satang (None: nobody wrote it)."""
    opening = [satang for satang in (year.opening_cash_satang, year.opening_bank_satang) if satang is not None]
    return [date(year.fiscal_year_be - 544, 10, 1).isoformat(), sum(opening) if opening else None]


def payments_kept(*, kept: Mapping[str, Any]) -> Iterator[ToldPayment]:
    """The payments of a kept grid row."""
    for who, month, satang in kept.get("payments", ()):
        yield ToldPayment(who=_restored(who), month=date.fromisoformat(month), satang=satang)


def lines_kept(*, kept: Mapping[str, Any]) -> Iterator[ToldLine]:
    """The lines of a kept row of accounts."""
    for month, item, word, satang in kept.get("lines", ()):
        yield ToldLine(month=date.fromisoformat(month), item=AccountItem(item), word=word, satang=satang)


def benefits_kept(*, kept: Mapping[str, Any]) -> Iterator[Told]:
    """The benefits of a kept row of benefits that have a day (or month, or year) and an amount."""
    for told in kept.get("benefits", ()):
        if told["satang"] and (told["month"] or told["year"]):
            yield _benefit_told(told)


def _benefit_told(told: Mapping[str, Any]) -> Told:
    day = date.fromisoformat(told["month"]) if told["month"] else date(told["year"] - 543, 9, 30)
    return Told(who=_restored(told["who"]), written_on=date.fromisoformat(told["on"]) if told["on"] else None,
                paid_on=day, kind=BenefitKind(told["kind"]), word=told["word"], nights=told["nights"],
                satang=told["satang"], receiver=told["receiver"])


def beyond(*, kept: Mapping[str, Any], before: Counter[Hashable]) -> dict[str, Any]:
    """What a kept row tells beyond what was told before; that is used up on the way, row after row.

    Of money told anew under the same name only the difference is left, so that it may be negative.
    """
    rest: dict[str, Any] = {}
    for payment in payments_kept(kept=kept):
        if satang := payment.satang - before.pop((marked(who=payment.who), payment.month), 0):
            rest.setdefault("payments", []).append([payment.who, payment.month.isoformat(), satang])
    for line in lines_kept(kept=kept):
        if satang := line.satang - before.pop((line.month, line.item.value, line.word), 0):
            rest.setdefault("lines", []).append([line.month.isoformat(), line.item.value, line.word, satang])
    for benefit in kept.get("benefits", ()):
        for told in benefits_kept(kept={"benefits": [benefit]}):
            if before[told.sameness] > 0:
                before[told.sameness] -= 1
            else:
                rest.setdefault("benefits", []).append(benefit)
    return rest


def marked(*, who: Who) -> int | str:
    """Whom two tellings have in common: a member's id, or the mark of whoever nobody could place."""
    if isinstance(who, int):
        return who
    return mark_of(written=" ".join(map(str, who)) if isinstance(who, tuple) else who)


def without_names(*, kept: Mapping[str, Any]) -> dict[str, Any]:
    """A kept row of other books as it is left once its workbook is forgotten: sums and days, and marks for names."""
    left = dict(kept)
    if "payments" in left:
        left["payments"] = [[marked(who=_restored(who)), month, satang] for who, month, satang in left["payments"]]
    if "benefits" in left:
        left["benefits"] = [{**told, "who": marked(who=_restored(told["who"])), "receiver": ""}
                            for told in left["benefits"]]
    return left


def _restored(who: Any) -> Who:
    return (str(who[0]), str(who[1]), int(who[2])) if isinstance(who, list) else who
