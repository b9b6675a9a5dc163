"""Before the vote: a draft over five years of one fund, of several one after the other, and of a million members.

The funds have dues of every month and something received by each member; the million members are columns in
memory, as they lie when they have been read.
"""
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from time import perf_counter

import numpy as np
from bench_collections import DAY, FIRST_DAY, Village, analyze
from bench_rules_in_bulk import BOOK, made_up
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from figures import Figure, median_seconds

from ombun.claims.queries import what_if
from ombun.contributions.operations import record_history
from ombun.primitives.days import add_months
from ombun.primitives.transactions import fund_transaction
from ombun.regulations.queries import first_rule_book
from ombun.regulations.rules.bulk import Openings, Past, cost, fiscal_years, people, replayed
from ombun.regulations.rules.reading import read_rule

FUNDS, MEMBERS, MONTHS, NATION = 3, 3_000, 60, 1_000_000
MOMENT = datetime(2026, 1, 10, 3, tzinfo=UTC)
YEARS = range(2021, 2027)


def run() -> Iterator[Figure]:
    """All figures of this file."""
    yield from _funds()
    yield from _a_million()


def _funds() -> Iterator[Figure]:
    rules = {clause.benefit: read_rule(data=clause.rule) for clause in first_rule_book()}
    villages = [_with_a_past(list(rules)) for _ in range(FUNDS)]
    analyze()

    def looked(village: Village) -> None:
        with fund_transaction(fund_id=village.actor.fund_id, read_only=True):
            assert what_if(fund_id=village.actor.fund_id, rules=rules, years=YEARS).whole.asked_times == MEMBERS

    yield Figure(name="what_if_of_a_fund", figure=round(median_seconds(lambda: looked(villages[0])), 2), unit="s",
                 goal="<=1", n=MEMBERS)
    with CaptureQueriesContext(connection) as captured:
        looked(villages[0])
    yield Figure(name="what_if_statements", figure=len(captured), unit="SQL statements", goal="<=10", n=MEMBERS)
    start = perf_counter()
    for village in villages:
        looked(village)
    rate = FUNDS * MEMBERS / (perf_counter() - start)
    yield Figure(name="what_if_seconds_a_million_fund_by_fund", figure=round(NATION / rate, 1), unit="s", goal="<=60",
                 n=FUNDS * MEMBERS)


_OLD_BOOKS = """
INSERT INTO claims_pastbenefit (
  id, fund_id, batch_id, member_id, benefit, words, receiver, paid_on, units, amount_satang)
SELECT gen_random_uuid(), %(fund_id)s, gen_random_uuid(), member_id, (%(benefits)s::text[])[1 + n %% 4], '', '',
  DATE '2021-03-01' + (n %% 1700)::int, 3, 600_00
FROM unnest(%(ids)s::int[]) WITH ORDINALITY AS u(member_id, n)"""


def _with_a_past(benefits: list[str]) -> Village:
    """A fund with dues of sixty months, and a benefit of every member as the old books tell it."""
    village = Village(MEMBERS)
    record_history(actor=village.actor, received_on=DAY, recorded_at=MOMENT, sheets=[
        village.sheet(add_months(FIRST_DAY, month), MEMBERS) for month in range(MONTHS)])
    with connections["loader"].cursor() as cursor:
        cursor.execute(_OLD_BOOKS, {
            "fund_id": village.actor.fund_id, "ids": list(village.member_ids), "benefits": benefits})
    return village


def _a_million() -> Iterator[Figure]:
    """A claim for every member and each of five years, of thirteen benefits, each counting for the next."""
    names = tuple(f"benefit_{n}" for n in range(len(BOOK)))
    random = np.random.default_rng(8)
    claims = replace(made_up(5 * NATION), member=random.integers(0, NATION, 5 * NATION, np.int32), used=None)
    nothing, none = np.zeros(0, np.int32), np.zeros(0, np.int64)
    past = Past(
        benefits=names, claims=claims, benefit=random.integers(0, len(BOOK), 5 * NATION, np.int32),
        satang=np.full(5 * NATION, 500_00, np.int64), units=claims.units, openings=Openings(
            member=nothing, benefit=nothing, counted_on=nothing, times=nothing, units=nothing, satang=none))
    rules = {name: read_rule(data=clause) for name, clause in zip(names, BOOK, strict=True)}

    def work() -> None:
        draft = replayed(past=past, rules=rules)
        year = fiscal_years(days=past.claims.happened_on)
        for number in range(len(names)):
            people(past=past, draft=draft, where=past.benefit == number)
            for one in np.unique(year):
                cost(past=past, draft=draft, where=(past.benefit == number) & (year == one))

    yield Figure(name="what_if_of_a_million_in_memory", figure=round(median_seconds(work, rounds=1), 1), unit="s",
                 goal="<=60", n=5 * NATION)
