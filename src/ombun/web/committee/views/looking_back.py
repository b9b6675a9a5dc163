"""Before the vote: a draft tried on the fund's own past. After a year: its payments reckoned again."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from ombun.access.door import desk, reading
from ombun.claims import queries
from ombun.papers.naming import language
from ombun.primitives.actors import Actor, Role
from ombun.primitives.days import BE_MINUS_CE, fiscal_year_be
from ombun.primitives.refusals import Refused
from ombun.primitives.thai import arabic_digits, whole_number
from ombun.regulations import queries as rule_book
from ombun.regulations.queries import Draft, RuleBook
from ombun.regulations.rules.clauses import NewClause, read_document, rules_of
from ombun.regulations.rules.drafts import granting
from ombun.regulations.rules.reading import parsed
from ombun.regulations.rules.vocabulary import BenefitRule
from ombun.web import charts
from ombun.web.page import page, today
from ombun.web.typed import Typed

LOOKING = (Role.TREASURER, Role.CHAIR, Role.SECRETARY, Role.REGISTRAR, Role.AUDITOR)
YEARS, BYTES_MAX = 5, 1_000_000
_Titles = dict[str, tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Tried:
    """What is tried on the past: its name, its id where it has one, its rules and the titles of its benefits."""

    id: UUID | None
    title: str
    rules: dict[str, BenefitRule]
    titles: _Titles


@desk(*LOOKING, methods=("GET", "POST"))
def what_if(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What a version, a draft, or one from a file, would have cost in the last five years and the running one. Nothing
    is written."""
    with reading(actor):
        books = rule_book.rule_books(fund_id=actor.fund_id)
        drafts = rule_book.drafts(fund_id=actor.fund_id)
        found: dict[str, object] = {"tried": None, "typed": {}}
        try:
            tried = _of_a_file(request) if request.method == "POST" else _chosen(request, books, drafts)
        except Refused as refused:
            found |= {"refusals": refused.refusals, "typed": request.POST.dict()}
        else:
            found |= {"tried": tried, **(_told(actor, tried) if tried else {})}
    return page(request, actor, "committee/what_if.html", {"books": books, "drafts": drafts, **found},
                status=422 if "refusals" in found else 200)


def _chosen(request: HttpRequest, books: Sequence[RuleBook], drafts: Sequence[Draft]) -> Tried | None:
    """The version or the draft that the address names, or None. Raises RuleRefused for a rule nobody can read."""
    version, draft = (request.GET.get(name) for name in ("version", "draft"))
    for book in books:
        if str(book.version.id) == version:
            return Tried(id=book.version.id, title=book.version.title,
                         rules={clause.benefit: clause.rule for clause in book.clauses},
                         titles={clause.benefit: (clause.title_th, clause.title_en) for clause in book.clauses})
    for one in drafts:
        if str(one.id) == draft:
            clauses = [granting(clause=clause) for clause in one.clauses if clause.grants]
            return _of_clauses(one.id, one.title, clauses)
    if version is not None or draft is not None:
        raise Http404
    return None


def _of_a_file(request: HttpRequest) -> Tried:
    return _of_clauses(None, translated("ร่างจากแฟ้ม"), _draft(request))


def _of_clauses(known: UUID | None, title: str, clauses: Sequence[NewClause]) -> Tried:
    return Tried(id=known, title=title, rules=rules_of(clauses=clauses), titles={
        clause.benefit: (clause.title_th, clause.title_en) for clause in clauses})


def _draft(request: HttpRequest) -> tuple[NewClause, ...]:
    """The clauses in the file that was chosen, or that were pasted. Raises Refused with every mistake."""
    form, sent = Typed(request.POST), request.FILES.get("file")
    written = request.POST.get("draft", "")
    if (sent is not None and (sent.size or 0) > BYTES_MAX) or len(written) > BYTES_MAX:
        form.refuse("web.draft_too_large", "file")
    elif sent is None and not written.strip():
        form.refuse("web.missing", "file", field=_("แฟ้มร่างระเบียบ"))
    form.demand()
    try:
        data = parsed(text=written if sent is None else sent.read().decode("utf-8-sig"))
    except (ValueError, RecursionError):
        form.refuse("web.draft_not_json", "file" if sent else "draft")
    form.demand()
    return read_document(data=data).clauses


def _told(actor: Actor, tried: Tried) -> dict[str, object]:
    last = fiscal_year_be(today()) - BE_MINUS_CE
    told = queries.what_if(fund_id=actor.fund_id, rules=tried.rules, years=range(last - YEARS, last + 1))
    titles = rule_book.benefit_titles(fund_id=actor.fund_id) | tried.titles
    entitled = queries.entitled_by_age(fund_id=actor.fund_id, rules=tried.rules, days=[
        min(date(year, 9, 30), today()) for year in told.years])
    years = [(str(_year_named(year)), cost) for year, cost in zip(told.years, told.by_year, strict=True)]
    return {
        "told": told, "years": years,
        "chart": charts.pairs([(name, cost.paid_satang, cost.draft_satang) for name, cost in years]),
        "kinds": [(_titled(kind.benefit, titles), kind) for kind in sorted(
            told.kinds, key=lambda kind: -abs(kind.whole.more_satang))],
        "entitled": [(_titled(one.benefit, titles), list(zip(
            (name for name, _ in years), one.people, one.satang, strict=True))) for one in entitled],
        "without_past": [_titled(benefit, titles) for benefit in told.without_past]}


def _year_named(year: int) -> int:
    return year if language() == "en" else year + BE_MINUS_CE


def _titled(benefit: str, titles: _Titles) -> str:
    thai, english = titles.get(benefit, (benefit, benefit))
    return english if language() == "en" else thai


@desk(*LOOKING)
def back_test(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A fiscal year's payments reckoned again under the rules of their time, and where they differ."""
    running = fiscal_year_be(today()) - BE_MINUS_CE
    asked = whole_number(arabic_digits(request.GET.get("year", "")), most=3000)
    year = running - 1 if not asked else asked - BE_MINUS_CE if asked >= 2400 else asked
    if not running - 30 <= year <= running:
        raise Http404
    with reading(actor):
        told = queries.back_test(fund_id=actor.fund_id, year=year)
        titles = rule_book.benefit_titles(fund_id=actor.fund_id)
    return page(request, actor, "committee/back_test.html", {
        "told": told, "year": _year_named(year),
        "years": [_year_named(running - back) for back in range(YEARS + 1)],
        "differences": [(_titled(one.benefit, titles), translated(f"claims.{one.code}"), one)
                        for one in told.differences]})
