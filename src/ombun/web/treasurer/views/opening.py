"""The opening position: what was there on the start day, so that nobody is in arrears since joining."""
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from ombun.access.door import centre_or_404, desk, reading
from ombun.contributions import operations as contribution_operations
from ombun.contributions import queries as contributions
from ombun.contributions.rules import COLLECTORS
from ombun.funds import queries as funds
from ombun.funds.queries import FundCard
from ombun.funds.rules import Office
from ombun.ledger import operations
from ombun.ledger import queries as ledger
from ombun.ledger.operations import OpeningMoney
from ombun.members import queries as members
from ombun.members.queries import MemberCard
from ombun.primitives.actors import Actor, Role
from ombun.primitives.days import add_months, month_of
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.sentences import month_in_words
from ombun.web import choices
from ombun.web.page import fresh_deed, fund_of, now, page
from ombun.web.typed import Typed


@desk(Role.TREASURER)
def opening(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What is written down of the opening position, and what is still missing."""
    with reading(actor):
        written = contributions.members_with_opening(fund_id=actor.fund_id)
        sizes = members.members_by_centre(fund_id=actor.fund_id, on=fund_of(actor).starts_on)
        books = contributions.books_of_centres(fund_id=actor.fund_id)
        centres = funds.centres(fund_id=actor.fund_id)
        entry = ledger.opening_entry(fund_id=actor.fund_id)
    return page(request, actor, "treasurer/opening.html", {
        "entry": entry, "villages": [{
            "centre": c, "members": sizes.get(c.id, 0), "written": written.get(c.id, 0),
            "books": [b for b in books if b.centre_id == c.id]} for c in centres]})


@desk(Role.TREASURER, methods=("GET", "POST"))
def opening_money(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Cash per holder, bank and other investments on the morning of the start day: one balanced entry."""
    fund = fund_of(actor)
    refusals: Sequence[Refusal] = ()
    if request.method == "POST":
        try:
            done = _write_money(request, actor, fund)
        except Refused as refused:
            refusals = refused.refusals
        else:
            return redirect("treasurer:entry", fund.code, done)
    with reading(actor):
        entry = ledger.opening_entry(fund_id=fund.id)
        people = _carriers(fund)
    if entry is not None and not refusals:
        return redirect("treasurer:entry", fund.code, entry.id)
    return page(request, actor, "treasurer/opening_money.html", {
        "refusals": refusals, "typed": request.POST or {"deed": str(fresh_deed())},
        "people": [(key, label, request.POST.get(f"held-{key}", "")) for key, label in people.items()]},
        status=422 if refusals else 200)


def _carriers(fund: FundCard) -> dict[str, str]:
    """Who may carry cash beside the treasurer, whose till has a line of its own."""
    holders = funds.office_holders(fund_id=fund.id, on=fund.starts_on)
    treasurers = {holder.person_id for holder in holders if holder.office == Office.TREASURER}
    return choices.people([h for h in holders if h.person_id not in treasurers], offices=COLLECTORS)


def _write_money(request: HttpRequest, actor: Actor, fund: FundCard) -> int:
    typed = Typed(request.POST)
    with reading(actor):
        people = _carriers(fund)
    money = OpeningMoney(
        treasurer_satang=typed.baht("treasurer", _("เงินสดในมือเหรัญญิก"), is_optional=True),
        bank_satang=typed.baht("bank", _("เงินในบัญชีธนาคาร"), is_optional=True),
        invested_satang=typed.baht("invested", _("เงินลงทุนอื่น"), is_optional=True),
        collectors_satang={UUID(key): typed.baht(f"held-{key}", label, is_optional=True)
                           for key, label in people.items()})
    deed = typed.deed_id()
    typed.demand()
    return operations.write_opening_position(actor=actor, opening_id=deed, money=money, recorded_at=now()).entry_id


@desk(Role.TREASURER, methods=("GET", "POST"))
def opening_village(request: HttpRequest, actor: Actor, moo: int) -> HttpResponse:
    """Up to which month the members of a village at the start had paid: one month for all, and the exceptions."""
    fund = fund_of(actor)
    with reading(actor):
        centre = centre_or_404(actor=actor, moo=moo)
        everybody = members.members_of_centre(fund_id=fund.id, centre_id=centre.id, on=fund.starts_on)
        written = contributions.opening_standings(fund_id=fund.id, member_ids=[m.id for m in everybody])
    missing = [m for m in everybody if m.id not in written]
    refusals: Sequence[Refusal] = ()
    if request.method == "POST":
        try:
            contribution_operations.write_opening_standings(
                actor=actor, paid_until=_typed_standings(request.POST, everybody, written), recorded_at=now())
        except Refused as refused:
            refusals = refused.refusals
        else:
            return redirect("treasurer:opening", fund.code)
    return page(request, actor, "treasurer/opening_village.html", {
        "centre": centre, "refusals": refusals,
        "missing": [(m, request.POST.get(f"month-{m.id}", "")) for m in missing],
        "written": [(m, add_months(written[m.id], -1)) for m in everybody if m.id in written],
        "typed": request.POST or {"month": month_in_words(add_months(month_of(fund.starts_on), -1))}},
        status=422 if refusals else 200)


def _typed_standings(
    fields: Mapping[str, str], members_then: Sequence[MemberCard], written: Mapping[int, date]
) -> dict[int, date]:
    """Paid through a month means paid until the first day of the next one.

    An exception typed for somebody whom a colleague wrote down meanwhile goes along, and is refused where they differ.
    """
    typed = Typed(fields)
    everybody = typed.month("month", _("ทุกคนส่งแล้วถึงเดือน"))
    own = {m.id: typed.month(f"month-{m.id}", m.full_name, is_optional=True) for m in members_then}
    typed.demand()
    assert everybody is not None
    return {i: add_months(month or everybody, 1) for i, month in own.items() if month or i not in written}
