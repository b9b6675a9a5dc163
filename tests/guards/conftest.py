"""Two funds in which everything has happened once; nothing that is planted in them stays."""
import pytest

from tests.guards.full_fund import FullFund


@pytest.fixture(scope="session")
def full_fund(_database_is_open):
    """The fund in which faults are planted."""
    return FullFund()


@pytest.fixture(scope="session")
def another_fund(_database_is_open):
    """A fund whose rows the first may not point to."""
    return FullFund()
