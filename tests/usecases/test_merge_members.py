"""Two entries that are one person: merged with both histories kept, and set apart again."""
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from ombun.audit.queries import history
from ombun.contributions.queries import collection_sheet, payments_of_member, standings
from ombun.members.models import Correction, Member, Membership
from ombun.members.operations import (
    appoint_guardian,
    as_it_stands,
    certify_application,
    correct_member,
    decide_about_members,
    end_membership,
    enrol_member,
    file_application,
    merge_members,
    resolve_applications,
    say_two_persons,
    take_back_leaving,
    undo_merge,
)
from ombun.members.queries import (
    alike,
    beneficiaries_of,
    counts,
    entries_of,
    flows,
    headcount,
    life,
    member_card,
    members_by_centre,
    merges_of,
    persons_of,
    search,
    statuses,
)
from ombun.members.rules.applications import Decision
from ombun.members.rules.beneficiaries import NewBeneficiary
from ombun.members.rules.guardians import NewGuardian
from ombun.members.rules.life import status_on
from ombun.members.rules.membership import BirthPrecision, LeftReason, NoIdReason
from ombun.members.rules.resolutions import NewResolution
from ombun.members.states import Happening, MemberStatus
from ombun.primitives.actors import Role
from ombun.primitives.transactions import fund_transaction
from tests.people import DUES, NOW, TODAY
from tests.refusing import nothing_written, refused

ID_A, ID_B = "9100500012345", "9100500099998"
LATER = date(2025, 11, 1)


def enrolled(fund, n, **more):
    new = fund.new_member(n, **{"first_name": "คำ", "last_name": "แพง", "joined_on": date(2015, 5, 1), **more})
    return enrol_member(
        actor=fund.somsri, membership_id=uuid4(), new=new, enrolled_on=TODAY, recorded_at=NOW).member_id


@pytest.fixture
def two(fund):
    """One person written twice: in village 4 long ago, in village 5 lately and with a phone."""
    return (enrolled(fund, 71, national_id=ID_A),
            enrolled(fund, 72, first_name="คำ่", joined_on=LATER, phone="0812345678", centre_id=fund.centres[5]))


def merge(fund, kept, merged, *taken, deed=None):
    return merge_members(actor=fund.somsri, merge_id=deed or uuid4(), kept_id=kept, merged_id=merged,
                         taken_from_merged=taken, recorded_at=NOW)


def card(fund, member_id):
    with fund.reading():
        return member_card(fund_id=fund.id, member_id=member_id)


def test_one_person_stays_and_the_other_entry_leads_there(fund, two):
    deed = uuid4()
    done = merge(fund, *two, "phone", "village", deed=deed)
    assert (done.member_id, done.fields, done.was_already_recorded) == (two[0], ("centre_id", "phone"), False)
    kept = card(fund, two[0])
    assert (kept.member_no, kept.phone, kept.moo, kept.joined_on) == ("0071", "0812345678", 5, date(2015, 5, 1))
    assert card(fund, two[1]) is None
    with fund.reading():
        assert persons_of(fund_id=fund.id, entries=two) == dict.fromkeys(two, two[0])
        assert [[c.id for c in search(fund_id=fund.id, text=text)] for text in ("0071", "0072")] == [[two[0]], [two[0]]]
        assert [(one.id, one.merged_id, one.member_no) for one in merges_of(fund_id=fund.id, member_id=two[0])] == [
            (deed, two[1], "0072")]
        event = history(fund_id=fund.id, subject=f"member:{two[0]}")[-1]
        kept_before = Correction.objects.get(member_id=two[0]).changes
    assert (event.action, event.facts) == ("members.merged", {"merged": two[1], "fields": ["centre_id", "phone"]})
    assert kept_before["phone"] == ["", "0812345678"]


def test_sent_twice_it_is_done_once_and_other_content_under_its_id_is_refused(fund, two):
    deed = uuid4()
    merge(fund, *two, "phone", deed=deed)
    with nothing_written(fund.id):
        again = merge(fund, *two, "phone", deed=deed)
    assert (again.was_already_recorded, again.fields) == (True, ("phone",))
    for other in ((two[0], two[1]), (two[1], two[0], "phone")):
        with refused(fund, "members.same_id_other_merge"):
            merge(fund, *other, deed=deed)


