"""What happened to a membership, folded into where somebody stood on any day."""
from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from ombun.members.rules.life import Event, Spell, rewritten, spells, status_on
from ombun.members.rules.membership import LeftReason
from ombun.members.states import LEADS_TO, Happening, MemberStatus

ONE, TWO = UUID(int=1), UUID(int=2)
DAYS = [date(2020, 1, 1) + timedelta(days=n) for n in range(12)]


def life(*happened, spell=ONE):
    """Events of one spell: kind and day, numbered in the order they were written."""
    return [Event(id=n, membership_id=spell, kind=Happening(kind), happened_on=day,
                  strikes_id=struck[0] if struck else None)
            for n, (kind, day, *struck) in enumerate(happened, 1)]


def test_the_status_on_any_day_between_joining_and_leaving():
    events = life(("JOINED", DAYS[1]), ("SUSPENDED", DAYS[3]), ("REINSTATED", DAYS[5]), ("SUSPENDED", DAYS[6]),
                  ("LAPSED", DAYS[8]))
    assert [status_on(events=events, day=day).value for day in DAYS[:10]] == [
        "NOT_YET", "ACTIVE", "ACTIVE", "SUSPENDED", "SUSPENDED", "ACTIVE", "SUSPENDED", "SUSPENDED", "LAPSED", "LAPSED"]


def test_who_joins_again_begins_a_new_spell_and_the_old_one_stays():
    again = Event(id=9, membership_id=TWO, kind=Happening.JOINED, happened_on=DAYS[3])
    events = [*life(("JOINED", DAYS[1]), ("RESIGNED", DAYS[3])), again]
    assert [status_on(events=events, day=day).value for day in (DAYS[2], DAYS[3])] == ["ACTIVE", "ACTIVE"]
    assert spells(events=events) == {ONE: Spell(joined_on=DAYS[1], left_on=DAYS[3], left_reason=LeftReason.RESIGNED),
                                     TWO: Spell(joined_on=DAYS[3])}


def test_what_was_taken_back_never_was():
    events = life(("JOINED", DAYS[1]), ("DECEASED", DAYS[3]), ("TAKEN_BACK", DAYS[3], 2))
    assert status_on(events=events, day=DAYS[5]) == MemberStatus.ACTIVE


def test_an_unknown_joining_day_has_begun_and_an_unknown_leaving_day_is_past():
    assert status_on(events=life(("JOINED", None)), day=DAYS[0]) == MemberStatus.ACTIVE
    assert status_on(events=life(("JOINED", DAYS[0]), ("MOVED", None)), day=DAYS[0]) == MemberStatus.MOVED


def test_every_status_says_what_may_happen_next_and_the_dead_stay_dead():
    assert set(LEADS_TO) == set(MemberStatus)
    assert LEADS_TO[MemberStatus.DECEASED] == {}
    assert {to for moves in LEADS_TO.values() for to in moves.values()} == set(MemberStatus) - {MemberStatus.NOT_YET}


DATED = st.none() | st.sampled_from(DAYS)
SPELLS = st.builds(lambda joined, left, why: Spell(joined_on=joined, left_on=left if why else None, left_reason=why),
                   DATED, DATED, st.none() | st.sampled_from(list(LeftReason)))


@given(st.lists(SPELLS, min_size=1, max_size=6))
def test_however_often_a_spell_is_rewritten_its_history_says_the_last_writing(writings):
    events = life(("JOINED", writings[0].joined_on))
    old = Spell(joined_on=writings[0].joined_on)
    for new in writings:
        events += [Event(id=len(events) + n, membership_id=ONE, kind=c.kind, happened_on=c.happened_on,
                         strikes_id=c.strikes_id)
                   for n, c in enumerate(rewritten(old=old, new=new, events=events), 1)]
        assert spells(events=events) == {ONE: new}
        old = new
