"""The register on paper: application forms, cards, passbooks and years, of one member or of a whole village."""
from collections.abc import Sequence
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ombun.access.cards import card_token, member_of_card
from ombun.access.door import centre_or_404, desk, member_or_404, reading
from ombun.contributions.queries import plans
from ombun.contributions.rules import plan_on
from ombun.funds import queries as funds
from ombun.ledger import queries as ledger
from ombun.members import queries
from ombun.members.queries import MemberCard
from ombun.members.states import Happening
from ombun.papers.applications import ApplicationPaper, application_pdf
from ombun.papers.cards import CardPaper, cards_pdf
from ombun.papers.gathering import passbooks_of_members
from ombun.papers.member_years import member_years_pdf
from ombun.primitives.actors import Actor
from ombun.primitives.thai import whole_number
from ombun.web import member_years, paper, passbook
from ombun.web.page import fund_of, page, today
from ombun.web.registrar import application_paper
from ombun.web.registrar.views.members import READERS


@desk(*READERS)
def papers(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What the register prints: the blank form, and by village cards, passbooks and years."""
    with reading(actor):
        centres = funds.centres(fund_id=actor.fund_id)
        people = queries.members_by_centre(fund_id=actor.fund_id, on=today())
        paying = ledger.paying_account(fund_id=actor.fund_id)
    years = member_years.years_offered(founded_on=fund_of(actor).founded_on, today=today())
    return page(request, actor, "registrar/papers.html", {
        "villages": [(centre, people.get(centre.id, 0)) for centre in centres], "years": years,
        "paying": paying, "year": _year_asked(request, actor)})


@desk(*READERS)
def printed_passbook(request: HttpRequest, actor: Actor, member: int) -> HttpResponse:
    """The passbook of one member."""
    with reading(actor):
        card = member_or_404(actor=actor, member_id=member)
        written = passbooks_of_members(fund_id=actor.fund_id, cards=[card], on=today())
    return passbook.passbooks_page(fund=fund_of(actor), written=written, name=f"passbook-{today()}")


@desk(*READERS)
def village_passbooks(request: HttpRequest, actor: Actor, moo: int) -> HttpResponse:
    """The passbooks of everybody in a village, in Thai order."""
    with reading(actor):
        written = passbooks_of_members(fund_id=actor.fund_id, cards=_of_village(actor, moo), on=today())
    return passbook.passbooks_page(fund=fund_of(actor), written=written, name=f"passbooks-{moo}-{today()}")


@desk(*READERS)
def printed_card(request: HttpRequest, actor: Actor, member: int) -> HttpResponse:
    """The card of one member, for somebody new or who lost theirs."""
    with reading(actor):
        card = member_or_404(actor=actor, member_id=member)
        return _cards_page(request, actor, [card], name=f"card-{today()}")


@desk(*READERS)
def village_cards(request: HttpRequest, actor: Actor, moo: int) -> HttpResponse:
    """The cards of everybody in a village, in Thai order."""
    with reading(actor):
        return _cards_page(request, actor, _of_village(actor, moo), name=f"cards-{moo}-{today()}")


@desk(*READERS)
def printed_year(request: HttpRequest, actor: Actor, member: int) -> HttpResponse:
    """One member's fiscal year (`?year=2026`, as the common era counts; this one where none is named)."""
    with reading(actor):
        card = member_or_404(actor=actor, member_id=member)
        return _years_page(actor, [card], year=_year_asked(request, actor), name="year")


@desk(*READERS)
def village_years(request: HttpRequest, actor: Actor, moo: int) -> HttpResponse:
    """The fiscal year of everybody in a village who was a member in it, in Thai order."""
    year = _year_asked(request, actor)
    from_on, until_on = member_years.first_day(year), member_years.first_day(year + 1)
    with reading(actor):
        centre = centre_or_404(actor=actor, moo=moo)
        cards = [card for card in queries.all_members(fund_id=actor.fund_id)
                 if card.centre_id == centre.id and card.was_member_between(from_on, until_on)]
        return _years_page(actor, cards, year=year, name=f"years-{moo}")


@desk(*READERS)
def blank_application(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The application form, to be filled in by pen."""
    with reading(actor):
        form = _blank(actor)
    return _application_page(actor, form)


@desk(*READERS)
def member_application(request: HttpRequest, actor: Actor, member: int) -> HttpResponse:
    """The application form with what the register knows of a member."""
    with reading(actor):
        card = member_or_404(actor=actor, member_id=member)
        happened = queries.life(fund_id=actor.fund_id, member_id=card.id)
        joined = [event for event in happened if event.kind == Happening.JOINED]
        centre = next((c for c in funds.centres(fund_id=actor.fund_id) if c.id == card.centre_id), None)
        named = queries.beneficiaries_of(fund_id=actor.fund_id, member_ids=[card.id]).get(card.id, ())
        acting = queries.guardians_of(fund_id=actor.fund_id, member_ids=[card.id]).get(card.id, ())
        form = application_paper.of_member(
            card=card, named=named, guardian=next((one for one in acting if one.acts_on(today())), None),
            centre=centre, joined=joined[-1] if joined else None, form=_blank(actor))
    return _application_page(actor, form)


@desk(*READERS)
def filed_application(request: HttpRequest, actor: Actor, application: UUID) -> HttpResponse:
    """The application form of somebody who has applied, as far as their application has come."""
    with reading(actor):
        filed = queries.application(fund_id=actor.fund_id, application_id=application)
        if filed is None:
            raise Http404
        centre = next((c for c in funds.centres(fund_id=actor.fund_id) if c.moo == filed.moo), None)
        form = application_paper.of_application(application=filed, centre=centre, form=_blank(actor))
    return _application_page(actor, form)


@desk(*READERS)
def read_card(request: HttpRequest, actor: Actor, token: str) -> HttpResponse:
    """Where the code of a card leads: to the member, for those who may see them; for others there is nothing."""
    member_id = member_of_card(fund_id=actor.fund_id, token=token)
    if member_id is None:
        raise Http404
    with reading(actor):
        card = member_or_404(actor=actor, member_id=member_id)
    return redirect("registrar:member", fund_of(actor).code, card.id)


def _of_village(actor: Actor, moo: int) -> Sequence[MemberCard]:
    centre = centre_or_404(actor=actor, moo=moo)
    return queries.members_of_centre(fund_id=actor.fund_id, centre_id=centre.id, on=today())


def _year_asked(request: HttpRequest, actor: Actor) -> int:
    """The fiscal year that the address names (or `last`: the one before), else this one."""
    offered = member_years.years_offered(founded_on=fund_of(actor).founded_on, today=today())
    if request.GET.get("year") == "last" and len(offered) > 1:
        return offered[1]
    asked = whole_number(request.GET.get("year", ""), most=9999)
    return asked if asked in offered else offered[0]


def _blank(actor: Actor) -> ApplicationPaper:
    return application_paper.blank(plan=plan_on(plans=plans(fund_id=actor.fund_id), day=today()))


def _application_page(actor: Actor, form: ApplicationPaper) -> HttpResponse:
    return paper.pdf_page(name=f"application-{today()}", content=application_pdf(
        fund=paper.heading(fund_of(actor)), application=form, printed_on=today(), language=paper.language()))


def _cards_page(request: HttpRequest, actor: Actor, cards: Sequence[MemberCard], *, name: str) -> HttpResponse:
    fund, villages = fund_of(actor), {c.id: paper.village(c) for c in funds.centres(fund_id=actor.fund_id)}
    written = [CardPaper(
        member_name=card.full_name, member_no=card.member_no,
        village=villages[card.centre_id] if card.centre_id else "–",
        code=request.build_absolute_uri(reverse("registrar:read_card", args=[
            fund.code, card_token(fund_id=fund.id, member_id=card.id)]))) for card in cards]
    return paper.pdf_page(name=name, content=cards_pdf(
        fund=paper.heading(fund), cards=written, as_of=today(), language=paper.language()))


def _years_page(actor: Actor, cards: Sequence[MemberCard], *, year: int, name: str) -> HttpResponse:
    signed = member_years.signed_year(fund_id=actor.fund_id, year=year, on=today())
    written = member_years.member_years(fund_id=actor.fund_id, cards=cards, year=signed)
    return paper.pdf_page(name=f"{name}-{year}", content=member_years_pdf(
        fund=paper.heading(fund_of(actor)), year=signed, members=written, language=paper.language()))
