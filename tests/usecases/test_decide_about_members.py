"""What the committee decides about members: many at one meeting, all or nobody, and the status on any past day."""
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ombun.members.operations import decide_about_members, end_membership, take_back_leaving
from ombun.members.queries import counts, life, statuses
from ombun.members.rules.life import status_on
from ombun.members.rules.membership import LeftReason
from ombun.members.rules.resolutions import NewResolution
from ombun.members.states import Happening
from tests.people import NOW, START, TODAY, Cast
from tests.refusing import nothing_written, refused

MET = date(2025, 10, 20)


def meeting(fund, **more):
    return NewResolution(**{"committee_no": 3, "meeting_no": 10, "met_on": MET,
                            "signed_by": fund.persons["boonmee"], **more})


def decide(fund, *members, kind=Happening.SUSPENDED, deed=None, on=MET, resolution=None, **more):
    return decide_about_members(
        actor=fund.somsri, deed_id=deed or uuid4(), kind=kind, member_ids=members or fund.members[:3], happened_on=on,
        resolution=resolution or meeting(fund), clause="ข้อ 12", because="ขาดส่งสามงวด", recorded_at=NOW, **more)


def on(fund, day):
    """Everybody's status on a day, asked of the database, and folded from the history: the same."""
    with fund.reading():
        asked = {i: stands.status for i, stands in
                 statuses(fund_id=fund.id, member_ids=fund.members, on=day).items()}
        folded = {i: status_on(events=life(fund_id=fund.id, member_id=i), day=day) for i in fund.members}
    assert asked == folded
    return [asked[i].value for i in fund.members]


def test_suspended_for_arrears_is_still_a_member_until_the_committee_says_more(fund):
    assert decide(fund).members == 3
    decide(fund, fund.members[0], kind=Happening.REINSTATED, on=date(2025, 11, 1), resolution=meeting(
        fund, meeting_no=11, met_on=date(2025, 11, 1)))
    decide(fund, fund.members[1], kind=Happening.LAPSED, on=date(2025, 11, 2))
    decide(fund, fund.members[3], kind=Happening.EXPELLED, on=date(2025, 11, 2))
    assert on(fund, date(2015, 4, 30)) == ["NOT_YET"] * 6
    assert on(fund, MET - timedelta(days=1)) == ["ACTIVE"] * 6
    assert on(fund, MET) == ["SUSPENDED"] * 3 + ["ACTIVE"] * 3
    assert on(fund, TODAY) == ["ACTIVE", "LAPSED", "SUSPENDED", "EXPELLED", "ACTIVE", "ACTIVE"]
    with fund.reading():
        counted = [counts(fund_id=fund.id, on=day).members_current for day in (MET, TODAY)]
        told = life(fund_id=fund.id, member_id=fund.members[0])
    assert counted == [6, 4]
    assert [(e.kind, e.happened_on, e.meeting_no, e.signed_by) for e in told] == [
        ("JOINED", date(2015, 5, 1), None, None), ("SUSPENDED", MET, 10, "นายบุญมี มั่นคง"),
        ("REINSTATED", date(2025, 11, 1), 11, "นายบุญมี มั่นคง")]
    assert (told[1].reason, told[1].clause) == ("ขาดส่งสามงวด", "ข้อ 12")


def test_sent_twice_it_is_decided_once_and_with_other_content_refused(fund):
    deed = uuid4()
    decide(fund, deed=deed)
    with nothing_written(fund.id):
        assert decide(fund, deed=deed).was_already_recorded
    with refused(fund, "members.same_id_other_decision"):
        decide(fund, fund.members[0], deed=deed)


def test_all_or_nobody_and_every_reason_by_name(fund, other_fund):
    decide(fund, fund.members[0])
    end_membership(actor=fund.somsri, member_id=fund.members[1], left_on=TODAY, reason=LeftReason.MOVED,
                   recorded_at=NOW)
    with refused(fund, "members.already_suspended", "members.not_a_member_now", "members.before_the_last_event",
                 "members.unknown_member"):
        decide(fund, *fund.members[:3], other_fund.malee)
    with refused(fund, "members.not_suspended"):
        decide(fund, fund.members[2], kind=Happening.REINSTATED)
    with refused(fund, "members.not_for_the_committee"):
        decide(fund, kind=Happening.DECEASED)
    with refused(fund, "members.nobody_chosen"):
        decide_about_members(actor=fund.somsri, deed_id=uuid4(), kind=Happening.SUSPENDED, member_ids=[],
                             happened_on=MET, resolution=meeting(fund), recorded_at=NOW)
    with refused(fund, "members.text_too_long"):
        decide_about_members(actor=fund.somsri, deed_id=uuid4(), kind=Happening.SUSPENDED, happened_on=MET,
                             member_ids=fund.members[2:], resolution=meeting(fund), clause="ก" * 201, recorded_at=NOW)


@pytest.mark.parametrize(("wrong", "code"), [
    ({"meeting_no": 0}, "meeting_number_out_of_range"), ({"committee_no": 1000}, "meeting_number_out_of_range"),
    ({"signed_by": "somsri", "meeting_no": 9}, "meeting_not_signed_by_chair"),
    ({"met_on": date(2025, 9, 30), "meeting_no": 9}, "meeting_not_signed_by_chair"),
    ({"met_on": TODAY + timedelta(days=1), "meeting_no": 12}, "meeting_to_come"),
    ({"met_on": date(2025, 10, 21)}, "meeting_known_otherwise")])
def test_a_meeting_is_signed_by_its_chair_and_known_by_one_day(fund, wrong, code):
    decide(fund, fund.members[0])
    wrong = {name: fund.persons.get(value, value) if isinstance(value, str) else value for name, value in wrong.items()}
    with refused(fund, f"members.{code}"):
        decide(fund, fund.members[1], resolution=meeting(fund, **wrong))


def test_not_on_a_day_to_come_nor_before_what_happened_last(fund):
    with refused(fund, "members.future_date"):
        decide(fund, fund.members[0], on=TODAY + timedelta(days=1))
    decide(fund, fund.members[0])
    with refused(fund, "members.left_before_the_last_event"):
        end_membership(actor=fund.somsri, member_id=fund.members[0], left_on=START, reason=LeftReason.DECEASED,
                       recorded_at=NOW)
    end_membership(actor=fund.somsri, member_id=fund.members[0], left_on=MET, reason=LeftReason.DECEASED,
                   because="ลูกสาวมาแจ้ง", recorded_at=NOW)
    assert on(fund, TODAY)[0] == "DECEASED"
    take_back_leaving(actor=fund.somsri, member_id=fund.members[0], recorded_at=NOW, asked_since=lambda **_: set())
    assert on(fund, TODAY)[0] == "SUSPENDED"


def test_a_list_of_two_costs_as_many_statements_as_one_of_forty():
    asked = []
    for many in (2, 40):
        fund = Cast(members=many)
        with CaptureQueriesContext(connection) as captured:
            decide(fund, *fund.members, kind=Happening.LAPSED)
        asked.append(len(captured))
    assert asked[0] == asked[1] < 25
