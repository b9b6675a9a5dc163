"""A fund and its logins from the command line."""
import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django.utils import timezone
from django.utils.translation import gettext as translated

from ombun.access import operations, passwords, queries
from ombun.access.operations import NewFund, NewLogin
from ombun.access.queries import LoginCard
from ombun.access.rules import OFFICES_OF, NewDesk
from ombun.funds import queries as funds
from ombun.funds.operations import NewCentre, NewHolder, write_village
from ombun.funds.rules import Office
from ombun.jobs import operating
from ombun.jobs.operating import CommandRefused
from ombun.places.queries import tambon, tambons_named
from ombun.primitives.actors import Role
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal
from ombun.primitives.thai import tidy, whole_number
from ombun.primitives.transactions import fund_transaction

ROLES = [role.lower() for role in Role]
_VILLAGE = re.compile(r"\s*(\d{1,3})\s*(.*?)\s*")


def tambon_code(text: str) -> int:
    """The tambon meant by six digits or by words that fit one only. Raises CommandRefused."""
    if (six := whole_number(text, most=999_999)) is not None:
        found = [place for place in [tambon(code=six)] if place is not None]
    else:
        found = list(tambons_named(text=text))
        found = [place for place in found if text in (place.name_th, place.name_en)] or found
    if len(found) != 1:
        code = "jobs.several_tambons_fit" if found else "jobs.unknown_tambon"
        raise CommandRefused(Refusal(code=code, about=text, facts={"typed": text, "places": ", ".join(
            f"{one.code} {one.name_th} {one.district_th} {one.province_th}" for one in found)}))
    return found[0].code


def found(
    *, code: str, name: str, place: str, founded_on: date, starts_on: date, villages: Sequence[str],
    dues_satang: Satang, every_months: int, officers: Sequence[tuple[Office, str]]
) -> int:
    """Start a fund with its villages ("4 บ้านหนองบัว") and first officers, without logins. Returns the fund's id."""
    parts = [match for village in villages if (match := _VILLAGE.fullmatch(village))]
    centres = [NewCentre(id=uuid4(), moo=int(part[1]), name=part[2] or f"หมู่ {part[1]}") for part in parts]
    holders = [NewHolder(id=uuid4(), person_id=uuid4(), name=who, office=office, from_on=starts_on)
               for office, who in officers]
    return operations.start_fund(logins=[], recorded_at=timezone.now(), new=NewFund(
        code=code, name=name, tambon_code=tambon_code(place), founded_on=founded_on, starts_on=starts_on,
        dues_satang=dues_satang, dues_every_months=every_months, plan_id=uuid4(), centres=tuple(centres),
        holders=tuple(holders)))


def village_written(*, code: str, moo: int, name: str, address: str) -> str:
    """Open a village's centre or change how it is called, and say which it was. Raises Refused."""
    is_new = write_village(actor=operating.operator_of(code=code), recorded_at=timezone.now(), centre=NewCentre(
        id=uuid4(), moo=moo, name=tidy(name), address=tidy(address)))
    said = translated("เพิ่มหมู่ %(moo)s แล้ว") if is_new else translated("หมู่ %(moo)s เขียนไว้อย่างนี้แล้ว")
    return said % {"moo": moo}


def given(*, username: str, role: Role, options: Mapping[str, Any]) -> str | None:
    """Give somebody a desk, of a province or of a fund. Returns the first password of a new login. Raises Refused."""
    if role == Role.PROVINCE:
        return _give_province(username=username, province_code=options["province"])
    return _give_desk(code=options["fund"], username=username, role=role, person=options["person"],
                      moo=options["village"], member=options["member"])


