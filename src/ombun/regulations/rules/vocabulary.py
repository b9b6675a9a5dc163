"""The closed vocabulary in which a clause is written as data: what it grants, to whom, under which limits."""
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from ombun.primitives.days import add_months
from ombun.primitives.money import Satang


class Unit(StrEnum):
    """What is counted when a clause pays so much for each."""

    NIGHT = "night"
    DAY = "day"
    CHILD = "child"
    VISIT = "visit"


class Payee(StrEnum):
    """Who receives the money: the member, or the beneficiary named on the application form."""

    MEMBER = "member"
    BENEFICIARY = "beneficiary"


class RuleYear(StrEnum):
    """The year in which "a year" of a clause is counted."""

    CALENDAR = "calendar"  # 1 January
    FISCAL = "fiscal"  # 1 October, the government's year
    FUND = "fund"  # the first day of the month that the fund's regulations name


class Document(StrEnum):
    """The papers a clause may ask to see."""

    ID_CARD = "id_card"
    HOUSE_REGISTRATION = "house_registration"
    BIRTH_CERTIFICATE = "birth_certificate"
    MEDICAL_CERTIFICATE = "medical_certificate"
    DEATH_CERTIFICATE = "death_certificate"
    SCHOOL_REPORT = "school_report"
    PHOTOGRAPH = "photograph"
    HEADMAN_LETTER = "headman_letter"


@dataclass(frozen=True, kw_only=True)
class FixedSum:
    """The same sum for every event."""

    amount_satang: Satang


@dataclass(frozen=True, kw_only=True)
class PerUnit:
    """So much for every night, day, child or visit."""

    unit: Unit
    rate_satang: Satang


@dataclass(frozen=True, kw_only=True)
class Tier:
    """The sum for members whose membership on the day of the event is shorter than so many days, or full years."""

    amount_satang: Satang
    below_days: int | None = None
    below_years: int | None = None


@dataclass(frozen=True, kw_only=True)
class OpenTier:
    """The last tier: a sum, more for each further full year, perhaps up to a ceiling."""

    base_satang: Satang
    each_further_year_satang: Satang
    ceiling_satang: Satang | None = None


@dataclass(frozen=True, kw_only=True)
class TenureTiers:
    """Sums that grow with the length of membership; the first tier that fits holds."""

    tiers: tuple[Tier, ...]
    last: OpenTier

    @property
    def from_years(self) -> int:
        """The full years with which the last tier begins."""
        return max((t.below_years for t in self.tiers if t.below_years is not None), default=0)


Grant = FixedSum | PerUnit | TenureTiers


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What an event, a year and a life may bring. All may hold together; None means no limit of that kind."""

    units_per_event: int | None = None
    units_per_year: int | None = None
    cap_per_event_satang: Satang | None = None
    cap_per_year_satang: Satang | None = None
    times_per_year: int | None = None
    times_per_life: int | None = None


@dataclass(frozen=True, kw_only=True)
class BenefitRule:
    """One clause of a fund's regulations as data."""

    grant: Grant
    limits: Limits = field(default_factory=Limits)
    payee: Payee = Payee.MEMBER
    year: RuleYear = RuleYear.FISCAL
    year_starts_month: int = 10
    waiting_days: int = 0
    min_membership_years: int = 0
    min_age_years: int = 0
    needs_paid_up: bool = True
    documents: tuple[Document, ...] = ()

    @property
    def unit(self) -> Unit | None:
        """What a claim has to count, or None when it counts nothing."""
        return self.grant.unit if isinstance(self.grant, PerUnit) else None

    @property
    def is_about_health(self) -> bool:
        """Whether asking for it tells of an illness: nights in hospital, visits, or a doctor's certificate."""
        return self.unit in (Unit.NIGHT, Unit.VISIT) or Document.MEDICAL_CERTIFICATE in self.documents


def year_of(*, rule: BenefitRule, day: date) -> tuple[date, date]:
    """The year [from, until) of a clause in which a day lies."""
    starts = {RuleYear.CALENDAR: 1, RuleYear.FISCAL: 10, RuleYear.FUND: rule.year_starts_month}[rule.year]
    first = date(day.year if day.month >= starts else day.year - 1, starts, 1)
    return first, add_months(first, 12)
