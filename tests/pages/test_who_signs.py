"""The page of a claim puts nobody's name down for them, and says by name who wrote what."""
from uuid import uuid4

import pytest

from tests.pages.house import text_of
from tests.pages.welfare import DAY, WelfareHouse


@pytest.fixture
def house():
    """A fund for one test."""
    return WelfareHouse()


CHOSEN = " selected"


@pytest.mark.parametrize(("name", "step", "signs", "records"), [
    ("approved_by", "certified", "boonmee", "somsri"), ("rejected_by", "certified", "boonmee", "somsri"),
    ("paid_by", "approved", "somsri", "boonmee")])
def test_nobodys_signature_is_chosen_but_by_themselves(house, name, step, signs, records):
    address = getattr(house, step)()
    for who in (signs, records):
        page = text_of(house.at(who).get(address))
        choice = page[page.index(f'name="{name}"'):].partition("</select>")[0]
        assert (f'value="{house.people[signs]}"{CHOSEN}' in choice) == (who == signs), who
        assert (CHOSEN in choice) == (who == signs), who
        assert ("ทำได้เมื่อเห็นลายเซ็นบนกระดาษแล้ว" in page) == (who == records), who


def test_the_history_names_whoever_wrote_it_down(house):
    page = text_of(house.at("boonmee").get(house.paid()))
    assert page.count("ผู้บันทึก") == 4 and house.users["somsri"] not in page
    told = page.replace('<span class="nowrap">', "").replace("</span>", "")
    assert "ผู้บันทึก นางสมศรี ใจบุญ" in told and "ผู้บันทึก นายบุญมี มั่นคง" in told


def test_the_history_names_a_member_who_filed_themselves(house):
    house.at("malee").post(house.url("me/claims/file/hospital/"), {
        "deed": str(uuid4()), "happened_on": DAY, "filed_on": DAY, "units": "3", "seen-id_card": "on", "agreed": "on",
        "step": "file"})
    page = text_of(house.at("somsri").get(house.url(f"committee/claims/{house.claims()[0].id}/")))
    assert "ผู้บันทึก นางมาลี" in page.replace('<span class="nowrap">', "")
