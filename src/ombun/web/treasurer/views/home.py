"""The treasurer's home: where the money is, what is due, what waits for whom, the year in a picture, the next step."""
from collections.abc import Mapping, Sequence, Set
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from ombun.access.door import desk, reading
from ombun.claims import queries as claims
from ombun.claims.queries import Waiting
from ombun.claims.states import ClaimState
from ombun.contributions import queries as contributions
from ombun.contributions.queries import CentreDues
from ombun.funds.queries import FundCard
from ombun.ledger import queries as ledger
from ombun.ledger.queries import CashHolder
from ombun.ledger.rules import HolderKind
from ombun.primitives.actors import Actor, Role
from ombun.primitives.days import add_months, month_of
from ombun.primitives.money import Satang
from ombun.web.page import fund_of, page, today
from ombun.web.treasurer.next_step import Situation, month_to_close, next_step

_NOTHING = Waiting(claims=0, since_on=date.max, amount_satang=Satang(0))
_WAITS_FOR = ((ClaimState.FILED, _("ศูนย์หมู่บ้านรับรอง"), "users"), (ClaimState.CERTIFIED, _("ประธานอนุมัติ"), "stamp"),
              (ClaimState.APPROVED, _("เหรัญญิกจ่ายสวัสดิการ"), "heart-handshake"))


@desk(Role.TREASURER, Role.CHAIR, Role.SECRETARY, Role.AUDITOR)
def home(request: HttpRequest, actor: Actor) -> HttpResponse:
    """One look at the whole fund."""
    month = month_of(today())
    with reading(actor):
        fund = fund_of(actor)
        holders, invested = ledger.cash_holders(fund_id=fund.id), ledger.invested(fund_id=fund.id)
        dues = contributions.dues_by_centre(
            fund_id=fund.id, from_on=month, until_on=add_months(month, 1), on=today())
        months = ledger.months_at_a_glance(
            fund_id=fund.id, from_on=add_months(month, -11), until_on=add_months(month, 1))
        over = ledger.hands_over_limit(fund_id=fund.id, on=today())
        held_since = ledger.held_since(fund_id=fund.id)
        waiting, set_aside = claims.waiting(fund_id=fund.id), contributions.receipts_to_clear(fund_id=fund.id)
        helped = claims.helped_and_open(fund_id=fund.id)
        has_opening = ledger.opening_entry(fund_id=fund.id) is not None
        with_book = {book.centre_id for book in contributions.books_of_centres(fund_id=fund.id)}
    to_close = month_to_close(books_closed_until=fund.books_closed_until, today=today())
    collectors = [(h, held_since.get(h.code)) for h in holders
                  if h.holder_kind == HolderKind.COLLECTOR and h.balance_satang]
    return page(request, actor, "treasurer/home.html", {
        "month": month, "holders": [h for h in holders if h.balance_satang],
        "invested_satang": invested, "total_satang": invested + sum(h.balance_satang for h in holders),
        "over": over, "dues": dues, "paid_satang": sum(d.paid_this_month_satang for d in dues),
        "owed_satang": sum(d.owed_satang for d in dues),
        "waits_for": [(waiting.get(state, _NOTHING), who, icon) for state, who, icon in _WAITS_FOR],
        "collectors": collectors, "to_close": to_close, "set_aside": set_aside,
        "helped": helped, "helped_days": (today() - helped[0][1].helped_on).days if helped else 0,
        "waits_at_all": bool(waiting or collectors or to_close or set_aside),
        "months": [(m, *months.get(m, (0, 0))) for m in (add_months(month, n) for n in range(-11, 1))],
        "step": next_step(_situation(fund, dues, holders, waiting, with_book, has_opening=has_opening))
        if actor.role == Role.TREASURER else None})


def _situation(
    fund: FundCard, dues: Sequence[CentreDues], holders: Sequence[CashHolder], waiting: Mapping[ClaimState, Waiting],
    with_book: Set[UUID], *, has_opening: bool
) -> Situation:
    to_pay = waiting.get(ClaimState.APPROVED, _NOTHING)
    return Situation(
        needs_opening=not has_opening and fund.starts_on > fund.founded_on,
        villages_without_book=[d.moo for d in dues if d.centre_id not in with_book],
        members=sum(d.members for d in dues), claims_to_pay=to_pay.claims, claims_to_pay_satang=to_pay.amount_satang,
        villages_to_collect=[d.moo for d in dues if d.members and not d.receipts],
        with_collectors_satang=sum(h.balance_satang for h in holders if h.holder_kind == HolderKind.COLLECTOR),
        month=month_of(today()),
        month_to_close=month_to_close(books_closed_until=fund.books_closed_until, today=today()))
