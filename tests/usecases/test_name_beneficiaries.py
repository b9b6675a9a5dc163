"""Who receives on a member's death: named in order or by shares, named anew with history, and told in time."""
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ombun.audit.queries import history
from ombun.members.operations import (
    apply_changes,
    end_membership,
    merge_members,
    name_beneficiaries,
    take_back_telling,
    tell_beneficiaries,
    write_members,
)
from ombun.members.queries import beneficiaries_of, former_beneficiaries, member_card, untold_beneficiaries
from ombun.members.rules.beneficiaries import BENEFICIARIES_MAX, TELL_WITHIN_DAYS, NewBeneficiary, ToldHow
from ombun.members.rules.membership import LeftReason
from ombun.primitives.transactions import fund_transaction
from tests.people import NOW, START, TODAY, Cast
from tests.refusing import nothing_written, refused

TONG, KHAM, DAM = (NewBeneficiary(name=name, relation=relation, phone=phone) for name, relation, phone in (
    ("นางทอง", "บุตร", "0600000001"), ("นายคำ", "สามี", ""), ("น.ส.ดำ", "หลาน", "")))
YESTERDAY = TODAY - timedelta(days=1)


def by_shares(**shares):
    return [NewBeneficiary(name=name, share_percent=share) for name, share in shares.items()]


def name(fund, *named, on=START, deed=None, member=None):
    return name_beneficiaries(actor=fund.somsri, deed_id=deed or uuid4(), member_id=member or fund.malee,
                              beneficiaries=named, named_on=on, recorded_at=NOW)


def tell(fund, *ids, on=TODAY, how=ToldHow.PAPER):
    return tell_beneficiaries(actor=fund.somsri, beneficiary_ids=ids, told_on=on, told_how=how, recorded_at=NOW)


def now_of(fund, member=None):
    with fund.reading():
        return beneficiaries_of(fund_id=fund.id, member_ids=[member or fund.malee]).get(member or fund.malee, ())


def before_of(fund):
    with fund.reading():
        return [(one.name, one.named_on, one.ended_on) for one in former_beneficiaries(
            fund_id=fund.id, member_ids=[fund.malee])]


def untold(fund, **which):
    with fund.reading():
        return untold_beneficiaries(fund_id=fund.id, **which)


def test_several_are_named_in_their_order_and_the_first_stands_on_the_card(fund):
    assert name(fund, TONG, KHAM).beneficiaries == 2
    assert [(one.place, one.name, one.relation, one.phone, one.named_on) for one in now_of(fund)] == [
        (1, "นางทอง", "บุตร", "0600000001", START), (2, "นายคำ", "สามี", "", START)]
    with fund.reading():
        card = member_card(fund_id=fund.id, member_id=fund.malee)
        event = history(fund_id=fund.id, subject=f"member:{fund.malee}")[-1]
    assert (card.beneficiary_name, card.beneficiary_relation) == ("นางทอง", "บุตร")
    assert (event.action, event.facts) == ("members.beneficiaries_named", {"beneficiaries": 2})


def test_another_list_keeps_the_former_ones_with_their_days(fund):
    name(fund, TONG, KHAM)
    name(fund, TONG, DAM, on=YESTERDAY)
    assert [(one.name, one.named_on) for one in now_of(fund)] == [("นางทอง", START), ("น.ส.ดำ", YESTERDAY)]
    assert before_of(fund) == [("นายคำ", START, YESTERDAY)]
    name(fund, on=TODAY)
    assert now_of(fund) == () and before_of(fund) == [
        ("นางทอง", START, TODAY), ("น.ส.ดำ", YESTERDAY, TODAY), ("นายคำ", START, YESTERDAY)]


def test_a_slip_of_the_same_day_leaves_no_trace_and_can_be_taken_back(fund):
    name(fund, TONG)
    name(fund, KHAM, on=TODAY)
    name(fund, DAM, on=TODAY)
    assert before_of(fund) == [("นางทอง", START, TODAY)]
    name(fund, TONG, on=TODAY)
    assert before_of(fund) == [] and [(one.name, one.named_on) for one in now_of(fund)] == [("นางทอง", START)]


