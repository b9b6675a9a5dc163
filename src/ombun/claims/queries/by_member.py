"""What members gave and received, added up as the books have it: by the day on which it was booked."""
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from ombun.primitives.money import Satang

_SUMS = """
WITH moved AS (
  SELECT c.member_id, e.posted_on, c.amount_satang AS paid, 0 AS received
  FROM contributions_contribution c JOIN contributions_collection k ON k.fund_id = c.fund_id AND k.id = c.collection_id
  JOIN ledger_entry e ON e.fund_id = k.fund_id AND e.id = k.entry_id WHERE c.fund_id = %(fund_id)s
  UNION ALL
  SELECT x.member_id, e.posted_on, -c.amount_satang, 0
  FROM contributions_cancelled x JOIN contributions_contribution c
    ON c.fund_id = x.fund_id AND c.collection_id = x.collection_id AND c.member_id = x.member_id
  JOIN ledger_entry e ON e.fund_id = x.fund_id AND e.id = x.entry_id WHERE x.fund_id = %(fund_id)s
  UNION ALL
  SELECT i.member_id, e.posted_on, i.credit_satang, 0 FROM contributions_inkindcontribution i
  JOIN ledger_entry e ON e.fund_id = i.fund_id AND e.id = i.entry_id WHERE i.fund_id = %(fund_id)s
  UNION ALL
  SELECT member_id, month, amount_satang, 0 FROM contributions_pastpayment WHERE fund_id = %(fund_id)s
  UNION ALL
  SELECT c.member_id, e.posted_on, 0, c.paid_satang FROM claims_claim c
  JOIN ledger_entry e ON e.fund_id = c.fund_id AND e.id = c.entry_id WHERE c.fund_id = %(fund_id)s
  UNION ALL
  SELECT member_id, paid_on, 0, amount_satang FROM claims_pastbenefit
  WHERE fund_id = %(fund_id)s AND member_id IS NOT NULL),
sums AS (
  SELECT coalesce(m.merged_into, m.id) AS member_id,
    coalesce(sum(v.paid) FILTER (WHERE v.posted_on >= %(from_on)s), 0) AS paid, sum(v.paid) AS paid_ever,
    coalesce(sum(v.received) FILTER (WHERE v.posted_on >= %(from_on)s), 0) AS received, sum(v.received) AS received_ever
  FROM moved v JOIN members_member m ON m.fund_id = %(fund_id)s AND m.id = v.member_id
  WHERE v.posted_on < %(until_on)s GROUP BY 1)
SELECT s.member_id, coalesce(m.member_no, ''), m.full_name, m.centre_id, s.paid::bigint, s.paid_ever::bigint,
  s.received::bigint, s.received_ever::bigint
FROM sums s JOIN members_member m ON m.fund_id = %(fund_id)s AND m.id = s.member_id
LEFT JOIN funds_villagecentre c ON c.fund_id = m.fund_id AND c.id = m.centre_id
ORDER BY c.moo NULLS LAST, m.member_no, m.id"""

_CASES = """
SELECT r.account_code, count(*) FILTER (WHERE e.posted_on >= %(from_on)s), count(*),
  count(DISTINCT c.member_id) FILTER (WHERE e.posted_on >= %(from_on)s), count(DISTINCT c.member_id)
FROM claims_claim c JOIN ledger_entry e ON e.fund_id = c.fund_id AND e.id = c.entry_id
JOIN regulations_clause r ON r.fund_id = c.fund_id AND r.id = c.clause_id
WHERE c.fund_id = %(fund_id)s AND e.posted_on < %(until_on)s GROUP BY 1"""


@dataclass(frozen=True, kw_only=True)
class MemberMoney:
    """What a member gave (money, and what counts like it) and received in some days and since founding, in satang."""

    member_id: int
    member_no: str
    full_name: str
    centre_id: UUID | None
    paid_satang: Satang
    paid_ever_satang: Satang
    received_satang: Satang
    received_ever_satang: Satang


@dataclass(frozen=True, kw_only=True)
class Cases:
    """How often a kind of help was paid and to how many people, in some days and since these books began."""

    times: int
    times_ever: int
    people: int
    people_ever: int


def money_of_members(*, fund_id: int, from_on: date, until_on: date) -> tuple[MemberMoney, ...]:
    """Every member with what they gave and received before a day, by village and number; in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_SUMS, {"fund_id": fund_id, "from_on": from_on, "until_on": until_on})
        return tuple(MemberMoney(
            member_id=member, member_no=number, full_name=name, centre_id=centre, paid_satang=Satang(paid),
            paid_ever_satang=Satang(paid_ever), received_satang=Satang(received),
            received_ever_satang=Satang(received_ever))
            for member, number, name, centre, paid, paid_ever, received, received_ever in cursor.fetchall())


def cases_by_account(*, fund_id: int, from_on: date, until_on: date) -> dict[str, Cases]:
    """How often each kind of help was paid before a day, by the account it stands on."""
    with connection.cursor() as cursor:
        cursor.execute(_CASES, {"fund_id": fund_id, "from_on": from_on, "until_on": until_on})
        return {account: Cases(times=times, times_ever=times_ever, people=people, people_ever=people_ever)
                for account, times, times_ever, people, people_ever in cursor.fetchall()}
