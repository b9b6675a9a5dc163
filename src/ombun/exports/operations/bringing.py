"""A fund comes from another computer as it was there."""
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any
from uuid import UUID

from django.db import DataError, IntegrityError, connection, transaction

from ombun.access import operations as logins
from ombun.access.queries import LoginCard
from ombun.audit import operations as audit
from ombun.exports.queries.whole import BY_USERS, FundTable, shape, tables_of_a_fund
from ombun.exports.rules.whole import Whole, WholeRefused, read_whole
from ombun.funds import operations as funds
from ombun.primitives.actors import Actor, Role
from ombun.primitives.refusals import Refusal
from ombun.primitives.transactions import inside_use_case

_FIRST_ALONE = "contributions_contributionplan"
_LATER = (("claims_claim", "claims_signature", "claims_recovery", "claims_repayment", "claims_firsthelp",
           "claims_look"),
          ("contributions_cancelled",), ("contributions_clearing",),
          ("funds_monthclose", "funds_monthreopening", "ledger_seal"))
_ORDER = {_FIRST_ALONE: " ORDER BY r.from_on, r.id", "funds_monthclose": " ORDER BY r.month",
          "ledger_seal": " ORDER BY r.seal_no"}
_ANEW = {("contributions_collection", "written_satang"): "0"}  # counted again as the receipts are written


@dataclass(frozen=True, kw_only=True)
class BroughtIn:
    """The fund that came from another computer, and how many rows it brought."""

    fund_id: int
    rows: int


def bring_in(*, file: IO[bytes], name: str, code: str, brought_at: datetime) -> BroughtIn:
    """Make the very same fund, under a code of its own, of a file in which it was taken away: all of it or nothing.

    Numbers, receipts, resolutions and signatures are what they were; every rule of the database looks at them. Logins
    come without their passwords. Raises WholeRefused: no such file, changed by hand, another version, or what stands in
    it contradicts itself; FundRefused where the fund cannot be set up under this code.
    """
    whole, tables = read_whole(file=file, name=name), tables_of_a_fund()
    if whole.head["shape"] != shape(tables=tables) or not {one.name for one in tables}.issuperset(whole.tables):
        raise WholeRefused(Refusal(code="exports.other_version", about=name, facts={"file": name}))
    try:
        with transaction.atomic(durable=True):
            return _brought_in(whole, tables, code, brought_at)
    except (IntegrityError, DataError) as refused:
        said = getattr(getattr(refused.__cause__, "diag", None), "constraint_name", None) or str(refused)
        raise WholeRefused(Refusal(code="exports.whole_fund_contradicts_itself", about=name,
                                   facts={"file": name, "constraint": said[:200]})) from refused


@inside_use_case
def _brought_in(whole: Whole, tables: Sequence[FundTable], code: str, brought_at: datetime) -> BroughtIn:
    head = whole.head
    fund_id = funds.found_fund(
        code=code, name=head["name"], tambon_code=head["tambon"], founded_on=date.fromisoformat(head["founded_on"]),
        starts_on=date.fromisoformat(head["starts_on"]), centres=(), recorded_at=brought_at)
    actor = Actor(user_id=0, fund_id=fund_id, role=Role.TREASURER)
    users = logins.bring_logins(actor=actor, desks=[_desk(one) for one in head["logins"]], users={
        int(there): username for there, username in head["users"].items()})
    rows = _write_rows(fund_id=fund_id, tables=tables, bundles=whole.tables, users=users)
    audit.record_event(actor=actor, action="exports.brought_in", subject=f"fund:{fund_id}",
                       facts={"code": head["code"], "rows": rows}, happened_at=brought_at)
    return BroughtIn(fund_id=fund_id, rows=rows)


def _desk(told: Mapping[str, Any]) -> LoginCard:
    ids = {name: UUID(told[name]) if told[name] else None for name in ("person_id", "centre_id")}
    days = {name: date.fromisoformat(told[name]) if told[name] else None for name in ("from_on", "until_on")}
    return LoginCard(**{**told, **ids, **days, "role": Role(told["role"])})


@inside_use_case
def _write_rows(
    *, fund_id: int, tables: Sequence[FundTable], bundles: Mapping[str, Sequence[str]], users: Mapping[int, int]
) -> int:
    """All rows of a fund, those that need one another in one statement, so that every check of the database sees them
    side by side: the first plan alone, as it was voted; then all that does not wait for others; then what does."""
    facts: dict[str, Any] = {"fund_id": fund_id, "users": json.dumps(users)} | {
        table.name: list(bundles.get(table.name, ())) for table in tables}
    by_name = {table.name: table for table in tables}
    waits = {name for together in _LATER for name in together}
    at_once = [_insert(one) + " OFFSET 1" * (one.name == _FIRST_ALONE) for one in tables if one.name not in waits]
    later = [_together([_insert(by_name[name]) for name in together]) for together in _LATER]
    with connection.cursor() as cursor:
        cursor.execute(f"{_insert(by_name[_FIRST_ALONE])} LIMIT 1", facts)
        for statement in (_together(at_once), *later):
            cursor.execute(statement, facts)
            cursor.execute("SELECT fresh_statistics(%(all)s)", {"all": list(by_name)})
        cursor.execute("SELECT numbers_go_on(%(numbered)s)", {
            "numbered": [one.name for one in tables if one.is_numbered]})
    return sum(len(json.loads(bundle)) for of_table in bundles.values() for bundle in of_table)


def _together(statements: Sequence[str]) -> str:
    """One statement of several; what they write is checked when all of it is there."""
    return f"WITH {', '.join(f'_{n} AS ({one})' for n, one in enumerate(statements))} SELECT"


def _insert(table: FundTable) -> str:
    """The statement that writes a table's rows out of their JSON, under this fund and its users here."""
    values = ", ".join(_value(table.name, column) for column in table.columns)
    return (f"INSERT INTO {table.name} ({', '.join(table.columns)}) SELECT {values} "
            f"FROM unnest(%({table.name})s::jsonb[]) b, jsonb_populate_recordset(NULL::{table.name}, b) r"
            f"{_ORDER.get(table.name, '')}")


def _value(table: str, column: str) -> str:
    if column == "fund_id":
        return "%(fund_id)s"
    if column in BY_USERS:
        return f"coalesce((%(users)s::jsonb ->> r.{column}::text)::bigint, 0)"
    return _ANEW.get((table, column), f"r.{column}")
