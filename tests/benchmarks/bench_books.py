"""The trial balance of a fund with ten years of books, and of 6,000 funds together."""
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from django.db import connections
from figures import Figure, median_seconds

from ombun.access.operations import NewFund, operator, start_fund
from ombun.funds.operations import NewCentre
from ombun.ledger.operations import post_entries
from ombun.ledger.queries import balances_at, income_and_expenditure, trial_balance, trial_balance_together
from ombun.ledger.rules import CHART, AccountKind, Draft, Posting
from ombun.primitives.actors import Actor
from ombun.primitives.money import Satang
from ombun.primitives.transactions import fund_transaction

START, YEARS, ENTRIES_A_YEAR, FUNDS = date(2016, 10, 1), 10, 1_000, 6_000
LAST = date(2026, 9, 17)  # in the middle of a month: its entries are read too
MOMENT = datetime(2026, 10, 1, tzinfo=UTC)


def run() -> Iterator[Figure]:
    """Milliseconds of the questions alone, in this process."""
    actor = _fund()
    _ten_years(actor)
    _many_funds()
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")
    yield _figure("trial_balance_10_years", actor, lambda: trial_balance(fund_id=actor.fund_id, on=LAST), "<=20")
    yield _figure("income_of_a_year_10_years", actor, lambda: income_and_expenditure(
        fund_id=actor.fund_id, from_on=date(2025, 10, 1), until_on=date(2026, 10, 1)), None)
    yield _figure("position_beside_last_year_10_years", actor, lambda: balances_at(
        fund_id=actor.fund_id, ends=[LAST, LAST.replace(year=LAST.year - 1)]), None)
    seconds = median_seconds(trial_balance_together, rounds=5)
    yield Figure(name="trial_balance_of_funds_together", figure=round(seconds * 1000, 1), unit="ms", goal="<=1000",
                 n=FUNDS)


def _figure(name: str, actor: Actor, question: object, goal: str | None) -> Figure:
    assert callable(question)
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        question()
        seconds = median_seconds(question, rounds=9)
    return Figure(name=name, figure=round(seconds * 1000, 2), unit="ms", goal=goal, n=YEARS * ENTRIES_A_YEAR)


def _fund() -> Actor:
    code = f"bench-{uuid4().hex[:12]}"
    start_fund(recorded_at=MOMENT, logins=[], new=NewFund(
        code=code, name="กองทุนวัดความเร็ว", tambon_code=330505, founded_on=START, starts_on=START,
        dues_satang=Satang(3000), dues_every_months=1, plan_id=uuid4(), holders=(),
        centres=(NewCentre(id=uuid4(), moo=1, name="หมู่ 1"),)))
    actor = operator(code=code)
    assert actor is not None
    return actor


def _ten_years(actor: Actor) -> None:
    """Each entry takes in and spends on other accounts, so that every account moves in every month."""
    codes = [line.code for line in CHART if line.kind in (AccountKind.INCOME, AccountKind.EXPENSE)]
    drafts = []
    for n in range(YEARS * ENTRIES_A_YEAR):
        on = START + timedelta(days=n * 3652 // (YEARS * ENTRIES_A_YEAR))
        way = -1 if codes[n % len(codes)].startswith("4") else 1
        drafts.append(Draft(deed_id=uuid4(), happened_on=on, posted_on=on, postings=(
            Posting(account_code=codes[n % len(codes)], amount_satang=Satang(way * 3_000)),
            Posting(account_code="1200", amount_satang=Satang(-way * 3_000)))))
    with fund_transaction(fund_id=actor.fund_id):
        post_entries(actor=actor, deed="bench", drafts=drafts, recorded_at=MOMENT)


def _many_funds() -> None:
    """So many funds more with the whole chart and an entry a year over twenty of its accounts, past Python."""
    mark = uuid4().hex[:8]
    with connections["loader"].cursor() as cursor:
        cursor.execute("""INSERT INTO funds_fund (code, name, tambon_id, founded_on, starts_on, books_closed_until)
          SELECT 'bench-' || %s || '-' || n, 'กองทุน', f.tambon_id, f.founded_on, f.starts_on, f.books_closed_until
          FROM generate_series(1, %s) n, (SELECT * FROM funds_fund WHERE code LIKE 'bench-%%' LIMIT 1) f""",
                       [mark, FUNDS])
        cursor.execute("""INSERT INTO ledger_account (fund_id, code, name_th, name_en, kind, holder_kind)
          SELECT f.id, c.code, c.name_th, c.name_en, c.kind, c.holder_kind FROM funds_fund f,
            unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::text[])
              AS c(code, name_th, name_en, kind, holder_kind)
          WHERE f.code LIKE 'bench-' || %s || '-%%'""", [
              [line.code for line in CHART], [line.name_th for line in CHART], [line.name_en for line in CHART],
              [line.kind for line in CHART], [line.holder_kind for line in CHART], mark])
        cursor.execute("""WITH head AS (
          INSERT INTO ledger_entry (fund_id, deed, deed_id, happened_on, posted_on, memo, line_count, total_satang,
            recorded_by, recorded_at)
          SELECT f.id, 'bench', gen_random_uuid(), day, day, '', 20, 1000, 0, now() FROM funds_fund f,
            generate_series('2017-01-15'::date, '2026-01-15', interval '1 year') day
          WHERE f.code LIKE 'bench-' || %s || '-%%' RETURNING id, fund_id)
          INSERT INTO ledger_line (fund_id, entry_id, line_no, account_id, amount_satang)
          SELECT h.fund_id, h.id, a.n, a.id, CASE WHEN a.n <= 10 THEN 100 ELSE -100 END FROM head h
          JOIN (SELECT *, row_number() OVER (PARTITION BY fund_id ORDER BY code) AS n FROM ledger_account) a
            ON a.fund_id = h.fund_id AND a.n <= 20""", [mark])
