"""What members agreed to, whose ID card was seen, and about whom the fund still has to ask."""
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from ombun.members.models import Consent
from ombun.members.queries.entries import entries_of
from ombun.members.queries.people import MemberCard, member_cards
from ombun.members.rules.consents import ConsentHow, Purpose


@dataclass(frozen=True, kw_only=True)
class ConsentCard:
    """One consent: to what, in which words, since when and until when, whose signature was seen."""

    id: UUID
    purpose: Purpose
    wording: int
    given_on: date
    how: ConsentHow
    guardian_name: str
    withdrawn_on: date | None
    recorded_by: int


def consents_of(*, fund_id: int, member_id: int) -> tuple[ConsentCard, ...]:
    """Everything a member agreed to, the latest first, withdrawn or not. Two statements."""
    entries = entries_of(fund_id=fund_id, member_ids=[member_id])
    rows = Consent.objects.filter(fund_id=fund_id, member_id__in=list(entries)).order_by("-given_on", "-recorded_at")
    return tuple(ConsentCard(**row | {"purpose": Purpose(row["purpose"]), "how": ConsentHow(row["how"])})
                 for row in rows.values(*ConsentCard.__dataclass_fields__))


def agreeing(*, fund_id: int, member_ids: Collection[int], purpose: Purpose) -> frozenset[int]:
    """Which of these members agree to it now. Two statements."""
    whose = entries_of(fund_id=fund_id, member_ids=member_ids)
    return frozenset(whose[entry] for entry in Consent.objects.filter(
        fund_id=fund_id, member_id__in=list(whose), purpose=purpose, withdrawn_on__isnull=True
    ).values_list("member_id", flat=True))


_UNASKED = """
SELECT m.id FROM members_member m
WHERE m.fund_id = %(fund_id)s AND m.kind = 'DISABLED' AND m.withdrawn_by IS NULL AND m.merged_into IS NULL
  AND NOT EXISTS (SELECT 1 FROM members_consent c JOIN members_member e ON e.fund_id = c.fund_id AND e.id = c.member_id
    WHERE c.fund_id = m.fund_id AND m.id IN (e.id, e.merged_into) AND c.purpose = 'DISABILITY'
      AND c.withdrawn_on IS NULL)
ORDER BY m.name_key, m.id"""


def unasked(*, fund_id: int) -> tuple[MemberCard, ...]:
    """Members whom an older register calls disabled and who were not asked whether that may be kept, in Thai order."""
    ids = [row[0] for row in _rows(_UNASKED, fund_id=fund_id)]
    cards = member_cards(fund_id=fund_id, member_ids=ids)
    return tuple(cards[i] for i in ids)


@dataclass(frozen=True, kw_only=True)
class CardSeenLine:
    """When a member's ID card was seen, and by whom."""

    seen_on: date
    seen_by: str


_SEEN = """
SELECT s.seen_on, p.name FROM members_cardseen s JOIN funds_person p ON p.fund_id = s.fund_id AND p.id = s.seen_by_id
WHERE s.fund_id = %(fund_id)s AND s.member_id = ANY(%(ids)s) ORDER BY s.seen_on DESC, s.recorded_at DESC"""


def cards_seen(*, fund_id: int, member_id: int) -> tuple[CardSeenLine, ...]:
    """When a member's ID card was seen, the latest first. Two statements."""
    entries = entries_of(fund_id=fund_id, member_ids=[member_id])
    return tuple(CardSeenLine(seen_on=day, seen_by=name)
                 for day, name in _rows(_SEEN, fund_id=fund_id, ids=list(entries)))


def _rows(sql: str, **facts: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, facts)
        return list(cursor.fetchall())
