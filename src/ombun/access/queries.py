"""Which desks a login may sit at."""
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import Q

from ombun.access.models import Grant
from ombun.access.rules import OFFICES_OF, NewDesk, stands_on_an_office
from ombun.funds import queries as funds
from ombun.funds.models import Fund
from ombun.funds.rules import Holding
from ombun.primitives.actors import Actor, Role
from ombun.primitives.transactions import fund_transaction


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A desk somebody may sit at: a role in a fund, or in a province."""

    role: Role
    fund_id: int | None
    fund_code: str | None
    fund_name: str | None
    province_code: int | None
    person_id: UUID | None
    centre_id: UUID | None
    member_id: int | None

    def actor(self, *, user_id: int) -> Actor:
        """The actor who sits at this desk. Only for desks of a fund."""
        assert self.fund_id is not None
        return Actor(user_id=user_id, fund_id=self.fund_id, role=self.role, person_id=self.person_id,
                     centre_id=self.centre_id, member_id=self.member_id)


def desks(*, user_id: int, on: date) -> tuple[Desk, ...]:
    """Every desk of a login on a day, the most responsible first. A desk whose office has ended is none.

    Looks into each fund in a transaction of its own, so it cannot be asked inside one.
    """
    given = list(Grant.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gt=on), user_id=user_id, from_on__lte=on).order_by("id"))
    of_office = {row.fund_id for row in given if row.fund_id is not None and row.role in OFFICES_OF}
    held = [holding for fund_id in of_office for holding in _held(fund_id=fund_id, given=given, on=on)]
    rows = [row for row in given if stands_on_an_office(desk=as_desk(grant=row), holdings=held, on=on)]
    cards = Fund.objects.in_bulk([row.fund_id for row in rows if row.fund_id is not None])
    found = [Desk(
        role=Role(row.role), fund_id=row.fund_id, province_code=row.province_code, person_id=row.person_id,
        centre_id=row.centre_id, member_id=row.member_id,
        fund_code=cards[row.fund_id].code if row.fund_id is not None else None,
        fund_name=cards[row.fund_id].name if row.fund_id is not None else None) for row in rows]
    return tuple(sorted(found, key=lambda desk: list(Role).index(desk.role)))


def _held(*, fund_id: int, given: Sequence[Grant], on: date) -> tuple[Holding, ...]:
    persons = [row.person_id for row in given if row.fund_id == fund_id and row.person_id is not None]
    with fund_transaction(fund_id=fund_id, read_only=True):
        return funds.offices_held(fund_id=fund_id, person_ids=persons, on=on)


def as_desk(*, grant: "Grant | LoginCard") -> NewDesk:
    """A desk that was given, as the rules want it."""
    return NewDesk(role=Role(grant.role), person_id=grant.person_id, centre_id=grant.centre_id,
                   member_id=grant.member_id)


@dataclass(frozen=True, kw_only=True)
class LoginCard:
    """A login of a fund as the list of users shows it."""

    user_id: int
    username: str
    role: Role
    person_id: UUID | None
    centre_id: UUID | None
    member_id: int | None
    from_on: date
    until_on: date | None


def logins_of_fund(*, fund_id: int) -> tuple[LoginCard, ...]:
    """Every login with a desk in this fund."""
    return tuple(card for _, card in _cards(Q(fund_id=fund_id)))


def usernames(*, user_ids: Collection[int]) -> dict[int, str]:
    """The user names of some logins; whoever has none any more is left out."""
    return dict(User.objects.filter(id__in=user_ids).values_list("id", "username"))


def logins_of_provinces() -> tuple[tuple[int, LoginCard], ...]:
    """Every login that looks in from a province, with the province's code."""
    return tuple((row.province_code or 0, card) for row, card in _cards(Q(role=Role.PROVINCE)))


def _cards(which: Q) -> list[tuple[Grant, LoginCard]]:
    rows = Grant.objects.filter(which).select_related("user").order_by("user__username", "id")
    return [(row, LoginCard(
        user_id=row.user_id, username=row.user.username, role=Role(row.role), person_id=row.person_id,
        centre_id=row.centre_id, member_id=row.member_id, from_on=row.from_on, until_on=row.until_on)) for row in rows]


def has_no_fund_yet() -> bool:
    """Whether this installation is new: the first-start page is open only then."""
    return not Fund.objects.exists()
