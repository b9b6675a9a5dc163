"""What members pay, what they have paid, and where each stands."""
from collections.abc import Collection as Many
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from operator import itemgetter
from typing import Any
from uuid import UUID

from ombun.contributions import rules
from ombun.contributions.models import ContributionPlan
from ombun.contributions.rules import Alike, KnownOfDues, Plan, Reckoning, Standing
from ombun.primitives.asking import rows
from ombun.primitives.money import Satang


def plans(*, fund_id: int) -> tuple[Plan, ...]:
    """What members pay, by the day from which it holds; without what was taken back."""
    voted = ContributionPlan.objects.filter(fund_id=fund_id, taken_back_on__isnull=True).order_by("from_on")
    return tuple(as_plan(row=row) for row in voted)


def as_plan(*, row: ContributionPlan) -> Plan:
    """A plan as the rules want it."""
    return Plan(**{name: getattr(row, name) for name in Plan.__dataclass_fields__})


_OPENING = """SELECT member_id, paid_until FROM contributions_openingstanding
  WHERE fund_id = %(fund_id)s AND member_id = ANY(%(ids)s)"""
_TOLD_SINCE = "(SELECT min(month) FROM contributions_pastpayment WHERE fund_id = %(fund_id)s)"
_STARTS_ON = "(SELECT starts_on FROM funds_fund WHERE id = %(fund_id)s)"

# What stands under each entry of these people: an entry that was merged is a row of its own.
_KNOWN_OF_ENTRIES = f"""
SELECT coalesce(e.merged_into, e.id), {_TOLD_SINCE}, {_STARTS_ON},
  (SELECT min(s.joined_on) FROM members_membership s WHERE s.fund_id = e.fund_id AND s.member_id = e.id
    AND (s.left_reason IS NULL OR s.left_on > %(on)s)),
  o.paid_until, coalesce(past.satang, 0), past.month, coalesce(t.paid_satang, 0), t.last_paid_on,
  coalesce(free.since, '{{}}'), coalesce(free.until, '{{}}')
FROM members_member e
LEFT JOIN contributions_openingstanding o ON o.fund_id = e.fund_id AND o.member_id = e.id
LEFT JOIN contributions_paidtotal t ON t.fund_id = e.fund_id AND t.member_id = e.id
CROSS JOIN LATERAL (SELECT sum(p.amount_satang)::bigint AS satang, max(p.month) AS month
  FROM contributions_pastpayment p WHERE p.fund_id = e.fund_id AND p.member_id = e.id) past
CROSS JOIN LATERAL (SELECT array_agg(x.from_on ORDER BY x.from_on, x.id) AS since,
    array_agg(x.until_on ORDER BY x.from_on, x.id) AS until
  FROM contributions_exemption x WHERE x.fund_id = e.fund_id AND x.member_id = e.id) free
WHERE e.fund_id = %(fund_id)s AND e.withdrawn_by IS NULL
  AND (e.id = ANY(%(ids)s) AND e.merged_into IS NULL OR e.merged_into = ANY(%(ids)s))"""


@dataclass(frozen=True, kw_only=True)
class Paid:
    """What is known of a member's dues, with what lies before an opening position, and the last day of a payment."""

    known: KnownOfDues
    covered_satang: int
    last_paid_on: date | None


def standings(*, fund_id: int, member_ids: Many[int], on: date) -> dict[int, Standing]:
    """Where members stand on a day, by everything paid so far: paid up to when, owing what. Two statements.

    What was paid under an entry that was merged counts for the person. What old books tell counts for those whose
    opening standing nobody wrote down; nobody owes for months before those books.
    """
    voted = plans(fund_id=fund_id)
    return {i: rules.standing(member_id=i, plans=voted, on=on, **vars(paid))
            for i, paid in paid_of_members(fund_id=fund_id, member_ids=member_ids, on=on).items()}


def paid_of_members(*, fund_id: int, member_ids: Many[int], on: date) -> dict[int, Paid]:
    """What is known of the dues of members who are there on a day. One statement."""
    entries: dict[int, list[tuple[Any, ...]]] = {i: [] for i in member_ids}
    for person, *facts in rows(_KNOWN_OF_ENTRIES, fund_id=fund_id, ids=list(member_ids), on=on):
        entries[person].append(tuple(facts))
    return {i: _paid(told) for i, told in entries.items()}


_NOTHING_KNOWN = (None, None, None, None, 0, None, 0, None, (), ())


