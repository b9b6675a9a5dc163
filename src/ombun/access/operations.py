"""Starting a fund on this computer, and giving logins their desks."""
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from itertools import chain, count
from uuid import UUID

from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.validators import ASCIIUsernameValidator
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models.functions import Lower

from ombun.access import passwords, rules
from ombun.access.models import DemoMark, Grant
from ombun.access.queries import LoginCard, as_desk
from ombun.access.rules import NewDesk
from ombun.audit import operations as audit
from ombun.contributions import operations as contributions
from ombun.contributions.rules import Plan, refusals_to_vote
from ombun.funds import operations as funds
from ombun.funds import queries as fund_queries
from ombun.funds.operations import FundRefused, NewCentre, NewHolder
from ombun.funds.rules import Holding, refusals_to_elect
from ombun.ledger import operations as ledger
from ombun.members import queries as members
from ombun.places.queries import is_province
from ombun.primitives.actors import Actor, Role
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.transactions import inside_use_case, use_case

USERNAME_MAX = 150


class StartRefused(Refused):
    """The fund cannot be started so; every reason is listed."""


class LoginRefused(Refused):
    """The login cannot be made so; every reason is listed."""


class CopyRefused(Refused):
    """No copy of all data may be taken from this desk; every reason is listed."""


@dataclass(frozen=True, kw_only=True)
class NewLogin(NewDesk):
    """A login to be made, and the desk it is for."""

    username: str
    password: str
    display_name: str = ""


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
    is_fiction: bool = False


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
                starts_on=new.starts_on, centres=new.centres, recorded_at=recorded_at, is_fiction=new.is_fiction)
        except FundRefused as refused:
            raise StartRefused(*refused.refusals, *unacceptable) from refused
        if unacceptable:
            raise StartRefused(*unacceptable)
        made = [_make_user(login) for login in logins]
        founder = Actor(user_id=made[0].pk if made else 0, fund_id=fund_id, role=Role.TREASURER)
        ledger.open_books(fund_id=fund_id)
        funds.write_holders(actor=founder, holders=new.holders, recorded_at=recorded_at)
        contributions.write_first_plan(actor=founder, plan_id=new.plan_id, plan=_first_plan(new),
                                       recorded_at=recorded_at)
        for user, login in zip(made, logins, strict=True):
            _grant(actor=founder, user=user, desk=login, from_on=new.starts_on, recorded_at=recorded_at)
    return fund_id


def _first_plan(new: NewFund) -> Plan:
    return Plan(amount_satang=new.dues_satang, every_months=new.dues_every_months, from_on=new.founded_on)


def _refusals_to_start(*, new: NewFund, logins: Sequence[NewLogin]) -> list[Refusal]:
    there = _Fund(persons={h.person_id for h in new.holders}, centre_ids={c.id for c in new.centres}, member_ids=(),
                  holdings=[funds.elected(holder=h).holding for h in new.holders], on=new.starts_on)
    return [
        *refusals_to_vote(plan=_first_plan(new)),
        *refusals_to_elect(holdings=(), elected=[funds.elected(holder=h) for h in new.holders],
                           centre_ids=there.centre_ids),
        *_refusals_of(logins, if_taken="access.username_taken_before"),
        *_refusals_of_desks({n.username: n for n in logins}, there)]


@use_case
def create_login(*, actor: Actor, login: NewLogin, from_on: date, recorded_at: datetime) -> int:
    """Make a login for a desk of the actor's fund. Returns the user's id.

    A desk of the committee is given to whoever holds the office, by somebody else. Raises LoginRefused.
    """
    _demand_keeper(actor)
    funds.lock_fund(fund_id=actor.fund_id)
    found = [*_refusals_of([login]), *_refusals_to_give(actor=actor, username=login.username, desk=login, on=from_on)]
    if found:
        raise LoginRefused(*found)
    user = _make_user(login)
    _grant(actor=actor, user=user, desk=login, from_on=from_on, recorded_at=recorded_at)
    return user.pk


