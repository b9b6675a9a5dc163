"""Who a fund is and who holds which office."""
from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from ombun.funds.models import BookletLayout, Fund, OfficeHolder, Person, VillageCentre
from ombun.funds.rules import Holding, Layout, Office, Somebody
from ombun.primitives.asking import rows


@dataclass(frozen=True, kw_only=True)
class FundCard:
    """What every page says about a fund."""

    id: int
    code: str
    name: str
    tambon_code: int
    tambon: str
    district: str
    province: str
    province_code: int
    founded_on: date
    starts_on: date
    books_closed_until: date


@dataclass(frozen=True, kw_only=True)
class Centre:
    """A village centre of a fund: its village number, its name, where people meet."""

    id: UUID
    moo: int
    name: str
    address: str


@dataclass(frozen=True, kw_only=True)
class HolderCard:
    """One office-holder as a list shows them."""

    id: UUID
    person_id: UUID
    name: str
    office: Office
    centre_id: UUID | None
    moo: int | None
    from_on: date
    until_on: date | None
    member_id: int | None


def fund_by_code(*, code: str) -> FundCard | None:
    """The fund with this code, or None. The directory is public."""
    return _card(Q(code=code))


def fund_by_id(*, fund_id: int) -> FundCard | None:
    """The fund with this id, or None."""
    return _card(Q(id=fund_id))


def directory() -> tuple[FundCard, ...]:
    """Every fund of this installation by its code. The directory is public."""
    return tuple(_written(fund) for fund in Fund.objects.select_related("tambon__district__province").order_by("code"))


def _card(which: Q) -> FundCard | None:
    fund = Fund.objects.filter(which).select_related("tambon__district__province").first()
    return None if fund is None else _written(fund)


def _written(fund: Fund) -> FundCard:
    district = fund.tambon.district
    return FundCard(
        id=fund.id, code=fund.code, name=fund.name, tambon_code=fund.tambon_id, tambon=fund.tambon.name_th,
        district=district.name_th, province=district.province.name_th, province_code=district.province_id,
        founded_on=fund.founded_on, starts_on=fund.starts_on, books_closed_until=fund.books_closed_until)


def centres(*, fund_id: int) -> tuple[Centre, ...]:
    """The village centres of a fund, by village number."""
    rows = VillageCentre.objects.filter(fund_id=fund_id).order_by("moo")
    return tuple(Centre(**row) for row in rows.values("id", "moo", "name", "address"))


def office_holders(*, fund_id: int, on: date) -> tuple[HolderCard, ...]:
    """Everybody who holds an office on a day, centre by centre."""
    moo_of = {c.id: c.moo for c in centres(fund_id=fund_id)}
    people = {p.id: p for p in Person.objects.filter(fund_id=fund_id)}
    rows = OfficeHolder.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gt=on), fund_id=fund_id, from_on__lte=on).order_by("from_on", "id")
    cards = (HolderCard(
        id=row.id, person_id=row.person_id, name=people[row.person_id].name, office=Office(row.office),
        centre_id=row.centre_id, moo=moo_of.get(row.centre_id) if row.centre_id else None,
        from_on=row.from_on, until_on=row.until_on,
        member_id=people[row.person_id].member_id) for row in rows)
    return tuple(sorted(cards, key=lambda card: (card.moo or 0, list(Office).index(card.office), card.name)))


_HOLDINGS = """
SELECT h.person_id, h.office, h.centre_id, h.from_on, h.until_on, p.member_id FROM funds_officeholder h
JOIN funds_person p ON p.fund_id = h.fund_id AND p.id = h.person_id WHERE h.fund_id = %(fund_id)s"""


def holdings(*, fund_id: int) -> tuple[Holding, ...]:
    """Every office ever held in a fund, as the rules want it."""
    return _holdings(_HOLDINGS, fund_id=fund_id)


