"""What the register says of a person is mended: once, with what stood before kept, and open questions answered."""
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from ombun.audit.queries import history
from ombun.imports.rules.reasons import SEVERITIES
from ombun.imports.rules.register_row import Severity
from ombun.members.models import Correction, Member
from ombun.members.operations import as_it_stands, correct_member, enrol_member
from ombun.members.queries import member_card
from ombun.members.rules.corrections import ANSWERED_BY
from ombun.members.rules.membership import BirthPrecision, NoIdReason
from ombun.primitives.transactions import fund_transaction
from tests.people import NOW, TODAY
from tests.refusing import nothing_written, refused


def card_of(fund):
    with fund.reading():
        return member_card(fund_id=fund.id, member_id=fund.malee)


def correct(fund, correction_id=None, settled=(), member_id=None, **changes):
    return correct_member(
        actor=fund.somsri, correction_id=correction_id or uuid4(), member_id=member_id or fund.malee, settled=settled,
        person=replace(as_it_stands(card=card_of(fund)), **changes), corrected_on=TODAY, recorded_at=NOW)


def question(fund, *codes):
    with fund_transaction(fund_id=fund.id):
        Member.objects.filter(id=fund.malee).update(questioned=list(codes))


def test_every_field_can_be_mended_and_what_stood_before_is_kept(fund):
    changes = {"member_no": "0099", "name_title": "น.ส.", "first_name": "มาลัย", "last_name": "ใจดี", "house_no": "9/1",
               "phone": "0600000001", "joined_on": date(2016, 2, 1), "born_on": date(1970, 1, 1),
               "birth_precision": BirthPrecision.YEAR}
    old = card_of(fund)
    deed = uuid4()
    done = correct(fund, deed, **changes)
    assert done.fields == tuple(sorted(changes))
    new = card_of(fund)
    assert {name: getattr(new, name) for name in changes} == changes and new.full_name == "น.ส.มาลัย ใจดี"
    with fund.reading():
        kept = Correction.objects.get(id=deed)
        event = history(fund_id=fund.id, subject=f"member:{fund.malee}")[-1]
    assert kept.changes["first_name"] == [old.first_name, "มาลัย"]
    assert kept.changes["joined_on"] == [old.joined_on.isoformat(), "2016-02-01"]
    assert (event.action, event.facts) == ("members.corrected", {"fields": sorted(changes), "questions_left": 0})


def test_sent_twice_it_is_written_once_and_other_content_under_its_id_is_refused(fund):
    deed = uuid4()
    correct(fund, deed, phone="0600000002")
    with nothing_written(fund.id):
        assert correct(fund, deed).was_already_recorded
    with refused(fund, "members.same_id_other_correction"):
        correct(fund, deed, phone="0600000003")


def test_a_field_answers_its_question_and_a_word_settles_another(fund):
    question(fund, "missing_id", "ambiguous_year", "village_conflict")
    assert correct(fund, phone="1").questions_left == ("missing_id", "ambiguous_year", "village_conflict")
    assert correct(fund, born_on=date(1970, 1, 1), birth_precision=BirthPrecision.YEAR,
                   settled=["village_conflict", "no_such"]).questions_left == ("missing_id",)
    assert card_of(fund).questioned == ("missing_id",)


def test_every_question_of_the_importer_has_its_answer():
    assert set(ANSWERED_BY) == {code for code, severity in SEVERITIES.items() if severity != Severity.NOTE}


def test_what_was_never_known_may_stay_so_but_nothing_known_is_emptied(fund):
    with fund_transaction(fund_id=fund.id):
        Member.objects.filter(id=fund.malee).update(member_no=None, first_name="", last_name="", centre_id=None)
    assert card_of(fund).full_name.startswith("นาง") or card_of(fund).full_name
    assert correct(fund, phone="0600000004").fields == ("phone",)
    correct(fund, member_no="0098", first_name="มาลี", centre_id=fund.centre)
    with refused(fund, "members.missing_name", "members.missing_member_no", "members.unknown_village",
                 "members.missing_join_date"):
        correct(fund, member_no="", first_name=" ", centre_id=None, joined_on=None)


def test_a_newborn_of_long_ago_who_joined_again_later_can_still_be_mended(fund):
    born = date(1990, 1, 1)
    with refused(fund, "members.not_newborn"):
        correct(fund, national_id=None, no_id_reason=NoIdReason.NEWBORN, born_on=born,
                birth_precision=BirthPrecision.DAY)
    with fund_transaction(fund_id=fund.id):
        Member.objects.filter(id=fund.malee).update(
            national_id=None, no_id_reason=NoIdReason.NEWBORN, born_on=born, birth_precision=BirthPrecision.DAY)
    correct(fund, house_no="12/7")
    assert (card_of(fund).house_no, card_of(fund).no_id_reason) == ("12/7", NoIdReason.NEWBORN)


@pytest.mark.parametrize(("changes", "code"), [
    ({"national_id": "9000000000001"}, "bad_check_digit"), ({"joined_on": date(2010, 6, 8)}, "joined_before_founding"),
    ({"joined_on": date(2026, 1, 1)}, "future_date"), ({"born_on": date(2020, 1, 1)}, "birth_after_join"),
    ({"left_on": date(2026, 1, 1)}, "future_date"), ({"left_on": date(2011, 1, 1)}, "left_before_joining")])
def test_what_cannot_be_true_is_refused(fund, changes, code):
    with refused(fund, f"members.{code}"):
        correct(fund, **changes)


def test_the_number_of_another_is_refused(fund):
    other = enrol_member(actor=fund.somsri, membership_id=uuid4(), new=fund.new_member(77), enrolled_on=TODAY,
                         recorded_at=NOW)
    with refused(fund, "members.member_no_taken"):
        correct(fund, member_no="0077")
    assert other.member_id != fund.malee


def test_a_member_of_another_fund_is_as_good_as_missing(fund, other_fund):
    with refused(fund, "members.unknown_member"), nothing_written(other_fund.id):
        correct(fund, member_id=other_fund.malee)
