"""What an auditor may want to look at: claims of the last year with what the questions need, and what was looked at."""
import json
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import connection

from ombun.claims.models import Look
from ombun.claims.queries.cards import ClaimLine, claims_named
from ombun.claims.rules import Asked, Question, questions
from ombun.claims.states import COUNTED, QuestionKind
from ombun.regulations.rules.reading import read_rule

LOOKED_BACK_DAYS = 400
SHOWN_MOST = 200

_ASKED = """
SELECT c.id, coalesce(m.merged_into, m.id), c.happened_on, c.units, coalesce(c.details->>'place', ''),
  c.approved_satang, (SELECT max(s.joined_on) FROM members_membership s
    WHERE s.fund_id = m.fund_id AND s.member_id = coalesce(m.merged_into, m.id) AND s.joined_on <= c.happened_on),
  k.rule, CASE WHEN c.filed_at < (SELECT max(t.recorded_at) FROM claims_signature t
      WHERE t.fund_id = c.fund_id AND t.claim_id = c.id)
    THEN array(SELECT c.filed_by UNION ALL SELECT min(g.recorded_by) FROM claims_signature g
      WHERE g.fund_id = c.fund_id AND g.claim_id = c.id GROUP BY g.act) ELSE '{}'::bigint[] END
FROM claims_claim c JOIN members_member m ON m.fund_id = c.fund_id AND m.id = c.member_id
JOIN regulations_clause k ON k.fund_id = c.fund_id AND k.id = c.clause_id
WHERE c.fund_id = %(fund_id)s AND c.state = ANY(%(counted)s) AND c.decided_on >= %(since)s"""


def open_questions_on(*, fund_id: int, on: date) -> tuple[Question, ...]:
    """Every question about what was approved in the last thirteen months that nobody has looked at yet."""
    looked = {(QuestionKind(kind), claim, other) for kind, claim, other in Look.objects.filter(
        fund_id=fund_id).values_list("kind", "claim_id", "other_id")}
    return tuple(one for one in all_questions(fund_id=fund_id, on=on)
                 if (one.kind, one.claim_id, one.other_id) not in looked)


def all_questions(*, fund_id: int, on: date) -> tuple[Question, ...]:
    """The same with those that were looked at. One statement whatever the number of claims.

    Of a history that was written down in one go nobody asks whose hands wrote it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ASKED, {"fund_id": fund_id, "counted": list(COUNTED),
                                "since": on - timedelta(days=LOOKED_BACK_DAYS)})
        rows = cursor.fetchall()
    return questions(claims=[Asked(
        claim_id=claim, member_id=member, happened_on=happened_on, units=units, place=place, approved_satang=satang,
        joined_on=joined_on, rule=read_rule(data=json.loads(rule) if isinstance(rule, str) else rule),
        logins=tuple(logins)) for claim, member, happened_on, units, place, satang, joined_on, rule, logins in rows])


@dataclass(frozen=True, kw_only=True)
class QuestionCard:
    """A question with the claims it is about."""

    question: Question
    lines: tuple[ClaimLine, ...]


def question_cards(*, fund_id: int, on: date) -> tuple[QuestionCard, ...]:
    """The questions that nobody has looked at, with their claims; at most 200."""
    found = open_questions_on(fund_id=fund_id, on=on)[:SHOWN_MOST]
    ids = {i for one in found for i in (one.claim_id, one.other_id)}
    lines = {line.id: line for line in claims_named(fund_id=fund_id, claim_ids=ids)}
    return tuple(QuestionCard(question=one, lines=tuple(
        lines[i] for i in dict.fromkeys((one.claim_id, one.other_id)))) for one in found)


@dataclass(frozen=True, kw_only=True)
class LookCard:
    """Something that was looked at: when, and what was seen."""

    question: Question
    looked_on: date
    because: str
    lines: tuple[ClaimLine, ...]


def looks(*, fund_id: int) -> tuple[LookCard, ...]:
    """What was looked at, the newest first; at most 60."""
    rows = list(Look.objects.filter(fund_id=fund_id).order_by("-looked_on", "-recorded_at")[:60])
    lines = {line.id: line for line in claims_named(
        fund_id=fund_id, claim_ids={i for row in rows for i in (row.claim_id, row.other_id)})}
    return tuple(LookCard(
        question=Question(kind=QuestionKind(row.kind), claim_id=row.claim_id, other_id=row.other_id),
        looked_on=row.looked_on, because=row.because,
        lines=tuple(lines[i] for i in dict.fromkeys((row.claim_id, row.other_id)))) for row in rows)


def look_by_id(*, fund_id: int, look_id: UUID) -> Look | None:
    """What was written down under this id, or None."""
    return Look.objects.filter(fund_id=fund_id, id=look_id).first()
