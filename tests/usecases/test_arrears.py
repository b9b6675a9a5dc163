"""Who is behind and for how long, by the clause of the regulations; and members from whom no dues are asked."""
from datetime import date
from uuid import uuid4

import pytest

from ombun.contributions.operations import end_exemption, exempt_members, vote_arrears_clause, vote_plan
from ombun.contributions.queries import (
    arrears_by_age,
    arrears_of,
    clauses,
    dues_by_centre,
    exemptions,
    paid_until,
    standings,
)
from ombun.contributions.rules import ArrearsClause, Ground, Plan, may_be_decided
from ombun.members.operations import enrol_member, merge_members
from ombun.members.rules.resolutions import NewResolution
from ombun.members.states import Happening
from ombun.primitives.money import Satang
from tests.people import FOUNDED, NOW, START, TODAY
from tests.refusing import nothing_written, refused

CLAUSE = ArrearsClause(from_on=START, clause_no="7.4", words="", lapse_after_days=90)


def exempt(fund, *ids, **more):
    exempt_members(**{"actor": fund.somsri, "deed_id": uuid4(), "member_ids": ids, "ground": Ground.HARDSHIP,
                      "from_on": date(2025, 11, 1), "until_on": None, "recorded_at": NOW, "resolution": NewResolution(
        committee_no=1, meeting_no=3, met_on=date(2025, 11, 1), signed_by=fund.persons["boonmee"]), **more})


def owed(fund, on=TODAY):
    with fund.reading():
        return {i: one.owed_satang for i, one in standings(fund_id=fund.id, member_ids=fund.members, on=on).items()}


def test_arrears_are_told_of_each_and_of_villages_alike(fund):
    fund.collect(*fund.members[:2])
    on = date(2026, 3, 15)
    with fund.reading():
        late = arrears_of(fund_id=fund.id, member_ids=fund.members, on=on)
        aged = arrears_by_age(fund_id=fund.id, on=on)
    together = [0] * 5
    for one in late.values():
        together[one.age] += one.satang
    assert [sum(ages[n].satang for ages in aged.values()) for n in range(5)] == together
    assert sum(ages[n].members for ages in aged.values() for n in range(5)) == len(late) == len(fund.members)
    first, last = late[fund.members[0]], late[fund.members[-1]]
    assert last.periods == first.periods + 1 and last.satang == first.satang + 3000


def test_the_clause_is_written_once_and_days_of_grace_are_overlooked(fund):
    clause_id = uuid4()
    vote_arrears_clause(actor=fund.somsri, clause_id=clause_id, clause=CLAUSE, recorded_at=NOW)
    with nothing_written(fund.id):
        vote_arrears_clause(actor=fund.somsri, clause_id=clause_id, clause=CLAUSE, recorded_at=NOW)
    with fund.reading():
        assert clauses(fund_id=fund.id) == (CLAUSE,)
        late = arrears_of(fund_id=fund.id, member_ids=fund.members[:1], on=date(2026, 6, 1))[fund.members[0]]
    assert may_be_decided(clause=CLAUSE, late=late) == Happening.LAPSED
    graceful = ArrearsClause(from_on=date(2026, 1, 1), clause_no="7.4", words="", grace_days=30, lapse_after_days=90)
    vote_arrears_clause(actor=fund.somsri, clause_id=uuid4(), clause=graceful, recorded_at=NOW)
    with fund.reading():
        graced = arrears_of(fund_id=fund.id, member_ids=fund.members[:1], on=date(2026, 6, 1))[fund.members[0]]
    assert graced.days == late.days - 30
    with refused(fund, "contributions.same_id_other_clause"):
        vote_arrears_clause(actor=fund.somsri, clause_id=clause_id, clause=graceful, recorded_at=NOW)
    with refused(fund, "contributions.clause_begins_that_day", "contributions.clause_without_number"):
        vote_arrears_clause(actor=fund.somsri, clause_id=uuid4(), recorded_at=NOW,
                            clause=ArrearsClause(from_on=START, clause_no="", words=""))


