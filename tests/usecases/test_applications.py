"""Applying for membership: as the paper form goes, from the village centre to the committee, and into the register."""
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ombun.funds.operations import link_person_to_member
from ombun.members.operations import (
    certify_application,
    decide_about_members,
    end_membership,
    file_application,
    forget_turned_down,
    resolve_applications,
)
from ombun.members.queries import (
    all_members,
    application,
    applications,
    beneficiaries_of,
    counts,
    life,
    member_card,
    statuses,
)
from ombun.members.rules.applications import Decision
from ombun.members.rules.beneficiaries import NewBeneficiary
from ombun.members.rules.membership import LeftReason, MemberKind, NoIdReason
from ombun.members.rules.resolutions import NewResolution
from ombun.members.states import APPLICATION_NEXT, ApplicationState, Happening
from tests.people import FOUNDED, NOW, START, TODAY, Cast
from tests.refusing import nothing_written, refused

IDS = {first: f"{first}00000000001"[:12] for first in "0678"}
CERTIFIED, MET = date(2025, 10, 5), date(2025, 11, 10)


def with_check_digit(twelve):
    from stdnum.th import pin

    return twelve + pin.calc_check_digit(twelve)


def form(fund, n=50, **more):
    return fund.new_member(n, **{"member_no": "", "joined_on": None, "no_id_reason": NoIdReason.NOT_SEEN, **more})


def apply(fund, n=50, paper=None, applied_on=START, member_id=None, **more):
    paper = paper or uuid4()
    file_application(actor=fund.somsri, application_id=paper, new=form(fund, n, **more), applied_on=applied_on,
                     member_id=member_id, recorded_at=NOW)
    return paper


def certify(fund, paper, *people, on=CERTIFIED):
    certify_application(actor=fund.somsri, application_id=paper, certifiers=people or [fund.boonma], certified_on=on,
                        recorded_at=NOW)
    return paper


def meeting(fund, **more):
    return NewResolution(**{"committee_no": 3, "meeting_no": 11, "met_on": MET,
                            "signed_by": fund.persons["boonmee"], **more})


def resolve(fund, *decisions, joined_on=MET, **more):
    return resolve_applications(actor=fund.somsri, decisions=decisions, joined_on=joined_on, clause="ข้อ 6",
                                resolution=meeting(fund, **more), recorded_at=NOW)


def yes(paper, number="0500"):
    return Decision(application_id=paper, member_no=number)


def no(paper, because="อยู่นอกตำบล"):
    return Decision(application_id=paper, because=because)


def card(fund, paper):
    with fund.reading():
        return application(fund_id=fund.id, application_id=paper)


def everybody(fund, on=TODAY):
    with fund.reading():
        return counts(fund_id=fund.id, on=on).members_current


def test_an_applicant_is_not_a_member_until_the_committee_says_so(fund):
    paper = apply(fund, kind=MemberKind.YOUTH, house_no="9", beneficiaries=(
        NewBeneficiary(name="นางทอง", relation="แม่", share_percent=60), NewBeneficiary(name="นายคำ", share_percent=40)))
    assert (card(fund, paper).state, card(fund, paper).application_no, everybody(fund)) == ("APPLIED", 1, 6)
    certify(fund, paper)
    assert (card(fund, paper).state, card(fund, paper).certifiers, everybody(fund)) == (
        "CERTIFIED", ("นายบุญมา หมู่4",), 6)
    assert resolve(fund, yes(paper)).admitted == 1
    admitted = card(fund, paper)
    with fund.reading():
        member = member_card(fund_id=fund.id, member_id=admitted.member_id)
        joined, = life(fund_id=fund.id, member_id=admitted.member_id)
        named = beneficiaries_of(fund_id=fund.id, member_ids=[member.id])
    assert (admitted.state, admitted.member_no, admitted.joined_on) == ("ADMITTED", "0500", MET)
    assert (member.full_name, member.kind, member.house_no, member.beneficiary_name) == (
        "นางมาลี50 ศรีสุข", "YOUTH", "9", "นางทอง")
    assert [(one.name, one.share_percent, one.named_on) for one in named[member.id]] == [
        ("นางทอง", 60, START), ("นายคำ", 40, START)]
    assert (joined.kind, joined.happened_on, joined.committee_no, joined.meeting_no, joined.clause) == (
        "JOINED", MET, 3, 11, "ข้อ 6")
    assert everybody(fund) == 7 and everybody(fund, MET - timedelta(days=1)) == 6


def test_many_at_one_meeting_some_admitted_and_some_turned_down(fund):
    papers = [certify(fund, apply(fund, 50 + n)) for n in range(3)]
    waiting = apply(fund, 60)
    done = resolve(fund, yes(papers[0], "0501"), yes(papers[1], "0502"), no(papers[2]), no(waiting, "ย้ายกลับบ้านแล้ว"))
    assert (done.admitted, done.turned_down) == (2, 2)
    assert (card(fund, papers[2]).state, card(fund, papers[2]).turned_down_because) == ("TURNED_DOWN", "อยู่นอกตำบล")
    with nothing_written(fund.id):
        assert resolve(fund, yes(papers[0], "0501"), no(papers[2])).was_already_recorded
    with fund.reading():
        assert applications(fund_id=fund.id, states=[ApplicationState.APPLIED, ApplicationState.CERTIFIED]) == ()


