"""Who an entry of the register was is forgotten; that somebody was a member, and when, stays."""
from collections.abc import Collection
from datetime import date

from ombun.members.models import Application, Beneficiary, Consent, Correction, Guardian, Member, MembershipEvent
from ombun.members.rules.membership import BirthPrecision
from ombun.primitives.actors import Actor
from ombun.primitives.transactions import inside_use_case


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
