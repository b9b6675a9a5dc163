"""What the first start asks, step by step, read field by field."""
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from django.utils.translation import gettext_lazy as _

from ombun.access.operations import NewFund, NewLogin
from ombun.funds.operations import NewCentre, NewHolder
from ombun.funds.rules import MOO_MAX, Founding, Office, refusals_to_found
from ombun.members.rules.names import without_title
from ombun.primitives.actors import Role
from ombun.primitives.money import Satang
from ombun.primitives.thai import whole_number
from ombun.web.page import today
from ombun.web.typed import Typed

FIELDS = {1: ("name", "code", "place", "tambon", "founded_on", "starts_on"),
          2: ("dues", "every", "moo", "village", "villages", "rows"),
          3: ("treasurer", "chair")}
TAMBON_CODE_MAX = 999_999
EVERY = {"1": 1, "3": 3, "6": 6, "12": 12}
FIRST_PEOPLE = (
    ("treasurer", Role.TREASURER, Office.TREASURER, _("ชื่อ–สกุลของเหรัญญิก"), _("ชื่อผู้ใช้ของเหรัญญิก")),
    ("chair", Role.CHAIR, Office.CHAIR, _("ชื่อ–สกุลของประธาน"), _("ชื่อผู้ใช้ของประธาน")))


@dataclass(frozen=True, kw_only=True)
class AboutFund:
    """What the first step asks: the fund, its tambon and its two days."""

    name: str
    code: str
    tambon_code: int
    founded_on: date
    starts_on: date


@dataclass(frozen=True, kw_only=True)
class AboutDues:
    """What the second step asks: what members pay, and the village centres."""

    amount_satang: Satang
    every_months: int
    centres: tuple[NewCentre, ...]


@dataclass(frozen=True, kw_only=True)
class FirstPerson:
    """Somebody of the first two: the office, and the login for its desk."""

    name: str
    office: Office
    login: NewLogin


def tambon_code(fields: Mapping[str, str]) -> int:
    """The tambon that was chosen, by its six digits; 0 for none."""
    return whole_number(fields.get("tambon", ""), most=TAMBON_CODE_MAX) or 0


def about_fund(typed: Typed) -> AboutFund:
    """Step 1: the fund, its tambon, its two days."""
    chosen = tambon_code(typed.fields)
    if not chosen:
        typed.refuse("web.choose_tambon", "tambon")
    fund = AboutFund(
        name=typed.text("name", _("ชื่อกองทุน")), code=typed.text("code", _("รหัสกองทุน")).lower(),
        tambon_code=chosen, founded_on=typed.day("founded_on", _("วันก่อตั้ง")),
        starts_on=typed.day("starts_on", _("วันเริ่มบัญชี")))
    if not typed.refusals:
        typed.refusals += refusals_to_found(new=Founding(
            code=fund.code, name=fund.name, founded_on=fund.founded_on, starts_on=fund.starts_on, moos=(),
            is_code_taken=False, is_tambon_known=True, today=today()))
    return fund


def about_dues(typed: Typed) -> AboutDues:
    """Step 2: what members pay, and the village centres."""
    amount = typed.baht("dues", _("เงินสมทบ"))
    if typed.fields.get("dues") and amount <= 0 and not typed.refusals:
        typed.refuse("web.not_an_amount", "dues", field=_("เงินสมทบ"), typed=typed.fields["dues"])
    rows = [name[8:] for name, value in typed.fields.items()
            if name.startswith("village-") and name[8:].isdecimal() and value.strip()]
    if not rows:
        typed.refuse("web.no_village", "villages")
    centres = tuple(NewCentre(id=uuid4(), moo=typed.number(f"moo-{row}", _("หมู่ที่"), most=MOO_MAX),
                              name=typed.text(f"village-{row}", _("ชื่อหมู่บ้าน"))) for row in rows)
    for moo, times in Counter(centre.moo for centre in centres).items():
        if times > 1:
            typed.refuse("funds.village_listed_twice", "villages", moo=moo)
    return AboutDues(amount_satang=amount, every_months=typed.one_of("every", _("ทุกกี่เดือน"), EVERY), centres=centres)


def first_people(typed: Typed) -> tuple[FirstPerson, ...]:
    """Step 3: the treasurer and the chair, two people, each with a login of their own."""
    found = []
    for who, role, office, of_name, of_username in FIRST_PEOPLE:
        name = typed.text(f"{who}-name", of_name)
        found.append(FirstPerson(name=name, office=office, login=NewLogin(
            username=typed.text(f"{who}-username", of_username), password=typed.fields.get(f"{who}-password", ""),
            role=role, display_name=name, person_id=uuid4())))
    names, usernames = ({without_title(written=p.name) for p in found}, {p.login.username.lower() for p in found})
    if len(names) == 1 and names != {""}:
        typed.refuse("web.one_person_for_both", "chair-name", name=found[0].name)
    if len(usernames) == 1 and usernames != {""}:
        typed.refuse("web.one_username_for_both", "chair-username", username=found[0].login.username)
    return tuple(found)


STEPS = {1: about_fund, 2: about_dues, 3: first_people}


def application(typed: Typed) -> tuple[NewFund, list[NewLogin]]:
    """All three steps together. `typed` keeps every mistake of all of them."""
    fund, dues, people = about_fund(typed), about_dues(typed), first_people(typed)
    holders = tuple(NewHolder(id=uuid4(), person_id=p.login.person_id or uuid4(), name=p.name, office=p.office,
                              from_on=fund.starts_on) for p in people)
    return NewFund(
        code=fund.code, name=fund.name, tambon_code=fund.tambon_code, founded_on=fund.founded_on,
        starts_on=fund.starts_on, dues_satang=dues.amount_satang, dues_every_months=dues.every_months, plan_id=uuid4(),
        centres=dues.centres, holders=holders), [p.login for p in people]


def villages(typed: Mapping[str, str], *, rows: int) -> list[tuple[int, str, str]]:
    """The rows of the village list as they were typed: index, village number, name. A fresh row proposes its number."""
    return [(i, typed.get(f"moo-{i}", str(i + 1)), typed.get(f"village-{i}", "")) for i in range(rows)]
