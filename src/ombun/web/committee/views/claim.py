"""One claim: the person and the amount, why so much, who has signed, and the next step."""
from collections.abc import Callable, Collection, Mapping, Sequence
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ombun.access import queries as access
from ombun.access.door import desk, may_see, reading
from ombun.claims import operations, queries
from ombun.claims.operations import Agreement, NewHelp
from ombun.claims.queries import ClaimCard
from ombun.claims.rules import (
    AGREEING,
    CERTIFYING,
    DECIDING,
    PARTS_MAX,
    PAYING,
    PAYING_THE_TREASURER,
    RECORDERS,
    event_of,
)
from ombun.claims.states import Act, ClaimState
from ombun.funds import queries as funds
from ombun.funds.queries import HolderCard
from ombun.funds.rules import Somebody
from ombun.ledger import queries as books
from ombun.members import queries as members
from ombun.primitives.actors import Actor
from ombun.primitives.money import baht
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.sentences import day_in_words
from ombun.regulations.rules.assessment import Assessment
from ombun.regulations.rules.vocabulary import Payee
from ombun.web import choices
from ombun.web.committee import words
from ombun.web.committee.timeline import stages
from ombun.web.committee.views.claims import LOOKING
from ombun.web.page import fresh_deed, fund_of, now, page, today
from ombun.web.typed import Typed

UNDECIDED = (ClaimState.FILED, ClaimState.CERTIFIED)


@desk(*LOOKING, methods=("GET", "POST"))
def claim(request: HttpRequest, actor: Actor, claim_id: UUID) -> HttpResponse:
    """Look at a claim; the desks that may record take the next step here."""
    if request.method == "POST":
        step = STEPS.get(request.POST.get("step", ""))
        if actor.role not in RECORDERS:
            raise PermissionDenied
        if step is None:
            raise Http404
        typed = Typed(request.POST)
        try:
            step(typed, actor, claim_id)
        except Refused as refused:
            return _card_page(request, actor, claim_id, request.POST.dict(), refused.refusals)
        return redirect("committee:claim", fund_of(actor).code, claim_id)
    return _card_page(request, actor, claim_id, {})


def _person(typed: Typed, name: str, label: str | Promise) -> UUID:
    return _person_id(typed, typed.fields.get(name, ""), name, label)


def _person_id(typed: Typed, written: str, name: str, label: str | Promise) -> UUID:
    try:
        return UUID(written)
    except ValueError:
        typed.refuse("web.choose_one", name, field=label)
        return UUID(int=0)


def _certify(typed: Typed, actor: Actor, claim_id: UUID) -> None:
    people = [_person_id(typed, name.removeprefix("by-"), name, _("สามคนที่ลงชื่อรับรองในใบคำขอ"))
              for name in typed.fields if name.startswith("by-")]
    day = typed.day("certified_on", _("วันที่รับรอง"))
    typed.demand()
    operations.certify_claim(
        actor=actor, claim_id=claim_id, certifiers=people, certified_on=day, recorded_at=now())


def _approve(typed: Typed, actor: Actor, claim_id: UUID) -> None:
    by, day = _person(typed, "approved_by", _("ผู้อนุมัติ")), typed.day("decided_on", _("วันที่ตัดสิน"))
    amount = typed.baht("approved_satang", _("จำนวนเงินที่อนุมัติ"))
    typed.demand()
    operations.approve_claim(actor=actor, claim_id=claim_id, approved_by=by, approved_satang=amount, decided_on=day,
                             recorded_at=now())


def _reject(typed: Typed, actor: Actor, claim_id: UUID) -> None:
    by, day = _person(typed, "rejected_by", _("ผู้ตัดสิน")), typed.day("decided_on", _("วันที่ตัดสิน"))
    because = typed.text("because", _("เหตุผล"))
    typed.demand()
    operations.reject_claim(
        actor=actor, claim_id=claim_id, rejected_by=by, because=because, decided_on=day, recorded_at=now())


def _pay(typed: Typed, actor: Actor, claim_id: UUID) -> None:
    by, day = _person(typed, "paid_by", _("ผู้จ่ายเงิน")), typed.day("paid_on", _("วันที่จ่าย"))
    payee = typed.text("payee_name", _("ผู้รับเงิน"))
    paid_from = _person(typed, "paid_from", _("จ่ายจาก")) if typed.fields.get("paid_from") else None
    typed.demand()
    operations.pay_claim(
        actor=actor, claim_id=claim_id, paid_by=by, paid_on=day, payee_name=payee, paid_from=paid_from,
        recorded_at=now())


