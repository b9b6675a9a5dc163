"""Entries of the register rewritten or hidden, many at once; corrections and imports stand on it."""
from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from ombun.members.models import Member, Membership
from ombun.members.operations.beneficiaries import rename_first
from ombun.members.operations.events import days_of, rewrite_events
from ombun.members.operations.spells import latest_spells
from ombun.primitives.actors import Actor
from ombun.primitives.transactions import inside_use_case

OF_MEMBER = ("member_no", "name_title", "first_name", "last_name", "national_id", "no_id_reason", "stated_sex",
             "born_on", "birth_precision", "kind", "house_no", "phone", "centre_id")
OF_SPELL = ("joined_on", "left_on", "left_reason")
OF_BENEFICIARY = ("beneficiary_name", "beneficiary_relation")
_EMPTY = {"house_no": "", "phone": "", "name_title": "", "first_name": "", "last_name": ""}


@inside_use_case
def apply_changes(
    *, actor: Actor, changes: Mapping[int, Mapping[str, object]], recorded_at: datetime
) -> None:
    """Set fields of known members, their latest spell and their first beneficiary: a constant number of statements.

    Who leaves, leaves under every entry that was merged too. `changes` is member id → {field of an entry: value}.
    """
    members = list(Member.objects.filter(fund_id=actor.fund_id, id__in=list(changes)))
    latest = latest_spells(fund_id=actor.fund_id, member_ids=changes)
    spells = [spell for mine in latest.values() for spell in mine]
    before = {spell.id: days_of(spell=spell) for spell in spells}
    for member in members:
        for name, value in changes[member.id].items():
            if name in OF_MEMBER:
                setattr(member, name, value or _EMPTY.get(name))
            elif name in OF_SPELL:
                for spell in latest[member.id][:1 if name == "joined_on" else None]:
                    setattr(spell, name, value)
    Member.objects.bulk_update(members, OF_MEMBER, batch_size=500)
    Membership.objects.bulk_update(spells, OF_SPELL, batch_size=500)
    rewrite_events(actor=actor, recorded_at=recorded_at, changed=[(spell, before[spell.id]) for spell in spells])
    rename_first(actor=actor, deeds={i: mine[0].id for i, mine in latest.items()}, recorded_at=recorded_at, said={
        i: (_text(new, "beneficiary_name"), _text(new, "beneficiary_relation")) for i, new in changes.items()
        if set(OF_BENEFICIARY) & set(new)})


def _text(new: Mapping[str, object], name: str) -> str | None:
    return str(new[name] or "") if name in new else None


@inside_use_case
def withdraw_members(*, actor: Actor, member_ids: Collection[int], batch_id: UUID) -> None:
    """Hide persons that an undone import had brought; their rows stay."""
    Member.objects.filter(fund_id=actor.fund_id, id__in=list(member_ids)).update(withdrawn_by=batch_id)
