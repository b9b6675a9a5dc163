"""What was written stays, and what is written together fits together: every trigger refuses its fault."""
from datetime import date

import pytest
from django.db import ProgrammingError, connection, connections, transaction

from ombun.primitives.transactions import fund_transaction
from tests.guards.catalogue import alone, columns, run, triggers
from tests.usecases import test_claims_defend_themselves as of_claims
from tests.usecases.planted import refusing_constraint

STAYING = [(trigger, event) for trigger in triggers() if trigger.function == "refuse_change"
           for event in trigger.events]
PRIVILEGES = sorted({(trigger.table, event) for trigger, event in STAYING if not trigger.of_columns})
ENTRY = ("INSERT INTO ledger_entry (fund_id, deed, deed_id, happened_on, posted_on, memo, line_count, total_satang, "
         "recorded_by, recorded_at) VALUES (%(fund)s, 'planted', gen_random_uuid(), '{day}', '{day}', '', {lines}, "
         "500, 0, now()) RETURNING id")
LINES = ("INSERT INTO ledger_line (fund_id, entry_id, line_no, account_id, amount_satang) "
         "SELECT %(fund)s, {entry}, {no} + n, a.id, s.satang "
         "FROM unnest(ARRAY[{satang}]) WITH ORDINALITY AS s(satang, n) "
         "JOIN ledger_account a ON a.fund_id = %(fund)s AND a.code = (ARRAY['1110', '5330'])[n]")

CLOSE = ("INSERT INTO funds_monthclose (fund_id, id, month, closed_by_id, left_open, because, recorded_by, "
         "recorded_at) VALUES (%(fund)s, gen_random_uuid(), '{}', %(somsri)s, '{{}}', '', 0, now())")


def entry(*, day="2025-11-20", lines=2, satang="500, -500"):
    """An entry with its lines, in one statement as it has to be."""
    return (f"WITH e AS ({ENTRY.format(day=day, lines=lines)}) "
            + LINES.format(entry="e.id", no=0, satang=satang).replace("FROM unnest", "FROM e, unnest"))


def added(*, satang="500, -500"):
    """Lines added to an entry that was posted long ago."""
    return LINES.format(entry="%(entry)s", no=10, satang=satang)


def sheet(*, first="b.next_number", count=1, satang=3000, total=3000, entry="c.entry_id", deed="gen_random_uuid()"):
    """A collection day written by hand beside the last one, and its book moved on."""
    return [
        "UPDATE contributions_receiptbook SET next_number = next_number + 9 WHERE fund_id = %(fund)s",
        "INSERT INTO contributions_collection (fund_id, deed_id, digest, centre_id, collected_on, collected_by_id, "
        "book_id, first_number, last_number, total_satang, written_satang, entry_id, is_by_pen, "
        "recorded_by, recorded_at) "
        f"SELECT c.fund_id, {deed}, '', c.centre_id, c.collected_on, c.collected_by_id, c.book_id, {first} - 9, "
        f"{first} - 9 + {count} - 1, {total}, 0, {entry}, false, 0, now() FROM contributions_collection c "
        "JOIN contributions_receiptbook b ON b.fund_id = c.fund_id AND b.id = c.book_id "
        "WHERE c.fund_id = %(fund)s AND c.deed_id = %(sheet)s"]


def receipt(*, collection="c.id", member="%(member)s", number="c.last_number", day="c.collected_on", satang="3000"):
    """A receipt more on a sheet that is there."""
    return ("INSERT INTO contributions_contribution (fund_id, member_id, collection_id, number, collected_on, "
            f"amount_satang) SELECT c.fund_id, {member}, {collection}, {number}, {day}, {satang} "
            "FROM contributions_collection c WHERE c.fund_id = %(fund)s AND c.deed_id = %(sheet)s")


