"""Whoever is merged, set apart, leaves and stays in whatever order: people are counted once, histories stay, and no
check finds anything."""
from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from ombun.jobs.checking import everything_found
from ombun.members.models import Membership, MembershipEvent
from ombun.members.operations import (
    end_membership,
    enrol_member,
    merge_members,
    take_back_leaving,
    undo_merge,
)
from ombun.members.queries import flows, headcount, life, members_by_centre, persons_of, statuses
from ombun.members.rules.life import status_on
from ombun.members.rules.membership import LeftReason
from ombun.members.states import MemberStatus
from ombun.primitives.refusals import Refused
from tests.people import NOW, TODAY, Cast
from tests.refusing import nothing_written

which, days = st.integers(0, 20), st.sampled_from([date(2015, 5, 1), date(2020, 2, 29), date(2025, 10, 1), TODAY])
BEGINNING = date(2010, 6, 9)


class Register(RuleBasedStateMachine):
    """A register of a few entries, and in the head of a careful person whose each of them is, and who is a member."""

    @initialize()
    def begin(self):
        self.fund = Cast(members=2)
        self.kept = {i: (date(2015, 5, 1), None) for i in self.fund.members}  # entry → its spell
        self.merges = {}  # merge → (kept, merged), those that stand

    def one(self, number):
        return sorted(self.kept)[number % len(self.kept)]

    def person(self, entry):
        into = {merged: kept for kept, merged in self.merges.values()}
        while entry in into:
            entry = into[entry]
        return entry

    def entries(self, person):
        return [entry for entry in self.kept if self.person(entry) == person]

    def people(self):
        return {self.person(entry) for entry in self.kept}

    def going_on(self, person):
        return [entry for entry in self.entries(person) if self.kept[entry][1] is None]

    @rule(on=days)
    def enrol(self, on):
        new = self.fund.new_member(100 + len(self.kept), joined_on=on)
        entry = enrol_member(actor=self.fund.somsri, membership_id=uuid4(), new=new, enrolled_on=TODAY, recorded_at=NOW)
        self.kept[entry.member_id] = (on, None)

    @rule(one=which, other=which, takes_name=st.booleans())
    def merge(self, one, other, takes_name):
        kept, merged, deed = self.one(one), self.one(other), uuid4()
        said = {"actor": self.fund.somsri, "merge_id": deed, "kept_id": kept, "merged_id": merged, "recorded_at": NOW,
                "taken_from_merged": ["name"] if takes_name else []}
        if kept != merged and {kept, merged} <= self.people():
            merge_members(**said)
            self.merges[deed] = kept, merged
            with nothing_written(self.fund.id):
                assert merge_members(**said).was_already_recorded
        else:
            with nothing_written(self.fund.id), pytest.raises(Refused):
                merge_members(**said)

    @rule(number=which)
    def set_apart(self, number):
        if self.merges:
            deed = list(self.merges)[number % len(self.merges)]
            undo_merge(actor=self.fund.somsri, merge_id=deed, recorded_at=NOW)
            del self.merges[deed]

    @rule(number=which, back=st.integers(0, 3))
    def leave(self, number, back):
        person, on = self.person(self.one(number)), TODAY - timedelta(days=back)
        open_now = self.going_on(person)
        said = {"actor": self.fund.somsri, "member_id": person, "left_on": on, "reason": LeftReason.MOVED,
                "recorded_at": NOW}
        last = max(day for entry in self.entries(person) for day in self.kept[entry] if day)
        if open_now and on >= last:
            end_membership(**said)
            for entry in open_now:
                self.kept[entry] = (self.kept[entry][0], on)
        elif open_now:
            with nothing_written(self.fund.id), pytest.raises(Refused):
                end_membership(**said)

    @rule(number=which)
    def stay(self, number):
        person = self.person(self.one(number))
        if not self.going_on(person):
            take_back_leaving(actor=self.fund.somsri, member_id=person, recorded_at=NOW, asked_since=lambda **_: ())
            with self.fund.reading():
                for entry in self.entries(person):
                    self.kept[entry] = (self.kept[entry][0], Membership.objects.get(member_id=entry).left_on)
            assert self.going_on(person)

    @invariant()
    def everybody_is_counted_once(self):
        if not hasattr(self, "kept"):
            return
        with self.fund.reading():
            assert persons_of(fund_id=self.fund.id, entries=list(self.kept)) == {e: self.person(e) for e in self.kept}
            heads = headcount(fund_id=self.fund.id, on=TODAY)
            moves = flows(fund_id=self.fund.id, from_on=BEGINNING, on=TODAY).total
            near = sum(members_by_centre(fund_id=self.fund.id, on=TODAY).values())
        current = sum(bool(self.going_on(person)) for person in self.people())
        assert (heads.total.members_ever, heads.total.members_current, heads.waiting, near) == (
            len(self.people()), current, 0, current)
        assert moves["joined"] == len(self.people())
        assert moves["joined"] + moves["rejoined"] - moves["moved"] == current

    @invariant()
    def everybody_stands_where_their_history_says(self):
        if not hasattr(self, "kept"):
            return
        with self.fund.reading():
            for day in (date(2019, 1, 1), TODAY):
                asked = statuses(fund_id=self.fund.id, member_ids=self.people(), on=day)
                for person in self.people():
                    assert asked[person].status == status_on(
                        events=life(fund_id=self.fund.id, member_id=person), day=day)
                    if day == TODAY:
                        assert (asked[person].status == MemberStatus.ACTIVE) == bool(self.going_on(person))
            for entry, (joined_on, left_on) in self.kept.items():
                spell = Membership.objects.get(member_id=entry)
                assert (spell.joined_on, spell.left_on) == (joined_on, left_on)
                assert set(MembershipEvent.objects.filter(membership_id=spell.id).values_list(
                    "member_id", flat=True)) == {entry}

    @invariant()
    def no_check_finds_anything(self):
        if hasattr(self, "fund"):
            assert everything_found(fund_id=self.fund.id) == ()


Register.TestCase.settings = settings(
    max_examples=12, stateful_step_count=25, deadline=None, print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much])
TestRandomMerges = pytest.mark.usefixtures("_database_is_open")(Register.TestCase)
