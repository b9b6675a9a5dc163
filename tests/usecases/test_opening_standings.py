"""Up to when members had paid before the books began here: written once, so that nobody is in arrears since joining."""
from datetime import date

from ombun.audit.queries import latest
from ombun.contributions.operations import write_opening_standings
from ombun.contributions.queries import opening_standings, standings
from tests.people import DUES, NOW, START
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