def cancelled(*, member="%(other)s", collection="x.collection_id", deed="x.cancellation_id", entry="x.entry_id"):
    """A receipt more taken back, beside one that was; of the same cancellation where nothing else is said."""
    return ("INSERT INTO contributions_cancelled (fund_id, member_id, collection_id, cancellation_id, entry_id, "
            f"doubts) SELECT x.fund_id, {member}, {collection}, {deed}, {entry}, x.doubts "
            "FROM contributions_cancelled x WHERE x.fund_id = %(fund)s AND x.member_id = %(malee)s")


def counter_entry(*, deed="contributions.cancellation", deed_id="%(new)s", satang=3000, day="2025-11-06",
                  reverses="NULL"):
    """An entry that takes so much out of the collector's hand again."""
    return (f"WITH e AS (INSERT INTO ledger_entry (fund_id, deed, deed_id, happened_on, posted_on, memo, reverses_id, "
            f"line_count, total_satang, recorded_by, recorded_at) VALUES (%(fund)s, '{deed}', {deed_id}, '{day}', "
            f"'{day}', '', {reverses}, 2, {satang}, 0, now()) RETURNING id) "
            + LINES.format(entry="e.id", no=0, satang=f"-{satang}, {satang}").replace("FROM unnest", "FROM e, unnest"))


NEW_ENTRY = "(SELECT id FROM ledger_entry WHERE fund_id = %(fund)s AND deed_id = %(new)s)"
OLD_ENTRY = ("(SELECT entry_id FROM contributions_collection WHERE fund_id = %(fund)s AND id = "
             "(SELECT collection_id FROM contributions_cancelled WHERE fund_id = %(fund)s AND member_id = %(malee)s))")


def taken_back(**changes):
    """A receipt taken back by hand with an entry of its own, and what is wrong with the entry."""
    return [counter_entry(**changes), cancelled(deed="%(new)s", entry=NEW_ENTRY)]


CLEARED = ("INSERT INTO contributions_clearing (fund_id, collection_id, member_id, clearing_id, entry_id) "
           "SELECT x.fund_id, x.collection_id, x.member_id, gen_random_uuid(), x.entry_id FROM {} AND x.fund_id = "
           "%(fund)s LIMIT 1")
SPOILED = ("INSERT INTO contributions_spoiled (id, fund_id, book_id, first_number, last_number, why, recorded_by, "
           "recorded_at) SELECT gen_random_uuid(), b.fund_id, b.id, {}, 'หาย', 0, now() "
           "FROM contributions_receiptbook b WHERE b.fund_id = %(fund)s AND b.device_id IS NULL")

# Names of ours that a session could have given to tables of its own: what triggers ask then is still the real one.
SHADOWS = [
    "CREATE TEMP TABLE funds_fund AS SELECT id, DATE '2000-01-01' AS books_closed_until FROM public.funds_fund",
    "CREATE TEMP TABLE ledger_entry AS SELECT * FROM public.ledger_entry WHERE false",
    "CREATE TEMP TABLE ledger_balance (LIKE public.ledger_balance INCLUDING ALL)"]

# With every guard in its place: what somebody writes at a database prompt, and the name under which it is refused.
def thing(credit="credit_satang", day="received_on", reverses="NULL", thousandths="thousandths"):
    """What was given once more, told otherwise."""
    return ("INSERT INTO contributions_inkindcontribution (fund_id, id, deed_id, member_id, rate_id, thousandths, "
            "credit_satang, received_on, witness_id, reverses_id, entry_id, recorded_by, recorded_at) "
            "SELECT fund_id, gen_random_uuid(), gen_random_uuid(), member_id, rate_id, "
            f"{thousandths}, {credit}, {day}, witness_id, {reverses}, entry_id, recorded_by, recorded_at "
            "FROM contributions_inkindcontribution i "
            "WHERE fund_id = %(fund)s AND credit_satang > 0 AND NOT EXISTS (SELECT 1 FROM "
            "contributions_inkindcontribution b WHERE b.fund_id = i.fund_id AND b.reverses_id = i.id)")


