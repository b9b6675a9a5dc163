"""Rolling the funds up."""
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import connections, transaction

_ROLL_UP = (Path(__file__).parent / "sql" / "roll_up.sql").read_text("utf-8")


@dataclass(frozen=True, kw_only=True)
class RolledUp:
    """How many months of funds are new or have changed since the last time."""

    fund_months: int


def roll_up(*, on: date, fund_id: int | None = None) -> RolledUp:
    """Write down the figures of every month up to a day, of one fund or of all: members, the three legs, help given.

    One statement past row level security (the loader), so that no page ever has to look into several funds. What has
    not changed stays untouched; done again it changes nothing.
    """
    with transaction.atomic(using="loader", durable=True), connections["loader"].cursor() as cursor:
        cursor.execute(_ROLL_UP, {"on": on, "fund_id": fund_id})
        return RolledUp(fund_months=cursor.rowcount)
