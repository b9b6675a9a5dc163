"""Two entries of the register: one person or two, and why."""
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ombun.members.rules.likeness import SURE, Entry, Sign, likeness
from ombun.members.rules.membership import BirthPrecision

DAY, YEAR = BirthPrecision.DAY, BirthPrecision.YEAR
MALEE = Entry(first_name="มาลี", last_name="ศรีสวัสดิ์", national_id="9100500012345", born_on=date(1952, 3, 1),
              birth_precision=DAY, house_no="12/3", phone="0812345678", moo=4)
BARE = Entry(first_name="มาลี", last_name="ศรีสวัสดิ์")


@pytest.mark.parametrize(("one", "other", "sign"), [
    (MALEE, replace(MALEE, first_name="มารี", moo=5), Sign.SAME_ID),
    (replace(MALEE, national_id=None), replace(MALEE, last_name="สีสวัส", house_no="7"), Sign.NAME_SOUNDS_ALIKE),
    (MALEE, replace(MALEE, national_id="9100500012354"), Sign.ID_TWISTED),
    (MALEE, replace(MALEE, national_id=None, last_name="ใจดี"), Sign.FIRST_NAME_ALIKE),
    (BARE, replace(BARE, house_no="", phone="", born_on=date(1952, 1, 1), birth_precision=YEAR, has_left=True),
     Sign.SAME_NAME),
    (replace(BARE, house_no="12/3", moo=4), replace(BARE, house_no="12/3", moo=4), Sign.SAME_HOUSE)])
def test_what_speaks_for_one_person(one, other, sign):
    assert sign in likeness(one=one, other=other).signs


@pytest.mark.parametrize(("one", "other", "asks"), [
    (MALEE, replace(MALEE, moo=5, house_no="1"), True),  # one ID in two villages
    (replace(MALEE, national_id=None), replace(MALEE, last_name="สีสวัส"), True),  # written differently, born the same
    (replace(MALEE, national_id=None, has_left=True), replace(MALEE, moo=9), True),  # left, and here again elsewhere
    (MALEE, replace(MALEE, first_name="มาลัย", national_id="9100500099999"), False),  # a twin, another ID
    (replace(MALEE, national_id=None), replace(MALEE, national_id=None, first_name="บุญมี"), False),  # the twin brother
    (BARE, BARE, False),  # a name alone is shared by many
    (replace(BARE, house_no="9", moo=4), replace(BARE, house_no="9", moo=4), True)])
def test_what_a_person_should_look_at(one, other, asks):
    assert likeness(one=one, other=other).is_worth_asking is asks


entries = st.builds(
    Entry, first_name=st.sampled_from(["มาลี", "มารี", "บุญมี", ""]), last_name=st.sampled_from(["ศรีสวัสดิ์", "สีสวัส", ""]),
    national_id=st.sampled_from([None, "9100500012345", "9100500012354", "9100500099999"]),
    born_on=st.sampled_from([None, date(1952, 3, 1), date(1953, 3, 1)]), birth_precision=st.sampled_from([DAY, YEAR]),
    house_no=st.sampled_from(["", "1"]), phone=st.sampled_from(["", "081"]), moo=st.sampled_from([None, 1, 2]),
    has_left=st.booleans())


@given(entries, entries)
def test_the_order_of_the_two_does_not_matter(one, other):
    assert likeness(one=one, other=other) == likeness(one=other, other=one)


@given(entries)
def test_whoever_has_an_id_is_most_like_themselves(entry):
    same = likeness(one=entry, other=entry)
    assert 0 <= same.score <= SURE
    assert not {Sign.OTHER_ID, Sign.OTHER_BIRTH, Sign.OTHER_FIRST_NAME, Sign.OTHER_VILLAGE} & set(same.signs)
    assert entry.national_id is None or same.is_worth_asking


@given(entries, entries, st.sampled_from(["9100500012345"]))
def test_one_id_more_never_makes_two_less_alike(one, other, number):
    blank = likeness(one=replace(one, national_id=None), other=replace(other, national_id=None))
    assert likeness(one=replace(one, national_id=number), other=replace(other, national_id=number)).score >= blank.score