def _paid(entries: Sequence[tuple[Any, ...]]) -> Paid:
    """What all entries of a person tell together."""
    told_since, starts_on, joined, opening, old, old_months, new, last_days, since, until = zip(
        *entries or [_NOTHING_KNOWN], strict=True)
    opening_paid_until = max(filter(None, opening), default=None)
    has_opening = opening_paid_until is not None
    return Paid(
        last_paid_on=max(filter(None, last_days if has_opening else (*last_days, *old_months)), default=None),
        covered_satang=sum(old) if has_opening else 0, known=KnownOfDues(
            joined_on=min(filter(None, joined), default=None), opening_paid_until=opening_paid_until,
            paid_satang=Satang(sum(new) if has_opening else sum(new) + sum(old)),
            told_since=told_since[0], starts_on=starts_on[0],
            free=free_days(told=sorted(zip(chain(*since), chain(*until), strict=True), key=itemgetter(0)))))


def free_days(*, told: Iterable[tuple[date, date | None]]) -> tuple[tuple[date, date], ...]:
    """Times free of dues [from, until) as the rules want them: one whose end nobody knows has none."""
    return tuple((since, until or date.max) for since, until in told)


_PAID_BY_A_DAY = f"""
SELECT a.member_id, a.day, {_TOLD_SINCE}, {_STARTS_ON},
  ARRAY(SELECT x.from_on FROM contributions_exemption x WHERE x.fund_id = %(fund_id)s
    AND x.member_id = ANY(a.entries) ORDER BY x.from_on, x.id),
  ARRAY(SELECT x.until_on FROM contributions_exemption x WHERE x.fund_id = %(fund_id)s
    AND x.member_id = ANY(a.entries) ORDER BY x.from_on, x.id),
  (SELECT min(s.joined_on) FROM members_membership s WHERE s.fund_id = %(fund_id)s AND s.member_id = ANY(a.entries)
    AND (s.left_reason IS NULL OR s.left_on > a.day OR (s.left_on = a.day AND s.left_reason = 'DECEASED'))),
  (SELECT max(o.paid_until) FROM contributions_openingstanding o
    WHERE o.fund_id = %(fund_id)s AND o.member_id = ANY(a.entries)),
  (SELECT coalesce(sum(p.amount_satang), 0)::bigint FROM contributions_contribution p
    WHERE p.fund_id = %(fund_id)s AND p.member_id = ANY(a.entries) AND p.collected_on <= a.day AND NOT EXISTS (
      SELECT 1 FROM contributions_cancelled x WHERE x.fund_id = p.fund_id AND x.member_id = p.member_id
        AND x.collection_id = p.collection_id))
  + (SELECT coalesce(sum(g.credit_satang), 0)::bigint FROM contributions_inkindcontribution g
    WHERE g.fund_id = %(fund_id)s AND g.member_id = ANY(a.entries) AND g.received_on <= a.day)
  + (SELECT coalesce(sum(b.amount_satang), 0)::bigint FROM contributions_pastpayment b
    WHERE b.fund_id = %(fund_id)s AND b.member_id = ANY(a.entries) AND b.month <= a.day AND NOT EXISTS (
      SELECT 1 FROM contributions_openingstanding o WHERE o.fund_id = b.fund_id AND o.member_id = ANY(a.entries)))
FROM (SELECT u.member_id, u.day, ARRAY(SELECT e.id FROM members_member e
    WHERE e.fund_id = %(fund_id)s AND (e.id = u.member_id OR e.merged_into = u.member_id)) AS entries
  FROM unnest(%(ids)s::int[], %(days)s::date[]) AS u(member_id, day)) a"""


def paid_until(*, fund_id: int, asked: Many[tuple[int, date]]) -> dict[tuple[int, date], date | None]:
    """Up to which day (not included) members had paid on certain days, by what was received up to each of them.

    Asked by member and day; two statements whatever their number. None where it cannot be told.
    """
    voted = plans(fund_id=fund_id)
    told = rows(_PAID_BY_A_DAY, fund_id=fund_id, ids=[i for i, _ in asked], days=[day for _, day in asked])
    return {(i, day): rules.standing(
        member_id=i, plans=voted, on=day, last_paid_on=None, known=KnownOfDues(
            joined_on=joined_on, opening_paid_until=opening, told_since=told_since, starts_on=starts_on,
            paid_satang=Satang(satang), free=free_days(told=zip(since, until, strict=True)))).paid_until
        for i, day, told_since, starts_on, since, until, joined_on, opening, satang in told}


def opening_standings(*, fund_id: int, member_ids: Many[int]) -> dict[int, date]:
    """Up to which day (not included) members had paid when the books began here, where it was written down."""
    return dict(rows(_OPENING, fund_id=fund_id, ids=list(member_ids)))


def members_with_opening(*, fund_id: int) -> dict[UUID, int]:
    """How many members of each village have their opening standing written down."""
    return dict(rows("""SELECT m.centre_id, count(*) FROM contributions_openingstanding o
      JOIN members_member m ON m.fund_id = o.fund_id AND m.id = o.member_id
      WHERE o.fund_id = %(fund_id)s AND m.centre_id IS NOT NULL GROUP BY m.centre_id""", fund_id=fund_id))


