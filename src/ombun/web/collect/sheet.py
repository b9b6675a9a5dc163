"""The collection sheet as a form: who is ticked, which amount stands beside each name, who collected and when."""
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ombun.contributions.queries import SheetLine
from ombun.contributions.rules import Payment, Plan, Sheet, plan_on
from ombun.primitives.money import SATANG_MAX, Satang, baht
from ombun.primitives.thai import whole_number
from ombun.web.typed import Typed

DOUBTFUL_PERIODS = 24  # two years behind is more likely an opening position that nobody wrote down


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line on the screen: the member, whether "paid" is ticked, the amount beside it, how many periods behind."""

    line: SheetLine
    is_ticked: bool
    amount: str
    number: str
    periods_behind: int
    is_wrong: bool

    @property
    def is_doubtful(self) -> bool:
        """Whether so much is owed that the opening position is probably missing: then nothing is ticked by itself."""
        return self.periods_behind >= DOUBTFUL_PERIODS

    @property
    def is_ahead(self) -> bool:
        """Whether nothing is due because it was paid already."""
        return self.line.standing.paid_until is not None and self.line.standing.owed_satang == 0


def rows(
    lines: Sequence[SheetLine], *, plans: Sequence[Plan], on: date, typed: Mapping[str, str] | None,
    wrong: Collection[str] = ()
) -> list[Row]:
    """The lines as they first stand (whoever owes is ticked) or as they were typed; `wrong` names what to mend."""
    plan = plan_on(plans=plans, day=on)
    each = plan.usual_satang if plan else Satang(0)
    return [_row(line, each, typed, wrong) for line in lines]


def _row(line: SheetLine, each: Satang, typed: Mapping[str, str] | None, wrong: Collection[str]) -> Row:
    owed, key = line.standing.owed_satang, line.member.id
    behind = owed // each - 1 if each and owed > each else 0
    amount, is_ticked = _plain(owed or each), owed > 0 and behind < DOUBTFUL_PERIODS
    if typed is not None:
        amount, is_ticked = typed.get(f"amount-{key}", amount), f"pay-{key}" in typed
    return Row(line=line, is_ticked=is_ticked, amount=amount, periods_behind=behind,
               number=(typed or {}).get(f"number-{key}", ""),
               is_wrong=bool({f"amount-{key}", f"number-{key}", str(key)} & set(wrong)))


def counted_again(fields: Mapping[str, str], *, before: Sequence[Row], due: Sequence[Row]) -> dict[str, str]:
    """The fields of a sheet that was begun, for another day: amounts and ticks as they are due then, besides those that
    somebody had changed by hand."""
    kept = {name: value for name, value in fields.items() if not name.startswith(("pay-", "amount-"))}
    stood = {row.line.member.id: row for row in before}
    for row in due:
        key, old = row.line.member.id, stood.get(row.line.member.id)
        amount, is_ticked = fields.get(f"amount-{key}"), f"pay-{key}" in fields
        kept[f"amount-{key}"] = amount if old and amount is not None and amount != old.amount else row.amount
        if is_ticked if old and is_ticked != old.is_ticked else row.is_ticked:
            kept[f"pay-{key}"] = "on"
    return kept


def _plain(satang: int) -> str:
    """An amount as quick to read and to change: 30, not 30.00."""
    return baht(satang).removesuffix(".00").replace(",", "")


def typed_sheet(typed: Typed, *, centre_id: UUID, collectors: Mapping[str, UUID], names: Mapping[int, str]) -> Sheet:
    """The sheet as it was filled in; `demand` on what was typed tells whether it may be used."""
    ticked = [int(field[4:]) for field in typed.fields
              if field.startswith("pay-") and field[4:].isdecimal() and len(field) < 14]
    return Sheet(
        collection_id=typed.deed_id(), centre_id=centre_id, collected_on=typed.day("on", _("วันที่เก็บเงิน")),
        collected_by=typed.one_of("by", _("ผู้เก็บเงิน"), collectors),
        payments=tuple(Payment(member_id=i, amount_satang=typed.baht(f"amount-{i}", names.get(i, str(i))))
                       for i in ticked))


def packed(payments: Sequence[Payment], numbers: Mapping[int, int] | None = None) -> str:
    """Payments in one hidden field of the confirmation page: "12:3000 15:9000"; with the number of the receipt where
    it was read off the paper: "12:3000:107"."""
    told = numbers or {}
    return " ".join(f"{p.member_id}:{p.amount_satang}" + (f":{told[p.member_id]}" if p.member_id in told else "")
                    for p in payments)


def unpacked(text: str) -> dict[str, str]:
    """The fields of the sheet that a packed list stands for."""
    parts = [part.split(":") for part in text.split() if part.count(":") in (1, 2)]
    fields: dict[str, str] = {}
    for member_id, written, *number in parts:
        satang = whole_number(written, most=SATANG_MAX)
        if member_id.isdecimal() and satang is not None:
            fields |= {f"pay-{member_id}": "on", f"amount-{member_id}": _plain(satang)}
            fields |= {f"number-{member_id}": one for one in number}
    return fields
