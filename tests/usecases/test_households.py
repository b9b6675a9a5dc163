"""Who lives together: gathered by house number or one by one, moved in and out with days, with a head or without."""
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ombun.audit.queries import history
from ombun.members import queries
from ombun.members.operations import (
    end_membership,
    found_household,
    gather_households,
    mend_household,
    merge_members,
    move_in,
    move_out,
    write_members,
)
from ombun.members.rules.membership import LeftReason
from ombun.primitives.transactions import fund_transaction
from tests.people import NOW, START, TODAY, Cast
from tests.refusing import nothing_written, refused


def living_at(cast, **house_nos):
    """Members of the first village with these house numbers, by the name of the keyword."""
    with fund_transaction(fund_id=cast.id):
        ids = write_members(actor=cast.somsri, recorded_at=NOW, rows=[
            (uuid4(), cast.new_member(50 + n, first_name=name, house_no=house_no))
            for n, (name, house_no) in enumerate(house_nos.items())])
    return dict(zip(house_nos, ids, strict=True))


def found(cast, house_no="12/3", household=None, centre=None):
    household = household or uuid4()
    found_household(actor=cast.somsri, household_id=household, centre_id=centre or cast.centre, house_no=house_no,
                    recorded_at=NOW)
    return household


def gather(cast, *house_nos, centre=None):
    return gather_households(actor=cast.somsri, deed_id=uuid4(), centre_id=centre or cast.centre, house_nos=house_nos,
                             recorded_at=NOW)


def enter(cast, household, *members, on=START, deed=None):
    return move_in(actor=cast.somsri, deed_id=deed or uuid4(), household_id=household, member_ids=members, from_on=on,
                   recorded_at=NOW)


def leave(cast, household, member, on=TODAY, residence=None):
    residence = residence or next(one.id for one in people(cast, household) if one.member_id == member)
    return move_out(actor=cast.somsri, household_id=household, residence_id=residence, until_on=on, recorded_at=NOW)


def mend(cast, household, house_no="12/3", head=None):
    return mend_household(actor=cast.somsri, household_id=household, house_no=house_no, head_id=head, recorded_at=NOW)


def merge(cast, entry, *, into):
    merge_members(actor=cast.somsri, merge_id=uuid4(), kept_id=into, merged_id=entry, recorded_at=NOW)


def people(cast, household):
    with cast.reading():
        return queries.residents(fund_id=cast.id, household_id=household)


def lives(cast, member):
    with cast.reading():
        return queries.household_of(fund_id=cast.id, member_id=member)


def village(cast):
    with cast.reading():
        return [(one.house_no, one.people) for one in queries.households(fund_id=cast.id, centre_id=cast.centre)]


def suggested(cast):
    with cast.reading():
        return [(one.house_no, [name.split()[0] for name in one.names])
                for one in queries.household_suggestions(fund_id=cast.id, centre_id=cast.centre)]


def test_who_shares_a_house_number_is_suggested_and_gathered_at_once(fund):
    who = living_at(fund, ก="12/3", ข="2", ค="12/3", ง="")
    assert suggested(fund) == [("2", ["นางข"]), ("12/3", ["นางก", "นางค"])]
    assert gather(fund, "12/3", "2").people == 3
    assert village(fund) == [("2", 1), ("12/3", 2)] and suggested(fund) == []
    assert {one.member_id for one in people(fund, lives(fund, who["ก"]).id)} == {who["ก"], who["ค"]}
    with nothing_written(fund.id):
        assert gather(fund, "12/3", "2").was_already_recorded


def test_somebody_more_with_the_number_of_a_household_joins_it(fund):
    who = living_at(fund, ก="12/3", ข="12/3")
    household = found(fund)
    enter(fund, household, who["ก"])
    assert suggested(fund) == [("12/3", ["นางข"])]
    gather(fund, "12/3")
    assert lives(fund, who["ข"]).id == household and village(fund) == [("12/3", 2)]


def test_whoever_left_or_was_merged_is_not_suggested(fund):
    who = living_at(fund, ก="1", ข="2", ค="3", ง="4")
    end_membership(actor=fund.somsri, member_id=who["ก"], left_on=TODAY, reason=LeftReason.MOVED, recorded_at=NOW)
    merge(fund, who["ค"], into=who["ง"])
    assert suggested(fund) == [("2", ["นางข"]), ("4", ["นางง"])]


def test_what_lives_on_a_merged_entry_counts_for_the_person(fund):
    who = living_at(fund, ก="4", ข="4")
    household = found(fund)
    enter(fund, household, who["ก"])
    merge(fund, who["ก"], into=who["ข"])
    assert lives(fund, who["ข"]).id == household and suggested(fund) == []
    assert [one.member_id for one in people(fund, household)] == [who["ข"]]
    with refused(fund, "members.lives_in_a_household"):
        enter(fund, household, who["ข"], on=TODAY)
    mend(fund, household, head=who["ข"])
    leave(fund, household, who["ข"])
    with fund.reading():
        assert queries.household(fund_id=fund.id, household_id=household).head_id is None


