"""Who an entry of the register was is forgotten; that somebody was a member, and when, stays."""
from collections.abc import Collection
from datetime import date, datetime, timedelta

from ombun.audit import operations as audit
from ombun.funds import operations as funds
from ombun.members.models import Application, Beneficiary, Consent, Correction, Guardian, Member, MembershipEvent
from ombun.members.rules.membership import BirthPrecision
from ombun.members.states import ApplicationState
from ombun.primitives.actors import Actor
from ombun.primitives.transactions import inside_use_case, use_case

TURNED_DOWN_KEPT = timedelta(days=365)  # long enough to ask why, and to apply again


@inside_use_case
def erase_entries(*, actor: Actor, member_ids: Collection[int], erased_on: date) -> None:
    """Empty whatever the register tells of who these entries were, one statement a table.

    Their numbers, villages and days of membership stay: papers and books point to them.
    """
    of_them = {"fund_id": actor.fund_id, "member_id__in": list(member_ids)}
    Member.objects.filter(fund_id=actor.fund_id, id__in=list(member_ids)).update(
        erased_on=erased_on, name_title="", first_name="", last_name="", national_id=None, no_id_reason=None,
        born_on=None, birth_precision=BirthPrecision.NONE, kind=None, stated_sex=None, house_no="", phone="",
        questioned=[])
    MembershipEvent.objects.filter(**of_them).exclude(reason="").update(reason="")
    Application.objects.filter(**of_them).update(person={})
    Application.objects.filter(**of_them).exclude(turned_down_because="").update(turned_down_because="–")
    Beneficiary.objects.filter(**of_them).delete()
    Guardian.objects.filter(fund_id=actor.fund_id, child_id__in=list(member_ids)).update(name="", relation="", phone="")
    Correction.objects.filter(**of_them).update(changes={})
    Consent.objects.filter(**of_them).update(guardian_name="")


@use_case
def forget_turned_down(*, actor: Actor, forgotten_at: datetime) -> int:
    """Forget who applied and was turned down a year ago and more; the number and the days of the paper stay.

    Done by the program itself every day; again changes nothing. Gives how many.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    old = Application.objects.filter(
        fund_id=actor.fund_id, state=ApplicationState.TURNED_DOWN, recorded_at__lt=forgotten_at - TURNED_DOWN_KEPT
    ).exclude(person={})
    if (count := old.count()) == 0:
        return 0

    # After this point it must succeed.
    old.update(person={}, turned_down_because="–")
    audit.record_event(actor=actor, action="members.applicants_forgotten", subject=f"fund:{actor.fund_id}",
                       facts={"applications": count}, happened_at=forgotten_at)
    return count