def past_payments_of_members(
    *, fund_id: int, member_ids: Many[int]
) -> dict[int, tuple[tuple[date, Satang], ...]]:
    """What the old books tell that members paid: by month, oldest first, in satang; one statement."""
    told: dict[int, list[tuple[date, Satang]]] = {i: [] for i in member_ids}
    for member_id, month, satang in rows(
            """SELECT coalesce(m.merged_into, m.id), p.month, sum(p.amount_satang)::bigint
            FROM contributions_pastpayment p JOIN members_member m ON m.fund_id = p.fund_id AND m.id = p.member_id
            WHERE p.fund_id = %(fund_id)s AND (m.id = ANY(%(ids)s) OR m.merged_into = ANY(%(ids)s))
            GROUP BY 1, 2 ORDER BY 1, 2""", fund_id=fund_id, ids=list(member_ids)):
        told[member_id].append((month, Satang(satang)))
    return {i: tuple(lines) for i, lines in told.items()}


def past_payments_of_member(*, fund_id: int, member_id: int) -> tuple[tuple[date, Satang], ...]:
    """What the old books tell that a member paid: by month, oldest first, in satang."""
    return past_payments_of_members(fund_id=fund_id, member_ids=[member_id])[member_id]


_ALIKE = f"""
SELECT centre_id, joined_month, joined_here_on, paid_until, {_TOLD_SINCE}, since, until, paid_satang, count(*) FROM (
  SELECT m.centre_id, date_trunc('month', d.joined_on)::date AS joined_month, d.paid_until, x.since, x.until,
    CASE WHEN d.paid_until IS NULL AND d.joined_on >= {_STARTS_ON} THEN d.joined_on END AS joined_here_on,
    (d.paid_satang + CASE WHEN d.paid_until IS NULL THEN d.told_satang ELSE 0 END)::bigint AS paid_satang
  FROM members_member m JOIN (
    SELECT coalesce(e.merged_into, e.id) AS person, min(s.joined_on) AS joined_on, bool_or(s.is_there) AS is_there,
      max(o.paid_until) AS paid_until, coalesce(sum(t.paid_satang), 0) AS paid_satang,
      coalesce(sum(b.satang), 0) AS told_satang
    FROM members_member e
    LEFT JOIN (SELECT member_id, min(joined_on) AS joined_on, true AS is_there FROM members_membership
      WHERE fund_id = %(fund_id)s AND (joined_on IS NULL OR joined_on <= %(on)s)
        AND (left_reason IS NULL OR left_on > %(on)s) GROUP BY member_id) s ON s.member_id = e.id
    LEFT JOIN contributions_openingstanding o ON o.fund_id = e.fund_id AND o.member_id = e.id
    LEFT JOIN contributions_paidtotal t ON t.fund_id = e.fund_id AND t.member_id = e.id
    LEFT JOIN (SELECT member_id, sum(amount_satang)::bigint AS satang FROM contributions_pastpayment
      WHERE fund_id = %(fund_id)s GROUP BY member_id) b ON b.member_id = e.id
    WHERE e.fund_id = %(fund_id)s AND e.withdrawn_by IS NULL GROUP BY 1) d ON d.person = m.id AND d.is_there
  LEFT JOIN (
    SELECT coalesce(e.merged_into, e.id) AS person, array_agg(y.from_on ORDER BY y.from_on, y.id) AS since,
      array_agg(y.until_on ORDER BY y.from_on, y.id) AS until
    FROM contributions_exemption y JOIN members_member e ON e.fund_id = y.fund_id AND e.id = y.member_id
    WHERE y.fund_id = %(fund_id)s GROUP BY 1) x ON x.person = m.id
  WHERE m.fund_id = %(fund_id)s AND m.withdrawn_by IS NULL AND m.merged_into IS NULL AND m.centre_id IS NOT NULL
) everybody
GROUP BY centre_id, joined_month, joined_here_on, paid_until, since, until, paid_satang"""


def alike_members(*, fund_id: int, on: date) -> Iterator[tuple[UUID, Alike]]:
    """Of each village: what dues are reckoned from, and how many members stand just so."""
    for centre_id, month, joined_here_on, opening, told_since, since, until, satang, count in rows(
            _ALIKE, fund_id=fund_id, on=on):
        run_from = rules.dues_from(joined_on=month, opening_paid_until=opening, told_since=told_since)
        yield centre_id, Alike(members=count, reckoning=None if run_from is None else Reckoning(
            dues_from=run_from, paid_satang=satang, joined_here_on=joined_here_on,
            free=free_days(told=zip(since or (), until or (), strict=True))))
