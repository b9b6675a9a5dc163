"""A clause of a draft: taken from the library, changed in a plain form, read back, written."""
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from ombun.access.door import desk
from ombun.ledger.rules import CHART
from ombun.primitives.actors import Actor
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.sentences import sentence
from ombun.primitives.thai import tidy
from ombun.regulations import operations, queries
from ombun.regulations.queries import Draft, PublishedClause, ReadyClause
from ombun.regulations.rules.chapters import Chapter
from ombun.regulations.rules.doubts import Granting, doubts
from ombun.regulations.rules.drafts import DraftClause, next_no, refusals_to_write
from ombun.regulations.rules.examples import examples
from ombun.regulations.rules.reading import RuleRefused, read_rule
from ombun.regulations.rules.reading_back import read_back
from ombun.regulations.rules.vocabulary import BenefitRule
from ombun.web.committee import rule_form
from ombun.web.committee.views.drafts import draft_or_404
from ombun.web.committee.views.rule_book import RECORDERS
from ombun.web.page import fresh_deed, fund_of, now, page, today
from ombun.web.typed import Typed

ACCOUNTS = [line for line in CHART if line.code.startswith("51") or line.code == "5200"]


@desk(*RECORDERS)
def library(request: HttpRequest, actor: Actor, draft_id: UUID) -> HttpResponse:
    """Ready clauses to begin with; what the draft has already is marked."""
    there = draft_or_404(actor, draft_id)
    taken = {clause.benefit for clause in there.clauses}
    ready = [{"clause": one, "id": fresh_deed(), "is_there": one.benefit in taken,
              "lines": read_back(rule=read_rule(data=one.rule))} for one in queries.library()]
    others = [{"clause": one, "id": fresh_deed(), "is_there": one.benefit in taken}
              for one in queries.published_clauses(without_fund_id=actor.fund_id)]
    return page(request, actor, "committee/draft_library.html", {
        "draft": there, "ready": ready, "others": others, "fresh": fresh_deed(), "is_english": get_language() == "en",
        "kinds": list(rule_form.KINDS_OF_GRANT.items())})


@dataclass(kw_only=True)
class Sheet:
    """What the form of a clause shows: what was typed, and what was found when it was read."""

    typed: dict[str, str]
    grants: bool
    refusals: Sequence[Refusal] = ()
    rule: BenefitRule | None = None


@desk(*RECORDERS, methods=("GET", "POST"))
def clause(request: HttpRequest, actor: Actor, draft_id: UUID, clause_id: UUID) -> HttpResponse:
    """The form of one clause: looked at, filled with the words that were read back, written, or dropped."""
    there = draft_or_404(actor, draft_id)
    step, code = request.POST.get("step", ""), fund_of(actor).code
    if step == "drop":
        operations.drop_clause(actor=actor, draft_id=draft_id, clause_id=clause_id, recorded_at=now())
        return redirect("committee:draft", code, draft_id)
    if request.method == "GET":
        sheet = _begun(request.GET, there, clause_id, actor)
    else:
        sheet = Sheet(typed=request.POST.dict(), grants="kind" in request.POST)
        if step != "kind" and _read(sheet, there, clause_id, actor, is_written=step == "save"):
            return redirect("committee:draft", code, draft_id)
    if step == "fill" and sheet.rule is not None:
        sheet.typed["text_th"] = _words_of(sheet.rule, there)
    return page(request, actor, "committee/draft_clause.html", _shown(sheet, there, clause_id),
                status=422 if sheet.refusals else 200)


def _begun(asked: Mapping[str, str], there: Draft, clause_id: UUID, actor: Actor) -> Sheet:
    """The form as it stands before anything is typed: of the clause, of the library, or of a kind that was chosen."""
    known = there.clause(clause_id)
    if known is not None:
        sheet = _of_clause(known)
        sheet.typed["seen"] = known.mark
        return sheet
    ready = _offered(asked, actor)
    if ready is not None:
        no = next_no(clauses=there.clauses, chapter=Chapter.WELFARE)
        return _of_clause(DraftClause(
            id=clause_id, chapter=Chapter.WELFARE, clause_no=no, benefit=ready.benefit, title_th=ready.title_th,
            title_en=ready.title_en, text_th=ready.text_th, rule=ready.rule, account_code=ready.account_code))
    chapter = asked.get("words", "")
    if chapter in set(Chapter):
        return Sheet(grants=False, typed={
            "chapter": chapter, "clause_no": next_no(clauses=there.clauses, chapter=Chapter(chapter))})
    if asked.get("kind") not in rule_form.KINDS_OF_GRANT:
        raise Http404
    return Sheet(grants=True, typed={
        "kind": asked["kind"], "clause_no": next_no(clauses=there.clauses, chapter=Chapter.WELFARE), "certifiers": "3",
        "needs_paid_up": "on", "year": "fiscal", "benefit": f"own_{clause_id.hex[-12:]}", "account_code": "5190"})


def _offered(asked: Mapping[str, str], actor: Actor) -> ReadyClause | PublishedClause | None:
    """The ready clause, or the one of another fund, that was chosen to begin with."""
    if "copy" in asked:
        return next((one for one in queries.published_clauses(without_fund_id=actor.fund_id)
                     if str(one.id) == asked["copy"]), None)
    return queries.ready_clause(benefit=asked.get("from", ""))


