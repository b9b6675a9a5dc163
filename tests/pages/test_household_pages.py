"""Households in the browser: suggested by house number, one page each, people come and go."""
from uuid import uuid4

import pytest

from ombun.members import queries
from ombun.members.operations import write_members
from ombun.members.rules.membership import NewMember
from ombun.primitives.days import thai_day
from ombun.primitives.transactions import fund_transaction
from tests.pages.house import NOW, START, TODAY, hidden, text_of

DAY = thai_day(TODAY, short=True)


def neighbours(house):
    """Two people of one house number, one of another."""
    with fund_transaction(fund_id=house.actor.fund_id):
        return write_members(actor=house.actor, recorded_at=NOW, rows=[(uuid4(), NewMember(
            member_no=f"02{n}", name_title="นาง", first_name=name, last_name="เพื่อนบ้าน", joined_on=START,
            centre_id=house.centre, house_no=house_no))
            for n, (name, house_no) in enumerate((("ก้อย", "12/3"), ("แก้ว", "12/3"), ("ไก่", "7")))])


def gathered(*house_nos):
    """The form in which these house numbers are ticked."""
    return {"deed": str(uuid4()), "gather": "1"} | {f"house-{house_no}": "on" for house_no in house_nos}


def household_of(house, member):
    with fund_transaction(fund_id=house.actor.fund_id, read_only=True):
        return queries.household_of(fund_id=house.actor.fund_id, member_id=member)


def test_the_pages_are_for_those_who_read_the_register_and_only_its_keepers_write(house, other_house):
    neighbours(house)
    url = house.url("register/households/")
    for who in ("somsri", "boonmee", "udom", "orathai"):
        page = house.at(who).get(url)
        assert page.status_code == 200 and ("บันทึกเป็นครัวเรือน" in text_of(page)) == (who in ("somsri", "orathai"))
        assert house.at(who).post(url, gathered()).status_code == (422 if who in ("somsri", "orathai") else 403)
    assert house.at("boonma").get(url).status_code == 403
    assert other_house.at("somsri").get(url).status_code == 404
    assert house.at("somsri").put(url).status_code == 405
    assert '<html lang="en">' in text_of(house.at("somsri", language="en").get(url))


def test_the_ticked_numbers_become_households_and_the_members_page_leads_there(house):
    koi, kaew, kai = neighbours(house)
    client, url = house.at("orathai"), house.url("register/households/?moo=4")
    page = text_of(client.get(url))
    assert "ก้อย" in page and 'name="house-12/3" checked' in page
    assert client.post(url, gathered("12/3")).url == url
    assert household_of(house, koi) == household_of(house, kaew) and household_of(house, kai) is None
    page = text_of(client.get(url))
    assert "1 ครัวเรือน" in page and 'name="house-7"' in page and 'name="house-12/3"' not in page
    assert "ครัวเรือน 2 คน" in text_of(client.get(house.url(f"register/{koi}/")))
    wrong = client.post(url, gathered("99"))
    assert wrong.status_code == 422 and 'name="house-7">' in text_of(wrong)
    assert "ยังไม่มีครัวเรือน" in text_of(client.get(house.url("register/households/?moo=5")))


def test_somebody_moves_in_heads_the_house_and_moves_out(house):
    koi, *_ = neighbours(house)
    client, url = house.at("orathai"), house.url("register/households/?moo=4")
    assert client.post(url, {"deed": hidden(client.get(url), "deed"), "house_no": ""}).status_code == 422
    one = client.post(url, {"deed": hidden(client.get(url), "deed"), "house_no": "12/3"}).url
    assert client.post(one, {"deed": str(uuid4()), "step": "in", "member": "ก้อย", "from_on": ""}).url == one
    assert client.post(one, {"step": "mend", "house_no": "12/4", "head": str(koi)}).url == one
    page = text_of(client.get(one))
    assert "12/4" in page and page.count("หัวหน้าครัวเรือน") == 2 and "ไม่รู้ว่าตั้งแต่เมื่อใด" in page
    assert client.post(one, {"step": "out", "out": hidden(client.get(one), "out"), "until_on": DAY}).url == one
    page = text_of(client.get(one))
    assert "เคยอยู่" in page and page.count("หัวหน้าครัวเรือน") == 1 and household_of(house, koi) is None


def test_everything_that_is_wrong_is_told_and_changes_nothing(house):
    koi, *_ = neighbours(house)
    client, url = house.at("orathai"), house.url("register/households/?moo=4")
    client.post(url, gathered("12/3"))
    one = house.url(f"register/households/{household_of(house, koi).id}/")
    for sent in ({"step": "in", "member": "", "from_on": "เมื่อวาน"}, {"step": "in", "member": "9999"}, {"step": "fly"},
                 {"step": "in", "member": "02"}, {"step": "out", "out": "x", "until_on": DAY},
                 {"step": "out", "out": str(uuid4()), "until_on": DAY},
                 {"step": "mend", "house_no": "", "head": "x"}, {}):
        assert client.post(one, sent).status_code == 422, sent
    assert house.at("boonmee").post(one, {"step": "in"}).status_code == 403
    assert household_of(house, koi).people == 2
    assert client.get(house.url(f"register/households/{uuid4()}/")).status_code == 404


@pytest.mark.parametrize("language", ["th", "en"])
def test_a_household_is_shown_in_both_languages(house, language):
    koi, *_ = neighbours(house)
    house.at("orathai").post(house.url("register/households/?moo=4"), gathered("12/3"))
    page = house.at("udom", language=language).get(house.url(f"register/households/{household_of(house, koi).id}/"))
    assert f'<html lang="{language}">' in text_of(page) and "แก้ว" in text_of(page)