def test_who_is_free_owes_nothing_for_periods_that_begin_meanwhile(fund):
    before, chosen = owed(fund), fund.members[:2]
    exempt(fund, *chosen)
    assert owed(fund) == {i: satang - (3000 if i in chosen else 0) for i, satang in before.items()}
    with fund.reading():
        cards = exemptions(fund_id=fund.id, on=TODAY)
        villages = dues_by_centre(fund_id=fund.id, from_on=START, until_on=TODAY, on=TODAY)
        until = paid_until(fund_id=fund.id, asked=[(chosen[0], TODAY)])
    assert sum(one.owed_satang for one in villages) == sum(owed(fund).values())
    assert {one.member_id for one in cards} == set(chosen) and cards[0].meeting_no == 3
    assert until[chosen[0], TODAY] is not None
    end_exemption(actor=fund.somsri, exemption_id=cards[0].id, until_on=date(2025, 12, 1), recorded_at=NOW)
    with nothing_written(fund.id):
        end_exemption(actor=fund.somsri, exemption_id=cards[0].id, until_on=date(2025, 12, 1), recorded_at=NOW)
    later = owed(fund, on=date(2026, 1, 31))
    assert later[cards[0].member_id] == later[cards[1].member_id] + 2 * 3000


def test_an_exemption_is_written_once_for_everybody_or_nobody(fund, other_fund):
    deed = uuid4()
    exempt(fund, *fund.members[:2], deed_id=deed)
    with nothing_written(fund.id):
        exempt(fund, *fund.members[:2], deed_id=deed)
    with refused(fund, "contributions.same_id_other_exemption"):
        exempt(fund, fund.members[2], deed_id=deed)
    with refused(fund, "contributions.exempt_already", "contributions.exempt_no_member"):
        exempt(fund, fund.members[0], fund.members[3], 10**6)
    with refused(fund, "contributions.nobody_to_exempt", "contributions.exemption_in_closed_months",
                 "contributions.exemption_ends_before_it_begins", "members.meeting_to_come",
                 "members.meeting_not_signed_by_chair"):
        exempt(fund, from_on=date(2020, 1, 1), until_on=date(2020, 1, 1), resolution=NewResolution(
            committee_no=1, meeting_no=9, met_on=date(2999, 1, 1), signed_by=fund.persons["somsri"]))
    with other_fund.reading():
        assert exemptions(fund_id=other_fund.id, on=TODAY) == ()
    with refused(fund, "contributions.unknown_exemption"):
        end_exemption(actor=fund.somsri, exemption_id=uuid4(), until_on=TODAY, recorded_at=NOW)


def test_an_exemption_does_not_end_in_closed_months_or_twice(fund):
    exempt(fund, fund.malee)
    with fund.reading():
        card, = exemptions(fund_id=fund.id, on=TODAY)
    with refused(fund, "contributions.exemption_ends_before_it_begins"):
        end_exemption(actor=fund.somsri, exemption_id=card.id, until_on=card.from_on, recorded_at=NOW)
    end_exemption(actor=fund.somsri, exemption_id=card.id, until_on=TODAY, recorded_at=NOW)
    with refused(fund, "contributions.exemption_ended_already"):
        end_exemption(actor=fund.somsri, exemption_id=card.id, until_on=date(2030, 1, 1), recorded_at=NOW)


def test_what_was_decided_under_an_entry_that_was_merged_counts_for_the_person(fund):
    one, other = fund.members[:2]
    before = owed(fund)[one]
    exempt(fund, other)
    merge_members(actor=fund.somsri, merge_id=uuid4(), kept_id=one, merged_id=other, recorded_at=NOW)
    assert owed(fund)[one] <= before - 3000
    with fund.reading():
        villages = dues_by_centre(fund_id=fund.id, from_on=START, until_on=TODAY, on=TODAY)
        people = standings(fund_id=fund.id, member_ids=[i for i in fund.members if i != other], on=TODAY)
    assert sum(v.owed_satang for v in villages) == sum(p.owed_satang for p in people.values())


@pytest.mark.parametrize("satang", [0, 2000])
def test_who_joins_while_these_books_are_kept_pays_the_entrance_fee_once(fund, satang):
    vote_plan(actor=fund.somsri, plan_id=uuid4(), recorded_at=NOW, plan=Plan(
        amount_satang=Satang(3000), every_months=1, from_on=date(2025, 11, 1), entrance_satang=Satang(satang)))
    newcomer = enrol_member(
        actor=fund.somsri, membership_id=uuid4(), enrolled_on=TODAY, recorded_at=NOW,
        new=fund.new_member(90, national_id="9100500012345", joined_on=TODAY)).member_id
    with fund.reading():
        new, old = (standings(fund_id=fund.id, member_ids=[i], on=TODAY)[i] for i in (newcomer, fund.malee))
        villages = dues_by_centre(fund_id=fund.id, from_on=START, until_on=TODAY, on=TODAY)
        everybody = standings(fund_id=fund.id, member_ids=[*fund.members, newcomer], on=TODAY)
    assert new.owed_satang == 3000 + satang and FOUNDED < START
    assert old.owed_satang % 3000 == 0
    assert sum(v.owed_satang for v in villages) == sum(p.owed_satang for p in everybody.values())