def test_nothing_is_gathered_that_is_not_there(fund, other_fund):
    living_at(fund, ก="1")
    with refused(fund, "members.nobody_chosen"):
        gather(fund)
    with refused(fund, "members.nobody_in_this_house", "members.nobody_in_this_house"):
        gather(fund, "1", "98", "99")
    with refused(fund, "members.nobody_in_this_house"), nothing_written(other_fund.id):
        gather(fund, "1", centre=other_fund.centre)


def test_a_household_is_written_once_a_number_and_village(fund, other_fund):
    household = found(fund)
    with nothing_written(fund.id):
        found(fund, household=household)
    with refused(fund, "members.same_id_other_household"):
        found(fund, "13", household=household)
    with refused(fund, "members.household_is_there"):
        found(fund)
    found(fund, centre=fund.centres[5])
    with refused(fund, "members.house_number_missing", "members.unknown_village"):
        found(fund, " ", centre=other_fund.centre)
    with refused(fund, "members.text_too_long"):
        found(fund, "1" * 201)


def test_people_move_in_and_out_with_their_days(fund):
    household, other = found(fund), found(fund, "13")
    one, two, *_ = fund.members
    deed = uuid4()
    assert not enter(fund, household, one, two, deed=deed).was_already_recorded
    with nothing_written(fund.id):
        assert enter(fund, household, one, two, deed=deed).was_already_recorded
    with refused(fund, "members.same_id_other_household"):
        enter(fund, household, one, two, on=TODAY, deed=deed)
    with refused(fund, "members.same_id_other_household"):
        enter(fund, household, one, two, fund.members[2], deed=deed)
    leave(fund, household, two)
    with nothing_written(fund.id):
        assert leave(fund, household, two).was_already_recorded
    enter(fund, other, two, on=TODAY)
    assert [(r.member_id, r.from_on, r.until_on) for r in people(fund, household)] == [
        (one, START, None), (two, START, TODAY)]
    assert lives(fund, two).id == other and lives(fund, fund.members[2]) is None
    with fund.reading():
        events = [e.action for e in history(fund_id=fund.id, subject=f"household:{household}")]
    assert events == ["members.household_founded", "members.moved_in", "members.moved_out"]


def test_nobody_lives_in_two_households_on_a_day(fund, other_fund):
    household, other = found(fund), found(fund, "13")
    enter(fund, household, fund.malee, on=None)
    for day in (None, START, TODAY):
        with refused(fund, "members.lives_in_a_household"):
            enter(fund, other, fund.malee, on=day)
    with refused(fund, "members.future_date", "members.lives_in_a_household", "members.unknown_member"):
        enter(fund, other, fund.malee, other_fund.malee, on=date(2026, 1, 1))
    with refused(fund, "members.nobody_chosen"):
        enter(fund, other)
    with refused(fund, "members.unknown_household"), nothing_written(other_fund.id):
        enter(fund, uuid4(), fund.malee)


def test_moving_out_has_its_time_and_a_mistake_leaves_no_trace(fund):
    household = found(fund)
    enter(fund, household, fund.malee)
    residence = people(fund, household)[0].id
    with refused(fund, "members.ended_before_it_began"):
        leave(fund, household, fund.malee, START - timedelta(days=1))
    with refused(fund, "members.future_date"):
        leave(fund, household, fund.malee, TODAY + timedelta(days=1))
    with refused(fund, "members.lives_elsewhere"):
        leave(fund, uuid4(), fund.malee, residence=residence)
    leave(fund, household, fund.malee, START)
    assert people(fund, household) == ()
    with refused(fund, "members.moved_out_already"):
        leave(fund, household, fund.malee, TODAY, residence)
    enter(fund, household, fund.malee)


def test_number_and_head_are_mended_and_a_head_who_moves_out_is_none(fund):
    household = found(fund)
    found(fund, "13")
    enter(fund, household, fund.malee)
    mend(fund, household, "14", fund.malee)
    with nothing_written(fund.id):
        assert mend(fund, household, "14", fund.malee).was_already_recorded
    with fund.reading():
        card = queries.household(fund_id=fund.id, household_id=household)
    assert (card.house_no, card.head_id, card.names, card.people) == ("14", fund.malee, ("นางมาลี1 มั่นคง",), 1)
    with refused(fund, "members.household_is_there", "members.head_lives_elsewhere"):
        mend(fund, household, "13", fund.members[1])
    with refused(fund, "members.unknown_household"):
        mend(fund, uuid4())
    leave(fund, household, fund.malee)
    with fund.reading():
        assert queries.household(fund_id=fund.id, household_id=household).head_id is None


@pytest.mark.parametrize("reason", [None, LeftReason.DECEASED])
def test_the_page_of_a_household_knows_who_is_no_member_any_more(fund, reason):
    household = found(fund)
    enter(fund, household, fund.malee)
    if reason:
        end_membership(actor=fund.somsri, member_id=fund.malee, left_on=TODAY, reason=reason, recorded_at=NOW)
    assert people(fund, household)[0].left_reason == reason


def test_as_many_statements_for_one_as_for_many(fund):
    def asked(cast, houses):
        living_at(cast, **{f"n{n}": str(n // 3) for n in range(houses * 3)})
        with CaptureQueriesContext(connection) as seen:
            gather(cast, *[str(n) for n in range(houses)])
        return len(seen)

    assert asked(fund, 1) == asked(Cast(members=1), 15) < 20
