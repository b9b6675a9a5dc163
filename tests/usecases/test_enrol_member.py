"""Joining: a person is written into the register once, with a first spell of membership."""
from datetime import date, timedelta
from uuid import uuid4

import pytest
from stdnum.th import pin

from ombun.audit.queries import history
from ombun.members.operations import enrol_member
from ombun.members.queries import beneficiaries_of, member_card
from ombun.members.rules.beneficiaries import NewBeneficiary
from ombun.members.rules.membership import BirthPrecision, MemberKind, NoIdReason
from tests.people import FOUNDED, NOW, TODAY
from tests.refusing import nothing_written, refused

NATIONAL_ID = "900000000012"
NATIONAL_ID += pin.calc_check_digit(NATIONAL_ID)


def enrol(fund, n=50, membership_id=None, **more):
    return enrol_member(actor=fund.somsri, membership_id=membership_id or uuid4(), new=fund.new_member(n, **more),
                        enrolled_on=TODAY, recorded_at=NOW)


def test_the_whole_application_form_is_kept(fund):
    done = enrol(fund, national_id=NATIONAL_ID, born_on=date(1960, 2, 29), birth_precision=BirthPrecision.DAY,
                 kind=MemberKind.ELDERLY, house_no="12/3", phone="0812345678", beneficiaries=(
                     NewBeneficiary(name="นายสมชาย ใจบุญ", relation="บุตร"), NewBeneficiary(name="นางทอง")))
    with fund.reading():
        card = member_card(fund_id=fund.id, member_id=done.member_id)
        event, = history(fund_id=fund.id, subject=f"member:{done.member_id}")
        named = beneficiaries_of(fund_id=fund.id, member_ids=[done.member_id])
    assert (card.member_no, card.full_name, card.moo, card.joined_on) == ("0050", "นางมาลี50 ศรีสุข", 4, date(2025, 10, 1))
    assert (card.national_id, card.born_on, card.kind) == (NATIONAL_ID, date(1960, 2, 29), MemberKind.ELDERLY)
    assert (card.house_no, card.phone) == ("12/3", "0812345678")
    assert (card.beneficiary_name, card.beneficiary_relation) == ("นายสมชาย ใจบุญ", "บุตร")
    assert [(one.place, one.name) for one in named[done.member_id]] == [(1, "นายสมชาย ใจบุญ"), (2, "นางทอง")]
    assert (event.action, event.facts) == ("members.enrolled", {})


def test_sent_twice_it_is_one_person(fund):
    spell = uuid4()
    first = enrol(fund, membership_id=spell)
    with nothing_written(fund.id):
        again = enrol(fund, membership_id=spell)
    assert (again.member_id, again.was_already_recorded) == (first.member_id, True)


@pytest.mark.parametrize("other", [{"first_name": "บุญมา"}, {"last_name": "อื่น"}, {"member_no": "9"},
                                   {"national_id": NATIONAL_ID}, {"joined_on": date(2025, 10, 2)}])
def test_the_same_id_for_another_person_is_refused(fund, other):
    spell = uuid4()
    enrol(fund, membership_id=spell)
    with refused(fund, "members.same_id_other_person"):
        enrol(fund, membership_id=spell, **other)


def test_nothing_is_longer_than_a_line_of_the_form(fund):
    long = "ก" * 201
    with refused(fund, *["members.text_too_long"] * 8):
        enrol(fund, member_no=long, name_title=long, first_name=long, last_name=long, house_no=long, phone=long,
              beneficiaries=(NewBeneficiary(name=long, relation=long),))
    assert enrol(fund, first_name=long[1:]).member_id


def test_every_mistake_is_told_at_once(fund, other_fund):
    with refused(fund, "members.missing_name", "members.missing_member_no", "members.bad_check_digit",
                 "members.unknown_village", "members.joined_before_founding", "members.birth_after_join"):
        enrol(fund, first_name=" ", member_no="", national_id="9000000000001", centre_id=other_fund.centre,
              joined_on=date(2010, 6, 8), born_on=date(2010, 6, 9))


@pytest.mark.parametrize(("more", "code"), [
    ({"joined_on": None}, "missing_join_date"), ({"joined_on": date(2025, 11, 26)}, "future_date"),
    ({"centre_id": None}, "unknown_village"), ({"member_no": "0001"}, "member_no_taken"),
    ({"national_id": "12345"}, "bad_check_digit"),
    ({"no_id_reason": NoIdReason.NEWBORN, "born_on": date(2024, 11, 1),
      "joined_on": date(2025, 11, 1)}, "not_newborn")])
def test_one_mistake_one_reason(fund, more, code):
    with refused(fund, f"members.{code}"):
        enrol(fund, **more)


def test_a_national_id_is_used_once_in_a_fund_and_again_in_another(fund, other_fund):
    enrol(fund, national_id=NATIONAL_ID)
    with refused(fund, "members.national_id_taken"):
        enrol(fund, 51, national_id=NATIONAL_ID)
    assert not enrol(other_fund, national_id=NATIONAL_ID).was_already_recorded


def test_two_people_without_a_national_id_are_two_people(fund):
    assert enrol(fund, 50).member_id != enrol(fund, 51, national_id="").member_id


def test_the_founding_day_is_the_first_day_to_join(fund):
    member_id = enrol(fund, joined_on=FOUNDED).member_id
    with fund.reading():
        assert member_card(fund_id=fund.id, member_id=member_id).joined_on == FOUNDED
    with refused(fund, "members.joined_before_founding"):
        enrol(fund, n=91, joined_on=FOUNDED - timedelta(days=1))