def offices_held(*, fund_id: int, person_ids: Collection[UUID], on: date) -> tuple[Holding, ...]:
    """The offices that these people hold on a day."""
    return _holdings(f"""{_HOLDINGS} AND h.person_id = ANY(%(people)s) AND h.from_on <= %(on)s
      AND (h.until_on IS NULL OR h.until_on > %(on)s)""", fund_id=fund_id, people=list(person_ids), on=on)


def _holdings(sql: str, **facts: Any) -> tuple[Holding, ...]:
    with connection.cursor() as cursor:
        cursor.execute(sql, facts)
        return tuple(Holding(person_id=person, office=Office(office), centre_id=centre, from_on=start, until_on=end,
                             member_id=member)
                     for person, office, centre, start, end, member in cursor.fetchall())


def person_names(*, fund_id: int) -> dict[UUID, str]:
    """The names of all office-holders, past and present, by person."""
    return dict(Person.objects.filter(fund_id=fund_id).values_list("id", "name"))


def people(*, fund_id: int) -> tuple[Somebody, ...]:
    """Everybody who holds or held an office, with the member of the register that they are, where that is known."""
    rows = Person.objects.filter(fund_id=fund_id).order_by("name", "id").values_list("id", "name", "member_id")
    return tuple(Somebody(person_id=person, name=name, member_id=member) for person, name, member in rows)


@dataclass(frozen=True, kw_only=True)
class Closing:
    """A month that was closed: by whom and when, what was still open and why; and who opened it again, if anybody."""

    id: UUID
    month: date
    closed_by: str
    closed_at: datetime
    left_open: tuple[str, ...]
    because: str
    reopened_on: date | None
    reopened_by: tuple[str, ...]
    reason: str


_CLOSINGS = """
SELECT c.id, c.month, p.name, c.recorded_at, c.left_open, c.because, r.reopened_on,
  array_remove(ARRAY[one.name, other.name], NULL), coalesce(r.reason, '')
FROM funds_monthclose c JOIN funds_person p ON p.fund_id = c.fund_id AND p.id = c.closed_by_id
LEFT JOIN funds_monthreopening r ON r.fund_id = c.fund_id AND r.close_id = c.id
LEFT JOIN funds_person one ON one.fund_id = r.fund_id AND one.id = r.first_by_id
LEFT JOIN funds_person other ON other.fund_id = r.fund_id AND other.id = r.second_by_id
WHERE c.fund_id = %(fund_id)s ORDER BY c.month DESC, c.recorded_at DESC, c.id"""


def closings(*, fund_id: int) -> tuple[Closing, ...]:
    """Every closing of a month, the newest month first, with those that were opened again."""
    names = list(Closing.__dataclass_fields__)
    told = (dict(zip(names, row, strict=True)) for row in rows(_CLOSINGS, fund_id=fund_id))
    return tuple(Closing(**one | {"left_open": tuple(one["left_open"]), "reopened_by": tuple(one["reopened_by"])})
                 for one in told)


def standing_closing(*, fund_id: int, month: date) -> UUID | None:
    """The closing by which a month is closed now, or None while it is open."""
    return next((one.id for one in closings(fund_id=fund_id) if one.month == month and one.reopened_on is None), None)


def closed_months(*, fund_id: int) -> tuple[date, ...]:
    """The months whose books are closed now, newest first."""
    return tuple(one.month for one in closings(fund_id=fund_id) if one.reopened_on is None)


def reopenings(*, fund_id: int, from_on: date, until_on: date) -> tuple[Closing, ...]:
    """The closings of months in [from_on, until_on) that were opened again, oldest first: reports say so."""
    return tuple(one for one in reversed(closings(fund_id=fund_id))
                 if one.reopened_on is not None and from_on <= one.month < until_on)


def booklet_layout(*, fund_id: int) -> Layout:
    """Where lines stand in the members' booklets as measured last, or as in a usual one."""
    row = BookletLayout.objects.filter(fund_id=fund_id).order_by("-recorded_at", "-id").first()
    return Layout() if row is None else Layout(**{name.name: getattr(row, name.name) for name in fields(Layout)})
