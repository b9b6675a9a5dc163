"""Who is behind with dues, by village and by how long; and what the regulations say about it."""
from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from ombun.access.door import desk, reading
from ombun.contributions import operations
from ombun.contributions import queries as contributions
from ombun.contributions.queries import Aged
from ombun.contributions.rules import DAYS_MAX, PERIODS_MAX, Arrears, ArrearsClause, clause_on, may_be_decided
from ombun.funds import queries as funds
from ombun.funds.queries import Centre
from ombun.members import queries as members
from ombun.members.queries import MemberCard
from ombun.members.states import Happening
from ombun.primitives.actors import Actor, Role
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal, Refused
from ombun.web.page import fresh_deed, fund_of, now, page, today
from ombun.web.treasurer.views.settings import KEEPERS
from ombun.web.typed import Typed

AGES_IN_WORDS = (_("1–30 วัน"), _("31–90 วัน"), _("91–180 วัน"), _("181–365 วัน"), _("เกินหนึ่งปี"))
DECIDED = {Happening.SUSPENDED: _("เข้าเกณฑ์พักสิทธิ"), Happening.LAPSED: _("เข้าเกณฑ์พ้นสภาพ")}


@desk(*KEEPERS, Role.AUDITOR)
def arrears(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What is late in every village, by how long; and of one village, everybody who is behind."""
    moo = request.GET.get("moo", "")
    with reading(actor):
        centres = funds.centres(fund_id=actor.fund_id)
        aged = contributions.arrears_by_age(fund_id=actor.fund_id, on=today())
        clause = clause_on(clauses=contributions.clauses(fund_id=actor.fund_id), day=today())
        chosen = next((one for one in centres if str(one.moo) == moo), None)
        people = _people(actor, chosen, clause) if chosen else []
    rows = [(one, aged[one.id]) for one in centres if one.id in aged]
    return page(request, actor, "treasurer/arrears.html", {
        "ages": AGES_IN_WORDS, "clause": clause, "chosen": chosen, "people": people,
        "rows": [(one, _with_words(ages), _together(ages)) for one, ages in rows],
        "sums": _with_words([_together(column) for column in zip(*(ages for _, ages in rows), strict=True)]),
        "total": _together([age for _, ages in rows for age in ages])})


def _together(ages: Sequence[Aged]) -> Aged:
    return Aged(members=sum(age.members for age in ages), satang=Satang(sum(age.satang for age in ages)))


def _with_words(ages: Sequence[Aged]) -> list[tuple[object, Aged]]:
    """Each age with the heading under which it stands; villages have all of them."""
    return list(zip(AGES_IN_WORDS, ages, strict=False))


def _people(actor: Actor, centre: Centre, clause: ArrearsClause | None) -> list[tuple[MemberCard, Arrears, object]]:
    """Everybody of a village who is behind, the longest first, with what the committee may decide."""
    cards = {card.id: card for card in members.members_of_centre(
        fund_id=actor.fund_id, centre_id=centre.id, on=today())}
    late = contributions.arrears_of(fund_id=actor.fund_id, member_ids=list(cards), on=today())
    return [(cards[i], one, DECIDED.get(may_be_decided(clause=clause, late=one)))  # type: ignore[arg-type]
            for i, one in sorted(late.items(), key=lambda pair: -pair[1].days)]


@desk(*KEEPERS, methods=("GET", "POST"))
def clause(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What the regulations say about members who do not pay, and from when; the committee alone decides of anybody."""
    refusals: Sequence[Refusal] = ()
    if request.method == "POST":
        try:
            _write(request.POST, actor)
        except Refused as refused:
            refusals = refused.refusals
        else:
            return redirect("treasurer:arrears_clause", fund_of(actor).code)
    with reading(actor):
        clauses = contributions.clauses(fund_id=actor.fund_id)
    return page(request, actor, "treasurer/arrears_clause.html", {
        "refusals": refusals, "clauses": clauses[::-1], "typed": request.POST or {"deed": str(fresh_deed())}},
        status=422 if refusals else 200)


def _write(fields: Mapping[str, str], actor: Actor) -> None:
    typed = Typed(fields)

    def number(name: str, label: object, most: int) -> int | None:
        return typed.number(name, label, most=most) if fields.get(name, "").strip() else None  # type: ignore[arg-type]

    deed = typed.deed_id()
    voted = ArrearsClause(
        from_on=typed.day("from", _("ใช้ตั้งแต่วันที่")), clause_no=typed.text("clause_no", _("ระเบียบข้อ")),
        words=typed.text("words", _("ข้อความในระเบียบ"), is_optional=True),
        grace_days=number("grace_days", _("ผ่อนผัน"), DAYS_MAX) or 0,
        suspend_after_days=number("suspend_after_days", _("พักสิทธิเมื่อค้างเกิน"), DAYS_MAX),
        suspend_after_periods=number("suspend_after_periods", _("พักสิทธิเมื่อขาดส่ง"), PERIODS_MAX),
        lapse_after_days=number("lapse_after_days", _("พ้นสภาพเมื่อค้างเกิน"), DAYS_MAX),
        lapse_after_periods=number("lapse_after_periods", _("พ้นสภาพเมื่อขาดส่ง"), PERIODS_MAX))
    typed.demand()
    operations.vote_arrears_clause(actor=actor, clause_id=deed, clause=voted, recorded_at=now())
