"""What old books tell of benefits paid before the fund's own books began."""
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from ombun.claims.models import PastBenefit
from ombun.ledger import operations as ledger
from ombun.ledger.rules import PAST_MONEY, Draft, Posting
from ombun.primitives.actors import Actor
from ombun.primitives.days import month_end, month_of
from ombun.primitives.money import Satang
from ombun.primitives.transactions import inside_use_case, tell_planner

PAST_DEED = "claims.history"


@dataclass(frozen=True, kw_only=True)
class ToldBenefit:
    """One line of an old list: who (where the register knows them), what, when, how much, in which account."""

    member_id: int | None
    benefit: str
    words: str
    receiver: str
    paid_on: date
    units: int
    amount_satang: Satang
    account_code: str


@inside_use_case
def write_past_benefits(*, actor: Actor, batch_id: UUID, told: Sequence[ToldBenefit], recorded_at: datetime) -> None:
    """Write down what members received before the fund's own books began; each month is one entry of the books."""
    if not told:
        return
    PastBenefit.objects.bulk_create([PastBenefit(
        id=uuid5(batch_id, f"benefit {n}"), fund_id=actor.fund_id, batch_id=batch_id, member_id=one.member_id,
        benefit=one.benefit, words=one.words, receiver=one.receiver, paid_on=one.paid_on, units=one.units,
        amount_satang=one.amount_satang) for n, one in enumerate(told)], batch_size=2000)
    tell_planner(PastBenefit, written=len(told))
    by_month: dict[date, Counter[str]] = {}
    for one in told:
        by_month.setdefault(month_of(one.paid_on), Counter())[one.account_code] += one.amount_satang
    ledger.post_entries(actor=actor, deed=PAST_DEED, recorded_at=recorded_at, drafts=[Draft(
        deed_id=_past_deed_id(batch_id, month), happened_on=month_end(month), posted_on=month_end(month), postings=(
            *(Posting(account_code=code, amount_satang=Satang(satang)) for code, satang in sorted(sums.items())),
            Posting(account_code=PAST_MONEY, amount_satang=Satang(-sums.total()))))
        for month, sums in sorted(by_month.items())])


@inside_use_case
def take_back_past_benefits(*, actor: Actor, batch_id: UUID, recorded_at: datetime) -> None:
    """Take out again what an import told of past benefits; the books get the mirror of each entry."""
    told = PastBenefit.objects.filter(fund_id=actor.fund_id, batch_id=batch_id)
    months = {month_of(day) for day in told.values_list("paid_on", flat=True)}
    ledger.take_back_history(actor=actor, deed=PAST_DEED, recorded_at=recorded_at,
                             deed_ids=[_past_deed_id(batch_id, month) for month in months])
    told.delete()


def _past_deed_id(batch_id: UUID, month: date) -> UUID:
    return uuid5(batch_id, f"benefits {month}")
