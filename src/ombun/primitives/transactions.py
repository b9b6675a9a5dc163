"""One use case, one transaction, one fund. Operations open it; everything below only demands it."""
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, Protocol, TypeVar

from django.db import connection, models, transaction

P = ParamSpec("P")
R = TypeVar("R")

MANY = 1_000  # rows written at once, from which the planner is told


@contextmanager
def fund_transaction(*, fund_id: int, read_only: bool = False) -> Iterator[None]:
    """A transaction that sees one fund and no other. It must be the outermost one.

    The setting is LOCAL: it ends with the transaction and cannot leak through the pool.
    """
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        if read_only:
            cursor.execute("SET TRANSACTION READ ONLY")
        cursor.execute(f"SET LOCAL app.fund_id = '{int(fund_id)}'")
        yield


class _HasActor(Protocol):
    fund_id: int


def use_case(func: Callable[P, R]) -> Callable[P, R]:
    """Run a verb in a transaction of its own that sees only the actor's fund. Nesting is a programming error."""

    @wraps(func)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        actor: _HasActor = kwargs["actor"]  # type: ignore[assignment]
        with fund_transaction(fund_id=actor.fund_id):
            return func(*args, **kwargs)

    return wrapper


def inside_use_case(func: Callable[P, R]) -> Callable[P, R]:
    """Refuse to run outside a transaction."""

    @wraps(func)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        if not connection.in_atomic_block:
            raise RuntimeError(f"{func.__qualname__} must run inside a use case")
        return func(*args, **kwargs)

    return wrapper


@inside_use_case
def tell_planner(*tables: type[models.Model], written: int) -> None:
    """After many rows were written at once, tell the database's planner, so that the next question need not wait.

    The server does so by itself a minute later; joins of a whole fund that it takes for empty would last as long.
    """
    if written >= MANY:
        with connection.cursor() as cursor:
            cursor.execute("SELECT fresh_statistics(%s)", [[table._meta.db_table for table in tables]])
