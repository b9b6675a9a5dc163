"""Who lives together in the demo, who acts for the children, and which beneficiaries know that they were named."""
from collections.abc import Mapping, Sequence

from ombun.jobs.demo.neighbours import Neighbour
from ombun.jobs.demo.seed import Calendar, fixed_id, moment
from ombun.jobs.demo.tambon import VILLAGES
from ombun.members import operations as members
from ombun.members import queries as register
from ombun.members.rules.beneficiaries import ToldHow
from ombun.members.rules.consents import ConsentHow, NewConsent, Purpose
from ombun.members.rules.guardians import OF_AGE_YEARS, NewGuardian
from ombun.members.rules.membership import MemberKind
from ombun.primitives.actors import Actor
from ombun.primitives.transactions import fund_transaction

_NOT_TOLD_ONE_OF, _NOBODY_ACTS_FOR_ONE_OF, _PARENT_YEARS = 25, 12, 18
_STILL_TO_GATHER = 12  # the village whose households wait to be gathered


def settle(actor: Actor, people: Sequence[Neighbour], member_ids: Mapping[str, int], calendar: Calendar) -> None:
    """Households in all villages but one, guardians for nearly all children, most beneficiaries told, and the consent
    of whoever is disabled. Doing it again changes nothing."""
    here = [one for one in people if one.is_member(calendar.today)]
    at = moment(calendar.today)
    for moo in (village.moo for village in VILLAGES if village.moo != _STILL_TO_GATHER):
        members.gather_households(
            actor=actor, deed_id=fixed_id("households", moo), centre_id=fixed_id("centre", moo), recorded_at=at,
            house_nos=sorted({one.house_no for one in here if one.moo == moo}))
    for number, child in enumerate(one for one in here if one.age(calendar.today) < OF_AGE_YEARS):
        parent = _parent(child, here, calendar)
        if parent is not None and number % _NOBODY_ACTS_FOR_ONE_OF:
            members.appoint_guardian(
                actor=actor, guardianship_id=fixed_id("guardian", child.member_no), recorded_at=at,
                child_id=member_ids[child.member_no], new=NewGuardian(
                    guardian_id=member_ids[parent.member_no], relation="มารดา" if parent.is_woman else "บิดา",
                    from_on=child.joined_on))
    for one in (one for one in here if one.kind is MemberKind.DISABLED):
        parent = _parent(one, here, calendar) if one.age(calendar.today) < OF_AGE_YEARS else None
        members.record_consent(
            actor=actor, consent_id=fixed_id("consent", one.member_no), member_id=member_ids[one.member_no],
            recorded_at=at, new=NewConsent(
                purpose=Purpose.DISABILITY, given_on=one.joined_on, guardian_name=parent.full_name if parent else "",
                how=ConsentHow.BY_GUARDIAN if parent else ConsentHow.SIGNED))
    _tell(actor, calendar)


def _parent(child: Neighbour, here: Sequence[Neighbour], calendar: Calendar) -> Neighbour | None:
    """A grown-up of the same house, old enough to be one when the child joined."""
    return next((one for one in here if (one.moo, one.house_no) == (child.moo, child.house_no)
                 and one.age(calendar.today) >= child.age(calendar.today) + _PARENT_YEARS
                 and one.age(child.joined_on) > OF_AGE_YEARS), None)


def _tell(actor: Actor, calendar: Calendar) -> None:
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        untold = register.untold_beneficiaries(fund_id=actor.fund_id)
    if told := [one.id for one in untold if one.id.int % _NOT_TOLD_ONE_OF]:
        members.tell_beneficiaries(actor=actor, beneficiary_ids=told, told_on=calendar.starts_on,
                                   told_how=ToldHow.IN_PERSON, recorded_at=moment(calendar.today))