def gift(number):
    """A gift of money once more under another number."""
    return ("INSERT INTO givers_gift (fund_id, id, number, kind, giver_kind, giver_name, amount_satang, things, "
            "into_account, given_on, received_by_id, entry_id, cancelled_because, recorded_by, recorded_at) "
            f"SELECT fund_id, gen_random_uuid(), {number}, kind, giver_kind, giver_name, amount_satang, things, "
            "into_account, given_on, received_by_id, entry_id, '', recorded_by, recorded_at FROM givers_gift "
            "WHERE fund_id = %(fund)s AND number = 1")


SEAL = ("INSERT INTO ledger_seal (fund_id, seal_no, close_id, month, entries_until, entry_count, receipt_count, root, "
        "head, marks) SELECT fund_id, seal_no, close_id, month, entries_until, entry_count, receipt_count, root, {}, "
        "marks FROM ledger_seal WHERE fund_id = %(fund)s")


def voucher(number="(SELECT max(number) + 1 FROM ledger_voucher WHERE fund_id = %(fund)s AND way = 'OUT')",
            which="e.id = %(reversal)s"):
    """A voucher of one person for an entry that has none."""
    return ("INSERT INTO ledger_voucher (id, fund_id, entry_id, way, year, number, recorded_at) SELECT "
            f"gen_random_uuid(), e.fund_id, e.id, 'OUT', 2026, {number}, now() FROM ledger_entry e "
            f"WHERE e.fund_id = %(fund)s AND {which}")


