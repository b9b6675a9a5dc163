"""Who is in the register: one member's card, lists in Thai order, finding somebody."""
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from ombun.members.models import Member
from ombun.members.queries.entries import persons_of
from ombun.members.rules.membership import BirthPrecision, LeftReason, MemberKind, NoIdReason, Sex
from ombun.members.rules.names import without_title

PAGE_SIZE_MAX = 100


@dataclass(frozen=True, kw_only=True)
class MemberCard:
    """What pages and rules need to know about a member: the person and the latest spell of membership.

    Of several entries that were merged, the spell that goes on the longest.
    """

    id: int
    member_no: str
    name_title: str
    first_name: str
    last_name: str
    full_name: str
    national_id: str | None
    no_id_reason: NoIdReason | None
    sex: Sex | None
    stated_sex: Sex | None
    born_on: date | None
    birth_precision: BirthPrecision
    kind: MemberKind | None
    house_no: str
    phone: str
    centre_id: UUID | None
    moo: int | None
    questioned: tuple[str, ...]
    joined_on: date | None
    left_on: date | None
    left_reason: LeftReason | None
    beneficiary_name: str
    beneficiary_relation: str
    is_erased: bool  # who it was is forgotten; the number and the days are left

    def is_active_on(self, day: date) -> bool:
        """Whether the person is a member on a day. A spell whose start is unknown counts as begun."""
        has_joined = self.joined_on is None or self.joined_on <= day
        has_left = self.left_reason is not None and (self.left_on is None or self.left_on <= day)
        return has_joined and not has_left

    def was_member_between(self, from_on: date, until_on: date) -> bool:
        """Whether the latest spell touches [from_on, until_on); an unknown day counts for the person."""
        has_joined = self.joined_on is None or self.joined_on < until_on
        return has_joined and (self.left_on is None or self.left_on >= from_on)


_CARDS = """
SELECT m.id, coalesce(m.member_no, ''), m.name_title, m.first_name, m.last_name, m.full_name, m.national_id, m.born_on,
  m.birth_precision, m.kind, m.house_no, m.phone, m.centre_id, c.moo, m.questioned,
  s.joined_on, s.left_on, s.left_reason, coalesce(b.name, ''), coalesce(b.relation, ''),
  m.no_id_reason, m.sex, m.stated_sex, m.erased_on IS NOT NULL
FROM members_member m
LEFT JOIN funds_villagecentre c ON c.fund_id = m.fund_id AND c.id = m.centre_id
LEFT JOIN members_beneficiary b ON b.fund_id = m.fund_id AND b.member_id = m.id AND b.ended_on IS NULL AND b.place = 1
LEFT JOIN LATERAL (
  SELECT joined_on, left_on, left_reason FROM members_membership s
  WHERE s.fund_id = m.fund_id AND s.member_id = ANY(ARRAY(
    SELECT m.id UNION ALL SELECT e.id FROM members_member e WHERE e.fund_id = m.fund_id AND e.merged_into = m.id))
  ORDER BY left_reason IS NULL DESC, CASE WHEN left_reason IS NULL THEN joined_on END, joined_on DESC NULLS LAST
  LIMIT 1) s ON true
WHERE m.fund_id = %(fund_id)s AND m.withdrawn_by IS NULL
"""


def _cards(where: str, **facts: Any) -> tuple[MemberCard, ...]:
    return _entries(f"AND m.merged_into IS NULL {where}", **facts)


def _entries(where: str, **facts: Any) -> tuple[MemberCard, ...]:
    with connection.cursor() as cursor:
        cursor.execute(f"{_CARDS} {where}", facts)
        return tuple(_card(row) for row in cursor.fetchall())


def _card(row: tuple[Any, ...]) -> MemberCard:
    return MemberCard(
        id=row[0], member_no=row[1], name_title=row[2], first_name=row[3], last_name=row[4],
        full_name=row[5], national_id=row[6], born_on=row[7], birth_precision=BirthPrecision(row[8]),
        kind=MemberKind(row[9]) if row[9] else None, house_no=row[10], phone=row[11], centre_id=row[12], moo=row[13],
        questioned=tuple(row[14]), joined_on=row[15], left_on=row[16],
        left_reason=LeftReason(row[17]) if row[17] else None, beneficiary_name=row[18], beneficiary_relation=row[19],
        no_id_reason=NoIdReason(row[20]) if row[20] else None, sex=Sex(row[21]) if row[21] else None,
        stated_sex=Sex(row[22]) if row[22] else None, is_erased=row[23])


