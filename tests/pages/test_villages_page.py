"""The village centres with their people: who collects where stands on a page of its own."""
from ombun.members.operations import found_household
from tests.pages.house import NOW, text_of
from tests.pages.welfare import WelfareHouse


def test_every_village_says_who_collects_and_one_without_a_collector_says_so(quiet_house, other_house):
    url = quiet_house.url("register/villages/")
    for who in ("somsri", "boonmee", "udom", "orathai"):
        page = text_of(quiet_house.at(who).get(url))
        assert page.index("บ้านห้วยทราย") < page.index("นายบุญมา") < page.index("บ้านนาดี") < page.index("ยังไม่มี</span>")
        assert ("treasurer/people" in page or "people/" in page) == (who in ("somsri", "boonmee"))
    assert quiet_house.at("boonma").get(url).status_code == 403
    assert other_house.at("somsri").get(url).status_code == 404
    assert quiet_house.at("somsri").post(url).status_code == 405
    assert "Village centres" in text_of(quiet_house.at("somsri", language="en").get(url))


def test_members_households_and_those_of_the_centre_are_counted_and_named():
    house = WelfareHouse()
    found_household(actor=house.actor, household_id=house.people["dao"], centre_id=house.centre, house_no="1",
                    recorded_at=NOW)
    page = text_of(house.at("orathai").get(house.url("register/villages/")))
    assert "สมาชิก 4 คน" in page and "1 ครัวเรือน" in page and "น.ส.ดาว" in page and "นายประสิทธิ์" in page
