"""Starting a fund on this computer, and giving logins their desks."""
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from ombun.access.models import Grant
from ombun.audit import operations as audit
from ombun.contributions import operations as contributions
from ombun.contributions.rules import Plan, refusals_to_vote
from ombun.funds import operations as funds
from ombun.funds import queries as fund_queries
from ombun.funds.operations import FundRefused, NewCentre, NewHolder
from ombun.funds.rules import refusals_to_elect
from ombun.ledger import operations as ledger
from ombun.members import queries as members
from ombun.places.queries import is_province
from ombun.primitives.actors import Actor, Role
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.transactions import inside_use_case, use_case


class StartRefused(Refused):
    """The fund cannot be started so; every reason is listed."""


class LoginRefused(Refused):
    """The login cannot be made so; every reason is listed."""


class CopyRefused(Refused):
    """No copy of all data may be taken from this desk; every reason is listed."""


@dataclass(frozen=True, kw_only=True)
class NewLogin:
    """A login to be made, and the desk it is for."""

    username: str
    password: str
    role: Role
    display_name: str = ""
    person_id: UUID | None = None
    centre_id: UUID | None = None
    member_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class NewFund:
    """What the first-start page asks about a fund."""

    code: str
    name: str
    tambon_code: int
    founded_on: date
    starts_on: date
    dues_satang: Satang
    dues_every_months: int
    plan_id: UUID
    centres: tuple[NewCentre, ...]
    holders: tuple[NewHolder, ...]


def start_fund(*, new: NewFund, logins: Sequence[NewLogin], recorded_at: datetime) -> int:
    """Start a fund on this computer: its villages, people, chart of accounts, dues and first logins, all or nothing.

    Returns the fund's id. Raises StartRefused with every reason. One start at a time: a second click waits, then learns
    that the code is taken.
    """
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('ombun.start_fund'))")
        unacceptable = _refusals_to_start(new=new, logins=logins)
        try:
            fund_id = funds.found_fund(
                code=new.code, name=new.name, tambon_code=new.tambon_code, founded_on=new.founded_on,
                starts_on=new.starts_on, centres=new.centres)
        except FundRefused as refused:
            raise StartRefused(*refused.refusals, *unacceptable) from refused
        if unacceptable:
            raise StartRefused(*unacceptable)
        made = [_make_user(login) for login in logins]
        founder = Actor(user_id=made[0].pk if made else 0, fund_id=fund_id, role=Role.TREASURER)
        ledger.open_books(fund_id=fund_id)
        funds.write_holders(actor=founder, holders=new.holders, recorded_at=recorded_at)
        contributions.write_plan(
            actor=founder, plan_id=new.plan_id, amount_satang=new.dues_satang, every_months=new.dues_every_months,
            from_on=new.founded_on, recorded_at=recorded_at)
        for user, login in zip(made, logins, strict=True):
            _grant(actor=founder, user=user, login=login, from_on=new.starts_on, recorded_at=recorded_at)
    return fund_id


def _refusals_to_start(*, new: NewFund, logins: Sequence[NewLogin]) -> list[Refusal]:
    centre_ids, persons = {c.id for c in new.centres}, {h.person_id for h in new.holders}
    plan = Plan(amount_satang=new.dues_satang, every_months=new.dues_every_months, from_on=new.founded_on)
    return [
        *refusals_to_vote(plan=plan),
        *refusals_to_elect(holdings=(), elected=[funds.elected(holder=h) for h in new.holders], centre_ids=centre_ids),
        *_refusals_of(logins), *_refusals_of_desks(logins, persons=persons, centre_ids=centre_ids, member_ids=())]


@use_case
def create_login(*, actor: Actor, login: NewLogin, from_on: date, recorded_at: datetime) -> int:
    """Make a login for a desk of the actor's fund. Returns the user's id. Raises LoginRefused."""
    if actor.role not in {Role.TREASURER, Role.CHAIR, Role.SECRETARY}:
        raise LoginRefused(Refusal(code="access.may_not_make_logins", about=actor.role))
    funds.lock_fund(fund_id=actor.fund_id)
    found = [*_refusals_of([login]), *_refusals_of_desks(
        [login], persons=fund_queries.person_names(fund_id=actor.fund_id),
        centre_ids={c.id for c in fund_queries.centres(fund_id=actor.fund_id)},
        member_ids=members.member_cards(fund_id=actor.fund_id, member_ids=[login.member_id or 0]))]
    if found:
        raise LoginRefused(*found)
    user = _make_user(login)
    _grant(actor=actor, user=user, login=login, from_on=from_on, recorded_at=recorded_at)
    return user.pk


