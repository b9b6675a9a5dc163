"""Whole workbooks come in: the truth of both samples stands in the subledgers and in the books, and goes out again."""
import json
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from ombun.access.operations import NewFund, operator, start_fund
from ombun.claims.models import PastBenefit
from ombun.funds.operations import NewCentre
from ombun.imports import queries
from ombun.imports.operations import commit_import, preview_import, undo_import
from ombun.imports.queries import import_totals, told_before
from ombun.imports.rules.books import GridRow
from ombun.jobs.checking import everything_found
from ombun.ledger.queries import trial_balance
from ombun.primitives.money import Satang
from ombun.primitives.transactions import fund_transaction
from tests.usecases.old_books import paid_before
from tests.usecases.workbooks import xlsx

WORKBOOKS = Path(__file__).parents[1] / "data" / "workbooks"
NOW, STARTS = datetime(2026, 1, 10, 3, tzinfo=UTC), date(2025, 10, 1)
FILES = {"A": "A_donkaeo.xlsx", "B": "B_nongsarai.xlsx"}


def truth_of(key):
    return json.loads((WORKBOOKS / f"truth_{key}.json").read_text())


def fiscal_year(day):
    return day.year + 543 + (day.month >= 10)


def new_fund(key, starts=STARTS):
    truth = truth_of(key)
    code = f"history-{uuid4().hex[:10]}"
    start_fund(logins=[], recorded_at=NOW, new=NewFund(
        code=code, name="กองทุนทดสอบ", tambon_code=440308, starts_on=starts, holders=(),
        founded_on=date.fromisoformat(truth["fund"]["founded_on"]), dues_satang=Satang(3000), dues_every_months=1,
        plan_id=uuid4(), centres=tuple(NewCentre(id=uuid4(), moo=int(moo), name=name)
                                       for moo, name in truth["fund"]["villages"].items())))
    return operator(code=code)


def bring(actor, key):
    batch_id = uuid4()
    preview_import(actor=actor, batch_id=batch_id, books_end_on=date(2025, 9, 30), previewed_at=NOW,
                   files=[(FILES[key], (WORKBOOKS / FILES[key]).read_bytes())])
    return commit_import(actor=actor, batch_id=batch_id, committed_at=NOW)


def balances(actor, on=date(2030, 1, 1)):
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        return {row.account: (row.debit_satang - row.credit_satang) / 100
                for row in trial_balance(fund_id=actor.fund_id, on=on) if row.debit_satang != row.credit_satang}


@pytest.fixture(scope="module", params=["A", "B"])
def brought(request):
    actor = new_fund(request.param)
    return actor, bring(actor, request.param), truth_of(request.param)


def test_members_payments_are_as_the_truth_has_them(brought):
    actor, _, truth = brought
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        paid, told = paid_before(fund_id=actor.fund_id), told_before(fund_id=actor.fund_id)
    by_year = Counter()
    for month, satang in paid.items():
        by_year[str(fiscal_year(month))] += satang // 100
    unplaced = Counter()
    for (who, month), satang in told.payments.items():
        if not isinstance(who, int):
            unplaced[str(fiscal_year(month))] += satang // 100
    for year, right in truth["contributions"]["by_year"].items():
        assert (by_year[year], unplaced[year]) == (right["baht"], right["unmatched_baht"]), year


def test_benefits_are_as_the_truth_has_them(brought):
    actor, _, truth = brought
    found = {}
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        for row in PastBenefit.objects.filter(fund_id=actor.fund_id):
            kinds = found.setdefault(str(fiscal_year(row.paid_on)), {})
            count, baht = kinds.get(row.benefit.upper(), (0, 0))
            kinds[row.benefit.upper()] = count + 1, baht + row.amount_satang // 100
    for year, kinds in truth["benefits"]["by_year_kind"].items():
        assert found[year] == {kind: tuple(right) for kind, right in kinds.items()}, year