def test_what_cannot_be_one_person_is_refused(fund, two, other_fund):
    with refused(fund, "members.merged_with_itself"):
        merge(fund, two[0], two[0])
    with refused(fund, "members.unknown_member"), nothing_written(other_fund.id):
        merge(fund, two[0], other_fund.malee)
    with refused(fund, "members.unknown_choice"):
        merge(fund, *two, "member_no")
    child = enrolled(fund, 73, joined_on=LATER, born_on=date(2020, 1, 1), birth_precision=BirthPrecision.DAY)
    with refused(fund, "members.birth_after_join"):
        merge(fund, two[0], child, "birth")
    appoint_guardian(actor=fund.somsri, guardianship_id=uuid4(), child_id=child, recorded_at=NOW, new=NewGuardian(
        guardian_id=two[1], relation="แม่", from_on=LATER))
    with refused(fund, "members.guardian_of_the_other"):
        merge(fund, two[1], child)
    end_membership(actor=fund.somsri, member_id=two[1], left_on=LATER, reason=LeftReason.DECEASED, recorded_at=NOW)
    with refused(fund, "members.one_died_one_lives"):
        merge(fund, *two)
    end_membership(actor=fund.somsri, member_id=two[0], left_on=LATER, reason=LeftReason.DECEASED, recorded_at=NOW)
    merge(fund, *two)
    with refused(fund, "members.unknown_member"):
        merge(fund, fund.malee, two[1])


def test_undone_both_are_as_they_were_with_everything_written_under_each(fund, two):
    with fund.reading():
        before = [member_card(fund_id=fund.id, member_id=i) for i in two]
    deed = uuid4()
    merge(fund, *two, "phone", "name", deed=deed)
    done = undo_merge(actor=fund.somsri, merge_id=deed, recorded_at=NOW)
    assert done.fields == ("first_name", "phone")
    with fund.reading():
        assert [member_card(fund_id=fund.id, member_id=i) for i in two] == before
        assert merges_of(fund_id=fund.id, member_id=two[0]) == ()
        assert history(fund_id=fund.id, subject=f"member:{two[0]}")[-1].action == "members.merge_undone"
    with nothing_written(fund.id):
        assert undo_merge(actor=fund.somsri, merge_id=deed, recorded_at=NOW).was_already_recorded
    merge(fund, two[1], two[0])
    with refused(fund, "members.unknown_merge"):
        undo_merge(actor=fund.somsri, merge_id=uuid4(), recorded_at=NOW)


def test_a_value_that_somebody_changed_since_stays_when_a_merge_is_undone(fund, two):
    deed = uuid4()
    merge(fund, *two, "phone", "village", deed=deed)
    correct_member(actor=fund.somsri, correction_id=uuid4(), member_id=two[0], corrected_on=TODAY, recorded_at=NOW,
                   person=replace(as_it_stands(card=card(fund, two[0])), phone="0899999999"))
    assert undo_merge(actor=fund.somsri, merge_id=deed, recorded_at=NOW).fields == ("centre_id",)
    assert (card(fund, two[0]).phone, card(fund, two[0]).moo) == ("0899999999", 4)


def test_an_id_goes_with_its_person_and_nobody_has_it_twice(fund):
    bare, known = enrolled(fund, 71), enrolled(fund, 72, national_id=ID_A)
    deed = uuid4()
    merge(fund, bare, known, "national_id", deed=deed)
    assert card(fund, bare).national_id == ID_A
    with refused(fund, "members.national_id_taken"):
        enrolled(fund, 73, national_id=ID_A)
    correct_member(actor=fund.somsri, correction_id=uuid4(), member_id=bare, corrected_on=TODAY, recorded_at=NOW,
                   person=replace(as_it_stands(card=card(fund, bare)), national_id=ID_B))
    with refused(fund, "members.national_id_taken"):
        enrolled(fund, 73, national_id=ID_A)
    correct_member(actor=fund.somsri, correction_id=uuid4(), member_id=bare, corrected_on=TODAY, recorded_at=NOW,
                   person=replace(as_it_stands(card=card(fund, bare)), national_id=ID_A))
    assert undo_merge(actor=fund.somsri, merge_id=deed, recorded_at=NOW).fields == ("national_id",)
    assert (card(fund, bare).national_id, card(fund, known).national_id) == (None, ID_A)