def _refusals_of_desks(
    logins: Sequence[NewLogin], *, persons: Collection[UUID], centre_ids: Collection[UUID], member_ids: Collection[int]
) -> list[Refusal]:
    """A desk belongs to somebody of this fund: a collector to a village, a member to their own page."""
    found = []
    for login in logins:
        facts = {"username": login.username}
        if login.role == Role.PROVINCE:
            found.append(Refusal(code="access.province_not_given_here", about=login.username, facts=facts))
        if (login.role == Role.COLLECTOR and login.centre_id is None) or (
                login.centre_id is not None and login.centre_id not in centre_ids):
            found.append(Refusal(code="access.unknown_village", about=login.username, facts=facts))
        if (login.role == Role.MEMBER and login.member_id is None) or (
                login.member_id is not None and login.member_id not in member_ids):
            found.append(Refusal(code="access.unknown_member", about=login.username, facts=facts))
        if login.person_id is not None and login.person_id not in persons:
            found.append(Refusal(code="access.unknown_person", about=login.username, facts=facts))
    return found


@use_case
def take_copy(*, actor: Actor, is_fiction: bool, taken_at: datetime) -> None:
    """Write down that the treasurer takes a copy of all data away from this computer.

    A copy holds every fund of the computer, so it is for a computer with one fund (or one with the fictional funds of
    the demo). Raises CopyRefused.
    """
    found = []
    if actor.role != Role.TREASURER:
        found.append(Refusal(code="access.may_not_take_copies", about=actor.role))
    if not is_fiction and len(fund_queries.directory()) > 1:
        found.append(Refusal(code="access.several_funds_here", about=str(actor.fund_id)))
    if found:
        raise CopyRefused(*found)
    audit.record_event(actor=actor, action="access.copy_taken", subject=f"fund:{actor.fund_id}", facts={},
                       happened_at=taken_at)


def create_province_login(*, login: NewLogin, province_code: int, from_on: date) -> int:
    """Make a login for the people of a province, at the machine itself: it looks in from outside, on sums, at no fund.

    Returns the user's id. Raises LoginRefused.
    """
    found = _refusals_of([login])
    if not is_province(code=province_code):
        found.append(Refusal(code="access.unknown_province", about=str(province_code), facts={"code": province_code}))
    if found:
        raise LoginRefused(*found)
    with transaction.atomic(durable=True):
        user = _make_user(login)
        Grant.objects.create(user=user, role=Role.PROVINCE, province_code=province_code, from_on=from_on)
    return user.pk


@use_case
def end_grant(*, actor: Actor, user_id: int, role: Role, until_on: date, recorded_at: datetime) -> None:
    """Take a desk away from a login from a day on. The login itself stays for the record."""
    if actor.role not in {Role.TREASURER, Role.CHAIR, Role.SECRETARY}:
        raise LoginRefused(Refusal(code="access.may_not_make_logins", about=actor.role))
    desks = Grant.objects.filter(user_id=user_id, fund_id=actor.fund_id, role=role)
    if not desks.exists():
        raise LoginRefused(Refusal(code="access.unknown_desk", about=str(user_id)))
    if not desks.exclude(until_on=until_on).exists():
        return
    desks.update(until_on=until_on)
    audit.record_event(actor=actor, action="access.desk_ended", subject=f"user:{user_id}",
                       facts={"role": role, "until_on": until_on.isoformat()}, happened_at=recorded_at)


def set_password(*, username: str, password: str) -> bool:
    """Give a login a new password, at the machine itself. False when there is no such login. Raises LoginRefused."""
    user = User.objects.filter(username=username).first()
    if user is None:
        return False
    _refuse_weak(username=username, password=password)
    user.set_password(password)
    user.save(update_fields=["password"])
    return True


def _refusals_of(logins: Sequence[NewLogin]) -> list[Refusal]:
    names = [n.username for n in logins]
    taken = set(User.objects.filter(username__in=names).values_list("username", flat=True))
    found = [Refusal(code="access.username_taken", about=name, facts={"username": name})
             for name in sorted({n for n in names if n in taken or names.count(n) > 1}) if name.strip()]
    found += [Refusal(code="access.username_missing", about=n.role) for n in logins if not n.username.strip()]
    for login in logins:
        try:
            _refuse_weak(username=login.username, password=login.password)
        except LoginRefused as refused:
            found += refused.refusals
    return found


def _refuse_weak(*, username: str, password: str) -> None:
    try:
        validate_password(password, User(username=username))
    except ValidationError as error:
        weak = Refusal(code="access.password_too_weak", about=username, facts={"username": username})
        raise LoginRefused(weak) from error


def _make_user(login: NewLogin) -> User:
    return User.objects.create_user(
        username=login.username, password=login.password, first_name=login.display_name)


@inside_use_case
def _grant(*, actor: Actor, user: User, login: NewLogin, from_on: date, recorded_at: datetime) -> None:
    Grant.objects.create(
        user=user, role=login.role, fund_id=actor.fund_id, person_id=login.person_id, centre_id=login.centre_id,
        member_id=login.member_id, from_on=from_on)
    audit.record_event(actor=actor, action="access.desk_given", subject=f"user:{user.pk}",
                       facts={"role": login.role}, happened_at=recorded_at)


def operator(*, code: str, role: Role = Role.TREASURER) -> Actor | None:
    """Whoever works at the machine's command line, acting for a fund; None when there is no such fund. User id 0."""
    fund = fund_queries.fund_by_code(code=code)
    return None if fund is None else Actor(user_id=0, fund_id=fund.id, role=role)