def test_whoever_comes_again_begins_a_new_spell_under_the_old_number(fund):
    national_id = with_check_digit("900000000055")
    first = certify(fund, apply(fund, national_id=national_id, no_id_reason=None))
    resolve(fund, yes(first))
    member_id = card(fund, first).member_id
    with refused(fund, "members.is_a_member_already"):
        apply(fund, national_id=national_id, no_id_reason=None)
    end_membership(actor=fund.somsri, member_id=member_id, left_on=date(2025, 11, 15), reason=LeftReason.RESIGNED,
                   recorded_at=NOW)
    again = apply(fund, national_id=national_id, no_id_reason=None, applied_on=date(2025, 11, 16), house_no="77")
    assert card(fund, again).member_id == member_id
    certify(fund, again, on=date(2025, 11, 17))
    with refused(fund, "members.joined_before_applying", "members.old_spell_not_ended"):
        resolve(fund, yes(again, ""), joined_on=MET, meeting_no=12, met_on=TODAY)
    resolve(fund, yes(again, ""), joined_on=TODAY, meeting_no=12, met_on=TODAY)
    with fund.reading():
        member = member_card(fund_id=fund.id, member_id=member_id)
        days = [date(2025, 11, 14), date(2025, 11, 15), TODAY]
        stood = [statuses(fund_id=fund.id, member_ids=[member_id], on=day)[member_id].status for day in days]
    assert stood == ["ACTIVE", "RESIGNED", "ACTIVE"]
    assert (member.member_no, member.joined_on, member.left_on, member.house_no) == ("0500", TODAY, None, "77")
    with fund.reading():
        assert len([one for one in all_members(fund_id=fund.id) if one.national_id == national_id]) == 1


def test_somebody_known_by_sight_comes_again_and_the_dead_do_not(fund):
    gone = {"actor": fund.somsri, "left_on": START, "recorded_at": NOW}
    end_membership(member_id=fund.malee, reason=LeftReason.MOVED, **gone)
    end_membership(member_id=fund.members[1], reason=LeftReason.DECEASED, **gone)
    assert card(fund, apply(fund, member_id=fund.malee)).member_id == fund.malee
    with refused(fund, "members.died_and_cannot_join"):
        apply(fund, member_id=fund.members[1])
    with refused(fund, "members.unknown_member"):
        apply(fund, member_id=-1)


@pytest.mark.parametrize("first", "0678")
def test_the_first_digit_of_a_national_id_is_no_reason(fund, first):
    assert card(fund, apply(fund, national_id=with_check_digit(IDS[first]), no_id_reason=None)).state == "APPLIED"


@pytest.mark.parametrize(("more", "codes"), [
    ({"no_id_reason": None}, ["no_id_and_no_reason"]), ({"first_name": " "}, ["missing_name"]),
    ({"national_id": "9000000000001", "no_id_reason": None}, ["bad_check_digit"]),
    ({"applied_on": TODAY + timedelta(days=1)}, ["applied_on_a_day_to_come"]),
    ({"applied_on": FOUNDED - timedelta(days=1)}, ["applied_before_founding"]),
    ({"no_id_reason": NoIdReason.NEWBORN, "born_on": date(START.year - 1, START.month, START.day)}, ["not_newborn"]),
    ({"born_on": START + timedelta(days=1)}, ["born_after_applying"]), ({"centre_id": None}, ["unknown_village"]),
    ({"house_no": "ก" * 201}, ["text_too_long"])])
def test_every_mistake_on_the_form_is_told(fund, more, codes):
    with refused(fund, *(f"members.{code}" for code in codes)):
        apply(fund, **more)


def test_sent_twice_it_is_one_application_and_one_person_applies_once(fund):
    national_id = with_check_digit("900000000056")
    paper = apply(fund, national_id=national_id, no_id_reason=None)
    with nothing_written(fund.id):
        apply(fund, paper=paper, national_id=national_id, no_id_reason=None)
    with refused(fund, "members.same_id_other_application"):
        apply(fund, paper=paper, national_id=national_id, no_id_reason=None, house_no="1")
    with refused(fund, "members.applied_already"):
        apply(fund, national_id=national_id, no_id_reason=None)


