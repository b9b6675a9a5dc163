"""Clauses over columns, on one core: beside OpenFisca-Core and numpy by hand on the same claims, a whole rule book.

All three get the same columns: the day of the event and of joining, whether dues are paid, what was had this year; all
reckon full years by the calendar, by a table of days. By hand means: written for this one clause, every fact known, no
reasons told. Times are the processor's, since all of it runs on one core. OpenFisca is asked as its users ask it: a new
simulation, its inputs set, one calculation.
OpenFisca-Core (AGPL) is installed for this file alone; Ombun does not use it.
"""
import resource
from collections.abc import Callable, Iterator
from datetime import date
from time import process_time
from typing import Any

import numpy as np
from figures import Figure
from numpy.typing import NDArray

from ombun.regulations.rules.bulk import NEVER, Claims, UsedBefore, grants, grants_in_sequence
from ombun.regulations.rules.reading import read_rule

CLAIMS, MEMBERS = 2_000_000, 1_000_000
CAP = 25_000_00
FIRST = date(1900, 1, 1).toordinal()
TIERS = ((1, 1500_00), (2, 3000_00), (5, 6000_00), (8, 10_000_00), (12, 12_000_00), (15, 20_000_00))
# domain §1.5: Sadao's clause 17.6, with a cap for the year; who is in arrears gets nothing
RULE = {"grant": {"kind": "tenure_tiers", "tiers": [{"below_days": 180, "amount_satang": 0}, *(
    {"below_years": years, "amount_satang": satang} for years, satang in TIERS)],
    "last": {"base_satang": 20_000_00, "each_further_year_satang": 500_00}},
    "limits": {"cap_per_year_satang": CAP}, "needs_paid_up": True}
_SUMS = [{"grant": {"kind": "fixed_sum", "amount_satang": baht * 100}, "waiting_days": 180, "limits": {
    "times_per_year": times}} for baht, times in ((1000, 1), (500, 2), (2000, 1), (300, 3), (1500, 1))]
_NIGHTS = [{"grant": {"kind": "per_unit", "unit": unit, "rate_satang": rate * 100}, "limits": {
    "units_per_event": 3, "units_per_year": 12, "cap_per_year_satang": 1000_00}, "year": year}
    for unit, rate, year in (("night", 200, "fiscal"), ("visit", 100, "calendar"), ("child", 500, "fiscal"))]
_OLD = [{"grant": {"kind": "fixed_sum", "amount_satang": baht * 100}, "min_age_years": age, "min_membership_years": 3,
         "limits": {"times_per_year": 1}} for baht, age in ((200, 60), (300, 70), (500, 80))]
BOOK = [RULE, {**RULE, "limits": {}, "waiting_days": 30}, *_SUMS, *_NIGHTS, *_OLD]  # 13 benefits

Column = NDArray[Any]


def made_up(rows: int) -> Claims:
    """So many claims of people who joined on any day of twenty years; a tenth in arrears; half had something."""
    random = np.random.default_rng(8)
    happened = random.integers(date(2024, 1, 1).toordinal(), date(2026, 1, 1).toordinal(), rows, np.int32)
    joined = happened - random.integers(0, 20 * 365, rows, np.int32)
    born = happened - random.integers(0, 95 * 365, rows, np.int32)
    had = random.integers(0, 2, rows, np.int32)
    return Claims(
        happened_on=happened, joined_on=joined, born_earliest_on=born, born_latest_on=born,
        left_on=np.full(rows, NEVER, np.int32), is_paid_up=(random.integers(0, 10, rows) > 0).astype(np.int8),
        paid_until_on=happened, units=random.integers(1, 6, rows, np.int32), member=np.arange(rows, dtype=np.int32),
        used=UsedBefore(times_this_year=had, units_this_year=had * 2, satang_this_year=had * np.int64(10_000_00),
                        times_in_life=had, units_in_life=had * 2, satang_in_life=had * np.int64(10_000_00)))


def run() -> Iterator[Figure]:
    """All figures of this file."""
    claims = made_up(CLAIMS)
    rule = read_rule(data=RULE)
    hand = ByHand()
    fisca = _openfisca(claims, hand)
    assert (grants(rule=rule, claims=claims).satang == hand(claims)).all() and (hand(claims) == fisca()).all()
    works: dict[str, Callable[[], object]] = {
        "ours": lambda: grants(rule=rule, claims=claims), "hand": lambda: hand(claims), "fisca": fisca}
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(5):  # in turns, so that a busy machine slows all
        for name, work in works.items():
            seconds[name].append(processor_seconds(work))
    ours, by_hand, openfisca = (CLAIMS / sorted(seconds[name])[2] for name in works)
    yield Figure(name="bulk_claims_a_second", figure=round(ours), unit="claims/s", goal=">=10000000", n=CLAIMS)
    yield Figure(name="bulk_openfisca_claims_a_second", figure=round(openfisca), unit="claims/s", goal=None, n=CLAIMS)
    yield Figure(name="bulk_of_openfisca", figure=round(ours / openfisca, 2), unit="ratio", goal=">=1", n=CLAIMS)
    yield Figure(name="bulk_by_hand_claims_a_second", figure=round(by_hand), unit="claims/s", goal=None, n=CLAIMS)
    yield Figure(name="bulk_by_hand_of_ours", figure=round(by_hand / ours, 2), unit="ratio", goal="<=3", n=CLAIMS)
    yield from _one_after_the_other(claims)
    yield from _book()


