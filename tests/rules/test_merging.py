"""Which values of two entries somebody has to choose, who is whom after several merges, and what cannot be merged."""
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from ombun.members.rules.life import Stands
from ombun.members.rules.membership import MemberKind, NewMember, NoIdReason
from ombun.members.rules.merging import CHOICES, chosen, disputed, known_to_one, persons, refusals_to_merge
from ombun.members.states import MemberStatus

ONE = NewMember(member_no="0001", name_title="นาง", first_name="มาลี", last_name="ใจดี", joined_on=date(2015, 5, 1),
                centre_id=None, phone="0812345678", no_id_reason=NoIdReason.NOT_SEEN)
OTHER = replace(ONE, member_no="0002", last_name="ศรีสุข", phone="", national_id="9100500012345", no_id_reason=None,
                kind=MemberKind.GENERAL)


def test_only_where_both_say_something_else_somebody_has_to_choose():
    assert disputed(one=ONE, other=OTHER) == ("name",)
    assert set(known_to_one(kept=ONE, merged=OTHER)) == {"national_id", "kind"}
    assert known_to_one(kept=OTHER, merged=ONE) == ("phone",)


def test_what_is_taken_goes_together_and_the_number_stays():
    new = chosen(kept=ONE, merged=OTHER, taken=["name", "national_id"])
    assert (new.member_no, new.last_name, new.phone) == ("0001", "ศรีสุข", "0812345678")
    assert (new.national_id, new.no_id_reason) == ("9100500012345", None)
    assert chosen(kept=ONE, merged=OTHER, taken=CHOICES) == replace(OTHER, member_no="0001")


PEOPLE = st.builds(lambda **said: replace(ONE, **said), phone=st.sampled_from(["", "1", "2"]), house_no=st.sampled_from(
    ["", "9"]), kind=st.sampled_from([None, *MemberKind]), last_name=st.sampled_from(["", "ใจดี", "ดีใจ"]))


@given(PEOPLE, PEOPLE)
def test_after_everything_is_answered_nothing_that_was_known_is_lost(one, other):
    new = chosen(kept=one, merged=other, taken=known_to_one(kept=one, merged=other))
    assert known_to_one(kept=new, merged=other) == known_to_one(kept=new, merged=one) == ()
    assert disputed(one=one, other=other) == disputed(one=other, other=one) == disputed(one=new, other=other)


@given(st.permutations(range(8)), st.data())
def test_every_entry_leads_to_one_that_was_not_merged(order, data):
    merges = {}
    for n, entry in enumerate(order[:-1]):
        if data.draw(st.booleans()):
            merges[entry] = data.draw(st.sampled_from(order[n + 1:]))
    found = persons(merges=merges)
    assert set(found) == set(merges) and not set(found.values()) & set(merges)
    assert all(found[entry] == found.get(kept, kept) for entry, kept in merges.items())


def test_nobody_is_dead_and_a_member_nor_their_own_guardian():
    dead, alive = (Stands(name=status, status=status, last_on=None)
                   for status in (MemberStatus.DECEASED, MemberStatus.SUSPENDED))
    gone = replace(alive, status=MemberStatus.MOVED)
    for one, other in ((dead, alive), (alive, dead)):
        assert reasons(one, other) == [("members.one_died_one_lives", "members")]
    assert reasons(dead, gone, *CHOICES) == []
    assert reasons(gone, alive, "member_no") == [("members.unknown_choice", "member_no")]
    assert reasons(gone, alive, is_guardian=True) == [("members.guardian_of_the_other", "members")]


def reasons(kept, merged, *taken, is_guardian=False):
    return [(r.code, r.about) for r in refusals_to_merge(
        kept=kept, merged=merged, taken=taken, is_guardian_of_the_other=is_guardian)]