@use_case
def give_desk(*, actor: Actor, username: str, desk: NewDesk, from_on: date, recorded_at: datetime) -> int:
    """Give a login that this fund has already one more desk, or its old desk again. Returns the user's id.

    The desk is for the same human as the login. What is given already stays as it is. Raises LoginRefused.
    """
    _demand_keeper(actor)
    funds.lock_fund(fund_id=actor.fund_id)
    had = list(Grant.objects.filter(user__username=username, fund_id=actor.fund_id).select_related("user"))
    if not had:
        raise LoginRefused(Refusal(code="access.unknown_login", about=username, facts={"username": username}))
    user, facts = had[0].user, {"username": username}
    found = _refusals_to_give(actor=actor, username=username, desk=desk, on=from_on)
    if user.pk == actor.user_id and not any(r.code == "access.not_to_yourself" for r in found):
        found.append(Refusal(code="access.not_to_yourself", about=username, facts=facts))
    if not _is_of_the_same_human(actor, desk, [as_desk(grant=one) for one in had]):
        found.append(Refusal(code="access.login_is_somebody_elses", about=username, facts=facts))
    if found:
        raise LoginRefused(*found)
    same = next((one for one in had if (one.role, one.centre_id) == (desk.role, desk.centre_id)), None)
    if same is None or same.until_on is not None:
        _grant(actor=actor, user=user, desk=desk, from_on=from_on, recorded_at=recorded_at)
    return user.pk


def _is_of_the_same_human(actor: Actor, desk: NewDesk, had: Sequence[NewDesk]) -> bool:
    """Whether a desk is for the human who has these; entries that were merged are one member."""
    behind = {one.person_id: one.member_id for one in fund_queries.people(fund_id=actor.fund_id)}
    whose = members.persons_of(fund_id=actor.fund_id, entries={
        i for i in (*behind.values(), desk.member_id, *(one.member_id for one in had)) if i is not None})
    return rules.is_of_the_same_human(
        desk=replace(desk, member_id=whose.get(desk.member_id or 0)),
        had=[replace(one, member_id=whose.get(one.member_id or 0)) for one in had],
        member_of={person: whose.get(i or 0) for person, i in behind.items()})


def _demand_keeper(actor: Actor) -> None:
    """Only the treasurer, the chair and the secretary give and end desks."""
    if actor.role not in {Role.TREASURER, Role.CHAIR, Role.SECRETARY}:
        raise LoginRefused(Refusal(code="access.may_not_make_logins", about=actor.role))


def _refusals_to_give(*, actor: Actor, username: str, desk: NewDesk, on: date) -> list[Refusal]:
    found = _refusals_of_desks({username: desk}, _Fund(
        persons=fund_queries.person_names(fund_id=actor.fund_id),
        centre_ids={c.id for c in fund_queries.centres(fund_id=actor.fund_id)},
        member_ids=members.member_cards(fund_id=actor.fund_id, member_ids=[desk.member_id or 0]),
        holdings=fund_queries.holdings(fund_id=actor.fund_id), on=on))
    if actor.person_id is not None and actor.person_id == desk.person_id:
        found.append(Refusal(code="access.not_to_yourself", about=username, facts={"username": username}))
    return found


@dataclass(frozen=True, kw_only=True)
class _Fund:
    """Whom and what a desk can be about, and who holds which office on the day from which it is given."""

    persons: Collection[UUID]
    centre_ids: Collection[UUID]
    member_ids: Collection[int]
    holdings: Collection[Holding]
    on: date


