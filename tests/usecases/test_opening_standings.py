"""Up to when members had paid before the books began here: written once, so that nobody is in arrears since joining."""
from datetime import date, timedelta
from uuid import uuid4

from ombun.audit.queries import latest
from ombun.contributions.operations import write_opening_standings
from ombun.contributions.queries import dues_by_centre, opening_standings, standings
from ombun.members.operations import end_membership, enrol_member
from ombun.members.rules.membership import LeftReason
from tests.people import DUES, NOW, START, TODAY
from tests.refusing import nothing_written, refused

NOVEMBER = date(2025, 11, 1)


def write(fund, paid_until, **more):
    return write_opening_standings(**{"actor": fund.somsri, "paid_until": paid_until, "recorded_at": NOW, **more})


def test_dues_run_from_the_opening_position(fund):
    assert write(fund, {fund.malee: NOVEMBER, fund.members[1]: START}) == 2
    with fund.reading():
        where = standings(fund_id=fund.id, member_ids=fund.members[:2], on=date(2025, 10, 31))
        event, = latest(fund_id=fund.id, count=1)
    assert (where[fund.malee].owed_satang, where[fund.members[1]].owed_satang) == (0, DUES)
    assert (event.action, event.facts) == ("contributions.opening_written", {"members": 2})


def test_sent_twice_it_is_written_once_and_others_may_follow(fund):
    write(fund, {fund.malee: START})
    with nothing_written(fund.id):
        assert write(fund, {fund.malee: START}) == 0
    assert write(fund, {fund.malee: START, fund.members[1]: START}) == 1


def test_another_day_for_the_same_member_and_an_unknown_member_are_refused_together(fund, other_fund):
    write(fund, {fund.malee: START})
    with refused(fund, "contributions.opening_already_written", "contributions.unknown_member"):
        write(fund, {fund.malee: NOVEMBER, fund.members[1]: START, other_fund.malee: START})
    with fund.reading():
        assert opening_standings(fund_id=fund.id, member_ids=fund.members) == {fund.malee: START}


def newcomer(fund, n=70, joined_on=date(2025, 11, 5)):
    return enrol_member(actor=fund.somsri, membership_id=uuid4(), new=fund.new_member(n, joined_on=joined_on),
                        enrolled_on=TODAY, recorded_at=NOW).member_id


def test_only_members_of_the_first_day_have_an_opening_position(fund):
    later, on_the_day = newcomer(fund), newcomer(fund, n=71, joined_on=START)
    for who, left_on in ((fund.members[1], START), (fund.members[2], START + timedelta(days=1))):
        end_membership(actor=fund.somsri, member_id=who, left_on=left_on, reason=LeftReason.MOVED, recorded_at=NOW)
    with refused(fund, *["contributions.not_a_member_at_the_start"] * 2, "contributions.paid_too_far_ahead"):
        write(fund, {later: START, fund.members[1]: START, fund.malee: date(2035, 10, 1), on_the_day: START})
    assert write(fund, {on_the_day: START, fund.members[2]: START, fund.malee: START}) == 3


def test_nobody_owes_for_the_time_before_joining(fund):
    on_the_day = newcomer(fund, joined_on=START)
    write(fund, {on_the_day: date(2020, 1, 1)})
    with fund.reading():
        where = standings(fund_id=fund.id, member_ids=[on_the_day], on=START)[on_the_day]
        village = dues_by_centre(fund_id=fund.id, from_on=START, until_on=TODAY, on=START)[0]
        others = standings(fund_id=fund.id, member_ids=fund.members, on=START)
    assert (where.dues_from, where.owed_satang) == (START, DUES)
    assert village.owed_satang == sum(one.owed_satang for one in others.values()) + DUES
