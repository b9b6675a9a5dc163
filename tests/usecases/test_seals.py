"""A month that closes is sealed by the database; Python reckons it again from the tables and names what changed."""
import json
from datetime import date
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from ombun.contributions import queries
from ombun.contributions.queries import verified
from ombun.contributions.queries.seals import Verified
from ombun.funds.operations import close_month
from ombun.ledger.queries import seals
from ombun.ledger.rules import NO_HEAD, head_of
from ombun.primitives.transactions import fund_transaction
from tests.people import NOW, START, TODAY
from tests.usecases.planted import written_past_python

OCTOBER, NOVEMBER = START, date(2025, 11, 1)
UNGUARDED = [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in (
    "ledger_entry", "ledger_line", "ledger_seal", "contributions_contribution", "contributions_collection",
    "funds_monthclose")]


def close(fund, month=OCTOBER, closed_on=TODAY):
    close_month(actor=fund.somsri, close_id=uuid4(), month=month, closed_by=fund.persons["somsri"],
                closed_on=closed_on, recorded_at=NOW)


def looked_at(fund) -> Verified:
    with fund_transaction(fund_id=fund.id, read_only=True):
        return verified(fund_id=fund.id)


@pytest.fixture
def sealed(fund):
    """October and November were collected and closed, one after the other."""
    fund.collect(on=date(2025, 10, 5))
    fund.collect(*fund.members[:2], on=date(2025, 10, 20))
    close(fund)
    fund.collect(*fund.members[:3], on=date(2025, 11, 5))
    close(fund, month=NOVEMBER, closed_on=date(2025, 12, 2))
    return fund


def test_a_month_that_closes_has_a_seal_over_its_entries_and_receipts(sealed):
    with sealed.reading():
        first, second = seals(fund_id=sealed.id)
    assert (first.seal_no, first.month, first.entry_count, first.receipt_count) == (1, OCTOBER, 2, 8)
    assert (second.seal_no, second.month, second.entry_count, second.receipt_count) == (2, NOVEMBER, 1, 3)
    assert first.head == head_of(before=NO_HEAD, facts=first.facts)
    assert second.head == head_of(before=first.head, facts=second.facts)
    assert not first.is_supplement and not second.is_supplement


def test_python_reckons_from_the_tables_what_the_database_sealed(sealed):
    looked = looked_at(sealed)
    assert (looked.misfits, looked.seals, looked.entries, looked.receipts) == ((), 2, 3, 11)


def test_a_month_without_anything_is_sealed_too(fund):
    close(fund)
    looked = looked_at(fund)
    assert (looked.misfits, looked.seals, looked.entries) == ((), 1, 0)


def test_a_late_sheet_lies_in_the_seal_of_the_month_it_was_booked_in(sealed):
    sealed.collect(*sealed.members[:1], on=date(2025, 10, 30))
    assert looked_at(sealed).entries == 3
    close(sealed, month=date(2025, 12, 1), closed_on=date(2026, 1, 2))
    with sealed.reading():
        *_, last = seals(fund_id=sealed.id)
    assert (last.entry_count, last.receipt_count) == (1, 1)
    assert looked_at(sealed).misfits == ()


ENTRY = ("(SELECT min(id) FROM ledger_entry WHERE fund_id = %(fund)s)")
PLANTED = [
    ("sealed_entry_does_not_fit", [f"UPDATE ledger_entry SET memo = 'x' WHERE id = {ENTRY}"]),
    ("sealed_entry_does_not_fit", [
        f"UPDATE ledger_entry SET recorded_at = recorded_at - interval '1 day' WHERE id = {ENTRY}"]),
    ("sealed_entry_does_not_fit", [f"DELETE FROM ledger_line WHERE entry_id = {ENTRY} AND line_no = 1"]),
    ("sealed_entry_does_not_fit", [
        f"UPDATE ledger_line SET amount_satang = amount_satang * 2 WHERE entry_id = {ENTRY}"]),
    ("sealed_receipt_does_not_fit", [
        "UPDATE contributions_contribution SET amount_satang = 2900 WHERE fund_id = %(fund)s AND number = 101"]),
    ("sealed_receipt_does_not_fit", [
        "DELETE FROM contributions_contribution WHERE fund_id = %(fund)s AND number = 102"]),
    ("sealed_receipt_does_not_fit", ["UPDATE contributions_collection SET salt = gen_random_uuid() "
                                     "WHERE fund_id = %(fund)s AND first_number = 101"]),
    ("seal_does_not_fit", ["DELETE FROM contributions_contribution WHERE fund_id = %(fund)s AND number = 111"]),
    ("seal_does_not_fit", ["UPDATE ledger_seal SET root = head WHERE fund_id = %(fund)s AND seal_no = 1"]),
    ("seal_does_not_fit", [
        "UPDATE ledger_seal SET entry_count = 1 WHERE fund_id = %(fund)s AND seal_no = 1"]),
    ("seal_out_of_chain", ["UPDATE ledger_seal SET head = root WHERE fund_id = %(fund)s AND seal_no = 1"]),
    ("month_without_seal", ["DELETE FROM ledger_seal WHERE fund_id = %(fund)s AND seal_no = 2"]),
    ("seal_out_of_chain", ["DELETE FROM ledger_seal WHERE fund_id = %(fund)s AND seal_no = 1",
                           "DELETE FROM funds_monthclose WHERE fund_id = %(fund)s AND month = '2025-10-01'",
                           "UPDATE ledger_entry SET posted_on = '2025-12-01' WHERE fund_id = %(fund)s "
                           "AND posted_on < '2025-11-01'"])]


