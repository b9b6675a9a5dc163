"""One statement asked of the database, and numbers as it reads them quickest."""
from collections.abc import Iterable
from typing import Any

from django.db import connection


def rows(sql: str, **facts: Any) -> list[tuple[Any, ...]]:
    """What a statement answers; its %(names)s are filled with the facts."""
    with connection.cursor() as cursor:
        cursor.execute(sql, facts)
        return list(cursor.fetchall())


def array(numbers: Iterable[int]) -> str:
    """Whole numbers as an array literal; four times quicker than the driver's own writing."""
    return f"{{{','.join(map(str, numbers))}}}"
