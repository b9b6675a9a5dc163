"""Whoever looks at what the fund knows of a member, or takes it away, is written down; the trail names nobody."""
import json

import pytest

from ombun.access.operations import take_copy
from ombun.audit.queries import latest
from ombun.primitives.actors import Role
from ombun.privacy.operations import hand_out, show_number
from ombun.privacy.queries import everything_of, looks, looks_at
from ombun.privacy.rules.columns import OF_MEMBERS
from ombun.privacy.rules.erasing import HandedOutAs, LookReason
from tests.guards.full_fund import FullFund
from tests.people import NOW
from tests.refusing import nothing_written, refused

NUMBER = "9100500012345"


@pytest.fixture(scope="module")
def full(_database_is_open):
    """A fund in which everything happened once."""
    return FullFund()


def test_a_number_is_shown_and_the_look_written_down_without_it(full):
    orathai = full.actor("orathai", Role.REGISTRAR)
    for _ in range(2):
        assert show_number(actor=orathai, member_id=full.newcomer, why=LookReason.COMPARE_WITH_CARD,
                           shown_at=NOW) == NUMBER
    with full.reading():
        found = looks_at(fund_id=full.id, member_id=full.newcomer)
        trail = latest(fund_id=full.id, count=1000)
    assert [(one.action, one.role, one.facts) for one in found] == [
        ("privacy.number_shown", "REGISTRAR", {"why": "COMPARE_WITH_CARD"})] * 2
    assert NUMBER not in json.dumps([one.facts for one in trail]) and len(trail) > 20


def test_where_there_is_no_number_nothing_is_shown(full):
    with refused(full, "privacy.no_number"):
        show_number(actor=full.somsri, member_id=full.malee, why=LookReason.FILL_IN_A_PAPER, shown_at=NOW)
    with refused(full, "members.unknown_member"):
        show_number(actor=full.somsri, member_id=-1, why=LookReason.FILL_IN_A_PAPER, shown_at=NOW)


def test_everything_known_of_a_member_is_handed_out_and_nothing_of_anybody_else(full):
    everything = hand_out(actor=full.somsri, member_id=full.malee, shape=HandedOutAs.JSON, handed_at=NOW)
    assert {"members_member", "members_membership", "members_membershipevent", "members_cardseen",
            "contributions_contribution", "contributions_cancelled", "contributions_pastpayment", "claims_claim",
            "claims_pastbenefit", "funds_person"} <= set(everything) <= set(OF_MEMBERS)
    assert len(everything["claims_claim"]) == 7 and everything["members_member"][0]["first_name"] == "มาลี1"
    assert {row.get("member_id", full.malee) for rows in everything.values() for row in rows} == {full.malee}
    assert "มาลี2" not in json.dumps(everything, ensure_ascii=False)
    with full.reading():
        event = looks_at(fund_id=full.id, member_id=full.malee)[-1]
    assert (event.action, event.facts) == ("privacy.handed_out", {"as": "json"})
    with refused(full, "members.unknown_member"):
        hand_out(actor=full.somsri, member_id=-1, shape=HandedOutAs.PDF, handed_at=NOW)


def test_of_whoever_was_forgotten_only_the_days_are_left(full):
    with full.reading():
        somebody = everything_of(fund_id=full.id, member_id=full.forgotten)
    assert set(somebody) == {"members_member", "members_membership", "members_membershipevent"}
    assert somebody["members_member"][0]["first_name"] == ""


def test_the_list_of_looks_tells_copies_too_newest_first(full):
    take_copy(actor=full.somsri, is_fiction=True, taken_at=NOW)
    with full.reading(), nothing_written():
        found = looks(fund_id=full.id)
    assert found[0].action == "access.copy_taken" and {one.action for one in found} >= {
        "members.id_card_seen", "privacy.consent_withdrawn", "privacy.erased"}