def test_sent_twice_it_is_written_once_and_other_content_under_its_id_is_refused(fund):
    deed = uuid4()
    name(fund, TONG, deed=deed)
    with nothing_written(fund.id):
        assert name(fund, TONG, deed=deed).was_already_recorded
        assert name(fund, TONG).was_already_recorded
    with refused(fund, "members.same_id_other_beneficiaries"):
        name(fund, KHAM, deed=deed)


def test_a_telephone_number_more_is_no_other_list(fund):
    name(fund, KHAM)
    name(fund, NewBeneficiary(name="นายคำ", relation="สามี", phone="0600000002"), on=TODAY)
    assert [(one.phone, one.named_on) for one in now_of(fund)] == [("0600000002", START)] and before_of(fund) == []


@pytest.mark.parametrize(("named", "codes"), [
    ([NewBeneficiary(name=" ")], ["beneficiary_without_name"]),
    ([TONG, TONG], ["beneficiary_named_twice"]),
    ([NewBeneficiary(name=str(n)) for n in range(BENEFICIARIES_MAX + 1)], ["too_many_beneficiaries"]),
    ([NewBeneficiary(name="ก" * 201, phone="0" * 201)], ["text_too_long", "text_too_long"]),
    (by_shares(ก=60, ข=30), ["shares_are_not_the_whole"]), (by_shares(ก=101, ข=-1), ["shares_are_not_the_whole"]),
    (by_shares(ก=60, ข=None), ["some_shares_missing"]), (by_shares(ก=0, ข=100), ["shares_are_not_the_whole"])])
def test_a_list_that_cannot_be_is_refused(fund, named, codes):
    with refused(fund, *[f"members.{code}" for code in codes]):
        name(fund, *named)


def test_shares_that_are_the_whole_are_written(fund):
    name(fund, *by_shares(ก=60, ข=40))
    assert [one.share_percent for one in now_of(fund)] == [60, 40]
    name(fund, *by_shares(ก=50, ข=50), on=TODAY)
    assert len(before_of(fund)) == 2


def test_every_reason_is_told_at_once(fund):
    name(fund, TONG, on=YESTERDAY)
    with refused(fund, "members.beneficiaries_changed_later", "members.beneficiary_named_twice"):
        name(fund, KHAM, KHAM)
    with refused(fund, "members.future_date"):
        name(fund, KHAM, on=TODAY + timedelta(days=1))


def test_somebody_of_another_fund_withdrawn_or_merged_is_not_there(fund, other_fund):
    with refused(fund, "members.unknown_member"), nothing_written(other_fund.id):
        name(fund, TONG, member=other_fund.malee)
    merge_members(actor=fund.somsri, merge_id=uuid4(), kept_id=fund.malee, merged_id=fund.members[1], recorded_at=NOW)
    with refused(fund, "members.unknown_member"):
        name(fund, TONG, member=fund.members[1])


def test_whoever_was_named_waits_to_be_told_for_thirty_days(fund):
    name(fund, TONG, KHAM)
    assert [(one.name, one.member_name, one.moo, one.tell_until) for one in untold(fund)] == [
        ("นางทอง", "นางมาลี1 มั่นคง", 4, START + timedelta(days=TELL_WITHIN_DAYS)),
        ("นายคำ", "นางมาลี1 มั่นคง", 4, START + timedelta(days=TELL_WITHIN_DAYS))]
    tong, kham = now_of(fund)
    assert tell(fund, tong.id, kham.id).beneficiaries == 2
    assert untold(fund) == () and {(one.told_on, one.told_how) for one in now_of(fund)} == {(TODAY, "PAPER")}
    with nothing_written(fund.id):
        assert tell(fund, kham.id, tong.id).was_already_recorded
    name(fund, KHAM, TONG, DAM, on=TODAY)
    assert [one.name for one in untold(fund)] == ["น.ส.ดำ"]


