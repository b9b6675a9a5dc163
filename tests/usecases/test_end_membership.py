"""Leaving: the first day on which somebody is no longer a member, and why. Money is never returned."""
from datetime import date

import pytest

from ombun.audit.queries import history
from ombun.members.operations import end_membership
from ombun.members.queries import counts, member_card, members_of_centre
from ombun.members.rules.membership import LeftReason
from tests.people import NOW, START
from tests.refusing import nothing_written, refused


def leave(fund, member_id=None, left_on=START, reason=LeftReason.RESIGNED):
    end_membership(actor=fund.somsri, member_id=member_id or fund.malee, left_on=left_on, reason=reason,
                   recorded_at=NOW)


@pytest.mark.parametrize("reason", list(LeftReason))
def test_from_that_day_on_no_longer_a_member(fund, reason):
    leave(fund, reason=reason)
    with fund.reading():
        card = member_card(fund_id=fund.id, member_id=fund.malee)
        on_the_sheet = {c.id for c in members_of_centre(fund_id=fund.id, centre_id=fund.centre, on=START)}
        counted = [counts(fund_id=fund.id, on=day) for day in (date(2025, 9, 30), START)]
        event, = history(fund_id=fund.id, subject=f"member:{fund.malee}")
    assert (card.left_on, card.left_reason) == (START, reason)
    assert card.is_active_on(date(2025, 9, 30))
    assert not card.is_active_on(START)
    assert on_the_sheet == set(fund.members[1:])
    assert [(c.members_ever, c.members_current) for c in counted] == [(6, 6), (6, 5)]
    assert event.facts == {"reason": reason, "left_on": "2025-10-01"}


def test_sent_twice_it_is_written_once(fund):
    leave(fund)
    with nothing_written(fund.id):
        leave(fund)


def test_another_day_or_reason_later_is_refused(fund):
    leave(fund)
    with refused(fund, "members.already_left"):
        leave(fund, left_on=date(2025, 10, 2))
    with refused(fund, "members.already_left"):
        leave(fund, reason=LeftReason.DECEASED)


def test_nobody_leaves_before_joining(fund):
    with refused(fund, "members.left_before_joining"):
        leave(fund, left_on=date(2015, 4, 30))
    leave(fund, left_on=date(2015, 5, 1))


def test_a_member_of_another_fund_is_as_good_as_missing(fund, other_fund):
    with refused(fund, "members.unknown_member"), nothing_written(other_fund.id):
        leave(fund, member_id=other_fund.malee)
