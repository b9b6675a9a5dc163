"""The closed vocabulary in which a clause is written as data: what it grants, to whom, under which limits."""
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from ombun.primitives.days import add_months, full_years
from ombun.primitives.money import Satang

FORMAT = 1
"""The number that a rule document carries. A document of a higher number is refused, never misread."""


class Unit(StrEnum):
    """What is counted when a clause pays so much for each."""

    NIGHT = "night"
    DAY = "day"
    CHILD = "child"
    VISIT = "visit"
    CALF = "calf"
    RAI = "rai"
    TREE = "tree"


class Payee(StrEnum):
    """Who receives the money: the member, the beneficiary named on the application form, a temple or a school."""

    MEMBER = "member"
    BENEFICIARY = "beneficiary"
    INSTITUTION = "institution"


class ForWhom(StrEnum):
    """Whom a clause helps: members, people of the tambon who are not members (CODI Form 1 §7), or everybody."""

    MEMBERS = "members"
    OTHERS = "others"
    EVERYBODY = "everybody"


class RuleYear(StrEnum):
    """The year in which "a year" of a clause is counted."""

    CALENDAR = "calendar"  # 1 January
    FISCAL = "fiscal"  # 1 October, the government's year
    FUND = "fund"  # the first day of the month that the fund's regulations name
    MEMBERSHIP = "membership"  # from the day on which the member joined, each year anew


class Sex(StrEnum):
    """For women or for men alone."""

    MALE = "male"
    FEMALE = "female"


class Kind(StrEnum):
    """The kinds of members of CODI Form 1 §3.3."""

    GENERAL = "general"
    YOUTH = "youth"
    ELDERLY = "elderly"
    DISADVANTAGED = "disadvantaged"
    DISABLED = "disabled"
    ORPHAN = "orphan"
    OTHER = "other"


class Relative(StrEnum):
    """Another person who has to be a member for the clause to help: the mother of the newborn."""

    MOTHER = "mother"
    FATHER = "father"
    SPOUSE = "spouse"
    CHILD = "child"


class Earmark(StrEnum):
    """Money that came for these benefits only."""

    LOCAL_GOVERNMENT = "local_government"
    STATE = "state"
    DONATIONS = "donations"


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
    """So much for every night, day, child, visit, calf, rai or tree."""

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


@dataclass(frozen=True, kw_only=True)
class Things:
    """Things or services instead of money: a wreath, rice, a ride to the hospital; what they are worth counts."""

    what: str
    worth_satang: Satang


Grant = FixedSum | PerUnit | TenureTiers | Things


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What an event, a year and a life may bring. All may hold together; what is left out is no limit.

    The limits of a household count what all who live in the house had; the budget is that of the whole fund. What was
    had of the benefits in `together_with` counts as had of this one.
    """

    units_per_event: int | None = None
    units_per_year: int | None = None
    units_per_life: int | None = None
    cap_per_event_satang: Satang | None = None
    cap_per_year_satang: Satang | None = None
    cap_per_life_satang: Satang | None = None
    times_per_year: int | None = None
    times_per_life: int | None = None
    household_times_per_year: int | None = None
    household_units_per_year: int | None = None
    household_cap_per_year_satang: Satang | None = None
    budget_per_year_satang: Satang | None = None
    together_with: tuple[str, ...] = ()

    @property
    def counts_a_household(self) -> bool:
        """Whether what others of the house had matters."""
        return any(limit is not None for limit in (
            self.household_times_per_year, self.household_units_per_year, self.household_cap_per_year_satang))

    @property
    def counts_a_year(self) -> bool:
        """Whether anything is counted by the year."""
        return self.counts_a_household or any(limit is not None for limit in (
            self.units_per_year, self.cap_per_year_satang, self.times_per_year, self.budget_per_year_satang))


@dataclass(frozen=True, kw_only=True)
class AtOnce:
    """Help that two signatures pay now, up to a limit, on sight of these papers; certification follows."""

    limit_satang: Satang
    documents: tuple[Document, ...] = ()


@dataclass(frozen=True, kw_only=True)
class BenefitRule:
    """One clause of a fund's regulations as data. What is left out is no condition and no limit."""

    grant: Grant
    limits: Limits = field(default_factory=Limits)
    payee: Payee = Payee.MEMBER
    for_whom: ForWhom = ForWhom.MEMBERS
    year: RuleYear = RuleYear.FISCAL
    year_starts_month: int = 10
    waiting_days: int = 0
    min_membership_years: int = 0
    min_age_years: int = 0
    max_age_years: int = 0  # the last year of age that is helped
    sex: Sex | None = None
    kinds: tuple[Kind, ...] = ()
    villages: tuple[int, ...] = ()
    months: tuple[int, ...] = ()  # the months of the year in which it is given
    min_grade_hundredths: int = 0  # 3.50 is 350
    relative: Relative | None = None
    needs_paid_up: bool = True
    earmark: Earmark | None = None
    deadline_days: int = 0  # to ask, from the day of the event; the committee may excuse a late one
    documents: tuple[Document, ...] = ()  # shown and seen
    attachments: tuple[Document, ...] = ()  # kept with the claim
    certifiers: int = 3
    chair_up_to_satang: Satang | None = None  # above it the committee's meeting decides
    at_once: AtOnce | None = None

    @property
    def unit(self) -> Unit | None:
        """What a claim has to count, or None when it counts nothing."""
        return self.grant.unit if isinstance(self.grant, PerUnit) else None

    @property
    def is_about_health(self) -> bool:
        """Whether asking for it tells of an illness: nights in hospital, visits, or a doctor's certificate."""
        papers = (*self.documents, *self.attachments)
        return self.unit in (Unit.NIGHT, Unit.VISIT) or Document.MEDICAL_CERTIFICATE in papers


def year_of(*, rule: BenefitRule, day: date, joined_on: date | None = None) -> tuple[date, date]:
    """The year [from, until) of a clause in which a day lies.

    Where the years are those of the membership, they begin on the anniversaries of `joined_on`, which must be known.
    """
    if rule.year == RuleYear.MEMBERSHIP:
        assert joined_on is not None
        years = full_years(joined_on, day)
        return _anniversary(joined_on, years), _anniversary(joined_on, years + 1)
    starts = {RuleYear.CALENDAR: 1, RuleYear.FISCAL: 10, RuleYear.FUND: rule.year_starts_month}[rule.year]
    first = date(day.year if day.month >= starts else day.year - 1, starts, 1)
    return first, add_months(first, 12)


def _anniversary(day: date, years: int) -> date:
    """The day on which so many years are full; for 29 February in other years it is 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
