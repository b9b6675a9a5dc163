"""What the fund knows of one person: the hidden number, the card that was seen, consents, a copy, the forgetting."""
from collections.abc import Sequence
from uuid import UUID, uuid5

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from ombun.access import queries as logins_of
from ombun.access.door import desk, member_or_404, reading
from ombun.audit.queries import Happening
from ombun.funds import queries as funds
from ombun.members import operations as register
from ombun.members import queries as members
from ombun.members.queries import MemberCard
from ombun.members.rules.consents import CONSENT_WORDING, ConsentHow, NewConsent, Purpose
from ombun.members.rules.membership import MemberKind
from ombun.primitives.actors import Actor, Role
from ombun.primitives.national_id import masked
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.sentences import day_in_words
from ombun.privacy import operations, queries
from ombun.privacy.rules.erasing import HandedOutAs, LookReason
from ombun.web import choices
from ombun.web.handing_out import handed_out
from ombun.web.page import fresh_deed, fund_of, leaf_asked, now, page, today
from ombun.web.registrar.views.members import LEAVES_MAX, READERS
from ombun.web.registrar.words import LOOK_REASONS, LOOKS, PURPOSES
from ombun.web.typed import Typed
from ombun.web.words import ROLES

RECORDING = (Role.REGISTRAR, Role.TREASURER, Role.SECRETARY, Role.CHAIR)
FORGETTING = (Role.REGISTRAR, Role.CHAIR)
WATCHING = (Role.CHAIR, Role.AUDITOR)


@desk(*READERS)
def privacy(request: HttpRequest, actor: Actor, member: int) -> HttpResponse:
    """What is kept of a member, by whose word, and who looked at it."""
    return _page(request, actor, member)


def _page(
    request: HttpRequest, actor: Actor, member_id: int, refusals: tuple[Refusal, ...] = (), number: str = ""
) -> HttpResponse:
    with reading(actor):
        card = member_or_404(actor=actor, member_id=member_id)
        consents = members.consents_of(fund_id=actor.fund_id, member_id=card.id)
        seen = members.cards_seen(fund_id=actor.fund_id, member_id=card.id)
        judged = queries.judged_erasure(fund_id=actor.fund_id, member_id=card.id, today=today())
        looks = queries.looks_at(fund_id=actor.fund_id, member_id=card.id)
        holders = funds.office_holders(fund_id=actor.fund_id, on=today())
    day = day_in_words(today(), short=True)
    proposed = {"deed": str(fresh_deed()), "seen_on": day, "given_on": day, "withdrawn_on": day,
                "seen_by": str(actor.person_id or "")}
    return page(request, actor, "registrar/privacy.html", {
        "card": card, "refusals": refusals, "number": number, "seen": seen, "judged": judged,
        "typed": proposed | request.POST.dict(), "masked": masked(card.national_id) if card.national_id else "",
        "purposes": [(purpose, *PURPOSES[purpose], [one for one in consents if one.purpose == purpose],
                      any(one.purpose == purpose and not one.withdrawn_on for one in consents))
                     for purpose in Purpose],
        "wording": CONSENT_WORDING,
        "is_unasked": _is_unasked(card, {one.purpose for one in consents if not one.withdrawn_on}),
        "reasons": [(reason.value, word) for reason, word in LOOK_REASONS.items()],
        "people": list(choices.people(holders).items()), "looks": _told(actor, looks[::-1]),
        "may_record": actor.role in RECORDING and not card.is_erased, "may_forget": actor.role in FORGETTING},
        status=422 if refusals else 200)


def _is_unasked(card: MemberCard, valid: set[Purpose]) -> bool:
    return card.kind == MemberKind.DISABLED and Purpose.DISABILITY not in valid


def _told(actor: Actor, looks: Sequence[Happening]) -> list[dict[str, object]]:
    """Each look in words: when, who from which desk, what, why, about whom."""
    names = {card.user_id: card.username for card in logins_of.logins_of_fund(fund_id=actor.fund_id)}
    names[0] = str(_("โปรแกรม"))
    return [{"at": one.happened_at, "who": names.get(one.user_id, ""), "role": ROLES[Role(one.role)],
             "what": LOOKS[one.action], "why": LOOK_REASONS.get(LookReason(str(one.facts["why"]))) if "why" in
             one.facts else str(one.facts.get("as", "")).upper(), "member": _member_of(one.subject)} for one in looks]


def _member_of(subject: str) -> int | None:
    kind, _colon, number = subject.partition(":")
    return int(number) if kind == "member" else None


@desk(*RECORDING, methods=("POST",))
def number(request: HttpRequest, actor: Actor, member: int) -> HttpResponse:
    """Show the whole ID number, this once."""
    form = Typed(request.POST)
    with reading(actor):
        card = member_or_404(actor=actor, member_id=member)
    why = form.one_of("why", _("ดูเพื่ออะไร"), {reason.value: reason for reason in LookReason})
    try:
        form.demand()
        shown = operations.show_number(actor=actor, member_id=card.id, why=why, shown_at=now())
    except Refused as refused:
        return _page(request, actor, member, refused.refusals)
    return _page(request, actor, member, number=shown)


