"""A fund as a test compares it with itself, and the way out of one fund and into another."""
import io
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db import connection

from ombun.access.operations import NewFund, operator, start_fund
from ombun.claims.models import PastBenefit
from ombun.exports.operations import Form, take_out
from ombun.funds import queries as funds
from ombun.funds.operations import NewCentre
from ombun.imports.operations import commit_import, preview_import
from ombun.imports.queries import benefits_of_nobody, told_before
from ombun.ledger.queries import months_at_a_glance
from ombun.members import queries as members
from ombun.primitives.actors import Actor
from ombun.primitives.days import add_months, day_in_thailand, month_of
from ombun.primitives.money import Satang
from ombun.primitives.national_id import digits_of
from ombun.primitives.transactions import fund_transaction

_PAID = """
SELECT coalesce(m.merged_into, m.id), p.month, sum(p.satang)::bigint FROM (
  SELECT c.member_id, date_trunc('month', c.collected_on)::date AS month, c.amount_satang AS satang
  FROM contributions_contribution c WHERE c.fund_id = %(fund_id)s AND NOT EXISTS (
    SELECT 1 FROM contributions_cancelled x WHERE x.fund_id = c.fund_id AND x.member_id = c.member_id
      AND x.collection_id = c.collection_id)
  UNION ALL SELECT member_id, month, amount_satang FROM contributions_pastpayment WHERE fund_id = %(fund_id)s) p
JOIN members_member m ON m.fund_id = %(fund_id)s AND m.id = p.member_id GROUP BY 1, 2 HAVING sum(p.satang) <> 0"""
_CLAIMS = """
SELECT coalesce(m.merged_into, m.id), k.paid_on, c.account_code, k.paid_satang, coalesce(k.assessed_units, 0)
FROM claims_claim k JOIN members_member m ON m.fund_id = k.fund_id AND m.id = k.member_id
JOIN regulations_clause c ON c.fund_id = k.fund_id AND c.id = k.clause_id
WHERE k.fund_id = %(fund_id)s AND k.state = 'PAID'"""
_SPELLS = """
SELECT m.id, s.joined_on, s.left_on, s.left_reason FROM members_membership s
JOIN members_member m ON m.fund_id = s.fund_id AND m.id = s.member_id AND m.merged_into IS NULL
WHERE s.fund_id = %(fund_id)s AND m.withdrawn_by IS NULL"""


@dataclass(frozen=True)
class State:
    """What has to be the same on the other side; members by what they are called, for their ids are others."""

    members: Counter[Any]
    spells: Counter[Any]
    statuses: Counter[Any]
    counts: list[Any]
    paid: dict[Any, int]
    paid_by_nobody: Counter[date]
    benefits: Counter[Any]
    income_and_expenditure: dict[date, Any]


def _rows(sql: str, fund_id: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"fund_id": fund_id})
        return list(cursor.fetchall())


def state(*, fund_id: int, days: list[date], from_on: date, until_on: date) -> State:
    """Everything that is compared, on these days and in these months."""
    from ombun.imports.rules.books import BenefitKind
    from ombun.imports.rules.history import BENEFIT_ACCOUNTS
    with fund_transaction(fund_id=fund_id, read_only=True):
        cards = {card.id: card for card in members.all_members(fund_id=fund_id)}
        cards = {i: replace(c, first_name=c.full_name.strip("()"), full_name=c.full_name.strip("()")) if c.is_erased
                 else c for i, c in cards.items()}
        key = {i: (c.member_no, c.national_id, c.full_name.strip() if c.first_name else "", c.moo)
               for i, c in cards.items()}
        told = [(key.get(b.member_id), b.paid_on, BENEFIT_ACCOUNTS[BenefitKind(b.benefit.upper())], b.amount_satang,
                 b.units) for b in PastBenefit.objects.filter(fund_id=fund_id)]
        own = [(key[i], *rest) for i, *rest in _rows(_CLAIMS, fund_id)]
        assert len([b for b in told if b[0] is None]) == len(benefits_of_nobody(fund_id=fund_id))
        nobody = Counter[date]()
        for (who, month), satang in told_before(fund_id=fund_id).payments.items():
            nobody[month] += 0 if isinstance(who, int) else satang
        return State(
            members=Counter((key[c.id], c.name_title, c.first_name, c.last_name, c.no_id_reason, c.sex, c.stated_sex,
                             c.born_on, c.birth_precision, c.kind, c.house_no, digits_of(c.phone), c.beneficiary_name,
                             c.beneficiary_relation) for c in cards.values()),
            spells=Counter((key[i], *rest) for i, *rest in _rows(_SPELLS, fund_id)),
            statuses=Counter((key[i], day, stands.status) for day in days for i, stands in members.statuses(
                fund_id=fund_id, member_ids=list(cards), on=day).items()),
            counts=[(members.headcount(fund_id=fund_id, on=day), members.flows(
                fund_id=fund_id, from_on=from_on, on=day)) for day in days],
            paid={(key[i], month): satang for i, month, satang in _rows(_PAID, fund_id)},
            paid_by_nobody=+nobody, benefits=Counter(told + own),
            income_and_expenditure={month: pair for month, pair in months_at_a_glance(
                fund_id=fund_id, from_on=from_on, until_on=until_on).items() if any(pair)})


def taken_from(actor: Actor, *, form: Form, taken_at: datetime) -> bytes:
    """The file that somebody takes away."""
    file = io.BytesIO()
    take_out(actor=actor, form=form, into=file, taken_at=taken_at)
    return file.getvalue()


def brought_in(actor: Actor, *, file: bytes, form: Form, taken_at: datetime) -> Actor:
    """An empty fund of the same place and age, into which the file was imported."""
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        old, centres = funds.fund_by_id(fund_id=actor.fund_id), funds.centres(fund_id=actor.fund_id)
    day, code = day_in_thailand(taken_at), f"again-{uuid4().hex[:10]}"
    start_fund(logins=[], recorded_at=taken_at, new=NewFund(
        code=code, name=old.name, tambon_code=old.tambon_code, founded_on=old.founded_on, holders=(),
        starts_on=add_months(month_of(day), 1), dues_satang=Satang(3000), dues_every_months=1, plan_id=uuid4(),
        centres=tuple(NewCentre(id=uuid4(), moo=c.moo, name=c.name) for c in centres)))
    new, batch_id = operator(code=code), uuid4()
    preview_import(actor=new, batch_id=batch_id, files=[(f"ทั้งกองทุน.{form}", file)], books_end_on=day,
                   previewed_at=taken_at)
    commit_import(actor=new, batch_id=batch_id, committed_at=taken_at)
    return new
