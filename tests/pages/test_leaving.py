"""Leaving and staying at the registrar's desk: a mistaken leaving is struck out with one button."""
from datetime import timedelta

import pytest

from ombun.members import queries
from ombun.primitives.days import thai_day
from ombun.primitives.transactions import fund_transaction
from tests.pages.house import TODAY, text_of

BUTTON = "บันทึกผิด ยังเป็นสมาชิกอยู่"


def current(house):
    with fund_transaction(fund_id=house.actor.fund_id, read_only=True):
        return queries.counts(fund_id=house.actor.fund_id, on=TODAY).members_current


def test_nobody_leaves_on_a_day_to_come_and_a_mistake_is_taken_back(house):
    orathai, url = house.at("orathai"), house.url(f"register/{house.members[0]}/")
    for day in (TODAY + timedelta(days=1), TODAY.replace(year=2157)):
        page = orathai.post(f"{url}leave/", {"reason": "MOVED", "left_on": thai_day(day)})
        assert page.status_code == 422
        assert "ยังมาไม่ถึง" in text_of(page)
    assert BUTTON not in text_of(orathai.get(url))
    assert orathai.post(f"{url}leave/", {"reason": "MOVED", "left_on": thai_day(TODAY)}).status_code == 302
    assert BUTTON in text_of(orathai.get(url))
    assert BUTTON not in text_of(house.at("boonmee").get(url))
    assert current(house) == len(house.members) - 1
    for _ in range(2):
        assert orathai.post(f"{url}leave/take-back/").url == url
    assert current(house) == len(house.members)


@pytest.mark.parametrize(("who", "status"), [("boonmee", 403), ("udom", 403), ("boonma", 403)])
def test_only_the_desk_that_writes_the_register_takes_a_leaving_back(quiet_house, who, status):
    url = quiet_house.url(f"register/{quiet_house.members[0]}/leave/take-back/")
    assert quiet_house.at(who).post(url).status_code == status