FAULTS = [
    ("entry_in_open_month", [entry(day="2025-10-20")]),
    ("entry_in_open_month", [*SHADOWS, entry(day="2025-10-20").replace("INTO ledger", "INTO public.ledger")]),
    ("books_closed_by_closings", ["UPDATE funds_fund SET books_closed_until = '2025-09-30' WHERE id = %(fund)s"]),
    ("books_closed_by_closings", ["UPDATE funds_fund SET books_closed_until = '2025-11-30' WHERE id = %(fund)s"]),
    ("months_close_in_order", [CLOSE.format("2025-12-01")]),
    ("months_close_in_order", [CLOSE.format("2025-09-01")]),
    ("month_close_once", [CLOSE.format("2025-10-01")]),
    ("entry_has_lines", [ENTRY.format(day="2025-11-20", lines=2)]),
    ("entry_balances", [entry(satang="500, -400")]),
    ("entry_balances", [added(satang="500, -400")]),
    ("entry_written_once", [added()]),
    ("entry_says_its_lines", [entry(lines=3)]),
    ("entry_says_its_lines", [entry(satang="700, -700")]),
    ("contribution_fits_its_sheet", [receipt()]),
    ("contribution_fits_its_sheet", [receipt(collection="-1")]),
    ("contribution_fits_its_sheet", [receipt(member="-1")]),
    ("cancelled_receipt_is_there", [cancelled(member="%(member)s")]),
    ("cancellation_is_in_the_books", [cancelled()]),
    ("cancellation_is_in_the_books", [cancelled(deed="gen_random_uuid()")]),
    ("cancellation_is_in_the_books", taken_back(satang=2999)),
    ("cancellation_is_in_the_books", taken_back(deed="planted")),
    ("cancellation_is_in_the_books", taken_back(day="2025-11-05")),
    ("cancellation_is_in_the_books", taken_back(reverses=OLD_ENTRY)),
    ("cancellation_is_in_the_books", [
        counter_entry(satang=6000),
        f"{cancelled(deed='%(new)s', entry=NEW_ENTRY)} UNION ALL "
        f"SELECT k.fund_id, %(malee)s, k.id, %(new)s, {NEW_ENTRY}, '{{}}' FROM contributions_collection k "
        "WHERE k.fund_id = %(fund)s AND k.deed_id = %(sheet)s"]),
    ("clearing_is_in_the_books", [CLEARED.format("contributions_cancelled x WHERE x.doubts = '{}'")]),
    ("clearing_is_in_the_books", [
        "ALTER TABLE contributions_clearing DISABLE TRIGGER USER",
        "DELETE FROM contributions_clearing WHERE fund_id = %(fund)s",
        "ALTER TABLE contributions_clearing ENABLE TRIGGER USER",
        CLEARED.format("contributions_cancelled x WHERE x.doubts <> '{}'")]),
    ("spoiled_numbers_are_nobodys", [SPOILED.format("b.next_number, b.next_number")]),
    ("spoiled_numbers_are_nobodys", [SPOILED.format("b.first_number, b.first_number")]),
    ("collection_without_spoiled_numbers", [
        SPOILED.format("b.next_number, b.next_number + 1").replace("INSERT", "WITH moved AS (UPDATE "
        "contributions_receiptbook SET next_number = next_number + 2 WHERE fund_id = %(fund)s AND device_id IS NULL) "
        "INSERT"), *sheet(first="b.next_number - 2", count=2)]),
    ("contributions_cancelled_pkey", [cancelled(member="%(malee)s")]),
    ("cancelled_stays", ["UPDATE contributions_cancelled SET member_id = 0"]),
    ("collection_leaves_no_gap", sheet(first="b.next_number + 1")),
    ("collection_leaves_no_gap", sheet(first="b.next_number", count=10)),
    ("collection_is_in_the_books", sheet()),
    ("collection_is_in_the_books", sheet(entry="%(entry)s")),
    ("office_covers_collections", [
        "UPDATE funds_officeholder SET until_on = '2025-11-05' WHERE fund_id = %(fund)s AND office = 'COLLECTOR'"]),
    ("plan_in_open_months", [
        "INSERT INTO contributions_contributionplan (fund_id, id, amount_satang, entrance_satang, every_months, "
        "every_days, first_month, due_day, from_on) "
        "VALUES (%(fund)s, gen_random_uuid(), 100, 0, 1, 0, 0, 31, '2025-10-31')"]),
    ("plan_taken_back_once", [f"UPDATE contributions_contributionplan SET taken_back_on = '2001-01-0{n}'"
                              for n in (1, 2)]),
    ("exemption_ended_once", [f"UPDATE contributions_exemption SET until_on = '2030-01-0{n}'" for n in (1, 2)]),
    ("match_is_what_the_bank_says", [
        "INSERT INTO ledger_statementmatch (fund_id, line_id, entry_id, match_id, matched_by, matched_at) "
        "SELECT %(fund)s, l.id, %(entry)s, gen_random_uuid(), 0, now() FROM ledger_statementline l "
        "WHERE l.fund_id = %(fund)s LIMIT 1"]),
    ("shares_are_the_whole", [
        "INSERT INTO ledger_share (fund_id, vote_id, account, sub_fund, thousandths) SELECT fund_id, vote_id, account, "
        "'อีกกอง', 1 FROM ledger_share WHERE fund_id = %(fund)s LIMIT 1"]),
    ("voucher_leaves_no_gap", [voucher(number=9)]),
    ("voucher_of_two_persons", [entry(satang="-200000, 200000", lines=2).replace("500, 0, now", "200000, 0, now"),
                                voucher(which="e.deed = 'planted'")]),
    ("attachment_removed_once", ["UPDATE ledger_attachment SET content = '', removed_at = now() WHERE removed_at IS "
                                 "NOT NULL"]),
    ("total_kept_by_lines", ["UPDATE ledger_total SET debit_satang = 0 WHERE fund_id = %(fund)s"]),
    ("match_taken_back_once", [f"UPDATE ledger_statementmatch SET undone_at = '203{n}-01-01'" for n in (0, 1)]),
    ("transfer_is_cancelled_whole", [
        counter_entry(satang=3000, day="2025-11-08"),
        "INSERT INTO contributions_cancelled (fund_id, member_id, collection_id, cancellation_id, entry_id, doubts) "
        f"SELECT k.fund_id, %(malee)s, k.id, %(new)s, {NEW_ENTRY}, '{{}}' FROM contributions_collection k "
        "JOIN ledger_statementmatch x ON x.fund_id = k.fund_id AND x.entry_id = k.entry_id "
        "WHERE k.fund_id = %(fund)s"]),
    ("bank_account_ended_once", [f"UPDATE ledger_bankaccount SET ended_on = '203{n}-01-01'" for n in (0, 1)]),
    ("gift_leaves_no_gap", [gift(number="number + 10")]),
    ("gift_is_in_the_books", [gift(number="(SELECT max(number) + 1 FROM givers_gift WHERE fund_id = %(fund)s)")]),
    ("gift_cancelled_once", ["UPDATE givers_gift SET cancelled_because = 'again' WHERE cancelled_on IS NOT NULL"]),
    ("gift_cancelled_once", ["UPDATE givers_gift SET cancelled_on = given_on, cancelled_because = 'x', "
                             "cancelling_entry_id = entry_id WHERE cancelled_on IS NULL AND amount_satang > 0"]),
    ("in_kind_counts_as_voted", [thing(credit="credit_satang + 1")]),
    ("in_kind_counts_as_voted", [thing(day="'2025-09-30'")]),
    ("in_kind_counts_as_voted", [thing(reverses="id", credit="-credit_satang", thousandths="-thousandths + 1")]),
    ("in_kind_is_in_the_books", [thing()]),
    ("receipt_book_goes_on", ["UPDATE contributions_receiptbook SET next_number = first_number"]),
    ("balance_kept_by_lines", ["UPDATE ledger_balance SET debit_satang = 0 WHERE fund_id = %(fund)s"]),
    ("balance_kept_by_lines", [
        "INSERT INTO ledger_balance (fund_id, account_id, month, debit_satang, credit_satang) "
        "SELECT fund_id, id, '2039-01-01', 1, 0 FROM ledger_account WHERE fund_id = %(fund)s LIMIT 1"]),
    ("paid_total_kept_by_receipts", ["UPDATE contributions_paidtotal SET paid_satang = 0 WHERE fund_id = %(fund)s"]),
    ("paid_total_kept_by_receipts", ["DELETE FROM contributions_paidtotal WHERE fund_id = %(fund)s"]),
    ("collection_written_by_receipts", [
        "UPDATE contributions_collection SET written_satang = 0 WHERE fund_id = %(fund)s"]),
    ("entry_stays", ["UPDATE ledger_entry SET memo = 'x' WHERE id = %(entry)s"]),
    ("line_stays", ["DELETE FROM ledger_line WHERE entry_id = %(entry)s"]),
    ("contribution_stays", ["UPDATE contributions_contribution SET amount_satang = 1"]),
    ("seal_is_what_the_books_say", [SEAL.format("sha256('')")]),
    ("seal_is_what_the_books_say", [SEAL.format("head")]),
    ("audit_event_stays", ["TRUNCATE audit_event"]),
]


