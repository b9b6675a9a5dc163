"""Who gave to the fund beside its members: by receipt number, written down, on paper, cancelled."""
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from ombun.access.door import desk, reading
from ombun.funds import queries as funds
from ombun.givers import operations
from ombun.givers import queries as givers
from ombun.givers.queries import GiftCard
from ombun.givers.rules import INTO, GiftKind, GiverKind, NewGift
from ombun.ledger.rules import TREASURER_CASH
from ombun.papers.gathering.gifts import gift_paper
from ombun.papers.gifts import gift_receipt_pdf, thanks_pdf
from ombun.papers.naming import GIFTS, GIVERS
from ombun.primitives.actors import Actor, Role
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.sentences import day_in_words
from ombun.web import choices, paper
from ombun.web.page import fresh_deed, fund_of, now, page, today
from ombun.web.treasurer.views.books import READERS
from ombun.web.typed import Typed


@desk(*READERS)
def gifts(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Everything that was given, the newest receipt first."""
    with reading(actor):
        given = givers.gifts(fund_id=actor.fund_id)
    return page(request, actor, "treasurer/gifts.html", {
        "gifts": [(one, GIFTS[one.as_given.kind]) for one in given],
        "satang": sum(one.as_given.amount_satang for one in given if one.cancelled_on is None)})


@desk(Role.TREASURER, methods=("GET", "POST"))
def new_gift(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Write down what somebody gave: money or things, with a name or quietly."""
    refusals: Sequence[Refusal] = ()
    with reading(actor):
        people = choices.people(funds.office_holders(fund_id=actor.fund_id, on=today()))
    if request.method == "POST":
        try:
            gift = _receive(request.POST, actor, people)
        except Refused as refused:
            refusals = refused.refusals
        else:
            return redirect("treasurer:gift", fund_of(actor).code, gift)
    return page(request, actor, "treasurer/gift_form.html", {
        "refusals": refusals, "people": list(people.items()), "kinds": GIFTS.items(), "givers": GIVERS.items(),
        "typed": request.POST or {
            "deed": str(fresh_deed()), "day": day_in_words(today(), short=True), "kind": GiftKind.DONATION,
            "giver_kind": GiverKind.PERSON, "into": TREASURER_CASH, "by": str(actor.person_id or "")}},
        status=422 if refusals else 200)


def _receive(fields: Mapping[str, str], actor: Actor, people: Mapping[str, str]) -> UUID:
    typed = Typed(fields)
    deed, is_quiet = typed.deed_id(), "quietly" in fields
    gift = NewGift(
        kind=typed.one_of("kind", _("ให้เป็นอะไร"), {str(one): one for one in GiftKind}),
        giver_kind=typed.one_of("giver_kind", _("ผู้ให้เป็นใคร"), {str(one): one for one in GiverKind}),
        giver_name="" if is_quiet else typed.text("giver_name", _("ชื่อผู้ให้")),
        amount_satang=typed.baht("amount", _("จำนวนเงิน"), is_optional=True),
        things=typed.text("things", _("สิ่งของ"), is_optional=True),
        into_account=typed.one_of("into", _("เงินเข้าที่ไหน"), {code: code for code in INTO}),
        given_on=typed.day("day", _("วันที่ให้")),
        received_by=typed.one_of("by", _("ผู้รับ"), {key: UUID(key) for key in people}))
    typed.demand()
    operations.receive_gift(actor=actor, gift_id=deed, gift=gift, recorded_at=now())
    return deed


def _gift_or_404(actor: Actor, gift: UUID) -> GiftCard:
    card = givers.gift(fund_id=actor.fund_id, gift_id=gift)
    if card is None:
        raise Http404
    return card


@desk(*READERS)
def gift(request: HttpRequest, actor: Actor, gift: UUID) -> HttpResponse:
    """One gift with its papers."""
    with reading(actor):
        card = _gift_or_404(actor, gift)
    return page(request, actor, "treasurer/gift.html", {
        "gift": card, "kind": GIFTS[card.as_given.kind], "giver": GIVERS[card.as_given.giver_kind]})


@desk(*READERS)
def receipt(request: HttpRequest, actor: Actor, gift: UUID) -> HttpResponse:
    """The receipt, to be printed."""
    with reading(actor):
        card = _gift_or_404(actor, gift)
        printed = gift_paper(fund_id=actor.fund_id, card=card)
    return paper.pdf_page(name=f"gift-{card.number:04}", content=gift_receipt_pdf(
        fund=paper.heading(fund_of(actor)), gift=printed, language=paper.language()))


@desk(*READERS)
def thanks(request: HttpRequest, actor: Actor, gift: UUID) -> HttpResponse:
    """The letter of thanks, to be printed and signed by the chair."""
    with reading(actor):
        card = _gift_or_404(actor, gift)
        printed = gift_paper(fund_id=actor.fund_id, card=card)
    return paper.pdf_page(name=f"thanks-{card.number:04}", content=thanks_pdf(
        fund=paper.heading(fund_of(actor)), gift=printed, language=paper.language()))


@desk(Role.TREASURER, methods=("GET", "POST"))
def cancel_gift(request: HttpRequest, actor: Actor, gift: UUID) -> HttpResponse:
    """Cancel the receipt of a gift: it keeps its number, and its money leaves the books again."""
    refusals: Sequence[Refusal] = ()
    with reading(actor):
        card = _gift_or_404(actor, gift)
    if request.method == "POST":
        typed = Typed(request.POST)
        why = typed.text("why", _("เหตุผล"))
        try:
            typed.demand()
            operations.cancel_gift(actor=actor, gift_id=gift, why=why, recorded_at=now())
        except Refused as refused:
            refusals = refused.refusals
        else:
            return redirect("treasurer:gift", fund_of(actor).code, gift)
    return page(request, actor, "treasurer/gift_cancel.html", {
        "gift": card, "refusals": refusals, "typed": request.POST}, status=422 if refusals else 200)
