"""Who may apply, who certifies, and what the committee may resolve about an application. Pure."""
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ombun.funds.rules import Holding, Office, holds
from ombun.members.rules.life import Stands
from ombun.members.rules.membership import NewMember, NoIdReason, is_newborn, refusals_to_enrol
from ombun.members.states import APPLICATION_NEXT, LEADS_TO, ApplicationState, Happening
from ombun.primitives.refusals import Refusal

CERTIFYING = frozenset({Office.CENTRE_MEMBER, Office.COLLECTOR})
_LATER = {"members.missing_member_no", "members.member_no_taken", "members.missing_join_date"}


@dataclass(frozen=True, kw_only=True)
class Paper:
    """An application as the rules want it."""

    application_no: int
    name: str
    state: ApplicationState
    centre_id: UUID
    applied_on: date
    certified_on: date | None
    member_id: int | None


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What the committee resolved about one application: a member number, or why not."""

    application_id: UUID
    member_no: str = ""
    because: str = ""

    @property
    def is_admitted(self) -> bool:
        """Whether it is a yes."""
        return not self.because


def refusals_to_apply(
    *, new: NewMember, applied_on: date, founded_on: date, centre_ids: Collection[UUID], open_ids: Collection[str],
    before: Stands | None, today: date
) -> list[Refusal]:
    """Every reason not to take up an application as written.

    `before` is where somebody stands who was in the register already; `open_ids` are the national IDs of applications
    that wait. Without a national ID a reason is asked for; its first digit is never one. Source: domain §1.2, §10.3.
    """
    found = [r for r in refusals_to_enrol(new=new, founded_on=founded_on, centre_ids=centre_ids, taken_numbers=(),
                                          taken_ids=open_ids, today=today) if r.code not in _LATER]
    waits = Refusal(code="members.applied_already", about="national_id")
    found = [waits if r.code == "members.national_id_taken" else r for r in found]
    if not new.national_id and new.no_id_reason is None:
        found.append(Refusal(code="members.no_id_and_no_reason", about="national_id"))
    if new.no_id_reason is NoIdReason.NEWBORN and not is_newborn(
            born_on=new.born_on, precision=new.birth_precision, joined_on=applied_on):
        found.append(Refusal(code="members.not_newborn", about="no_id_reason"))
    if applied_on > today:
        found.append(Refusal(code="members.applied_on_a_day_to_come", about="applied_on", facts={"day": applied_on}))
    if applied_on < founded_on:
        found.append(Refusal(code="members.applied_before_founding", about="applied_on", facts={
            "day": applied_on, "founded_on": founded_on}))
    if new.born_on is not None and new.born_on > applied_on:
        found.append(Refusal(code="members.born_after_applying", about="born_on", facts={"day": new.born_on}))
    if before is not None and Happening.JOINED not in LEADS_TO[before.status]:
        found.append(Refusal(
            code="members.died_and_cannot_join" if before.status == "DECEASED" else "members.is_a_member_already",
            about="national_id", facts={"member": before.name}))
    return found


def refusals_to_certify(
    *, paper: Paper, certifiers: Collection[UUID], certified_on: date, holdings: Collection[Holding],
    names: Mapping[UUID, str], today: date
) -> list[Refusal]:
    """Every reason not to take these people's word: somebody of the applicant's own village centre, in office that day.

    At least one; nobody for themselves. Source: the application form in use, certified by a village committee member
    (domain §1.2).
    """
    found = _refusals_of_the_move(paper, ApplicationState.CERTIFIED)
    if not certifiers:
        found.append(Refusal(code="members.nobody_certified", about="certifiers"))
    if certified_on < paper.applied_on:
        found.append(Refusal(code="members.certified_before_applying", about="certified_on", facts={
            "day": certified_on, "applied_on": paper.applied_on}))
    if certified_on > today:
        found.append(Refusal(code="members.certified_on_a_day_to_come", about="certified_on", facts={
            "day": certified_on}))
    themselves = {h.person_id for h in holdings if paper.member_id is not None and h.member_id == paper.member_id}
    for person in sorted(set(certifiers)):
        facts = {"person": names.get(person, "–"), "day": certified_on}
        if not holds(holdings=holdings, person_id=person, offices=CERTIFYING, on=certified_on,
                     centre_id=paper.centre_id):
            found.append(Refusal(code="members.not_of_the_centre", about="certifiers", facts=facts))
        if person in themselves:
            found.append(Refusal(code="members.certified_themselves", about="certifiers", facts=facts))
    return found


def refusals_to_admit(
    *, decision: Decision, paper: Paper, met_on: date, joined_on: date, taken_numbers: Collection[str],
    is_known_by_now: bool, stands: Stands | None, today: date
) -> list[Refusal]:
    """Every reason why the committee cannot have resolved so about this application.

    `stands` is where somebody stands who was a member before: the new spell begins after the old one ended;
    `is_known_by_now` says that somebody new was written into the register meanwhile.
    """
    name, about = paper.name, str(decision.application_id)
    found = _refusals_of_the_move(
        paper, ApplicationState.ADMITTED if decision.is_admitted else ApplicationState.TURNED_DOWN)
    if met_on < max(paper.applied_on, paper.certified_on or paper.applied_on):
        found.append(Refusal(code="members.met_before_the_paper", about=about, facts={"member": name, "day": met_on}))
    if not decision.is_admitted:
        return found
    if paper.member_id is None and not decision.member_no.strip():
        found.append(Refusal(code="members.number_missing", about=about, facts={"member": name}))
    elif paper.member_id is None and decision.member_no in taken_numbers:
        found.append(Refusal(code="members.member_no_taken", about=about, facts={"member_no": decision.member_no}))
    if paper.member_id is None and is_known_by_now:
        found.append(Refusal(code="members.national_id_taken", about=about))
    if joined_on < paper.applied_on:
        found.append(Refusal(code="members.joined_before_applying", about=about, facts={
            "member": name, "day": joined_on}))
    if joined_on > today:
        found.append(Refusal(code="members.future_date", about="joined_on", facts={"day": joined_on}))
    if stands is not None and (Happening.JOINED not in LEADS_TO[stands.status] or stands.last_on is None
                               or joined_on < stands.last_on):
        found.append(Refusal(code="members.old_spell_not_ended", about=about, facts={"member": name}))
    return found


def _refusals_of_the_move(paper: Paper, to: ApplicationState) -> list[Refusal]:
    if to in APPLICATION_NEXT[paper.state]:
        return []
    facts = {"member": paper.name, "number": paper.application_no}
    return [Refusal(code="members.not_certified_yet" if paper.state == ApplicationState.APPLIED
                    else "members.certified_already" if paper.state == ApplicationState.CERTIFIED
                    else "members.application_decided", about=str(paper.application_no), facts=facts)]
