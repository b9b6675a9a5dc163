"""What the application form is told of somebody who is a member already, or who has applied."""
from collections.abc import Sequence
from dataclasses import replace

from ombun.contributions.rules import Plan
from ombun.funds.queries import Centre
from ombun.members.queries import ApplicationCard, EventCard, GuardianCard, MemberCard
from ombun.members.rules.beneficiaries import NewBeneficiary
from ombun.members.rules.membership import BirthPrecision, MemberKind, NewMember
from ombun.papers.applications import ApplicationPaper, BeneficiaryLine, GuardianLine
from ombun.primitives.national_id import masked
from ombun.primitives.sentences import day_in_words, month_in_words
from ombun.web.committee.templatetags.welfare import year_named


def blank(*, plan: Plan | None) -> ApplicationPaper:
    """The form for the pen; what everybody pays stands there already."""
    if plan is None:
        return ApplicationPaper()
    return ApplicationPaper(dues_satang=plan.usual_satang, dues_every_months=plan.every_months or 1)


def of_member(
    *, card: MemberCard, named: Sequence[NewBeneficiary], guardian: GuardianCard | None, centre: Centre | None,
    joined: EventCard | None, form: ApplicationPaper
) -> ApplicationPaper:
    """The form of a member of the register, with the resolution by which they came in where it was written down."""
    filled = replace(_person(card, named, centre, form), member_no=card.member_no, full_name=card.full_name)
    if guardian is not None:
        filled = replace(filled, guardian=GuardianLine(
            name=guardian.name, relation=guardian.relation, phone=guardian.phone))
    if joined is None or joined.met_on is None:
        return filled
    return replace(filled, committee_no=str(joined.committee_no), meeting_no=str(joined.meeting_no),
                   met_on=joined.met_on, clause=joined.clause, accepted_from=joined.happened_on,
                   chair_name=joined.signed_by or "")


def of_application(
    *, application: ApplicationCard, centre: Centre | None, form: ApplicationPaper
) -> ApplicationPaper:
    """The form of somebody who has applied, as far as their application has come."""
    one = application
    filled = replace(_person(one.person, one.person.beneficiaries, centre, form), member_no=one.member_no,
                     full_name=one.full_name, applied_on=one.applied_on)
    if one.met_on is None:
        return filled
    return replace(filled, committee_no=str(one.committee_no), meeting_no=str(one.meeting_no), met_on=one.met_on,
                   clause=one.clause, accepted_from=one.joined_on, chair_name=one.signed_by or "")


def _person(
    person: MemberCard | NewMember, named: Sequence[NewBeneficiary], centre: Centre | None, form: ApplicationPaper
) -> ApplicationPaper:
    """Who applies. The middle of the ID number is not printed: whoever needs it reads it from the card."""
    return replace(
        form, national_id=masked(person.national_id) if person.national_id else "", born_on=born(person=person),
        house_no=person.house_no, phone=person.phone, kind=_kind(person.kind),
        moo=str(centre.moo) if centre else "", village_name=centre.name if centre else "",
        beneficiaries=[BeneficiaryLine(name=one.name, relation=one.relation, address=one.phone) for one in named])


def _kind(kind: MemberKind | None) -> str:
    """What is ticked of the kinds. A disability is not: the form asks for it by the words of consent."""
    return kind.lower() if kind and kind != MemberKind.DISABLED else ""


def born(*, person: MemberCard | NewMember) -> str:
    """As much of the birth as is known."""
    if person.born_on is None:
        return ""
    if person.birth_precision == BirthPrecision.DAY:
        return day_in_words(person.born_on)
    if person.birth_precision == BirthPrecision.MONTH:
        return month_in_words(person.born_on)
    return year_named(person.born_on.year)
