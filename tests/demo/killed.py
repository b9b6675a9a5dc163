"""Making the demo fund the hard way: killed twice in the middle of a statement, and begun again each time."""
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db import connection, connections
from django.test import override_settings

from ombun.funds import queries as funds
from ombun.jobs.demo.build import build_demo, is_ready
from ombun.jobs.demo.tambon import FUND_CODE

STATEMENTS = (700, 4500)  # the second one is counted from where the first left off


class Killed(BaseException):
    """The power went."""


def build_though_killed(*, today: date) -> int:
    """Make the demo fund; the making is killed near its beginning and in a later year. Gives the fund's id."""
    with override_settings(OMBUN_IS_DEMO=True):
        if not is_ready():
            begun, later = (_killed_after(count, today=today) for count in STATEMENTS)
            assert (today - begun).days > 4 * 365 > (today - later).days > 365, (begun, later)
        return build_demo(today=today)


def _killed_after(statements: int, *, today: date) -> date:
    """Start making it and die. Gives the day up to which its books are closed by then."""
    try:
        with _death_after(statements):
            build_demo(today=today)
    except Killed:
        connections.close_all()
    assert not is_ready(), "it was made before it could be killed"
    fund = funds.fund_by_code(code=FUND_CODE)
    assert fund is not None
    return fund.books_closed_until


@contextmanager
def _death_after(statements: int) -> Iterator[None]:
    left = iter(range(statements))

    def one_less(execute, sql, params, many, context):
        if next(left, None) is None:
            raise Killed
        return execute(sql, params, many, context)

    with connection.execute_wrapper(one_less):
        yield
