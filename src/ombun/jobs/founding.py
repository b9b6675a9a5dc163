"""A fund and its logins from the command line."""
import re
import secrets
from collections.abc import Sequence
from datetime import date
from uuid import uuid4

from django.utils import timezone

from ombun.access import operations, queries
from ombun.access.operations import NewFund, NewLogin
from ombun.access.queries import LoginCard
from ombun.funds import queries as funds
from ombun.funds.operations import NewCentre, NewHolder
from ombun.funds.rules import Office
from ombun.jobs import operating
from ombun.jobs.operating import CommandRefused
from ombun.places.queries import tambon, tambons_named
from ombun.primitives.actors import Role
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal
from ombun.primitives.thai import whole_number
from ombun.primitives.transactions import fund_transaction

ROLES = [role.lower() for role in Role if role not in (Role.MEMBER, Role.PROVINCE)]
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


def make_login(*, code: str, username: str, role: Role, person: str | None, moo: int | None) -> str:
    """Make a login for a desk and return its first password. Raises Refused."""
    actor, today = operating.operator_of(code=code), timezone.localdate()
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        who = None if person is None else operating.person_in_office(
            fund_id=actor.fund_id, offices=list(Office), on=today, named=person)
        centre = operating.centre_of(fund_id=actor.fund_id, moo=moo).id if moo is not None else None
    password = fresh_password()
    operations.create_login(actor=actor, from_on=today, recorded_at=timezone.now(), login=NewLogin(
        username=username, password=password, role=role, display_name=person or username, person_id=who,
        centre_id=centre))
    return password


def fresh_password() -> str:
    """A password that can be read out over a table: three groups of four."""
    return "-".join(secrets.token_hex(2) for _ in range(3))


def logins(*, code: str | None) -> list[tuple[str, LoginCard]]:
    """Every login of a fund, or of all funds on this machine, with the fund's code."""
    codes = [code] if code else [fund.code for fund in funds.directory()]
    return [(one, card) for one in codes
            for card in queries.logins_of_fund(fund_id=operating.operator_of(code=one).fund_id)]