def _of_clause(known: DraftClause) -> Sheet:
    names = ("chapter", "clause_no", "benefit", "title_th", "title_en", "text_th", "account_code")
    typed = {name: str(getattr(known, name)) for name in names}
    if known.rule is None:
        return Sheet(typed=typed, grants=False)
    rule = read_rule(data=known.rule)
    return Sheet(typed={**typed, **rule_form.as_typed(rule=rule)}, grants=True, rule=rule)


def _read(sheet: Sheet, there: Draft, clause_id: UUID, actor: Actor, *, is_written: bool) -> bool:
    """Read what was typed and, where that was asked, write it; whether it was written."""
    try:
        clause = _typed_clause(sheet, there, clause_id)
        if clause.rule is not None:
            sheet.rule = _rule_of(clause.rule)
        sheet.refusals = refusals_to_write(clause=clause, there=there.clauses)
        if is_written and not sheet.refusals:
            operations.write_clause(actor=actor, draft_id=there.id, clause=clause, recorded_at=now(),
                                    seen=sheet.typed.get("seen"))
            return True
    except Refused as refused:
        sheet.refusals = refused.refusals
    sheet.refusals = rule_form.with_labels(
        refusals=sheet.refusals, kind=sheet.typed.get("kind", ""), clause_no=sheet.typed.get("clause_no", ""))
    return False


def _rule_of(written: Mapping[str, object]) -> BenefitRule | None:
    try:
        return read_rule(data=written)
    except RuleRefused:
        return None


def _typed_clause(sheet: Sheet, there: Draft, clause_id: UUID) -> DraftClause:
    form = Typed(sheet.typed)
    no, title = form.text("clause_no", _("ข้อที่")), form.text("title_th", _("ชื่อข้อ"))
    text = tidy(sheet.typed.get("text_th", ""))
    if not text:
        form.refuse("web.missing", "text_th", field=_("ข้อความในระเบียบ"))
    if not sheet.grants:
        chapter = form.one_of("chapter", _("หมวด"), {str(one): one for one in Chapter})
        form.demand()
        return DraftClause(id=clause_id, chapter=chapter, clause_no=no, title_th=title, text_th=text)
    account = form.one_of("account_code", _("นับเป็นสวัสดิการประเภท"), {line.code: line.code for line in ACCOUNTS})
    rule = rule_form.rule_typed(typed=form, others=_others(there, clause_id))
    form.demand()
    known = there.clause(clause_id)
    benefit = known.benefit if known is not None else sheet.typed.get("benefit", "")
    return DraftClause(
        id=clause_id, chapter=Chapter.WELFARE, clause_no=no, title_th=title, text_th=text, benefit=benefit,
        title_en=tidy(sheet.typed.get("title_en", "")) or title, rule=rule, account_code=account)


def _others(there: Draft, clause_id: UUID) -> list[tuple[str, str]]:
    return [(one.benefit, one.title_th) for one in there.clauses if one.grants and one.id != clause_id]


def _numbers(there: Draft) -> dict[str, str]:
    return {one.benefit: one.clause_no for one in there.clauses}


def _words_of(rule: BenefitRule, there: Draft) -> str:
    return " ".join(sentence(line).replace(".00", "") for line in read_back(rule=rule, clause_nos=_numbers(there)))


def _shown(sheet: Sheet, there: Draft, clause_id: UUID) -> dict[str, object]:
    others, kind, no = _others(there, clause_id), sheet.typed.get("kind", ""), sheet.typed.get("clause_no", "")
    english = get_language() == "en"
    shown: dict[str, object] = {
        "draft": there, "typed": sheet.typed, "refusals": sheet.refusals, "grants": sheet.grants,
        "is_there": there.clause(clause_id) is not None, "clause_id": clause_id}
    if not sheet.grants:
        return shown | {"chapters": [(str(one), gettext(f"regulations.chapter_{one}")) for one in Chapter]}
    ready = queries.ready_clause(benefit=sheet.typed.get("benefit", ""))
    return shown | {
        "kinds": list(rule_form.KINDS_OF_GRANT.items()), "accounts": [
            (line.code, line.name_en if english else line.name_th) for line in ACCOUNTS],
        "tiers": _tiers(sheet.typed) if kind == "tenure_tiers" else (),
        "groups": [
            (_("ให้เท่าใด"), rule_form.grant_questions(kind=kind), True),
            (_("ไม่เกินเท่าใด"), rule_form.limit_questions(counts_units=kind == "per_unit", others=others), False),
            (_("ให้ใคร เมื่อใด"), rule_form.condition_questions(), False),
            (_("เอกสาร ผู้ลงชื่อ ผู้รับเงิน"), rule_form.way_questions(), False)],
        "lines": read_back(rule=sheet.rule, clause_nos=_numbers(there)) if sheet.rule else (),
        "examples": examples(rule=sheet.rule, clause_no=no, on=today()) if sheet.rule else (),
        "doubts": doubts(clauses=[Granting(clause_no=no, account_code="", rule=sheet.rule, text_th=sheet.typed.get(
            "text_th", ""))], on=today()) if sheet.rule else (),
        "text_en": ready.text_en if ready and english else ""}


def _tiers(typed: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"place": str(n), "below": typed.get(f"tier-{n}-below", ""), "amount": typed.get(f"tier-{n}-amount", ""),
             "of": typed.get(f"tier-{n}-of", rule_form.YEARS)} for n in rule_form.tiers_shown(typed=typed)]
