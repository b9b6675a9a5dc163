"""The past run again, from the command line: a draft of the rules before the vote, and a year under its own rules."""
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path

from django.utils import timezone
from django.utils.translation import get_language, gettext

from ombun.claims import queries
from ombun.claims.queries import BackTest, WhatIf
from ombun.jobs import adopting, operating
from ombun.jobs.operating import CommandRefused
from ombun.primitives.days import BE_MINUS_CE, fiscal_year_be
from ombun.primitives.money import baht
from ombun.primitives.refusals import Refusal
from ombun.primitives.sentences import sentence
from ombun.primitives.transactions import fund_transaction
from ombun.regulations.queries import benefit_titles
from ombun.regulations.rules.bulk import Cost
from ombun.regulations.rules.clauses import rules_of

YEARS_MAX = 30


def what_if(*, code: str, file: Path, years: int, as_json: bool) -> str:
    """What the draft in a file would have cost over so many fiscal years and the running one.

    Raises Refused with every mistake in the file.
    """
    if not 1 <= years <= YEARS_MAX:
        raise CommandRefused(Refusal(code="jobs.years_out_of_range", about=str(years), facts={
            "years": years, "years_max": YEARS_MAX}))
    actor, clauses = operating.operator_of(code=code), adopting.read(file=file)
    rules = rules_of(clauses=clauses)
    last = fiscal_year_be(timezone.localdate()) - BE_MINUS_CE
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        told = queries.what_if(fund_id=actor.fund_id, rules=rules, years=range(last - years, last + 1))
        titles = benefit_titles(fund_id=actor.fund_id)
    titles |= {clause.benefit: (clause.title_th, clause.title_en) for clause in clauses}
    return _as_data(told) if as_json else "\n".join(_in_words(told, titles))


def back_test(*, code: str, year: int, as_json: bool) -> str:
    """A fiscal year's payments run again under the clauses of their time. The year is typed in either era."""
    actor = operating.operator_of(code=code)
    ends_in = year - BE_MINUS_CE if year >= 2400 else year
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        told = queries.back_test(fund_id=actor.fund_id, year=ends_in)
        titles = benefit_titles(fund_id=actor.fund_id)
    return _as_data(told) if as_json else "\n".join(_compared_in_words(told, titles))


def _as_data(told: WhatIf | BackTest) -> str:
    """As it is, for programs; refusals as sentences."""
    data = asdict(told)
    for facts, row in zip((told, *getattr(told, "kinds", ())), (data, *data.get("kinds", ())), strict=True):
        if "refusals" in row:
            row["refusals"] = [sentence(refusal) for refusal in facts.refusals]
    return json.dumps(data, ensure_ascii=False, default=str)


def _in_words(told: WhatIf, titles: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    for year, cost in zip(told.years, told.by_year, strict=True):
        yield _line(gettext("ปีงบประมาณ %(year)s") % {"year": year + BE_MINUS_CE}, cost)
    yield _line(gettext("รวมทุกปี"), told.whole)
    yield gettext("คนที่จะได้มากขึ้น %(more)s คน ได้น้อยลง %(less)s คน ได้เท่าเดิม %(same)s คน") % vars(told.people)
    for kind in told.kinds:
        yield _line("  " + _titled(kind.benefit, titles), kind.whole)
        yield from (f"    {sentence(refusal)}" for refusal in kind.refusals)
    for benefit in told.without_past:
        yield gettext("  %(title)s: ยังไม่เคยมีคนขอ จึงคำนวณไม่ได้") % {"title": _titled(benefit, titles)}


def _line(title: str, cost: Cost) -> str:
    line = gettext(
        "%(title)s: จ่ายจริง %(paid)s บาท (%(paid_times)s ครั้ง) ตามร่าง %(draft)s บาท (%(draft_times)s ครั้ง)") % {
        "title": title, "paid": baht(cost.paid_satang), "paid_times": cost.paid_times,
        "draft": baht(cost.draft_satang), "draft_times": cost.draft_times}
    return line + (gettext(" ยังบอกไม่ได้ %(times)s ครั้ง") % {"times": cost.open_times} if cost.open_times else "")


def _titled(benefit: str, titles: Mapping[str, tuple[str, str]]) -> str:
    thai, english = titles.get(benefit, (benefit, benefit))
    return english if get_language() == "en" else thai


def _compared_in_words(told: BackTest, titles: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    yield gettext("ปีงบประมาณ %(year)s จ่าย %(times)s ครั้ง ตรงกับระเบียบ %(same)s ครั้ง") % {
        "year": told.year + BE_MINUS_CE, "times": told.paid_times, "same": told.same_times}
    for one in told.differences:
        yield gettext("  คำขอ %(no)s/%(year)s %(title)s: จ่าย %(paid)s บาท ระเบียบให้ %(granted)s บาท %(why)s") % {
            "no": one.claim_no, "year": one.year + BE_MINUS_CE, "title": _titled(one.benefit, titles),
            "paid": baht(one.paid_satang), "granted": baht(one.granted_satang),
            "why": sentence(Refusal(code=f"claims.{one.code}", about=str(one.claim_id)))}
    yield from (f"  {sentence(refusal)}" for refusal in told.refusals)