def test_an_id_that_two_would_have_keeps_them_together(fund):
    bare, known = enrolled(fund, 71), enrolled(fund, 72, national_id=ID_A)
    deed = uuid4()
    merge(fund, bare, known, deed=deed)
    correct_member(actor=fund.somsri, correction_id=uuid4(), member_id=bare, corrected_on=TODAY, recorded_at=NOW,
                   person=replace(as_it_stands(card=card(fund, bare)), national_id=ID_A))
    with refused(fund, "members.national_id_taken"):
        undo_merge(actor=fund.somsri, merge_id=deed, recorded_at=NOW)


def test_three_entries_of_one_person_lead_to_one_and_come_apart_one_by_one(fund):
    a, b, c = (enrolled(fund, n) for n in (71, 72, 73))
    first, second = uuid4(), uuid4()
    merge(fund, b, a, deed=first)
    merge(fund, c, b, deed=second)
    with fund.reading():
        assert entries_of(fund_id=fund.id, member_ids=[c]) == dict.fromkeys((a, b, c), c)
        assert {one.merged_id for one in merges_of(fund_id=fund.id, member_id=c)} == {a, b}
    undo_merge(actor=fund.somsri, merge_id=second, recorded_at=NOW)
    with fund.reading():
        assert persons_of(fund_id=fund.id, entries=[a, b, c]) == {a: b, b: b, c: c}
    merge(fund, c, b)
    undo_merge(actor=fund.somsri, merge_id=first, recorded_at=NOW)
    with fund.reading():
        assert persons_of(fund_id=fund.id, entries=[a, b, c]) == {a: a, b: c, c: c}


def test_what_was_paid_under_both_counts_for_the_person_and_the_sheet_names_them_once(fund, two):
    fund.collect(*two, on=LATER)
    merge(fund, *two)
    with fund.reading():
        stands = standings(fund_id=fund.id, member_ids=[two[0]], on=TODAY)[two[0]]
        lines = payments_of_member(fund_id=fund.id, member_id=two[0])
        sheet = [line.member.id for line in collection_sheet(fund_id=fund.id, centre_id=fund.centre, on=TODAY)]
    assert stands.paid_satang == 2 * DUES
    assert [line.member_id for line in lines] == list(two)
    assert sheet.count(two[0]) == 1 and two[1] not in sheet


def test_a_sheet_taken_along_before_the_merge_is_taken_in_after_it(fund, two):
    merge(fund, *two)
    fund.collect(two[1], fund.malee, on=LATER)
    with fund.reading():
        lines = payments_of_member(fund_id=fund.id, member_id=two[0])
        assert standings(fund_id=fund.id, member_ids=[two[0]], on=TODAY)[two[0]].paid_satang == DUES
    assert [line.member_id for line in lines] == [two[1]]
    boonma = fund.actor("boonma4", Role.COLLECTOR, centre_id=fund.centre)
    fund.collect(two[1], on=LATER, actor=boonma)
    of_another_village = enrolled(fund, 75, centre_id=fund.centres[5])
    with refused(fund, "contributions.unknown_member"):
        fund.collect(of_another_village, on=LATER, actor=boonma)


def where(fund, member_id, on):
    """The status on a day, asked of the database, and folded from the history: the same."""
    with fund.reading():
        asked = statuses(fund_id=fund.id, member_ids=[member_id], on=on)[member_id].status
        assert asked == status_on(events=life(fund_id=fund.id, member_id=member_id), day=on)
    return asked