def _refusals_of_desks(desks: Mapping[str, NewDesk], fund: _Fund) -> list[Refusal]:
    """A desk belongs to somebody of this fund: to an office-holder, a collector's to a village, a member's to a member.

    `desks` by user name.
    """
    found = []
    for username, desk in desks.items():
        refuse = partial(Refusal, about=username, facts={"username": username})
        if desk.role == Role.PROVINCE:
            found.append(refuse(code="access.province_not_given_here"))
        if (desk.role == Role.COLLECTOR and desk.centre_id is None) or (
                desk.centre_id is not None and desk.centre_id not in fund.centre_ids):
            found.append(refuse(code="access.unknown_village"))
        if (desk.role == Role.MEMBER and desk.member_id is None) or (
                desk.member_id is not None and desk.member_id not in fund.member_ids):
            found.append(refuse(code="access.unknown_member"))
        if desk.person_id is not None and desk.person_id not in fund.persons:
            found.append(refuse(code="access.unknown_person"))
        elif not rules.stands_on_an_office(desk=desk, holdings=fund.holdings, on=fund.on):
            found.append(refuse(code="access.desk_needs_office"))
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
    found = [*_refusals_of([login]), *_refusals_of_province(province_code)]
    if found:
        raise LoginRefused(*found)
    with transaction.atomic(durable=True):
        user = _make_user(login)
        Grant.objects.create(user=user, role=Role.PROVINCE, province_code=province_code, from_on=from_on)
    return user.pk


def give_province_desk(*, username: str, province_code: int, from_on: date) -> bool:
    """Give a login that is there already a province to look at, or its old one again, at the machine itself.

    False when there is no such login. Raises LoginRefused when there is no such province.
    """
    if found := _refusals_of_province(province_code):
        raise LoginRefused(*found)
    user = User.objects.filter(username=username).first()
    if user is not None:
        Grant.objects.update_or_create(
            user=user, role=Role.PROVINCE, fund_id=None, province_code=province_code, centre_id=None,
            defaults={"until_on": None}, create_defaults={"from_on": from_on})
    return user is not None


def end_province_desk(*, username: str, until_on: date) -> bool:
    """Take every province away from a login from a day on, at the machine itself. False when it has none."""
    return bool(Grant.objects.filter(user__username=username, role=Role.PROVINCE).update(until_on=until_on))


def _refusals_of_province(code: int) -> list[Refusal]:
    known = is_province(code=code)
    return [] if known else [Refusal(code="access.unknown_province", about=str(code), facts={"code": code})]


@use_case
def end_grant(*, actor: Actor, user_id: int, role: Role, until_on: date, recorded_at: datetime) -> None:
    """Take a desk away from a login from a day on. The login itself stays for the record."""
    _demand_keeper(actor)
    desks = Grant.objects.filter(user_id=user_id, fund_id=actor.fund_id, role=role)
    if not desks.exists():
        raise LoginRefused(Refusal(code="access.unknown_desk", about=str(user_id)))
    if not desks.exclude(until_on=until_on).exists():
        return
    desks.update(until_on=until_on)
    audit.record_event(actor=actor, action="access.desk_ended", subject=f"user:{user_id}",
                       facts={"role": role, "until_on": until_on.isoformat()}, happened_at=recorded_at)


@inside_use_case
def forget_logins(*, actor: Actor, member_ids: Collection[int], until_on: date) -> None:
    """Close the logins of members that are erased; the name by which somebody signed in is forgotten with them."""
    mine = Grant.objects.filter(fund_id=actor.fund_id, role=Role.MEMBER, member_id__in=list(member_ids))
    mine.filter(until_on__isnull=True).update(until_on=until_on)
    users = set(mine.values_list("user_id", flat=True))
    others = set(Grant.objects.filter(user_id__in=users).exclude(id__in=mine.values("id")).values_list(
        "user_id", flat=True))
    for user_id in users - others:
        User.objects.filter(id=user_id).update(
            username=f"erased-{user_id}", first_name="", last_name="", email="", password="!", is_active=False)


def mark_as_demo() -> None:
    """Write into the data that this database holds the demo fund, so that no copy of it is taken for a real one."""
    DemoMark.objects.using("owner").update(is_demo=True)