def test_who_is_not_known_since_when_is_told_within_thirty_days_of_being_written_down(fund):
    with fund_transaction(fund_id=fund.id):
        write_members(actor=fund.somsri, recorded_at=NOW, rows=[(uuid4(), fund.new_member(60, beneficiaries=(TONG,)))])
    assert [(one.known_since, one.tell_until) for one in untold(fund, centre_id=fund.centre)] == [
        (TODAY, TODAY + timedelta(days=TELL_WITHIN_DAYS))]
    assert untold(fund, centre_id=fund.centres[5]) == ()


def test_who_was_marked_by_mistake_waits_again(fund, other_fund):
    name(fund, TONG)
    name(other_fund, TONG)
    tong, theirs = now_of(fund)[0], now_of(other_fund)[0]

    def take_back(beneficiary, member=None):
        take_back_telling(actor=fund.somsri, member_id=member or fund.malee, beneficiary_id=beneficiary.id,
                          recorded_at=NOW)

    with nothing_written(fund.id):
        take_back(tong)
    tell(fund, tong.id)
    take_back(tong)
    assert [one.name for one in untold(fund)] == ["นางทอง"]
    for beneficiary, member in ((tong, fund.members[1]), (theirs, None)):
        with refused(fund, "members.unknown_beneficiary"), nothing_written(other_fund.id):
            take_back(beneficiary, member)


def test_old_lists_are_told_within_thirty_days_of_the_law(fund):
    name(fund, TONG, on=date(2020, 1, 1))
    assert untold(fund)[0].tell_until == date(2022, 7, 1)


def test_nobody_waits_for_a_member_who_left(fund):
    name(fund, TONG)
    end_membership(actor=fund.somsri, member_id=fund.malee, left_on=TODAY, reason=LeftReason.MOVED, recorded_at=NOW)
    assert untold(fund) == ()


def test_all_are_told_or_nobody(fund, other_fund):
    name(other_fund, TONG)
    name(fund, TONG, KHAM, on=YESTERDAY)
    theirs, (tong, kham) = now_of(other_fund)[0], now_of(fund)
    tell(fund, kham.id)
    with refused(fund, "members.unknown_beneficiary", "members.told_already", "members.told_before_named"), \
            nothing_written(other_fund.id):
        tell(fund, tong.id, kham.id, theirs.id, on=START)
    with refused(fund, "members.nobody_chosen"):
        tell(fund)
    with refused(fund, "members.future_date"):
        tell(fund, tong.id, on=date(2026, 1, 1))


def test_a_workbook_that_names_another_changes_the_first_alone_and_taking_it_back_leaves_no_trace(fund):
    name(fund, TONG, KHAM)
    tell(fund, now_of(fund)[0].id)

    def told_by_workbook(**fields):
        with fund_transaction(fund_id=fund.id):
            apply_changes(actor=fund.somsri, changes={fund.malee: fields}, recorded_at=NOW)

    told_by_workbook(beneficiary_name="นายใหม่")
    assert [(one.name, one.relation, one.phone, one.told_on) for one in now_of(fund)] == [
        ("นายใหม่", "บุตร", "", None), ("นายคำ", "สามี", "", None)]
    told_by_workbook(beneficiary_name="นางทอง", beneficiary_relation="บุตร")
    assert [(one.name, one.named_on, one.told_on) for one in now_of(fund)] == [
        ("นางทอง", START, TODAY), ("นายคำ", START, None)] and before_of(fund) == []
    told_by_workbook(beneficiary_name="", beneficiary_relation="")
    assert [(one.place, one.name) for one in now_of(fund)] == [(1, "นายคำ")]


def test_as_many_statements_for_one_as_for_many(fund):
    def asked(cast):
        for member in cast.members:
            name(cast, TONG, KHAM, member=member)
        ids = [one.id for member in cast.members for one in now_of(cast, member)]
        with CaptureQueriesContext(connection) as seen:
            tell(cast, *ids)
            with fund_transaction(fund_id=cast.id):
                apply_changes(actor=cast.somsri, recorded_at=NOW, changes={
                    member: {"beneficiary_name": "นายใหม่"} for member in cast.members})
        return len(seen)

    assert asked(fund) == asked(Cast(members=1)) < 40