@pytest.mark.parametrize("is_kept_older", [True, False])
def test_who_leaves_leaves_under_every_entry_and_comes_back_under_every_entry(fund, two, is_kept_older):
    kept, merged = two if is_kept_older else two[::-1]
    merge(fund, kept, merged)
    left = TODAY - timedelta(days=2)
    for _ in range(2):
        end_membership(actor=fund.somsri, member_id=kept, left_on=left, reason=LeftReason.MOVED, recorded_at=NOW)
    assert where(fund, kept, left) == MemberStatus.MOVED and where(fund, kept, left - timedelta(days=1)) == "ACTIVE"
    with fund.reading():
        assert {s.left_on for s in Membership.objects.filter(member_id__in=two)} == {left}
    take_back_leaving(actor=fund.somsri, member_id=kept, recorded_at=NOW, asked_since=lambda **_: ())
    assert where(fund, kept, TODAY) == MemberStatus.ACTIVE
    assert card(fund, kept).joined_on == date(2015, 5, 1)


def test_the_committee_decides_about_the_person_once(fund, two):
    kept, merged = two[::-1]
    merge(fund, kept, merged)
    deeds = {Happening.SUSPENDED: uuid4(), Happening.LAPSED: uuid4()}
    for kind, deed in deeds.items():
        for is_again in (False, True):
            done = decide_about_members(
                actor=fund.somsri, deed_id=deed, kind=kind, member_ids=[kept, fund.malee], happened_on=LATER,
                recorded_at=NOW, resolution=NewResolution(
                    committee_no=1, meeting_no=1, met_on=LATER, signed_by=fund.persons["boonmee"]))
            assert (done.members, done.was_already_recorded) == (2, is_again)
        assert where(fund, kept, TODAY) == MemberStatus(kind)


def test_who_turned_out_to_be_a_member_is_not_admitted_again(fund, two):
    kept, merged = two
    end_membership(actor=fund.somsri, member_id=merged, left_on=LATER, reason=LeftReason.RESIGNED, recorded_at=NOW)
    paper, day = uuid4(), date(2025, 11, 10)
    file_application(
        actor=fund.somsri, application_id=paper, member_id=merged, applied_on=day, recorded_at=NOW,
        new=fund.new_member(72, joined_on=None, no_id_reason=NoIdReason.NOT_SEEN))
    certify_application(actor=fund.somsri, application_id=paper, certifiers=[fund.boonma], certified_on=day,
                        recorded_at=NOW)
    merge(fund, kept, merged)
    with refused(fund, "members.old_spell_not_ended"):
        resolve_applications(
            actor=fund.somsri, decisions=[Decision(application_id=paper)], joined_on=TODAY, recorded_at=NOW,
            resolution=NewResolution(committee_no=1, meeting_no=1, met_on=TODAY, signed_by=fund.persons["boonmee"]))


def test_a_correction_mends_the_spell_that_the_card_shows(fund, two):
    kept, merged = two[::-1]
    merge(fund, kept, merged)
    assert card(fund, kept).joined_on == date(2015, 5, 1)
    correct_member(actor=fund.somsri, correction_id=uuid4(), member_id=kept, corrected_on=TODAY, recorded_at=NOW,
                   person=replace(as_it_stands(card=card(fund, kept)), joined_on=date(2014, 5, 1)))
    assert card(fund, kept).joined_on == date(2014, 5, 1)
    with fund.reading():
        assert Membership.objects.get(member_id=merged).joined_on == date(2014, 5, 1)
        assert Membership.objects.get(member_id=kept).joined_on == LATER


@pytest.mark.parametrize("is_kept_older", [True, False])
def test_the_counts_know_one_person_from_the_first_day_on(fund, two, is_kept_older):
    def counted(day):
        with fund.reading():
            heads = headcount(fund_id=fund.id, on=day)
            moves = flows(fund_id=fund.id, from_on=date(2015, 1, 1), on=day).total
            assert sum(members_by_centre(fund_id=fund.id, on=day).values()) == heads.total.members_current
        return (*heads.total.__dict__.values(), moves["joined"], moves["rejoined"], moves["moved"], heads.waiting)

    assert counted(TODAY) == (8, 8, 7, 8, 0, 0, 0)
    kept, merged = two if is_kept_older else two[::-1]
    end_membership(actor=fund.somsri, member_id=two[0], left_on=date(2025, 11, 10), reason=LeftReason.MOVED,
                   recorded_at=NOW)
    deed = uuid4()
    merge(fund, kept, merged, deed=deed)
    assert counted(TODAY) == (7, 7, 6, 7, 0, 0, 0)  # one long spell; a full year is of the entry that goes on
    end_membership(actor=fund.somsri, member_id=kept, left_on=TODAY, reason=LeftReason.MOVED, recorded_at=NOW)
    assert counted(TODAY) == (7, 6, 6, 7, 0, 1, 0)
    undo_merge(actor=fund.somsri, merge_id=deed, recorded_at=NOW)
    assert counted(TODAY) == (8, 6, 6, 8, 0, 2, 0)