@pytest.mark.parametrize(("code", "statements"), PLANTED)
def test_what_was_changed_past_python_is_named(sealed, code, statements):
    with written_past_python(fund_id=sealed.id, statements=[*UNGUARDED, *statements], fund=sealed.id):
        misfits = verified(fund_id=sealed.id, using="loader").misfits
    assert misfits and misfits[0].code == f"contributions.{code}"
    assert looked_at(sealed).misfits == ()


def test_the_entry_and_the_receipt_are_named(sealed):
    with written_past_python(fund_id=sealed.id, fund=sealed.id, statements=[
            *UNGUARDED, f"UPDATE ledger_entry SET memo = 'x' WHERE id = {ENTRY}",
            "UPDATE contributions_contribution SET amount_satang = 1 WHERE fund_id = %(fund)s AND number = 110"]):
        with connections["loader"].cursor() as cursor:
            cursor.execute("SELECT min(id) FROM ledger_entry WHERE fund_id = %s", [sealed.id])
            first, = cursor.fetchone()
        entry, receipt = verified(fund_id=sealed.id, using="loader").misfits
    assert entry.facts == {"month": OCTOBER, "entry": first}
    assert receipt.facts == {"month": NOVEMBER, "book_no": 4, "number": 110}


def test_the_whole_history_rewritten_gives_another_head(sealed):
    """Whoever owns the computer can make everything anew; the head on the month's report is another one then."""
    with sealed.reading():
        printed = seals(fund_id=sealed.id)[-1].head
    with written_past_python(fund_id=sealed.id, fund=sealed.id, statements=[
            *UNGUARDED, "ALTER TABLE ledger_seal ENABLE TRIGGER seal_reckoned",
            "UPDATE contributions_contribution SET amount_satang = 2900 WHERE fund_id = %(fund)s AND number = 101",
            "CREATE TEMP TABLE kept AS SELECT * FROM ledger_seal", "DELETE FROM ledger_seal",
            "INSERT INTO ledger_seal (fund_id, close_id, month, entries_until) "
            "SELECT fund_id, close_id, month, entries_until FROM kept ORDER BY fund_id, seal_no"]):
        looked = verified(fund_id=sealed.id, using="loader")
    assert looked.misfits == () and looked.head != printed


def test_the_commands_tell_the_head_and_end_with_one_where_something_does_not_fit(sealed, capsys):
    call_command("books", "seal", "--fund", sealed.code, "--month", "2025-10", "--json")
    told = json.loads(capsys.readouterr().out)
    assert (told["month"], told["entries"], told["receipts"], len(told["head"])) == ("2025-10", 2, 8, 64)
    call_command("books", "verify", "--fund", sealed.code)
    assert told["head"] not in (said := capsys.readouterr().out) and "3 รายการ ใบเสร็จ 11 ใบ" in said
    call_command("books", "seal", "--fund", sealed.code)
    assert "พฤศจิกายน 2568: 1 รายการ ใบเสร็จ 3 ใบ" in capsys.readouterr().out
    with pytest.raises(CommandError, match="ยังไม่ปิด"):
        call_command("books", "seal", "--fund", sealed.code, "--month", "2568-12")


def test_verify_ends_with_one_and_the_first_thing_that_does_not_fit(sealed, monkeypatch):
    with written_past_python(fund_id=sealed.id, fund=sealed.id, statements=[
            *UNGUARDED,
            "UPDATE contributions_contribution SET amount_satang = 1 WHERE fund_id = %(fund)s AND number = 109"]):
        changed = verified(fund_id=sealed.id, using="loader")
    monkeypatch.setattr(queries, "verified", lambda **_: changed)
    with pytest.raises(CommandError, match="ใบเสร็จเล่มที่ 4 เลขที่ 109 ไม่ตรงกับที่ผนึกไว้ในบัญชีเดือนพฤศจิกายน 2568") as ended:
        call_command("books", "verify", "--fund", sealed.code)
    assert ended.value.returncode == 1