def test_the_books_agree_with_the_accounts_year_by_year_and_carry_what_is_left(brought):
    actor, _, truth = brought
    years = truth["accounts"]
    for year, right in years.items():
        stands = balances(actor, on=date(int(year) - 543, 9, 29))
        month_end = balances(actor, on=date(int(year) - 543, 9, 30))
        assert stands and month_end
        if year != max(years) or int(year) - 543 != STARTS.year:
            assert month_end["1190"] == right["closing_cash"] + right["closing_bank"], year
    end = balances(actor)
    assert "1190" not in end
    received = sum(sum(right["receipts"].values()) for right in years.values())
    paid = sum(sum(right["payments"].values()) for right in years.values())
    assert -sum(baht for code, baht in end.items() if code.startswith("4")) == received - unclear(end)
    assert sum(baht for code, baht in end.items() if code.startswith("5")) == paid


def unclear(end):
    return -end.get("2900", 0)


def test_no_check_finds_anything_and_the_same_file_again_changes_nothing(brought):
    actor, _, _ = brought
    assert everything_found(fund_id=actor.fund_id) == ()
    before = balances(actor)
    key = "A" if brought[2]["fund"]["key"] == "A" else "B"
    again = bring(actor, key)
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        totals = import_totals(fund_id=actor.fund_id, batch_id=again.batch_id)
    assert (again.created, again.updated, totals["created"], totals["updated"]) == (0, 0, 0, 0)
    assert balances(actor) == before and everything_found(fund_id=actor.fund_id) == ()


def test_what_came_in_goes_out_again_and_the_books_keep_both_sides():
    actor = new_fund("A")
    done = bring(actor, "A")
    undo_import(actor=actor, batch_id=done.batch_id, undone_at=NOW)
    assert balances(actor) == {} and balances(actor, on=date(2022, 9, 30)) == {}
    assert everything_found(fund_id=actor.fund_id) == ()
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        assert paid_before(fund_id=actor.fund_id) == {}
    assert bring(actor, "A").created == done.created


def test_months_of_the_funds_own_books_are_left_out():
    """A fund that began here in October 2565 takes nothing of its old grids from then on, and says so."""
    actor, start = new_fund("A", starts=date(2022, 10, 1)), date(2022, 10, 1)
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        preview = queries.judged(fund_id=actor.fund_id, books_end_on=date(2025, 9, 30),
                                 files=[(FILES["A"], (WORKBOOKS / FILES["A"]).read_bytes())])
    grids = [row for row in preview.rows if isinstance(row.booked, GridRow)]
    assert {payment.month for row in grids for payment in row.booked.payments} >= {date(2022, 9, 1)}
    assert all(payment.month < start for row in grids for payment in row.booked.payments)
    left_out = [row for row in preview.rows if "in_own_books" in {reason.code for reason in row.reasons}]
    assert len(left_out) > 200 and not any(row.is_counted for row in left_out)
    bring(actor, "A")
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        assert max(paid_before(fund_id=actor.fund_id)) == date(2022, 9, 1)
    assert everything_found(fund_id=actor.fund_id) == ()


def test_of_two_equal_benefits_the_one_that_was_told_before_is_not_taken_for_both():
    actor = new_fund("A")
    head = ("วันที่จ่าย", "เลขที่ใบสำคัญจ่าย", "ชื่อ-สกุล", "เรื่อง", "จำนวนเงิน")
    told = [("5/3/2568", "12", "นางสมใจ ใจดี", "เยี่ยมไข้", 200), ("5/3/2568", "13", "นางสมใจ ใจดี", "เยี่ยมไข้", 200)]
    for rows, paid in ((told[:1], 1), (told, 2), (told, 2)):
        batch_id = uuid4()
        preview_import(actor=actor, batch_id=batch_id, books_end_on=date(2025, 9, 30), previewed_at=NOW, files=[
            ("จ่าย.xlsx", xlsx({"จ่ายสวัสดิการ": [head, *rows]}))])
        commit_import(actor=actor, batch_id=batch_id, committed_at=NOW)
        with fund_transaction(fund_id=actor.fund_id, read_only=True):
            assert PastBenefit.objects.filter(fund_id=actor.fund_id).count() == paid