def test_only_the_centre_of_the_village_certifies_and_nobody_themselves(fund, other_fund):
    paper = apply(fund)
    with refused(fund, "members.nobody_certified"):
        certify_application(actor=fund.somsri, application_id=paper, certifiers=[], certified_on=CERTIFIED,
                            recorded_at=NOW)
    with refused(fund, "members.not_of_the_centre"):
        certify(fund, paper, fund.persons["boonma5"])
    with refused(fund, "members.not_of_the_centre", "members.certified_before_applying"):
        certify(fund, paper, on=START - timedelta(days=1))
    with refused(fund, "members.certified_on_a_day_to_come"):
        certify(fund, paper, on=TODAY + timedelta(days=1))
    certify(fund, paper, fund.persons["dao4"], fund.boonma)
    with nothing_written(fund.id):
        certify(fund, paper, fund.boonma, fund.persons["dao4"])
    with refused(fund, "members.certified_already"):
        certify(fund, paper)
    with refused(other_fund, "members.unknown_application"):
        certify(other_fund, paper)
    link_person_to_member(actor=fund.somsri, person_id=fund.boonma, member_id=fund.malee, recorded_at=NOW)
    end_membership(actor=fund.somsri, member_id=fund.malee, left_on=START, reason=LeftReason.MOVED, recorded_at=NOW)
    own = apply(fund, member_id=fund.malee)
    with refused(fund, "members.certified_themselves"):
        certify(fund, own)


def test_what_the_committee_cannot_have_resolved(fund):
    paper, raw = certify(fund, apply(fund, 50)), apply(fund, 51)
    with refused(fund, "members.not_certified_yet"):
        resolve(fund, yes(raw))
    with refused(fund, "members.number_missing"):
        resolve(fund, yes(paper, " "))
    with refused(fund, "members.member_no_taken"):
        resolve(fund, yes(paper, "0001"))
    second = certify(fund, apply(fund, 52))
    with refused(fund, "members.member_no_taken", "members.member_no_taken"):
        resolve(fund, yes(paper), yes(second))
    with refused(fund, "members.future_date"):
        resolve(fund, yes(paper), joined_on=TODAY + timedelta(days=1))
    with refused(fund, "members.met_before_the_paper"):
        resolve(fund, yes(paper), met_on=CERTIFIED - timedelta(days=1))
    with refused(fund, "members.text_too_long"):
        resolve(fund, no(paper, "ก" * 201))
    with refused(fund, "members.nobody_chosen"):
        resolve(fund)
    with refused(fund, "members.unknown_application"):
        resolve(fund, yes(uuid4()))
    resolve(fund, yes(paper))
    with refused(fund, "members.application_decided"):
        resolve(fund, no(paper))


def test_who_was_enrolled_at_the_desk_meanwhile_is_not_admitted_twice(fund):
    from ombun.members.operations import enrol_member

    national_id = with_check_digit("900000000057")
    paper = certify(fund, apply(fund, national_id=national_id, no_id_reason=None))
    enrol_member(actor=fund.somsri, membership_id=uuid4(), enrolled_on=TODAY, recorded_at=NOW,
                 new=fund.new_member(80, national_id=national_id))
    with refused(fund, "members.national_id_taken"):
        resolve(fund, yes(paper))


def test_a_meeting_that_decides_about_members_too_is_one_meeting(fund):
    paper = certify(fund, apply(fund))
    resolve(fund, yes(paper))
    decide_about_members(actor=fund.somsri, deed_id=uuid4(), kind=Happening.SUSPENDED, member_ids=[fund.malee],
                         happened_on=MET, resolution=meeting(fund), recorded_at=NOW)
    with refused(fund, "members.meeting_known_otherwise"):
        decide_about_members(actor=fund.somsri, deed_id=uuid4(), kind=Happening.SUSPENDED, happened_on=MET,
                             member_ids=[fund.members[1]], recorded_at=NOW,
                             resolution=meeting(fund, met_on=MET + timedelta(days=1)))


def test_three_admissions_cost_as_many_statements_as_thirty():
    asked = []
    for many in (3, 30):
        fund = Cast(members=1)
        papers = [certify(fund, apply(fund, 50 + n)) for n in range(many)]
        with CaptureQueriesContext(connection) as captured:
            resolve(fund, *(yes(paper, f"{n + 50:04}") for n, paper in enumerate(papers)))
        asked.append(len(captured))
    assert asked[0] == asked[1] < 35


def test_the_table_of_moves_has_an_end():
    assert set(APPLICATION_NEXT) == set(ApplicationState)
    assert {state for state, following in APPLICATION_NEXT.items() if not following} == {"ADMITTED", "TURNED_DOWN"}


def test_who_was_turned_down_is_forgotten_after_a_year_and_nobody_else(fund):
    turned_down, admitted, waits = (certify(fund, apply(fund, n)) for n in (50, 51, 52))
    resolve(fund, no(turned_down), yes(admitted))
    with nothing_written(fund.id):
        assert forget_turned_down(actor=fund.somsri, forgotten_at=NOW + timedelta(days=365)) == 0
    assert forget_turned_down(actor=fund.somsri, forgotten_at=NOW + timedelta(days=366)) == 1
    with fund.reading():
        gone, *others = (application(fund_id=fund.id, application_id=paper) for paper in (turned_down, admitted, waits))
    assert (gone.full_name, gone.turned_down_because, gone.state) == ("(1)", "–", ApplicationState.TURNED_DOWN)
    assert all("มาลี" in other.full_name for other in others)
    with nothing_written(fund.id):
        assert forget_turned_down(actor=fund.somsri, forgotten_at=NOW + timedelta(days=367)) == 0