def member_card(*, fund_id: int, member_id: int) -> MemberCard | None:
    """One member of this fund, or None."""
    found = _cards("AND m.id = %(member_id)s", fund_id=fund_id, member_id=member_id)
    return found[0] if found else None


def member_cards(*, fund_id: int, member_ids: Collection[int]) -> dict[int, MemberCard]:
    """Several members of this fund by id, in one statement."""
    return {c.id: c for c in _cards("AND m.id = ANY(%(ids)s)", fund_id=fund_id, ids=list(member_ids))}


def cards_of_entries(*, fund_id: int, entries: Collection[int]) -> dict[int, MemberCard]:
    """The person of each of these entries, also of those that were merged: entry → card, two statements."""
    whose = persons_of(fund_id=fund_id, entries=entries)
    cards = member_cards(fund_id=fund_id, member_ids=set(whose.values()))
    return {entry: cards[person] for entry, person in whose.items() if person in cards}


def members_of_centre(*, fund_id: int, centre_id: UUID, on: date) -> tuple[MemberCard, ...]:
    """The members of a village on a day, in the order of a Thai dictionary."""
    cards = _cards('AND m.centre_id = %(centre_id)s ORDER BY m.name_key, m.id', fund_id=fund_id, centre_id=centre_id)
    return tuple(card for card in cards if card.is_active_on(on))


def taken(
    *, fund_id: int, member_nos: Collection[str], national_ids: Collection[str], besides: int | None = None
) -> tuple[frozenset[str], frozenset[str]]:
    """Which of these member numbers and national IDs somebody of the register has, `besides` one member. Two
    statements. What stands on an entry that was merged is its person's: an ID is theirs, a number stays with the entry.
    """
    there = Member.objects.filter(fund_id=fund_id, withdrawn_by__isnull=True)
    if besides is not None:
        there = there.exclude(id=besides)
    numbers = there.filter(member_no__in=member_nos).values_list("member_no", flat=True)
    rows = there.filter(national_id__in=national_ids).values_list("national_id", "merged_into")
    ids = [one for one, person in rows if person is None or person != besides]
    return frozenset(no for no in numbers if no), frozenset(one for one in ids if one)


def erased(*, fund_id: int) -> frozenset[int]:
    """The entries of the register about people who were forgotten."""
    return frozenset(Member.objects.filter(fund_id=fund_id, erased_on__isnull=False).values_list("id", flat=True))


def all_members(*, fund_id: int) -> tuple[MemberCard, ...]:
    """Everybody who is or was a member, by village and name: for the importer and for papers, not for pages."""
    return _cards("ORDER BY c.moo NULLS LAST, m.name_key, m.id", fund_id=fund_id)


def merged_entries(*, fund_id: int) -> tuple[tuple[MemberCard, int], ...]:
    """Every entry that was merged, as it stands itself, and whose it is: for the importer. Two statements."""
    cards = _entries("AND m.merged_into IS NOT NULL ORDER BY m.id", fund_id=fund_id)
    whose = persons_of(fund_id=fund_id, entries=[card.id for card in cards])
    return tuple((card, whose[card.id]) for card in cards)


def members_numbered(*, fund_id: int, member_no: str) -> tuple[MemberCard, ...]:
    """The member with exactly this number, if there is one."""
    return _cards("AND m.member_no = %(member_no)s", fund_id=fund_id, member_no=member_no)


def members_named(*, fund_id: int, names: Collection[str]) -> dict[str, tuple[MemberCard, ...]]:
    """Members who are called so, whatever their title, by each of these names. Without a last name nobody is found."""
    called = {written: without_title(written=written) for written in names}
    cards = _cards("AND m.first_name || ' ' || m.last_name = ANY(%(names)s) ORDER BY m.name_key, m.id",
                   fund_id=fund_id, names=[name for name in called.values() if " " in name])
    return {written: tuple(card for card in cards if f"{card.first_name} {card.last_name}" == name)
            for written, name in called.items()}


def register_mark(*, fund_id: int) -> int:
    """The number of the last change to the register: a preview holds only while it stays the same."""
    sql = """SELECT coalesce(max(id), 0) FROM audit_event WHERE fund_id = %s
      AND (starts_with(action, 'members.') OR action IN ('imports.committed', 'imports.undone'))"""
    with connection.cursor() as cursor:
        cursor.execute(sql, [fund_id])
        return int(cursor.fetchone()[0])
