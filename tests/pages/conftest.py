"""Every test of a page has a fund of its own; those that only look share one."""
import pytest

from tests.pages.house import House


@pytest.fixture
def house():
    """A fund for one test."""
    return House()


@pytest.fixture(scope="session")
def quiet_house(django_db_blocker):
    """A fund that nobody changes."""
    with django_db_blocker.unblock():
        return House()


@pytest.fixture(scope="session")
def other_house(django_db_blocker):
    """Another fund, whose people must not see the first."""
    with django_db_blocker.unblock():
        return House()
