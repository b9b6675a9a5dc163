"""What members had paid when the fund's own books began, and what its old books tell of the time before."""
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import connection

from ombun.audit import operations as audit
from ombun.contributions import queries, rules
from ombun.contributions.models import OpeningStanding, PastPayment
from ombun.funds import operations as funds
from ombun.ledger import operations as ledger
from ombun.ledger.rules import MEMBER_CONTRIBUTIONS, PAST_MONEY, Draft, Posting
from ombun.primitives.actors import Actor
from ombun.primitives.asking import array
from ombun.primitives.days import month_end
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refused
from ombun.primitives.transactions import inside_use_case, tell_planner, use_case

PAST_DEED = "contributions.history"


class OpeningRefused(Refused):
    """The opening position cannot be written so; every reason is listed."""


@use_case
def write_opening_standings(
    *, actor: Actor, paid_until: Mapping[int, date], recorded_at: datetime
) -> int:
    """Write down up to which day each member had paid when the fund's own books began here.

    Without it a member's dues would run since joining; whoever joined later needs none. Returns how many were new.
    Raises OpeningRefused with every reason.
    """
    fund = funds.lock_fund(fund_id=actor.fund_id)
    ids = list(paid_until)
    written = queries.opening_standings(fund_id=actor.fund_id, member_ids=ids)
    found = rules.refusals_to_open(
        paid_until=paid_until, written=written, starts_on=fund.starts_on,
        payers=queries.payers(fund_id=actor.fund_id, member_ids=ids))
    if found:
        raise OpeningRefused(*found)
    new = [OpeningStanding(fund_id=actor.fund_id, member_id=i, paid_until=day)
           for i, day in paid_until.items() if i not in written]
    OpeningStanding.objects.bulk_create(new)
    tell_planner(OpeningStanding, written=len(new))
    if new:
        audit.record_event(actor=actor, action="contributions.opening_written", subject=f"fund:{actor.fund_id}",
                           facts={"members": len(new)}, happened_at=recorded_at)
    return len(new)


_WRITE_PAST = """INSERT INTO contributions_pastpayment (fund_id, member_id, month, batch_id, amount_satang)
  SELECT %(fund_id)s, member_id, month, %(batch_id)s, amount_satang
  FROM unnest(%(members)s::int[], %(months)s::date[], %(amounts)s::bigint[]) AS told(member_id, month, amount_satang)"""


@inside_use_case
def write_past_payments(
    *, actor: Actor, batch_id: UUID, payments: Mapping[tuple[int, date], Satang], recorded_at: datetime
) -> None:
    """Write what members paid before the fund's own books began, by member and month, as the old lists tell it.

    Each month is one entry of the books, "money by the old books" against contributions. Two statements.
    """
    if not payments:
        return
    with connection.cursor() as cursor:
        cursor.execute(_WRITE_PAST, {
            "fund_id": actor.fund_id, "batch_id": batch_id, "members": array(i for i, _ in payments),
            "months": [month for _, month in payments], "amounts": array(payments.values())})
    tell_planner(PastPayment, written=len(payments))
    by_month = Counter[date]()
    for (_, month), satang in payments.items():
        by_month[month] += satang
    ledger.post_entries(actor=actor, deed=PAST_DEED, recorded_at=recorded_at, drafts=[Draft(
        deed_id=_past_deed_id(batch_id, month), happened_on=month_end(month), posted_on=month_end(month), postings=(
            Posting(account_code=PAST_MONEY, amount_satang=Satang(satang)),
            Posting(account_code=MEMBER_CONTRIBUTIONS, amount_satang=Satang(-satang))))
        for month, satang in sorted(by_month.items())])


@inside_use_case
def take_back_past_payments(*, actor: Actor, batch_id: UUID, recorded_at: datetime) -> None:
    """Take out again what an import told of past payments; the books get the mirror of each entry."""
    told = PastPayment.objects.filter(fund_id=actor.fund_id, batch_id=batch_id)
    months = set(told.values_list("month", flat=True))
    ledger.take_back_history(actor=actor, deed=PAST_DEED, recorded_at=recorded_at,
                             deed_ids=[_past_deed_id(batch_id, month) for month in months])
    told.delete()


def _past_deed_id(batch_id: UUID, month: date) -> UUID:
    return uuid5(batch_id, f"payments {month}")
