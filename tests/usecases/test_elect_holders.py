"""Who was elected to which office, and when a term ended."""
from datetime import date
from uuid import uuid4

from ombun.audit.queries import latest
from ombun.funds.operations import NewHolder, elect_holders, end_office
from ombun.funds.queries import office_holders
from ombun.funds.rules import Office
from tests.people import NOW, START
from tests.refusing import nothing_written, refused

LATER = date(2025, 11, 1)


def holder(fund, **more):
    return NewHolder(**{"id": uuid4(), "person_id": uuid4(), "name": "นางคำปุ่น ดีงาม", "office": Office.COMMITTEE,
                        "from_on": START, "centre_id": None, **more})


def elect(fund, *holders):
    return elect_holders(actor=fund.somsri, holders=holders, recorded_at=NOW)


def end(fund, holder_id, until_on):
    end_office(actor=fund.somsri, holder_id=holder_id, until_on=until_on, recorded_at=NOW)


def held(fund, person_id, on=START):
    with fund.reading():
        return [h.office for h in office_holders(fund_id=fund.id, on=on) if h.person_id == person_id]


def test_one_person_may_hold_two_offices_and_is_one_person(fund):
    one = holder(fund)
    two = holder(fund, person_id=one.person_id, office=Office.CENTRE_MEMBER, centre_id=fund.centre)
    assert elect(fund, one, two) == 2
    assert sorted(held(fund, one.person_id)) == ["CENTRE_MEMBER", "COMMITTEE"]
    with fund.reading():
        event, = latest(fund_id=fund.id, count=1)
    assert event.facts == {"holders": [str(one.id), str(two.id)]}


def test_sent_twice_it_is_written_once(fund):
    one = holder(fund)
    elect(fund, one)
    with nothing_written(fund.id):
        assert elect(fund, one) == 0


def test_the_same_id_with_other_content_is_refused(fund):
    one = holder(fund)
    elect(fund, one)
    with refused(fund, "funds.same_id_other_holder"):
        elect(fund, holder(fund, id=one.id, person_id=one.person_id, office=Office.ADVISER))


def test_one_office_of_one_person_is_held_once_at_a_time_also_within_one_election(fund):
    somsri, twice = fund.persons["somsri"], uuid4()
    with refused(fund, "funds.holds_it_already", "funds.holds_it_already"):
        elect(fund, holder(fund, person_id=somsri, office=Office.TREASURER),
              holder(fund, person_id=twice), holder(fund, person_id=twice, from_on=LATER))
    before = holder(fund, person_id=twice, until_on=LATER)
    assert elect(fund, before, holder(fund, person_id=twice, from_on=LATER)) == 2


def test_every_mistake_is_told_at_once(fund, other_fund):
    with refused(fund, "funds.person_without_name", "funds.ended_before_it_began", "funds.unknown_centre"):
        elect(fund, holder(fund, name="  "), holder(fund, until_on=START),
              holder(fund, office=Office.COLLECTOR, centre_id=other_fund.centre))


def test_a_term_ends_and_the_day_itself_no_longer_counts(fund):
    one = holder(fund)
    elect(fund, one)
    end(fund, one.id, LATER)
    assert held(fund, one.person_id, date(2025, 10, 31)) == ["COMMITTEE"]
    assert held(fund, one.person_id, LATER) == []


def test_a_term_ends_after_it_began(fund):
    one = holder(fund)
    elect(fund, one)
    with refused(fund, "funds.ended_before_it_began"):
        end(fund, one.id, START)


def test_ending_it_twice_on_one_day_changes_nothing(fund):
    one = holder(fund)
    elect(fund, one)
    end(fund, one.id, LATER)
    with nothing_written(fund.id):
        end(fund, one.id, LATER)


def test_a_term_is_not_stretched_into_the_next_one(fund):
    one = holder(fund, until_on=LATER)
    elect(fund, one, holder(fund, person_id=one.person_id, from_on=date(2025, 11, 10)))
    end(fund, one.id, date(2025, 11, 10))
    with refused(fund, "funds.holds_it_already"):
        end(fund, one.id, date(2025, 11, 11))


def test_an_office_holder_of_another_fund_is_as_good_as_missing(fund, other_fund):
    one = holder(fund)
    elect(fund, one)
    with refused(other_fund, "funds.unknown_holder"), nothing_written(fund.id):
        end(other_fund, one.id, LATER)
