"""Nothing that a fund has is left behind when it is taken away: a new table or column has to find its sheet."""
import re

from ombun.exports.queries.notes import CANCELLED, NOTES, RECEIPTS
from ombun.exports.queries.sheets import PAID_BEFORE, RECEIVED
from tests.guards.catalogue import columns

RECKONED = {"ledger_balance", "ledger_total", "contributions_paidtotal", "network_fundmonth",
            # from other tables alone
            "regulations_publishedclause",  # copies of clauses; whoever moves shows them anew
            "imports_keptfile"}  # a file that the fund itself sent, erased after some weeks
INNER = {  # what another column or another sheet says, and what only the program needs
    "access_grant": {"province_code"}, "claims_claim": {"clause_id"},
    "contributions_collection": {"deed_id", "digest", "written_satang", "salt"},
    "contributions_cancelled": {"cancellation_id"}, "contributions_clearing": {"clearing_id"},
    "contributions_spoiled": {"book_id"}, "contributions_givenphoto": {"content"},
    "contributions_pastpayment": {"batch_id"},
    "funds_officeholder": {"centre_id"},
    "imports_batch": {"digest", "register_mark", "posted"},
    "imports_row": {"kind", "was_created", "row_values", "booked", "changes"}, "ledger_account": {"holder_id"},
    "ledger_entry": {"line_count", "total_satang"}, "ledger_line": {"line_no", "account_id"},
    "ledger_seal": {"close_id", "marks"}, "ledger_statement": {"account_id", "digest", "columns"},
    "ledger_statementline": {"account_id", "statement_id", "mark"}, "ledger_statementmatch": {"matched_by"},
    "regulations_regulationversion": {"digest"}, "members_membershipevent": {"deed_id"}}


def test_nothing_that_a_fund_has_is_left_behind():
    """Every table of a fund stands on a sheet, with every column that says something: see exports/queries/notes.py."""
    told = [*(sql for _, sql in NOTES), RECEIPTS, PAID_BEFORE, RECEIVED, CANCELLED]
    tables = {table: set(found) for table, found in columns().items() if "fund_id" in found and table not in RECKONED}
    assert len(tables) > 30
    where = {table: "".join(sql for sql in told if re.search(rf"\b{table}\b", sql)) for table in tables}
    assert [table for table, said in where.items() if not said] == []
    aside = {"id", "fund_id", "member_id", "person_id", "centre_id", "resolution_id", "user_id"}
    left = {f"{table}.{name}" for table, names in tables.items() for name in names - aside
            if not re.search(rf"\b{name}\b", where[table]) and name not in INNER.get(table, ())}
    assert left == set()