@desk(*RECORDING, methods=("POST",))
def card_seen(request: HttpRequest, actor: Actor, member: int) -> HttpResponse:
    """Write down who saw the ID card, and when."""
    form = Typed(request.POST)
    with reading(actor):
        card = member_or_404(actor=actor, member_id=member)
        people = choices.people(funds.office_holders(fund_id=actor.fund_id, on=today()))
    deed, day = form.deed_id(), form.day("seen_on", _("วันที่ดูบัตร"))
    who = form.one_of("seen_by", _("ใครดู"), {key: UUID(key) for key in people})
    try:
        form.demand()
        register.see_id_card(
            actor=actor, seen_id=deed, member_id=card.id, seen_on=day, seen_by=who, recorded_at=now())
    except Refused as refused:
        return _page(request, actor, member, refused.refusals)
    return redirect("registrar:privacy", fund_of(actor).code, card.id)


@desk(*RECORDING, methods=("POST",))
def consent(request: HttpRequest, actor: Actor, member: int) -> HttpResponse:
    """Write down that the words of consent were signed."""
    form = Typed(request.POST)
    with reading(actor):
        card = member_or_404(actor=actor, member_id=member)
    guardian = form.text("guardian_name", _("ชื่อผู้ปกครอง"), is_optional=True)
    deed, new = form.deed_id(), NewConsent(
        purpose=form.one_of("purpose", _("เรื่องอะไร"), {p.value: p for p in Purpose}),
        given_on=form.day("given_on", _("วันที่เซ็น")), guardian_name=guardian,
        how=ConsentHow.BY_GUARDIAN if guardian else ConsentHow.SIGNED)
    if "signed" not in request.POST:
        form.refuse("web.missing", "signed", field=_("เห็นลายเซ็นบนกระดาษแล้ว"))
    try:
        form.demand()
        register.record_consent(
            actor=actor, consent_id=uuid5(deed, str(new.purpose)), member_id=card.id, new=new, recorded_at=now())
    except Refused as refused:
        return _page(request, actor, member, refused.refusals)
    return redirect("registrar:privacy", fund_of(actor).code, card.id)


@desk(*RECORDING, methods=("POST",))
def withdraw(request: HttpRequest, actor: Actor, member: int) -> HttpResponse:
    """Write down that a consent was taken back; what stood on it is emptied."""
    form = Typed(request.POST)
    with reading(actor):
        card = member_or_404(actor=actor, member_id=member)
    purpose = form.one_of("purpose", _("เรื่องอะไร"), {p.value: p for p in Purpose})
    day = form.day("withdrawn_on", _("วันที่ถอน"))
    try:
        form.demand()
        operations.withdraw_consent(
            actor=actor, member_id=card.id, purpose=purpose, withdrawn_on=day, recorded_at=now())
    except Refused as refused:
        return _page(request, actor, member, refused.refusals)
    return redirect("registrar:privacy", fund_of(actor).code, card.id)


@desk(*RECORDING, methods=("POST",))
def hand_out(request: HttpRequest, actor: Actor, member: int) -> HttpResponse:
    """Everything that is known of a member: on paper for themselves, or for another program."""
    form = Typed(request.POST)
    with reading(actor):
        card = member_or_404(actor=actor, member_id=member)
    shape = form.one_of("as", _("แบบไหน"), {shape.value: shape for shape in HandedOutAs})
    try:
        form.demand()
        return handed_out(actor=actor, card=card, shape=shape)
    except Refused as refused:
        return _page(request, actor, member, refused.refusals)


@desk(*FORGETTING, methods=("POST",))
def forget(request: HttpRequest, actor: Actor, member: int) -> HttpResponse:
    """Forget who somebody was, for good."""
    form = Typed(request.POST)
    with reading(actor):
        card = member_or_404(actor=actor, member_id=member)
    if "sure" not in request.POST:
        form.refuse("web.missing", "sure", field=_("เข้าใจแล้ว ลบได้"))
    try:
        form.demand()
        operations.erase_person(actor=actor, member_id=card.id, erased_at=now())
    except Refused as refused:
        return _page(request, actor, member, refused.refusals)
    return redirect("registrar:privacy", fund_of(actor).code, card.id)


@desk(*WATCHING)
def looks(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Who looked at what, for the chair and the auditor."""
    leaf = leaf_asked(request, most=LEAVES_MAX) or 1
    with reading(actor):
        found = queries.looks(fund_id=actor.fund_id, page=leaf)
        cards = members.member_cards(fund_id=actor.fund_id, member_ids=[
            i for one in found if (i := _member_of(one.subject)) is not None])
    told = _told(actor, found)
    return page(request, actor, "registrar/looks.html", {
        "looks": [line | {"card": cards.get(line["member"])} for line in told],  # type: ignore[call-overload]
        "next_page": leaf + 1 if len(found) == queries.LOOKS_MAX else None})


@desk(*RECORDING)
def unasked(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Members whom an older register calls disabled, and who are still to be asked whether that may be kept."""
    with reading(actor):
        found = members.unasked(fund_id=actor.fund_id)
    return page(request, actor, "registrar/unasked.html", {"cards": found})
