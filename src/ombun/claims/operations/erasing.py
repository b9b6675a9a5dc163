"""What claims tell of a person is forgotten; what was granted and paid, and under whose names, stays."""
from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from ombun.claims.models import Claim, FirstHelp, Look, PastBenefit, Recovery
from ombun.claims.states import OPEN
from ombun.primitives.actors import Actor
from ombun.primitives.transactions import inside_use_case
from ombun.regulations import queries as rule_book


@inside_use_case
def erase_claims(*, actor: Actor, member_ids: Collection[int]) -> None:
    """Empty the words of every decided claim of these entries of the register, and of what old books tell of them."""
    mine = Claim.objects.filter(fund_id=actor.fund_id, member_id__in=list(member_ids)).exclude(state__in=list(OPEN))
    mine.update(details={}, payee_name="", assessment={})
    mine.exclude(rejected_because="").update(rejected_because="–")
    Look.objects.filter(fund_id=actor.fund_id).filter(
        Q(claim_id__in=mine.values("id")) | Q(other_id__in=mine.values("id"))).update(because="")
    FirstHelp.objects.filter(fund_id=actor.fund_id, claim_id__in=mine.values("id")).update(payee_name="")
    Recovery.objects.filter(fund_id=actor.fund_id, claim_id__in=mine.values("id")).update(payer_name="", because="")
    PastBenefit.objects.filter(fund_id=actor.fund_id, member_id__in=list(member_ids)).update(receiver="", words="")


@inside_use_case
def empty_health_details(*, actor: Actor, member_ids: Collection[int]) -> None:
    """Forget where somebody lay ill and what was noted of it; the nights that were paid for stay with the payment."""
    of_them = {"fund_id": actor.fund_id, "member_id__in": list(member_ids)}
    clauses = [clause for book in rule_book.rule_books(fund_id=actor.fund_id) for clause in book.clauses
               if clause.rule.is_about_health]
    Claim.objects.filter(**of_them, clause_id__in=[clause.id for clause in clauses]).update(details={})
    PastBenefit.objects.filter(**of_them, benefit__in=[clause.benefit for clause in clauses]).update(words="")


@inside_use_case
def forget_receivers(*, actor: Actor, batch_ids: Collection[UUID]) -> None:
    """Forget the names that these old lists gave to benefits which nobody could place in the register."""
    PastBenefit.objects.filter(
        fund_id=actor.fund_id, batch_id__in=list(batch_ids), member_id__isnull=True).update(receiver="")
