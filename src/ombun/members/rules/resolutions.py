"""What the committee resolves about members: at which meeting, under whose name. Pure."""
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ombun.funds.rules import Holding, Office, holds
from ombun.primitives.refusals import Refusal

SIGNING = frozenset({Office.CHAIR, Office.VICE_CHAIR})
NUMBER_MAX = 999


@dataclass(frozen=True, kw_only=True)
class NewResolution:
    """A meeting of the committee as the paper form names it: committee no., meeting no., day, and who signed."""

    committee_no: int
    meeting_no: int
    met_on: date
    signed_by: UUID


def refusals_to_resolve(
    *, new: NewResolution, known: NewResolution | None, holdings: Collection[Holding], names: dict[UUID, str],
    today: date
) -> list[Refusal]:
    """Every reason not to write down a meeting so: a day to come, no chair, another day or name than written before.

    Source: the application form in use, resolution of the executive committee, signed by the chair (domain §1.2).
    """
    about = f"{new.committee_no}/{new.meeting_no}"
    found = []
    if not (1 <= new.committee_no <= NUMBER_MAX and 1 <= new.meeting_no <= NUMBER_MAX):
        found.append(Refusal(code="members.meeting_number_out_of_range", about=about, facts={"most": NUMBER_MAX}))
    if new.met_on > today:
        found.append(Refusal(code="members.meeting_to_come", about="met_on", facts={"day": new.met_on}))
    if not holds(holdings=holdings, person_id=new.signed_by, offices=SIGNING, on=new.met_on):
        found.append(Refusal(code="members.meeting_not_signed_by_chair", about="signed_by", facts={
            "person": names.get(new.signed_by, "–"), "day": new.met_on}))
    if known is not None and known != new:
        found.append(Refusal(code="members.meeting_known_otherwise", about="meeting_no", facts={
            "meeting": about, "day": known.met_on, "person": names.get(known.signed_by, "–")}))
    return found
