"""Who was elected to which office, and when a term ended."""
from datetime import date
from uuid import uuid4

import pytest

from ombun.audit.queries import history, latest
from ombun.claims.queries import days_signed
from ombun.funds.operations import FundRefused, NewHolder, elect_holders, end_office, link_person_to_member
from ombun.funds.queries import office_holders, people
from ombun.funds.rules import Office
from tests.people import NOW, START
from tests.refusing import nothing_written, refused
from tests.usecases.welfare_house import NOW as HOUSE_NOW
from tests.usecases.welfare_house import WelfareHouse

LATER = date(2025, 11, 1)


def holder(fund, **more):
    return NewHolder(**{"id": uuid4(), "person_id": uuid4(), "name": "นางคำปุ่น ดีงาม", "office": Office.COMMITTEE,
                        "from_on": START, "centre_id": None, **more})


def elect(fund, *holders):
    return elect_holders(actor=fund.somsri, holders=holders, recorded_at=NOW)


def end(fund, holder_id, until_on):
    end_office(actor=fund.somsri, holder_id=holder_id, until_on=until_on, recorded_at=NOW, signed=days_signed)


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
    udom, twice = fund.persons["udom"], uuid4()
    with refused(fund, "funds.holds_it_already", "funds.holds_it_already"):
        elect(fund, holder(fund, person_id=udom, office=Office.AUDITOR),
              holder(fund, person_id=twice), holder(fund, person_id=twice, from_on=LATER))
    before = holder(fund, person_id=twice, until_on=LATER)
    assert elect(fund, before, holder(fund, person_id=twice, from_on=LATER)) == 2


def test_every_mistake_is_told_at_once(fund, other_fund):
    with refused(fund, "funds.person_without_name", "funds.ended_before_it_began", "funds.unknown_centre"):
        elect(fund, holder(fund, name="  "), holder(fund, until_on=START),
              holder(fund, office=Office.COLLECTOR, centre_id=other_fund.centre))


def test_a_name_is_as_long_as_a_line_of_a_paper(fund):
    with refused(fund, "funds.text_too_long"):
        elect(fund, holder(fund, name="ก" * 201))
    assert elect(fund, holder(fund, name="ก" * 200)) == 1


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


def test_a_term_does_not_end_before_its_holder_collected(fund):
    fund.collect(on=LATER)
    with fund.reading():
        boonma = next(h for h in office_holders(fund_id=fund.id, on=START) if h.person_id == fund.boonma)
    for until_on in (LATER, date(2025, 10, 2)):
        with refused(fund, "funds.signed_in_office"):
            end(fund, boonma.id, until_on)
    end(fund, boonma.id, date(2025, 11, 2))


def test_a_term_does_not_end_before_its_holder_signed_unless_another_office_covers_that_day():
    house = WelfareHouse()
    house.certify(house.file().claim_id)
    with house.reading():
        dao = next(h for h in office_holders(fund_id=house.fund_id, on=date(2026, 11, 5)) if "ดาว" in h.name)
    ending = {"actor": house.actor, "holder_id": dao.id, "recorded_at": HOUSE_NOW, "signed": days_signed}
    with pytest.raises(FundRefused) as refusal:
        end_office(until_on=date(2026, 11, 5), **ending)
    assert [(r.code, r.facts["day"]) for r in refusal.value.refusals] == [("funds.signed_in_office", date(2026, 11, 5))]
    house.elect("dao", dao.name, Office.COMMITTEE, from_on=date(2026, 11, 1))
    end_office(until_on=date(2026, 11, 5), **ending)


def test_a_term_ends_in_a_year_that_can_be_meant(fund):
    one = holder(fund)
    elect(fund, one)
    for until_on in (date(2035, 11, 26), date(9456, 1, 1)):
        with refused(fund, "funds.ends_too_far_ahead"):
            end(fund, one.id, until_on)
    end(fund, one.id, date(2035, 11, 25))


def test_an_office_holder_of_another_fund_is_as_good_as_missing(fund, other_fund):
    one = holder(fund)
    elect(fund, one)
    with refused(other_fund, "funds.unknown_holder"), nothing_written(fund.id):
        end(other_fund, one.id, LATER)


def link(fund, name, member_id, actor=None):
    link_person_to_member(
        actor=actor or fund.somsri, person_id=fund.persons.get(name, uuid4()), member_id=member_id, recorded_at=NOW)


def members_behind(fund):
    with fund.reading():
        return {one.name: one.member_id for one in people(fund_id=fund.id) if one.member_id is not None}


def test_nobody_writes_down_their_own_election_nor_the_end_of_their_own_term(fund):
    with refused(fund, "funds.not_about_yourself"):
        elect(fund, holder(fund, person_id=fund.persons["somsri"], office=Office.COMMITTEE))
    with fund.reading():
        mine = next(h for h in office_holders(fund_id=fund.id, on=START) if h.person_id == fund.persons["somsri"])
    with refused(fund, "funds.not_about_yourself"):
        end(fund, mine.id, LATER)


def test_a_person_in_office_is_linked_to_a_member_once_and_it_is_written_down(fund):
    link(fund, "udom", fund.members[1])
    with nothing_written(fund.id):
        link(fund, "udom", fund.members[1])
    assert members_behind(fund) == {"นายอุดม แสนดี": fund.members[1]}
    with fund.reading():
        event, = history(fund_id=fund.id, subject=f"person:{fund.persons['udom']}")
    assert (event.action, event.facts) == ("funds.person_linked", {"member_id": fund.members[1]})


def test_a_wrong_link_is_mended_and_frees_the_member(fund):
    link(fund, "udom", fund.malee)
    with refused(fund, "funds.member_is_somebody_else"):
        link(fund, "boonmee", fund.malee)
    link(fund, "udom", None)
    link(fund, "boonmee", fund.malee)
    assert members_behind(fund) == {"นายบุญมี มั่นคง": fund.malee}


def test_nobody_changes_alone_who_they_are(fund, boonmee):
    link(fund, "boonmee", fund.malee, actor=boonmee)
    for other in (fund.members[1], None):
        with refused(fund, "funds.not_about_yourself"):
            link(fund, "boonmee", other, actor=boonmee)
    link(fund, "boonmee", fund.members[1])


def test_a_person_of_another_fund_is_as_good_as_missing(fund, other_fund):
    with refused(other_fund, "funds.unknown_person"), nothing_written(fund.id):
        link_person_to_member(actor=other_fund.somsri, person_id=fund.persons["udom"], member_id=other_fund.malee,
                              recorded_at=NOW)


def test_an_election_says_which_member_it_is_and_one_member_is_one_person(fund):
    one = holder(fund, member_id=fund.malee)
    elect(fund, one)
    elect(fund, holder(fund, person_id=fund.persons["udom"], member_id=fund.members[1]))
    assert members_behind(fund) == {one.name: fund.malee, "นายอุดม แสนดี": fund.members[1]}
    with refused(fund, "funds.member_is_somebody_else", "funds.member_is_somebody_else"):
        elect(fund, holder(fund, member_id=fund.malee), holder(fund, person_id=fund.persons["boonmee"],
                                                               member_id=fund.members[1]))
    with refused(fund, "funds.member_is_somebody_else", "funds.member_is_somebody_else"):
        elect(fund, holder(fund, member_id=fund.members[2]), holder(fund, member_id=fund.members[2]))