def _appeal(typed: Typed, actor: Actor, claim_id: UUID) -> None:
    deed, day = typed.deed_id(), typed.day("filed_on", _("วันที่ยื่น"))
    because = typed.text("because", _("มีเหตุผลหรือหลักฐานอะไรใหม่"))
    typed.demand()
    operations.appeal_claim(
        actor=actor, appeal_id=deed, claim_id=claim_id, because=because, filed_on=day, recorded_at=now())


def _agree(typed: Typed, actor: Actor, claim_id: UUID) -> None:
    deed = typed.deed_id()
    new = Agreement(
        payer_name=typed.text("payer_name", _("ใครส่งคืน")), because=typed.text("because", _("เพราะอะไร")),
        amount_satang=typed.baht("recovery_satang", _("ตกลงส่งคืนกี่บาท")),
        parts=typed.number("parts", _("แบ่งกี่งวด เดือนละงวด"), most=PARTS_MAX),
        first_due_on=typed.day("first_due_on", _("งวดแรกวันที่")),
        agreed_by=_person(typed, "agreed_by", _("ผู้ลงนามแทนกองทุน")), agreed_on=typed.day("agreed_on", _("วันที่ตกลง")))
    typed.demand()
    operations.agree_recovery(actor=actor, recovery_id=deed, claim_id=claim_id, new=new, recorded_at=now())


def _repay(typed: Typed, actor: Actor, claim_id: UUID) -> None:
    deed, day = typed.deed_id(), typed.day("repaid_on", _("วันที่รับ"))
    satang = typed.baht("repaid_satang", _("รับคืนกี่บาท"))
    by = _person(typed, "received_by", _("ผู้รับเงิน"))
    typed.demand()
    operations.take_repayment(actor=actor, repayment_id=deed, claim_id=claim_id, amount_satang=satang, paid_on=day,
                              received_by=by, recorded_at=now())


def _help(typed: Typed, actor: Actor, claim_id: UUID) -> None:
    deed = typed.deed_id()
    new = NewHelp(
        amount_satang=typed.baht("help_satang", _("ช่วยกี่บาท")), payee_name=typed.text("payee_name", _("ผู้รับเงิน")),
        agreed_by=_person(typed, "agreed_by", _("ผู้เห็นชอบ")), paid_by=_person(typed, "helped_by", _("เหรัญญิกผู้จ่าย")),
        helped_on=typed.day("helped_on", _("วันที่จ่าย")))
    typed.demand()
    operations.help_at_once(actor=actor, help_id=deed, claim_id=claim_id, new=new, recorded_at=now())


STEPS: dict[str, Callable[[Typed, Actor, UUID], None]] = {
    "certify": _certify, "approve": _approve, "reject": _reject, "pay": _pay,
    "appeal": _appeal, "agree": _agree, "repay": _repay, "help": _help}


def _card_page(
    request: HttpRequest, actor: Actor, claim_id: UUID, typed: Mapping[str, str], refusals: Sequence[Refusal] = ()
) -> HttpResponse:
    with reading(actor):
        card = queries.claim_card(fund_id=actor.fund_id, claim_id=claim_id)
        if card is None or not may_see(actor=actor, member_id=card.member_id, centre_id=card.centre_id):
            raise Http404
        near = _family(actor, card)
        granted = _granted_now(actor, card)
        holders = funds.office_holders(fund_id=actor.fund_id, on=today())
        persons = funds.people(fund_id=actor.fund_id)
        entries = members.entries_of(fund_id=actor.fund_id, member_ids=[card.member_id])
        recorders = _recorders(actor, card, persons, entries)
        helped = queries.help_of_claim(fund_id=actor.fund_id, claim_id=card.id)
        recovery = queries.recovery_of_claim(fund_id=actor.fund_id, claim_id=card.id)
        banks = books.bank_accounts(fund_id=actor.fund_id) if card.state == ClaimState.APPROVED else ()
    steps, missing, amount = (card.steps, card.missing, card.assessed_satang) if granted is None else (
        granted.steps, granted.missing, granted.amount_satang)
    people = _people(card, holders, entries)
    return page(request, actor, "committee/claim.html", {
        **near, "card": card, "steps": steps, "granted_satang": amount, "refusals": refusals, "people": people,
        "strangers": _strangers(card, people, persons),
        "has_changed": granted is not None and amount != card.assessed_satang,
        "missing": words.missing(codes=missing),
        "unseen": words.unseen(rule=card.rule, seen=card.documents_seen) if card.state in UNDECIDED else (),
        "kind_word": words.kind_word(rule=card.rule), "day_word": words.day_asked(rule=card.rule),
        "may_record": actor.role in RECORDERS, "is_undecided":
        card.state in UNDECIDED, "is_rejecting": typed.get("step") == "reject",
        "banks": [(str(b.id), f"{b.as_named.bank} {b.as_named.account_no}") for b in banks if b.ended_on is None],
        "recovery": recovery, "helped": helped, "is_helping": typed.get("step") == "help", "deed": str(fresh_deed()),
        "is_appealing": typed.get("step") == "appeal", "is_agreeing": typed.get("step") == "agree",
        "stages": stages(card=card, recorders=recorders), "me": str(actor.person_id),
        "certifiers": [(key, name, f"by-{key}" in typed) for key, name in people["certify"].items()],
        "typed": {**_usual(actor, card, amount, people), **typed}}, status=422 if refusals else 200)


