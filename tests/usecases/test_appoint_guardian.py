"""Somebody acts for a child: a member or a person outside, from a day until another, and no child is forgotten."""
from datetime import date, timedelta
from uuid import uuid4

import pytest

from ombun.audit.queries import history
from ombun.members.models import Member
from ombun.members.operations import appoint_guardian, end_guardianship, end_membership, enrol_member
from ombun.members.queries import children_without_guardian, guardians_of
from ombun.members.rules.guardians import NewGuardian
from ombun.members.rules.membership import BirthPrecision, LeftReason
from ombun.primitives.transactions import fund_transaction
from tests.people import NOW, START, TODAY
from tests.refusing import nothing_written, refused

OUTSIDE = NewGuardian(name="นางทอง ใจดี", relation="ยาย", phone="0600000001", from_on=START)


def child_of(fund, n=80, born_on=date(2015, 1, 1), precision=BirthPrecision.DAY):
    child = fund.new_member(n, name_title="ด.ช.", born_on=born_on, birth_precision=precision)
    return enrol_member(
        actor=fund.somsri, membership_id=uuid4(), enrolled_on=TODAY, recorded_at=NOW, new=child).member_id


@pytest.fixture
def child(fund):
    """A member ten years old."""
    return child_of(fund)


def appoint(fund, child, new=OUTSIDE, guardianship=None):
    return appoint_guardian(actor=fund.somsri, guardianship_id=guardianship or uuid4(), child_id=child, new=new,
                            recorded_at=NOW)


def mother(fund, **more):
    return NewGuardian(**{"guardian_id": fund.malee, "relation": "แม่", "from_on": START, **more})


def end(fund, child, until_on=TODAY, guardianship=None):
    guardianship = guardianship or guardians(fund, child)[0].id
    return end_guardianship(actor=fund.somsri, guardianship_id=guardianship, child_id=child, until_on=until_on,
                            recorded_at=NOW)


def guardians(fund, child):
    with fund.reading():
        return guardians_of(fund_id=fund.id, member_ids=[child]).get(child, ())


def forgotten(fund, on=TODAY):
    with fund.reading():
        return [card.id for card in children_without_guardian(fund_id=fund.id, on=on)]


def test_a_member_and_a_person_outside_act_for_a_child(fund, child):
    with fund_transaction(fund_id=fund.id):
        Member.objects.filter(id=fund.malee).update(phone="0600000009")
    appoint(fund, child, mother(fund))
    appoint(fund, child)
    assert {(one.name, one.member_no, one.relation, one.phone) for one in guardians(fund, child)} == {
        ("นางมาลี1 มั่นคง", "0001", "แม่", "0600000009"), ("นางทอง ใจดี", "", "ยาย", "0600000001")}
    assert [one.acts_on(day) for one in guardians(fund, child)[:1] for day in (START - timedelta(days=1), START)] == [
        False, True]
    with fund.reading():
        event = history(fund_id=fund.id, subject=f"member:{child}")[-1]
    assert (event.action, event.facts) == ("members.guardian_appointed", {"guardian": None})


def test_sent_twice_it_is_written_once_and_other_content_under_its_id_is_refused(fund, child):
    deed = uuid4()
    appoint(fund, child, guardianship=deed)
    with nothing_written(fund.id):
        assert appoint(fund, child, guardianship=deed).was_already_recorded
    with refused(fund, "members.same_id_other_guardian"):
        appoint(fund, child, mother(fund), guardianship=deed)
    assert not end(fund, child).was_already_recorded
    with nothing_written(fund.id):
        assert end(fund, child).was_already_recorded


@pytest.mark.parametrize(("more", "codes"), [
    ({"guardian_id": None}, ["guardian_not_named"]), ({"name": "นางทอง"}, ["guardian_named_in_two_ways"]),
    ({"relation": " "}, ["guardian_without_relation"]), ({"from_on": date(2026, 1, 1)}, ["future_date"]),
    ({"relation": "ก" * 201, "phone": "0" * 201}, ["text_too_long"] * 2),
    ({"guardian_id": None, "relation": ""}, ["guardian_not_named", "guardian_without_relation"])])
def test_what_cannot_be_is_refused(fund, child, more, codes):
    with refused(fund, *[f"members.{code}" for code in codes]):
        appoint(fund, child, mother(fund, **more))