def set_password(*, username: str, password: str) -> bool:
    """Give a login a new password, at the machine itself. False when there is no such login. Raises LoginRefused."""
    user = User.objects.filter(username=username).first()
    if user is None:
        return False
    _refuse_weak(username=username, password=password)
    user.set_password(password)
    user.save(update_fields=["password"])
    return True


def _refusals_of(logins: Sequence[NewLogin], *, if_taken: str = "access.username_taken") -> list[Refusal]:
    names = [n.username.lower() for n in logins]
    plain = [name for name in names if _is_plain(name)]
    taken = set(User.objects.annotate(small=Lower("username")).filter(small__in=plain).values_list("small", flat=True))
    found = [Refusal(code=if_taken, about=name, facts={"username": name})
             for name in sorted({n for n in plain if n in taken or names.count(n) > 1})]
    found += [Refusal(code="access.username_missing", about=n.role) for n in logins if not n.username.strip()]
    found += [Refusal(code="access.username_not_plain", about="username", facts={"length_max": USERNAME_MAX})
              for name in names if name.strip() and not _is_plain(name)]
    for login in logins:
        try:
            _refuse_weak(username=login.username, password=login.password)
        except LoginRefused as refused:
            found += refused.refusals
    return found


def _is_plain(username: str) -> bool:
    """Whether everybody can type it: English letters, digits and @ . + - _"""
    try:
        ASCIIUsernameValidator()(username)
    except ValidationError:
        return False
    return len(username) <= USERNAME_MAX


def _refuse_weak(*, username: str, password: str) -> None:
    try:
        validate_password(password, User(username=username))
    except ValidationError as error:
        raise LoginRefused(passwords.refusal(error=error, about=username, username=username)) from error


def _make_user(login: NewLogin) -> User:
    return User.objects.create_user(
        username=login.username, password=login.password, first_name=login.display_name[:USERNAME_MAX])


@inside_use_case
def bring_logins(*, actor: Actor, users: Mapping[int, str], desks: Sequence[LoginCard]) -> Mapping[int, int]:
    """Logins of a fund that comes from another computer: user id there → id here. Nobody can sign in with one before
    `user reset` gives it a password; a name that is somebody else's here gets the code of the fund behind it.

    `users`: user id there → user name; `desks`: the desks they had.
    """
    fund = fund_queries.fund_by_id(fund_id=actor.fund_id)
    assert fund is not None
    here = {there: User.objects.create_user(username=_free_name(name, fund.code)).pk for there, name in users.items()}
    Grant.objects.bulk_create([Grant(
        user_id=here[desk.user_id], role=desk.role, fund_id=actor.fund_id, person_id=desk.person_id,
        centre_id=desk.centre_id, member_id=desk.member_id, from_on=desk.from_on, until_on=desk.until_on)
        for desk in desks])
    return here


def _free_name(name: str, code: str) -> str:
    """A user name that nobody here has: the name itself, with the fund's code, or with a number behind that."""
    tried = chain((name, f"{name[:100]}-{code}"), (f"{name[:100]}-{code}-{n}" for n in count(2)))
    return next(one for one in tried if not User.objects.filter(username=one).exists())


@inside_use_case
def _grant(*, actor: Actor, user: User, desk: NewDesk, from_on: date, recorded_at: datetime) -> None:
    """Give a desk, or one that had ended again."""
    Grant.objects.update_or_create(
        user=user, role=desk.role, fund_id=actor.fund_id, province_code=None, centre_id=desk.centre_id, defaults={
            "person_id": desk.person_id, "member_id": desk.member_id, "from_on": from_on, "until_on": None})
    audit.record_event(actor=actor, action="access.desk_given", subject=f"user:{user.pk}",
                       facts={"role": desk.role}, happened_at=recorded_at)


def operator(*, code: str, role: Role = Role.TREASURER) -> Actor | None:
    """Whoever works at the machine's command line, acting for a fund; None when there is no such fund. User id 0."""
    fund = fund_queries.fund_by_code(code=code)
    return None if fund is None else Actor(user_id=0, fund_id=fund.id, role=role)
