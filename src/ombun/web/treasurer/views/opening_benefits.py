"""What members had used of their benefits before the books began here, so that yearly limits are right."""
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ombun.access.door import desk, member_or_404, reading
from ombun.claims import operations
from ombun.claims import queries as claims
from ombun.claims.rules import UsedBefore
from ombun.members import queries as members
from ombun.members.queries import MemberCard
from ombun.primitives.actors import Actor, Role
from ombun.primitives.money import baht
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.thai import arabic_digits, tidy
from ombun.regulations import queries as rule_book
from ombun.web.page import fund_of, now, page
from ombun.web.typed import Typed

FOUND_MOST = 30


@dataclass(frozen=True, kw_only=True)
class Row:
    """One benefit on the form: what was typed, or what is written down already."""

    benefit: str
    title: str
    times: str
    units: str
    amount: str
    is_written: bool


@desk(Role.TREASURER)
def opening_benefits(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Find the member who had received something; below, what is written down so far."""
    text = arabic_digits(tidy(request.GET.get("q", "")))
    with reading(actor):
        found = members.search(fund_id=actor.fund_id, text=text)[:FOUND_MOST] if text else ()
        written = claims.all_opening_uses(fund_id=actor.fund_id)
        cards = members.member_cards(fund_id=actor.fund_id, member_ids={use.member_id for use in written})
        titles = _titles(actor)
    return page(request, actor, "treasurer/opening_benefits.html", {
        "typed": {"q": request.GET.get("q", "")}, "searched": text, "found": found, "has_rule_book": bool(titles),
        "written": [(cards[use.member_id], titles[use.benefit], use) for use in written if use.member_id in cards]})


@desk(Role.TREASURER, methods=("GET", "POST"))
def opening_benefits_of(request: HttpRequest, actor: Actor, member_id: int) -> HttpResponse:
    """What one member had used this year, a line a benefit."""
    with reading(actor):
        card = member_or_404(actor=actor, member_id=member_id)
        titles = _titles(actor)
        known = claims.opening_uses(fund_id=actor.fund_id, member_ids=[card.id])
    refusals: Sequence[Refusal] = ()
    if request.method == "POST":
        try:
            operations.write_opening_uses(
                actor=actor, uses=_typed_uses(request.POST, card, titles), recorded_at=now())
        except Refused as refused:
            refusals = refused.refusals
        else:
            return redirect("treasurer:opening_benefits", fund_of(actor).code)
    rows = [_row(benefit, title, request.POST, known.get((card.id, benefit))) for benefit, title in titles.items()]
    return page(request, actor, "treasurer/opening_benefits_of.html", {
        "card": card, "refusals": refusals, "typed": request.POST, "rows": rows}, status=422 if refusals else 200)


def _titles(actor: Actor) -> dict[str, str]:
    english = get_language() == "en"
    return {benefit: title_en if english else title_th
            for benefit, (title_th, title_en) in rule_book.benefit_titles(fund_id=actor.fund_id).items()}


def _row(benefit: str, title: str, typed: Mapping[str, str], known: UsedBefore | None) -> Row:
    if known is not None:
        return Row(benefit=benefit, title=title, times=str(known.times), units=str(known.units or ""),
                   amount=baht(known.amount_satang), is_written=True)
    return Row(benefit=benefit, title=title, is_written=False, **{
        name: typed.get(f"{name}-{benefit}", "") for name in ("times", "units", "amount")})


def _typed_uses(fields: Mapping[str, str], card: MemberCard, titles: Mapping[str, str]) -> list[UsedBefore]:
    """Every line in which something was typed; a line that was touched needs how often and how much."""
    typed = Typed(fields)
    uses = [UsedBefore(
        member_id=card.id, benefit=benefit, times=typed.number(f"times-{benefit}", _("กี่ครั้ง"), most=366),
        units=typed.number(f"units-{benefit}", _("กี่คืนหรือกี่หน่วย"), most=366) if fields.get(f"units-{benefit}") else 0,
        amount_satang=typed.baht(f"amount-{benefit}", title))
        for benefit, title in titles.items()
        if any(fields.get(f"{name}-{benefit}", "").strip() for name in ("times", "units", "amount"))]
    if not uses:
        typed.refuse("web.missing", "amount", field=_("สวัสดิการที่ใช้ไปแล้ว"))
    typed.demand()
    return uses