def test_an_entry_whose_days_are_unknown_does_not_keep_a_known_person_out_of_the_counts(fund):
    known, unknown = enrolled(fund, 71), enrolled(fund, 72)
    with fund_transaction(fund_id=fund.id), connection.cursor() as cursor:
        Membership.objects.filter(member_id=unknown).update(left_reason="MOVED")
        cursor.execute("INSERT INTO members_membershipevent (fund_id, member_id, membership_id, kind, reason, clause, "
                       "recorded_by, recorded_at) SELECT fund_id, member_id, id, 'MOVED', '', '', 1, now() "
                       "FROM members_membership WHERE member_id = %s", [unknown])
    with fund.reading():
        assert headcount(fund_id=fund.id, on=TODAY).waiting == 1
    merge(fund, unknown, known)
    with fund.reading():
        assert headcount(fund_id=fund.id, on=TODAY).waiting == 0
        assert counts(fund_id=fund.id, on=TODAY).members_current == 7
    assert where(fund, unknown, TODAY) == MemberStatus.ACTIVE


def test_an_open_question_that_a_chosen_value_answers_is_closed_and_asked_again_when_undone(fund, two):
    with fund_transaction(fund_id=fund.id):
        Member.objects.filter(id=two[1]).update(questioned=["missing_id", "village_conflict"])
    deed = uuid4()
    merge(fund, two[1], two[0], "national_id", deed=deed)
    assert card(fund, two[1]).questioned == ("village_conflict",)
    undo_merge(actor=fund.somsri, merge_id=deed, recorded_at=NOW)
    assert set(card(fund, two[1]).questioned) == {"missing_id", "village_conflict"}


def test_a_merged_pair_is_not_asked_about_and_comes_back_when_undone(fund):
    one, other = (enrolled(fund, n, phone="0811111111", house_no="9") for n in (71, 72))

    def asked():
        with fund.reading():
            return [(pair.one_id, pair.other_id) for pair in alike(fund_id=fund.id)]

    assert asked() == [(one, other)]
    deed = uuid4()
    merge(fund, one, other, deed=deed)
    assert asked() == []
    third = enrolled(fund, 73, phone="0811111111", house_no="9")
    assert asked() == [(one, third)]
    undo_merge(actor=fund.somsri, merge_id=deed, recorded_at=NOW)
    say_two_persons(actor=fund.somsri, answer_id=uuid4(), one_id=other, other_id=third, recorded_at=NOW)
    assert asked() == [(one, other), (one, third)]
    merge(fund, one, other)
    assert asked() == []  # of whom it was said that they are two with the third


def test_who_was_named_under_the_other_entry_alone_receives_from_the_person_until_it_is_undone(fund):
    wife = NewBeneficiary(name="นางทอง", relation="ภรรยา")
    bare, named = enrolled(fund, 71), enrolled(fund, 72, beneficiaries=(wife,))

    def receive(member_id):
        with fund.reading():
            return [one.name for one in beneficiaries_of(fund_id=fund.id, member_ids=[member_id]).get(member_id, ())]

    deed = uuid4()
    merge(fund, bare, named, deed=deed)
    assert receive(bare) == ["นางทอง"]
    undo_merge(actor=fund.somsri, merge_id=deed, recorded_at=NOW)
    assert (receive(bare), receive(named)) == ([], ["นางทอง"])
    other = enrolled(fund, 73, beneficiaries=(NewBeneficiary(name="นายคำ"),))
    merge(fund, other, named)
    assert receive(other) == ["นายคำ"]