def _family(actor: Actor, card: ClaimCard) -> dict[str, object]:
    """Who receives where the member has died, in the order they named, and who acts for a child today."""
    named = members.beneficiaries_of(fund_id=actor.fund_id, member_ids=[card.member_id])
    acting = members.guardians_of(fund_id=actor.fund_id, member_ids=[card.member_id])
    return {"beneficiaries": named.get(card.member_id, ()) if card.rule.payee == Payee.BENEFICIARY else (),
            "guardians": [one for found in acting.values() for one in found if one.acts_on(today())]}


def _granted_now(actor: Actor, card: ClaimCard) -> Assessment | None:
    """What the rule book grants at this moment, while nothing is decided: another claim may have used up the year."""
    if card.state not in UNDECIDED:
        return None
    found = queries.entitlement(
        fund_id=actor.fund_id, member_id=card.member_id, benefit=card.benefit, excluding=card.id,
        event=event_of(happened_on=card.happened_on, units=card.units, asked_on=card.filed_on, details=card.details))
    return found[1] if found else None


def _recorders(
    actor: Actor, card: ClaimCard, persons: Sequence[Somebody], entries: Collection[int]
) -> dict[int, str]:
    """Who sits behind each login: a person's name where it is known, the login otherwise."""
    names, found = {one.person_id: one.name for one in persons}, dict[int, str]()
    for login in access.logins_of_fund(fund_id=actor.fund_id):
        name = names.get(login.person_id) if login.person_id else None
        if login.member_id in entries:
            name = name or card.full_name
        if name or login.user_id not in found:
            found[login.user_id] = name or login.username
    return found


def _people(
    card: ClaimCard, holders: Sequence[HolderCard], entries: Collection[int]
) -> dict[str, dict[str, str]]:
    """Who can sign each step today. A treasurer's own claim is paid by somebody else."""
    near = [holder for holder in holders if holder.centre_id == card.centre_id]
    is_treasurers = any(h.member_id in entries for h in holders if h.office in PAYING)
    return {"certify": choices.people(near, offices=CERTIFYING) if card.centre_id else {},
            "agree": choices.people(holders, offices=AGREEING), "treasurers": choices.people(holders, offices=PAYING),
            "decide": choices.people(holders, offices=DECIDING),
            "pay": choices.people(holders, offices=PAYING_THE_TREASURER if is_treasurers else PAYING)}


ASKED: dict[ClaimState, str] = {
    ClaimState.FILED: "certify", ClaimState.CERTIFIED: "decide", ClaimState.APPROVED: "pay"}


def _strangers(
    card: ClaimCard, people: Mapping[str, Mapping[str, str]], persons: Sequence[Somebody]
) -> dict[str, list[str]]:
    """Whoever signed, or can sign next, of whom nobody has said which member it is: it may be their own claim."""
    unknown = {str(one.person_id): one.name for one in persons if one.member_id is None}
    signed = {str(s.person_id) for act in Act for s in card.signed(act)}
    asked = set(people.get(ASKED.get(card.state, ""), ()))
    return {"signed": [name for key, name in unknown.items() if key in signed],
            "asked": [name for key, name in unknown.items() if key in asked - signed]}


def _usual(
    actor: Actor, card: ClaimCard, amount: int | None, people: Mapping[str, Mapping[str, str]]
) -> dict[str, str]:
    """The form as it is shown first: today, the amount that the rule book grants. Nobody signs but by their own hand:
    somebody is chosen only where they sit at the desk themselves."""
    me, day = str(actor.person_id), day_in_words(today(), short=True)
    decider, payer = (me if me in people[act] else "" for act in ("decide", "pay"))
    to_family = card.rule.payee == Payee.BENEFICIARY and card.beneficiary_name
    return {**dict.fromkeys(("certified_on", "decided_on", "paid_on", "filed_on", "agreed_on", "repaid_on",
                             "helped_on"), day),
            "approved_by": decider, "rejected_by": decider,
            "paid_by": payer, "approved_satang": baht(amount) if amount else "",
            "payee_name": card.beneficiary_name if to_family else card.full_name}
