"""What members received, a row a payment, as the importer reads lists of benefits."""
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ombun.exports.rules.grids import Payer
from ombun.exports.rules.register import with_hyphens
from ombun.exports.rules.tables import Column, Table, Value, in_baht, typed_day
from ombun.imports.rules.benefit_sheet import WRITTEN, BenefitField
from ombun.imports.rules.benefit_words import kind_of
from ombun.imports.rules.history import BENEFIT_ACCOUNTS
from ombun.ledger.rules import CHART

_WIDTHS = {BenefitField.SEQUENCE: 7, BenefitField.NAME: 30, BenefitField.KIND: 34, BenefitField.RECEIVER: 26,
           BenefitField.NATIONAL_ID: 21, BenefitField.MOO: 6}
_NAMES = {line.code: line.name_th for line in CHART}


@dataclass(frozen=True, kw_only=True)
class Received:
    """A benefit that was paid. `number` tells two payments alike apart; `units` are nights where the clause counts."""

    who: Payer
    paid_on: date
    number: str
    word: str
    units: int
    satang: int
    receiver: str


def word_of(*, title: str, account_code: str) -> str:
    """What a benefit is called so that it stands in the same account again: its title, else the account's name."""
    is_read_so = BENEFIT_ACCOUNTS[kind_of(word=title)] == account_code
    return title if is_read_so else _NAMES.get(account_code, title)


def benefits_table(*, received: Iterable[Received]) -> Table:
    """The sheet of all benefits paid."""
    return Table(name="สวัสดิการ", rows=_rows(received), frozen_columns=6, columns=[
        Column(heading=heading, width=_WIDTHS.get(field, 14), is_money=field is BenefitField.AMOUNT)
        for field, heading in WRITTEN.items()])


def _rows(received: Iterable[Received]) -> Iterator[Sequence[Value]]:
    for order, one in enumerate(received, start=1):
        who = one.who
        cells: dict[BenefitField, Value] = {
            BenefitField.SEQUENCE: order, BenefitField.DATE: typed_day(day=one.paid_on),
            BenefitField.VOUCHER: one.number, BenefitField.NUMBER: who.member_no,
            BenefitField.NATIONAL_ID: with_hyphens(number=who.national_id), BenefitField.NAME: who.full_name,
            BenefitField.MOO: str(who.moo) if who.moo is not None else None, BenefitField.KIND: one.word,
            BenefitField.NIGHTS: one.units, BenefitField.AMOUNT: in_baht(satang=one.satang),
            BenefitField.RECEIVER: one.receiver}
        yield [cells[field] for field in WRITTEN]
