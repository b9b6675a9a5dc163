"""One assessment with its explanation: the time of a core for clauses of every shape, with conditions and limits."""
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from time import process_time

from figures import Figure

from ombun.primitives.money import Satang
from ombun.primitives.sentences import sentence
from ombun.regulations.rules.assessment import Event, MemberFacts, Used, assess
from ombun.regulations.rules.clauses import read_document
from ombun.regulations.rules.reading import read_rule
from ombun.regulations.rules.vocabulary import Kind, Sex

CLAUSES = Path(__file__).parents[1] / "spec" / "real_clauses.json"
ROUNDS = 300
SOMEBODY = MemberFacts(
    joined_on=date(2010, 2, 28), born_earliest_on=date(1950, 5, 5), born_latest_on=date(1950, 5, 5), sex=Sex.FEMALE,
    kind=Kind.DISABLED, moo=1, is_paid_up=True, paid_until_on=date(2026, 11, 1), used=Used(
        times_this_year=0, satang_this_year=Satang(40000), units_this_year=2, household_times_this_year=0,
        household_units_this_year=0, household_satang_this_year=Satang(100), earmark_left_satang=Satang(100000)))
WHAT = Event(happened_on=date(2026, 4, 20), units=5, asked_on=date(2026, 5, 1), grade_hundredths=360,
             is_relative_member=True)


def run() -> Iterator[Figure]:
    """Milliseconds of one core for one assessment and its sentences, the slowest clause of the example told alone."""
    clauses = read_document(data=json.loads(CLAUSES.read_text("utf-8"))).clauses
    times = {clause.benefit: _milliseconds(clause.clause_no, clause.rule) for clause in clauses}
    slowest = max(times, key=lambda benefit: times[benefit])
    yield Figure(name="assessment", figure=round(sum(times.values()) / len(times), 3), unit="ms of a core",
                 goal="<=1", n=len(times) * ROUNDS)
    yield Figure(name=f"assessment_of_{slowest}", figure=round(times[slowest], 3), unit="ms of a core", goal="<=1",
                 n=ROUNDS)


def _milliseconds(clause_no: str, written: object) -> float:
    rule, start = read_rule(data=written), process_time()
    for _ in range(ROUNDS):
        told = assess(rule=rule, clause_no=clause_no, facts=SOMEBODY, event=WHAT)
        assert [sentence(step) for step in told.steps]
    return (process_time() - start) / ROUNDS * 1000