@pytest.fixture(scope="module")
def facts(full_fund):
    """What the faults are about."""
    return {"fund": full_fund.id, "entry": full_fund.voucher, "reversal": full_fund.reversal,
            "sheet": full_fund.later_sheet,
            "member": full_fund.newcomer, "somsri": full_fund.persons["somsri"], "malee": full_fund.malee,
            "other": full_fund.members[1], "new": full_fund.batch}


@pytest.mark.parametrize(("name", "statements"), FAULTS)
def test_a_fault_written_past_python_is_refused(full_fund, facts, name, statements):
    assert refusing_constraint(fund_id=full_fund.id, statements=statements, **facts) == name


def test_every_trigger_has_its_fault():
    refused = {name for trigger in triggers() for name in trigger.refuses_as}
    planted = {name for name, _ in (*FAULTS, *of_claims.FAULTS)} | {t.refuses_as[0] for t, _ in STAYING}
    assert len(refused) > 30 and refused - planted == set()
    assert [trigger.name for trigger in triggers() if not trigger.refuses_as] == ["month_counted", "month_sealed"]


def test_a_month_remembers_what_it_held_whatever_is_said(full_fund, facts):
    """As the application: it says that it counted one entry, and the database counts for itself."""
    told = CLOSE.format("2025-11-01").replace("(fund_id", "(entry_count, fund_id").replace("(%(fund)s", "(1, %(fund)s")
    held = ("SELECT c.entry_count, c.total_satang, f.books_closed_until, count(e), sum(e.total_satang) "
            "FROM funds_monthclose c JOIN funds_fund f ON f.id = c.fund_id "
            "JOIN ledger_entry e ON e.fund_id = f.id AND date_trunc('month', e.posted_on) = c.month "
            "WHERE c.fund_id = %(fund)s AND c.month = '2025-11-01' GROUP BY 1, 2, 3")
    with fund_transaction(fund_id=full_fund.id), connection.cursor() as cursor:
        cursor.execute(told, facts)
        cursor.execute(held, facts)
        count, satang, closed_until, entries, total = cursor.fetchone()
        transaction.set_rollback(True)
    assert (count, satang) == (entries, total)
    assert count > 1
    assert closed_until == date(2025, 11, 30)