def _give_desk(
    *, code: str, username: str, role: Role, person: str | None, moo: int | None, member: str | None
) -> str | None:
    """Give somebody a desk of a fund: with a login that the fund has already, or with a new one.

    Without a name it is for whoever holds the office.
    """
    actor, today = operating.operator_of(code=code), timezone.localdate()
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        desk, name = _desk(fund_id=actor.fund_id, role=role, person=person, moo=moo, member=member)
    if username in {card.username for card in queries.logins_of_fund(fund_id=actor.fund_id)}:
        operations.give_desk(actor=actor, username=username, desk=desk, from_on=today, recorded_at=timezone.now())
        return None
    password = fresh_password(username=username)
    operations.create_login(actor=actor, from_on=today, recorded_at=timezone.now(), login=NewLogin(
        username=username, password=password, role=role, display_name=name, person_id=desk.person_id,
        centre_id=desk.centre_id, member_id=desk.member_id))
    return password


def _desk(
    *, fund_id: int, role: Role, person: str | None, moo: int | None, member: str | None
) -> tuple[NewDesk, str]:
    """The desk that was meant, and the name of whose it is. Raises CommandRefused."""
    if role == Role.MEMBER:
        card = operating.member_of(fund_id=fund_id, text=member or "")
        return NewDesk(role=role, member_id=card.id), card.full_name
    centre_id = operating.centre_of(fund_id=fund_id, moo=moo).id if moo is not None else None
    who = operating.person_in_office(
        fund_id=fund_id, offices=OFFICES_OF[role], on=timezone.localdate(), named=person, centre_id=centre_id)
    return NewDesk(role=role, person_id=who, centre_id=centre_id), funds.person_names(fund_id=fund_id)[who]


def _give_province(*, username: str, province_code: int) -> str | None:
    """Let somebody look in from a province, with a login that is there or with a new one."""
    today, password = timezone.localdate(), fresh_password(username=username)
    if operations.give_province_desk(username=username, province_code=province_code, from_on=today):
        return None
    operations.create_province_login(province_code=province_code, from_on=today, login=NewLogin(
        username=username, password=password, role=Role.PROVINCE, display_name=username))
    return password


def end_desk(*, code: str | None, username: str, role: Role) -> None:
    """Take a desk away from a login from today on. Raises Refused."""
    unknown = CommandRefused(Refusal(code="access.unknown_desk", about=username))
    if role == Role.PROVINCE:
        if not operations.end_province_desk(username=username, until_on=timezone.localdate()):
            raise unknown
        return
    actor = operating.operator_of(code=code or "")
    cards = {card.username: card.user_id for card in queries.logins_of_fund(fund_id=actor.fund_id)}
    if username not in cards:
        raise unknown
    operations.end_grant(actor=actor, user_id=cards[username], role=role, until_on=timezone.localdate(),
                         recorded_at=timezone.now())


def new_password(*, username: str) -> str:
    """Set a fresh password for a login, and return it. Raises CommandRefused when none is named or it is not there."""
    if not username:
        raise CommandRefused(Refusal(code="jobs.login_missing", about="name"))
    password = fresh_password(username=username)
    if not operations.set_password(username=username, password=password):
        raise CommandRefused(Refusal(code="jobs.unknown_login", about=username, facts={
            "name": username, "data": operating.whose_data()}))
    return password


def fresh_password(*, username: str) -> str:
    """A password that can be read out over a table: three groups of four, by chance never too like the user name."""
    while True:
        password = "-".join(secrets.token_hex(2) for _ in range(3))
        if passwords.is_acceptable(password=password, username=username):
            return password


def listed(*, code: str) -> Iterator[str]:
    """A line for every login: of a fund, or of all funds on this machine and of the provinces (by their number)."""
    for one in [code] if code else [fund.code for fund in funds.directory()]:
        for card in queries.logins_of_fund(fund_id=operating.operator_of(code=one).fund_id):
            yield _line(one, card)
    for province, card in () if code else queries.logins_of_provinces():
        yield _line(str(province), card)


def _line(where: str, card: LoginCard) -> str:
    return f"{where:<16} {card.username:<20} {card.role:<10} {card.from_on} – {card.until_on or ''}"
