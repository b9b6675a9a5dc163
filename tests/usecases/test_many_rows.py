"""What was just written in bulk is known to the planner at once: the next question is not asked row by row."""
from django.db import connection

from ombun.primitives.transactions import MANY, fund_transaction
from tests.people import Cast


def expected_rows(fund: Cast, table: str) -> int:
    """How many rows of a fund the planner expects to find in a table."""
    with fund_transaction(fund_id=fund.id, read_only=True), connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) SELECT * FROM {table} WHERE fund_id = {fund.id}")
        plan = cursor.fetchone()[0][0]["Plan"]
    return max(plan["Plan Rows"], *(part["Plan Rows"] for part in plan.get("Plans", [plan])))


def test_the_planner_knows_of_a_register_that_just_came_in():
    large = Cast(members=2 * MANY)
    for table in ("members_member", "members_membership", "members_membershipevent"):
        assert MANY < expected_rows(large, table) < 4 * MANY, table
