"""Faults written past Python, as somebody with a database prompt could: what the database refuses, what checks find."""
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, connections, transaction


@contextmanager
def written_past_python(*, fund_id: int, statements: list[str], **facts: Any) -> Iterator[None]:
    """Write as the owner of the tables, who may switch triggers off; all of it is undone afterwards."""
    with transaction.atomic(using="loader"), connections["loader"].cursor() as cursor:
        cursor.execute("SET LOCAL ROLE ombun_owner")
        cursor.execute(f"SET LOCAL app.fund_id = '{fund_id}'")
        for statement in statements:
            cursor.execute(statement, facts)
        cursor.execute("SET LOCAL ROLE ombun_loader")
        yield
        transaction.set_rollback(True, using="loader")


def refusing_constraint(*, fund_id: int, statements: list[str], **facts: Any) -> str:
    """The name of the constraint that refuses these statements, with every guard in place."""
    try:
        with written_past_python(fund_id=fund_id, statements=statements, **facts):
            return "none"
    except IntegrityError as error:
        return str(error.__cause__.diag.constraint_name)  # type: ignore[union-attr]