def test_neither_the_child_nor_another_child_acts(fund, child):
    with refused(fund, "members.guardian_is_the_child"):
        appoint(fund, child, mother(fund, guardian_id=child))
    brother = child_of(fund, 81, born_on=date(2005, 12, 1))
    with refused(fund, "members.guardian_is_a_minor"):
        appoint(fund, child, mother(fund, guardian_id=brother))
    appoint(fund, child, mother(fund, guardian_id=child_of(fund, 82, born_on=date(2005, 1, 1),
                                                           precision=BirthPrecision.YEAR)))


@pytest.mark.parametrize(("precision", "of_age_on"), [
    (BirthPrecision.DAY, date(2025, 11, 1)), (BirthPrecision.MONTH, date(2025, 12, 1)),
    (BirthPrecision.YEAR, date(2026, 11, 1)), (BirthPrecision.NONE, None)])
def test_nobody_acts_for_whoever_is_certainly_of_age(fund, precision, of_age_on):
    grown = child_of(fund, 81, born_on=date(2005, 11, 1), precision=precision)
    appoint(fund, grown)
    one = guardians(fund, grown)[0]
    assert one.of_age_on == of_age_on and one.acts_on(START)
    assert one.acts_on(date(2027, 1, 1)) == (of_age_on is None)
    assert of_age_on is None or (one.acts_on(of_age_on - timedelta(days=1)), one.acts_on(of_age_on)) == (True, False)


def test_nobody_acts_twice_at_a_time_but_again_later(fund, child):
    appoint(fund, child, mother(fund))
    with refused(fund, "members.guardian_acts_already"):
        appoint(fund, child, mother(fund, from_on=TODAY))
    end(fund, child)
    appoint(fund, child, mother(fund, from_on=TODAY))
    assert [(one.from_on, one.until_on) for one in guardians(fund, child)] == [(TODAY, None), (START, TODAY)]


def test_a_guardianship_ends_in_its_own_time_and_a_mistake_leaves_no_trace(fund, child):
    appoint(fund, child)
    with refused(fund, "members.ended_before_it_began"):
        end(fund, child, START - timedelta(days=1))
    with refused(fund, "members.future_date"):
        end(fund, child, TODAY + timedelta(days=1))
    one = guardians(fund, child)[0]
    end(fund, child, START)
    assert guardians(fund, child) == () and forgotten(fund) == [child]
    with refused(fund, "members.guardian_ended_already"):
        end(fund, child, TODAY, one.id)


def test_of_another_fund_nobody_acts_and_nobody_is_acted_for(fund, other_fund, child):
    with refused(fund, "members.unknown_member"), nothing_written(other_fund.id):
        appoint(fund, child, mother(fund, guardian_id=other_fund.malee))
    with refused(fund, "members.unknown_member"), nothing_written(other_fund.id):
        appoint(fund, other_fund.malee)
    theirs = uuid4()
    appoint(other_fund, child_of(other_fund), guardianship=theirs)
    with refused(fund, "members.unknown_guardian"), nothing_written(other_fund.id):
        end(fund, child, TODAY, theirs)


def test_children_nobody_acts_for_are_listed_until_they_are_of_age(fund, child):
    child_of(fund, 83, born_on=date(2005, 11, 25))  # of age today
    almost = child_of(fund, 84, born_on=date(2005, 11, 26))
    child_of(fund, 85, born_on=date(2005, 1, 1), precision=BirthPrecision.YEAR)  # nobody knows
    child_of(fund, 86, born_on=None, precision=BirthPrecision.NONE)
    assert set(forgotten(fund)) == {child, almost}
    appoint(fund, child, mother(fund))
    appoint(fund, almost)
    assert forgotten(fund) == [] and set(forgotten(fund, START - timedelta(days=1))) == set()
    end(fund, almost)
    assert forgotten(fund) == [almost]
    end_membership(actor=fund.somsri, member_id=fund.malee, left_on=TODAY, reason=LeftReason.DECEASED, recorded_at=NOW)
    assert set(forgotten(fund)) == {child, almost}
    end_membership(actor=fund.somsri, member_id=child, left_on=TODAY, reason=LeftReason.MOVED, recorded_at=NOW)
    assert forgotten(fund) == [almost]