@pytest.mark.parametrize(("trigger", "event"), STAYING, ids=lambda one: getattr(one, "name", one))
def test_what_was_written_stays(full_fund, trigger, event):
    table = trigger.table
    faults = {"DELETE": [f"DELETE FROM {table}"], "TRUNCATE": [f"TRUNCATE {table}"], "UPDATE": [
        f'UPDATE {table} SET "{name}" = "{name}"' for name in trigger.of_columns or columns()[table]]}[event]
    with alone(table=table, trigger=trigger.name):
        for fault in faults:
            assert run(fault) == trigger.refuses_as[0], fault


def test_no_trigger_can_be_passed_by_as_a_replica():
    """ENABLE ALWAYS: `session_replication_role = replica` does not switch them off."""
    assert {trigger.name for trigger in triggers() if trigger.enabled != "A"} == set()


@pytest.mark.parametrize("role", ["ombun_app", "ombun_loader"])
@pytest.mark.parametrize(("table", "event"), PRIVILEGES)
def test_those_who_work_may_not_even_try(role, table, event):
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, %s, %s)", [role, table, event])
        assert cursor.fetchone() == (False,)


def test_no_trigger_asks_a_table_that_the_session_made_itself():
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*), array_agg(proname) FILTER (WHERE proconfig IS DISTINCT FROM "
                       "ARRAY['search_path=public, pg_temp']) FROM pg_proc "
                       "WHERE pronamespace = 'public'::regnamespace AND prorettype = 'trigger'::regtype")
        count, loose = cursor.fetchone()
    assert (count > 8, loose) == (True, None)


@pytest.mark.parametrize("using", ["default", "loader"])
def test_those_who_work_make_no_tables_of_their_own(using):
    with connections[using].cursor() as cursor, pytest.raises(ProgrammingError, match="permission denied"):
        cursor.execute("CREATE TEMP TABLE funds_fund (id bigint, books_closed_until date)")


@pytest.mark.parametrize("role", ["ombun_app", "ombun_loader"])
@pytest.mark.parametrize("table", ["django_migrations", "places_province", "places_district", "places_tambon"])
def test_those_who_work_only_read_what_belongs_to_the_whole_house(role, table):
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, %s, 'SELECT'), has_table_privilege(%s, %s, 'DELETE, TRUNCATE'), "
                       "has_any_column_privilege(%s, %s, 'INSERT, UPDATE')", [role, table] * 3)
        assert cursor.fetchone() == (True, False, False)


@pytest.mark.parametrize("role", ["ombun_app", "ombun_loader"])
def test_those_who_work_own_nothing_and_may_change_no_guard(role):
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = %s::regrole", [role])
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT rolsuper, rolcreaterole, has_schema_privilege(%s, 'public', 'CREATE') "
                       "FROM pg_roles WHERE rolname = %s", [role, role])
        assert cursor.fetchone() == (False, False, False)
