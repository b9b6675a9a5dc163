"""The sound key: one key for the spellings of one name, in Python and in the database."""
from itertools import pairwise

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from ombun.members.rules.sound import sound_key, sounds_meant
from ombun.primitives.thai import tidy

LETTERS = "".join(map(chr, [*range(0x0E01, 0x0E2F), *range(0x0E30, 0x0E3B), *range(0x0E40, 0x0E4F)]))
thai = st.text(LETTERS + " .-aZ", max_size=30).map(tidy)


@pytest.mark.parametrize(("one", "other"), [
    ("ศรีสวัสดิ์", "สีสวัส"), ("ณัฐพงษ์", "นัดพง"), ("บุญธรรม", "บุนทำ"), ("จันทร์แก้ว", "จันแก้ว"), ("สุพรรณ", "สุพัน"),
    ("หญิง", "ยิง"), ("เพ็ชร", "เพชร"), ("กัญญา", "กันยา"), ("วงศ์คำ", "วงค์คำ"), ("ใจดี", "ไจดี"), ("ฤทธิ์", "ริท")])
def test_spellings_of_one_name_sound_the_same(one, other):
    assert sound_key(text=one) == sound_key(text=other)


@pytest.mark.parametrize(("one", "other"), [("มาลี", "มานี"), ("บุญมี", "บุญมา"), ("ใจดี", "ใจบุญ"), ("แก้ว", "กา")])
def test_other_names_do_not(one, other):
    assert sound_key(text=one) != sound_key(text=other)


@given(thai, st.integers(0, 40), st.sampled_from("่้๊๋"))
def test_a_tone_mark_more_or_less_changes_nothing(name, place, mark):
    place = min(place, len(name))
    if name[place:place + 1] not in ("์", "ำ", "า", "ิ", "ุ", "ญ"):
        assert sound_key(text=name[:place] + mark + name[place:]) == sound_key(text=name)


@given(thai)
def test_a_key_has_no_spaces_no_tones_and_nothing_twice(name):
    key = sound_key(text=name)
    assert not set(key) & set(" .-่้๊๋็ษศณ")
    assert all(a != b for a, b in pairwise(key))


@given(thai)
def test_the_database_hears_the_same(name):
    with connection.cursor() as cursor:
        cursor.execute("SELECT thai_sound(%s)", [name])
        assert cursor.fetchone()[0] == sound_key(text=name)


@pytest.mark.parametrize(("typed", "written"), [
    ("สวัด", "ศรีสวัสดิ์"), ("สวัสดี", "ศรีสวัสดิ์"), ("สวัสดิ", "ศรีสวัสดิ์"), ("สีสวัส", "ศรีสวัสดิ์"), ("มงคน", "มงคล"), ("อนุพน", "อนุพล"),
    ("ประเสริด", "ประเสริฐ"), ("ไพโรด", "ไพโรจน์"), ("สุเทบ", "สุเทพ"), ("มานบ", "มานพ"), ("โชค", "โชก")])
def test_what_is_typed_may_be_meant_otherwise(typed, written):
    assert any(key in sound_key(text=written) for key in sounds_meant(text=typed))


@pytest.mark.parametrize(("typed", "written"), [("สวัด", "สวรรค์"), ("มงคน", "มงคุด"), ("บุญมี", "บุญมา")])
def test_and_not_just_anything(typed, written):
    assert not any(key in sound_key(text=written) for key in sounds_meant(text=typed))


@given(st.text("กขคงจชซดตทนบปพฟมยรลวสหอะาิีุูเแโไ์่้", max_size=12))
def test_what_is_meant_begins_with_what_is_typed(typed):
    keys = sounds_meant(text=typed)
    assert keys[0] == sound_key(text=typed)
    assert all(key.startswith(min(keys, key=len)[:-1]) for key in keys)
