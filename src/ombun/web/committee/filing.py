"""A claim as it is typed: read, judged before it is filed, filed. Used by the committee's desk and the member's."""
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ombun.access.door import reading
from ombun.claims import operations, queries
from ombun.claims.operations import FilingRefused
from ombun.claims.rules import RECORDERS, UNITS_MAX, Filing
from ombun.members.queries import MemberCard
from ombun.members.rules.consents import CONSENT_WORDING, ConsentHow, NewConsent, Purpose
from ombun.primitives.actors import Actor, Role
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.sentences import day_in_words
from ombun.regulations import queries as rule_book
from ombun.regulations.queries import ClauseCard
from ombun.regulations.rules.vocabulary import BenefitRule, Document
from ombun.web.committee import words
from ombun.web.page import fresh_deed, fund_of, now, page, today
from ombun.web.typed import Typed


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the form of one benefit asks."""

    day: str | Promise
    how_many: str | Promise | None
    details: tuple[tuple[str, str | Promise, str | Promise], ...]  # the field, its label, a hint
    documents: tuple[tuple[str, str, bool], ...]  # the field, the paper's name, whether it is ticked


def _asked(rule: BenefitRule, typed: Mapping[str, str], *, may_excuse: bool) -> Asked:
    """The fields for a clause: a hospital is asked for its name, a birth for the child's."""
    return Asked(
        day=words.day_asked(rule=rule), how_many=words.HOW_MANY[rule.unit] if rule.unit else None,
        details=tuple((key, *said) for key, said in words.details_asked(rule=rule, may_excuse=may_excuse).items()),
        documents=tuple((f"seen-{paper}", gettext(f"regulations.document_{paper}"), bool(typed.get(f"seen-{paper}")))
                        for paper in rule.documents))


@dataclass(frozen=True, kw_only=True)
class FilingDesk:
    """Where a claim is filed from: the page with the form, the page with the preview, the page of the filed claim."""

    form: str
    preview: str
    filed: str


def file_page(
    *, request: HttpRequest, actor: Actor, card: MemberCard, benefit: str, at: FilingDesk
) -> HttpResponse:
    """The form of one benefit, its preview, and the filing: whichever step the page asks for."""
    fields = request.POST.dict() or {"deed": str(fresh_deed()), "filed_on": day_in_words(today(), short=True)}
    clause = _clause_of_form(actor, benefit, fields)
    typed = Typed(fields)
    refusals: Sequence[Refusal] = ()
    try:
        if request.POST.get("step") == "file":
            deed, filing = typed.deed_id(), _typed_filing(typed, card, clause)
            typed.demand()
            _file(actor, deed, filing, _typed_consent(actor, typed, filing))
            return redirect(at.filed, fund_of(actor).code, deed)
        if request.POST.get("step") == "check":
            filing = _typed_filing(typed, card, clause)
            typed.demand()
            agreed = _typed_consent(actor, typed, filing)
            return page(request, actor, at.preview, _preview(actor, filing, fields, agreed))
    except Refused as refused:
        refusals = refused.refusals
    with reading(actor):
        is_asked = queries.needs_consent(fund_id=actor.fund_id, member_id=card.id, clause=clause)
    return page(request, actor, at.form, {
        "card": card, "clause": clause, "typed": fields, "refusals": refusals, "needs_consent": is_asked,
        "is_themselves": actor.role == Role.MEMBER, "wording": CONSENT_WORDING,
        "asked": _asked(clause.rule, fields, may_excuse=actor.role in RECORDERS)}, status=422 if refusals else 200)


def _clause_of_form(actor: Actor, benefit: str, fields: Mapping[str, str]) -> ClauseCard:
    """The clause of the day of the event once it can be read, of today before."""
    typed = Typed(fields)
    day = typed.day("happened_on", "")
    days = [today()] if typed.refusals else [day, today()]
    with reading(actor):
        found = [rule_book.clause_on(fund_id=actor.fund_id, benefit=benefit, day=day) for day in days]
    clause = next((clause for clause in found if clause is not None), None)
    if clause is None:
        raise Http404
    return clause


def _typed_filing(typed: Typed, card: MemberCard, clause: ClauseCard) -> Filing:
    happened_on = typed.day("happened_on", words.day_asked(rule=clause.rule))
    filed_on = typed.day("filed_on", _("วันที่ยื่น"))
    counted = typed.fields.get("units", "").strip()
    how_many = words.HOW_MANY[clause.rule.unit] if clause.rule.unit else _("จำนวน")
    units = typed.number("units", how_many, most=UNITS_MAX) if counted else None
    if clause.rule.unit and not counted:
        typed.refuse("web.missing", "units", field=how_many)
    asked = words.details_asked(rule=clause.rule, may_excuse=True)
    details = {key: typed.text(key, "", is_optional=True) for key in asked}
    return Filing(
        member_id=card.id, benefit=clause.benefit, happened_on=happened_on, units=units, filed_on=filed_on,
        details={key: text for key, text in details.items() if text},
        documents_seen=tuple(paper for paper in Document if typed.fields.get(f"seen-{paper}")))


def _typed_consent(actor: Actor, typed: Typed, filing: Filing) -> NewConsent | None:
    """What was ticked of health: by a member for themselves, or that a signature was seen on paper."""
    if "agreed" not in typed.fields:
        return None
    guardian = typed.text("guardian_name", _("ชื่อผู้ปกครอง"), is_optional=True)
    how = ConsentHow.ON_THEIR_PAGE if actor.role == Role.MEMBER else (
        ConsentHow.BY_GUARDIAN if guardian else ConsentHow.SIGNED)
    return NewConsent(purpose=Purpose.HEALTH, given_on=filing.filed_on, how=how, guardian_name=guardian)


def _preview(
    actor: Actor, filing: Filing, fields: Mapping[str, str], agreed: NewConsent | None
) -> dict[str, object]:
    """What the rule book grants, line by line with its clause, before anything is written."""
    with reading(actor):
        judged = queries.judged_filing(actor=actor, filing=filing, today=today(), agreed=agreed)
    if judged.refusals:
        raise FilingRefused(*judged.refusals)
    assert judged.clause is not None and judged.assessment is not None
    rule = judged.clause.rule
    return {
        "card": judged.card, "clause": judged.clause, "filing": filing, "assessment": judged.assessment,
        "missing": words.missing(codes=judged.assessment.missing),
        "unseen": words.unseen(rule=rule, seen=filing.documents_seen), "asked": _asked(rule, fields, may_excuse=True),
        "kind_word": words.kind_word(rule=rule),
        "carried": [(name, value) for name, value in fields.items() if name not in ("csrfmiddlewaretoken", "step")]}


def _file(actor: Actor, deed: UUID, filing: Filing, agreed: NewConsent | None) -> None:
    """File it. The id was made when the form was shown: a second click gives the first answer."""
    operations.file_claim(
        actor=actor, claim_id=deed, member_id=filing.member_id, benefit=filing.benefit,
        happened_on=filing.happened_on, filed_on=filing.filed_on, units=filing.units, details=filing.details,
        documents_seen=filing.documents_seen, recorded_at=now(), agreed=agreed)
