"""A rule book tried on examples that people wrote down: nothing but the rule book is read of the fund."""
import json
import re
import sys
from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils.translation import override

from ombun.claims.rules import FundHad, Had, used
from ombun.contributions.rules import is_paid_up
from ombun.jobs import operating
from ombun.jobs.operating import CommandRefused
from ombun.primitives.days import month_of
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal
from ombun.primitives.sentences import Said, sentence
from ombun.primitives.transactions import fund_transaction
from ombun.regulations.queries import ClauseCard, RuleBook, rule_books
from ombun.regulations.rules.assessment import Assessment, Event, MemberFacts, assess, steps_data
from ombun.regulations.rules.cases import TELLS, Case, Earlier, read_case
from ombun.regulations.rules.reading import RuleRefused, parsed

_PERSON, _HOUSEMATE = 1, 2
_HALF = re.compile("[\ud800-\udfff]")  # of a letter: JSON may say it, but no file in UTF-8 can hold it


def answers(*, code: str, file: Path) -> Iterator[str]:
    """An answer in JSON for each line of a file of cases (`-`: what is typed in). Raises CommandRefused at the end
    when a line could not be read; the others are answered all the same."""
    actor = operating.operator_of(code=code)
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        books = rule_books(fund_id=actor.fund_id)
    unread = []
    for number, line in enumerate(_lines(file), 1):
        if not line.strip():
            continue
        data = _json(line)
        name = data.get("case") if isinstance(data, dict) else None
        try:
            yield _written(name, **_answer(books, read_case(data=data)))
        except RuleRefused as refused:
            unread.append(number)
            yield _written(name, line=number, amount_satang=None, clauses=[], reasons=[], missing=[],
                           refusals=[_told(refusal) | {"path": refusal.about} for refusal in refused.refusals])
    if unread:
        raise CommandRefused(Refusal(code="jobs.cases_unread", about=str(file), facts={
            "count": len(unread), "lines": ", ".join(map(str, unread[:20]))}))


def _lines(file: Path) -> Sequence[bytes]:
    """As bytes: what spoils one line spoils no other, and a case may well say what elsewhere ends a line."""
    try:
        written = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise CommandRefused(Refusal(code="jobs.no_such_file", about=str(file), facts={"file": file})) from error
    return written.removeprefix(BOM_UTF8).split(b"\n")


def _json(line: bytes) -> object:
    try:
        return parsed(text=line.decode())
    except (ValueError, RecursionError):
        return line  # read_case says that it is no object


def _written(name: object, **answer: object) -> str:
    text = json.dumps({"case": name, **answer}, ensure_ascii=False)
    return json.dumps(json.loads(text)) if _HALF.search(text) else text


def _answer(books: Sequence[RuleBook], case: Case) -> dict[str, Any]:
    clause = next((clause for book in books if book.holds_on(case.event_on) for clause in book.clauses
                   if clause.benefit == case.benefit), None)
    if clause is None:
        nothing = Refusal(code="claims.no_such_benefit_that_day", about=case.benefit, facts={
            "happened_on": case.event_on})
        return {"amount_satang": 0, "units": None, "clauses": [], "reasons": [_told(nothing)], "missing": []}
    told = _assessment(clause, case)
    return {"amount_satang": told.amount_satang, "units": told.units, "clauses": [clause.clause_no],
            "reasons": [_told(step) | row for step, row in zip(told.steps, steps_data(steps=told.steps), strict=True)],
            "missing": list(dict.fromkeys(TELLS[code.removeprefix("regulations.missing_")] for code in told.missing))}


def _assessment(clause: ClauseCard, case: Case) -> Assessment:
    person, on = case.member, case.event_on
    until = person.paid_up_to + timedelta(days=1) if person.paid_up_to else None
    others = [_had(_HOUSEMATE, one) for one in case.household_earlier or ()]
    had = [*(_had(_PERSON, one) for one in case.earlier), *others]
    fund = FundHad(by_month={}, earmarks_left={})
    for one in (*had, *(_had(0, earlier) for earlier in case.fund_earlier)):
        key = one.benefit, month_of(one.on)
        fund.by_month[key] = Satang(fund.by_month.get(key, 0) + one.satang)
    if clause.rule.earmark and case.earmark_left_satang is not None:
        fund.earmarks_left[clause.rule.earmark] = case.earmark_left_satang
    facts = MemberFacts(
        joined_on=person.joined_on, born_earliest_on=person.born_on,
        born_latest_on=person.born_latest_on or person.born_on,
        is_member=person.is_member, has_left=person.left_on is not None, left_on=person.left_on, sex=person.sex,
        kind=person.kind, moo=person.moo, paid_until_on=until, is_paid_up=is_paid_up(until=until, on=on), used=used(
            had=had, fund=fund, member_id=_PERSON, benefit=clause.benefit, rule=clause.rule, on=on,
            household=None if case.household_earlier is None else {_PERSON, _HOUSEMATE}, joined_on=person.joined_on))
    return assess(rule=clause.rule, clause_no=clause.clause_no, facts=facts, event=Event(
        happened_on=on, units=case.units, asked_on=case.asked_on, is_lateness_excused=case.is_lateness_excused,
        grade_hundredths=case.grade_hundredths, is_relative_member=case.is_relative_member))


def _had(member_id: int, one: Earlier) -> Had:
    return Had(member_id=member_id, benefit=one.benefit, on=one.event_on, times=1, units=one.units or 0,
               satang=one.amount_satang)


def _told(said: Said) -> dict[str, str]:
    """A step or a refusal by its code and in both languages."""
    found = {"code": said.code}
    for language in ("th", "en"):
        with override(language):
            found[language] = sentence(said)
    return found
