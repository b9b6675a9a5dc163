"""Years of claims that were paid already come in at once, under the same rules as one by one."""
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ombun.claims import queries
from ombun.claims.operations import HistoryRefused, PastClaim, record_history
from ombun.claims.rules import Filing
from ombun.claims.states import ClaimState
from ombun.funds.operations import BooksClosed, close_month
from ombun.jobs import checking
from ombun.primitives.actors import Role
from tests.usecases.welfare_house import NOW, START, WelfareHouse, codes
from tests.words import spoken_codes


@pytest.fixture
def house():
    return WelfareHouse(cash=50_000_00)


def past(house, happened_on, *, member="malee", benefit="hospital", units=3, **more):
    """A claim of some day that was filed, certified, approved and paid on the days after it."""
    day = [happened_on + timedelta(days=n) for n in range(5)]
    filing = Filing(member_id=house.members[member], benefit=benefit, happened_on=happened_on, units=units,
                    filed_on=day[1], details={"place": "โรงพยาบาลหนองบัว"}, documents_seen=())
    return replace(PastClaim(
        claim_id=uuid4(), filing=filing, certifiers=tuple(house.people[p] for p in ("dao", "kham", "lamai")),
        certified_on=day[2], approved_by=house.people["boonmee"], decided_on=day[3], paid_by=house.people["somsri"],
        paid_on=day[4], payee_name="นางมาลี ใจบุญ"), **more)


def record(house, *claims, actor=None):
    return record_history(actor=actor or house.actor, claims=claims, recorded_at=NOW)


def refused_with(house, *claims, **more):
    before = house.everything()
    with pytest.raises(HistoryRefused) as refused:
        record(house, *claims, **more)
    assert house.everything() == before
    assert {r.code for r in refused.value.refusals} <= spoken_codes("claims") | spoken_codes("regulations")
    return refused


def test_each_claim_gets_what_the_rule_book_gave_then_and_the_year_shares_its_limit(house):
    claims = [past(house, date(2026, 10, 1)), past(house, date(2026, 10, 5)),
              past(house, date(2026, 10, 20), member="thong")]
    assert record(house, *reversed(claims)) == 3
    cards = [house.card(claim.claim_id) for claim in claims]
    assert [(c.claim_no, c.voucher_no, c.paid_satang, c.state) for c in cards] == [
        (1, 1, 600_00, ClaimState.PAID), (2, 2, 400_00, ClaimState.PAID), (3, 3, 600_00, ClaimState.PAID)]
    assert cards[1].steps[-2].code == "regulations.cap_per_year"
    assert len(cards[0].signatures) == 5
    with house.reading():
        assert [b.paid_satang for b in queries.benefits_received(
            fund_id=house.fund_id, member_id=house.members["malee"])] == [600_00, 400_00]
    assert checking.everything_found(fund_id=house.fund_id) == ()


def test_numbers_go_on_from_those_that_are_there(house):
    house.claim(ClaimState.PAID, happened_on=date(2026, 11, 1))
    later = past(house, date(2026, 11, 9), member="thong")
    record(house, later)
    assert (house.card(later.claim_id).claim_no, house.card(later.claim_id).voucher_no) == (2, 2)


def test_sent_twice_it_is_written_once(house):
    claim = past(house, date(2026, 10, 1))
    assert record(house, claim) == 1
    before = house.everything()
    assert record(house, claim) == 0 == record(house)
    assert house.everything() == before


def test_every_mistake_of_every_claim_is_told_and_nothing_is_written(house):
    good, used_up = past(house, date(2026, 10, 1), units=5), past(house, date(2026, 10, 10), units=5)
    twice = past(house, date(2026, 10, 1))
    wrong_names = past(house, date(2026, 10, 20), member="thong", certifiers=(house.people["dao"],) * 3,
                       approved_by=house.people["dao"], paid_by=house.people["prasit"], payee_name=" ")
    nobody = past(house, date(2026, 10, 21))
    nobody = replace(nobody, filing=replace(nobody.filing, member_id=10**9))
    never = past(house, date(2014, 1, 1))
    unknown_birth = past(house, date(2026, 10, 22), member="nai", benefit="elderly", units=None)
    refused = refused_with(house, good, used_up, twice, wrong_names, nobody, unknown_birth)
    told = [(r.about.split(" ")[0], r.code.split(".")[1]) for r in refused.value.refusals]
    assert told == [
        (str(twice.claim_id), "asked_twice"),
        *((str(wrong_names.claim_id), code) for code in (
            "three_people_certify", "same_person", "same_person", "same_person", "not_chair", "not_treasurer",
            "says_not_who_received")),
        (str(nobody.claim_id), "unknown_member"),
        (str(unknown_birth.claim_id), "missing_born_on")]
    with pytest.raises(BooksClosed):
        record(house, never)


def test_nothing_left_in_the_year_is_no_payment(house):
    claims = [past(house, date(2026, 10, day)) for day in (1, 8, 15)]
    assert codes(refused_with(house, *claims)) == ["nothing_to_approve"]


def test_the_treasurer_pays_no_more_than_the_cash_there_is():
    poor = WelfareHouse(cash=1_000_00)
    claims = [past(poor, date(2026, 10, day), member=name) for day, name in ((1, "malee"), (2, "thong"))]
    assert codes(refused_with(poor, *claims)) == ["not_enough_cash"]


def test_a_closed_month_takes_none_and_other_desks_record_none(house):
    refused = refused_with(house, past(house, date(2026, 10, 1)), actor=house.as_(Role.AUDITOR))
    assert set(codes(refused)) == {"may_not_record"}
    close_month(actor=house.actor, close_id=uuid4(), month=START, closed_by=house.people["somsri"],
                closed_on=date(2026, 11, 25), recorded_at=NOW)
    with pytest.raises(BooksClosed):
        record(house, past(house, date(2026, 10, 1)))


def test_as_many_statements_for_forty_claims_as_for_one(house):
    with CaptureQueriesContext(connection) as for_one:
        record(house, past(house, date(2026, 10, 1), benefit="birth", units=None))
    with CaptureQueriesContext(connection) as for_forty:
        record(house, *(past(house, date(2026, 10, day), benefit="birth", units=None, member=name)
                        for day in range(2, 22) for name in ("malee", "thong")))
    assert len(for_one) == len(for_forty) <= 26