def processor_seconds(work: Callable[[], object]) -> float:
    """How long the processor works on it."""
    start = process_time()
    work()
    return process_time() - start


def _one_after_the_other(claims: Claims) -> Iterator[Figure]:
    """Five claims a member, each counting for the next."""
    rule = read_rule(data=RULE)
    five = Claims(**{**vars(claims.rows(slice(None))), "member": np.sort(claims.member // 5), "used": None})
    seconds = processor_seconds(lambda: grants_in_sequence(rule=rule, claims=five))
    yield Figure(name="bulk_in_sequence_claims_a_second", figure=round(CLAIMS / seconds), unit="claims/s", goal=None,
                 n=CLAIMS)


def _book() -> Iterator[Figure]:
    claims = made_up(MEMBERS)
    book = [read_rule(data=clause) for clause in BOOK]
    seconds = processor_seconds(lambda: [grants(rule=rule, claims=claims).satang.sum() for rule in book])
    yield Figure(name="bulk_book_of_13_over_a_million", figure=round(seconds, 2), unit="s", goal="<=3", n=MEMBERS)
    yield Figure(name="bulk_memory_at_most", figure=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
                 unit="MB", goal="<=1024", n=MEMBERS)


class ByHand:
    """What somebody fluent writes for this one clause: tables, no temporary that can be spared, parts that fit."""

    def __init__(self) -> None:
        days = np.arange("1900-01-01", "2100-01-01", dtype="datetime64[D]")
        months = days.astype("datetime64[M]")
        self.written = ((months.astype(np.int32) // 12) * 512 + months.astype(np.int32) % 12 * 32
                        + (days - months).astype(np.int32)).astype(np.int32)
        self.by_year = 20_000_00 + np.maximum(np.arange(200) - 15, 0) * 500_00
        for years, satang in reversed(TIERS):
            self.by_year[:years] = satang

    def __call__(self, claims: Claims) -> Column:
        assert claims.used is not None
        out = np.empty(len(claims), np.int64)
        for start in range(0, len(claims), 32_768):
            part = slice(start, start + 32_768)
            happened, joined = claims.happened_on[part], claims.joined_on[part]
            years = (self.written.take(happened - FIRST) - self.written.take(joined - FIRST)) >> 9
            satang = self.by_year.take(years)
            satang *= (happened - joined >= 180) & (claims.is_paid_up[part] == 1)
            np.minimum(satang, np.maximum(CAP - claims.used.satang_this_year[part], 0), out=out[part])
        return out


def _openfisca(claims: Claims, hand: ByHand) -> Callable[[], Column]:
    """The same clause as a variable of OpenFisca-Core over the same claims, everything given as its arrays."""
    from openfisca_core.entities import build_entity
    from openfisca_core.periods import MONTH
    from openfisca_core.periods import period as period_of
    from openfisca_core.simulations import SimulationBuilder
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    claim = build_entity("claim", "claims", "A claim", is_person=True)
    system = TaxBenefitSystem([claim])

    def given(name: str, kind: type) -> None:
        system.add_variable(type(name, (Variable,), {
            "value_type": kind, "entity": claim, "definition_period": MONTH, "label": name}))

    for name, kind in (("happened_on", int), ("joined_on", int), ("is_paid_up", bool), ("used_satang", int)):
        given(name, kind)

    def formula(claims: Any, period: Any) -> Column:
        happened, joined = claims("happened_on", period), claims("joined_on", period)
        years = (hand.written.take(happened - FIRST) - hand.written.take(joined - FIRST)) >> 9
        amount = np.select(
            [happened - joined < 180, *(years < below for below, _ in TIERS)],
            [0, *(satang for _, satang in TIERS)], 20_000_00 + np.maximum(years - 15, 0) * 500_00)
        left = np.maximum(CAP - claims("used_satang", period), 0)
        return np.minimum(amount, left) * claims("is_paid_up", period)

    system.add_variable(type("granted_satang", (Variable,), {
        "value_type": int, "entity": claim, "definition_period": MONTH, "label": "granted", "formula": formula}))
    columns, month = _as_openfisca_wants(claims), period_of("2025-01")

    def work() -> Column:
        simulation = SimulationBuilder().build_default_simulation(system, len(claims))
        for name, column in columns.items():
            simulation.set_input(name, month, column)
        return simulation.calculate("granted_satang", month)

    return work


def _as_openfisca_wants(claims: Claims) -> dict[str, Column]:
    assert claims.used is not None
    return {"happened_on": claims.happened_on, "joined_on": claims.joined_on, "is_paid_up": claims.is_paid_up == 1,
            "used_satang": claims.used.satang_this_year}
