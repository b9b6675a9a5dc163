"""Leaving: the first day on which somebody is no longer a member, and why. Money is never returned."""
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

from ombun.audit.queries import history
from ombun.claims.queries import asked_since_leaving
from ombun.imports.operations import commit_import, preview_import, undo_import
from ombun.members.operations import end_membership, take_back_leaving
from ombun.members.queries import all_members, counts, member_card, members_of_centre
from ombun.members.rules.membership import LeftReason
from ombun.primitives.refusals import Refused
from tests.people import NOW, START, TODAY
from tests.refusing import nothing_written, refused
from tests.usecases.welfare_house import NOW as HOUSE_NOW
from tests.usecases.welfare_house import WelfareHouse

SMALL = Path(__file__).parents[1] / "data" / "workbooks" / "small.xls"


def leave(fund, member_id=None, left_on=START, reason=LeftReason.RESIGNED):
    end_membership(actor=fund.somsri, member_id=member_id or fund.malee, left_on=left_on, reason=reason,
                   recorded_at=NOW)


def stay(fund, member_id=None):
    take_back_leaving(actor=fund.somsri, member_id=member_id or fund.malee, recorded_at=NOW,
                      asked_since=asked_since_leaving)


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


def test_nobody_leaves_on_a_day_to_come(fund):
    with refused(fund, "members.future_date"):
        leave(fund, left_on=date(2025, 11, 26))
    with refused(fund, "members.future_date"):
        leave(fund, left_on=date(2157, 1, 1))
    leave(fund, left_on=TODAY)


def test_whoever_was_withdrawn_with_an_import_cannot_leave(fund):
    batch, content = uuid4(), SMALL.read_bytes()
    preview_import(actor=fund.somsri, batch_id=batch, files=[(SMALL.name, content)], books_end_on=TODAY,
                   previewed_at=NOW)
    commit_import(actor=fund.somsri, batch_id=batch, committed_at=NOW)
    with fund.reading():
        newcomer = next(card for card in all_members(fund_id=fund.id) if card.id not in fund.members)
    undo_import(actor=fund.somsri, batch_id=batch, undone_at=NOW)
    with refused(fund, "members.unknown_member"):
        leave(fund, member_id=newcomer.id)
    with refused(fund, "members.unknown_member"):
        stay(fund, member_id=newcomer.id)


def test_a_mistaken_leaving_is_taken_back_and_stands_in_the_trail(fund):
    leave(fund, reason=LeftReason.DECEASED)
    stay(fund)
    with fund.reading():
        card = member_card(fund_id=fund.id, member_id=fund.malee)
        event = history(fund_id=fund.id, subject=f"member:{fund.malee}")[-1]
    assert (card.left_on, card.left_reason, card.is_active_on(TODAY)) == (None, None, True)
    assert (event.action, event.facts) == (
        "members.leaving_taken_back", {"reason": "DECEASED", "left_on": "2025-10-01"})
    with nothing_written(fund.id):
        stay(fund)
    fund.collect(fund.malee, on=TODAY)


def test_a_leaving_stays_once_a_benefit_was_asked_for_because_of_it():
    house = WelfareHouse()
    malee = house.members["malee"]
    gone = {"actor": house.actor, "member_id": malee, "recorded_at": HOUSE_NOW}
    end_membership(left_on=date(2026, 11, 2), reason=LeftReason.DECEASED, **gone)
    claim = house.file(benefit="death", units=None).claim_id
    with pytest.raises(Refused) as refusal:
        take_back_leaving(asked_since=asked_since_leaving, **gone)
    assert [r.code for r in refusal.value.refusals] == ["members.leaving_built_on"]
    house.reject(claim)
    take_back_leaving(asked_since=asked_since_leaving, **gone)
    with house.reading():
        assert member_card(fund_id=house.fund_id, member_id=malee).left_on is None


def test_a_leaving_in_another_fund_is_as_good_as_missing(fund, other_fund):
    leave(other_fund)
    with refused(fund, "members.unknown_member"), nothing_written(other_fund.id):
        stay(fund, member_id=other_fund.malee)
