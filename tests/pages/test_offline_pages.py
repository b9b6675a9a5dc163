"""What a device takes along and sends: people of its village and no more, each sheet once, every reason in words."""
import json
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client

from ombun.contributions import queries
from ombun.primitives.days import add_months
from ombun.primitives.transactions import fund_transaction
from tests.pages.house import BACKEND, MONTH, TODAY, House, text_of


def collections(house):
    with fund_transaction(fund_id=house.actor.fund_id, read_only=True):
        return queries.collections_in(
            fund_id=house.actor.fund_id, from_on=add_months(MONTH, -1), until_on=add_months(MONTH, 1))


def sheet(house, **changes):
    return {"id": str(uuid4()), "centre": str(house.centre), "collected_on": TODAY.isoformat(),
            "collected_by": str(house.people["boonma"]),
            "payments": [[member, 3000] for member in house.members]} | changes


def send(house, who, sent):
    return house.at(who).post(house.url("collect/offline/sheets/"), json.dumps(sent), "application/json")


def test_a_device_takes_along_what_the_job_needs_and_no_more(house):
    told = house.at("boonma").get(house.url("collect/offline/village/4/")).json()
    assert {one["id"] for one in told["people"]} == set(house.members)
    assert {key for one in told["people"] for key in one} == {
        "id", "no", "name", "house", "amount", "ticked", "behind", "ahead"}
    assert {one["amount"] for one in told["people"]} == {"30"}
    assert told["collector"] == str(house.people["boonma"])


def test_the_page_that_stays_on_the_device_tells_of_nobody(house):
    page = text_of(house.at("boonma").get(house.url("collect/offline/")))
    assert "หมู่ 4" in page and "หมู่ 5" not in page
    assert "มาลี" not in page and "บุญมา" not in page


def test_a_sheet_arrives_once_however_often_it_is_sent(house):
    sent = sheet(house)
    first, again = send(house, "boonma", sent), send(house, "boonma", sent)
    assert first.status_code == again.status_code == 200
    assert first.json() == again.json() == {"book": 4, "numbers": "101–104", "others": 0}
    assert [(c.total_satang, str(c.deed_id)) for c in collections(house)] == [(12000, sent["id"])]


def test_two_devices_that_collected_one_village_are_told(house):
    send(house, "boonma", sheet(house, payments=[[house.members[0], 3000]]))
    assert send(house, "somsri", sheet(house, payments=[[house.members[0], 3000]])).json()["others"] == 1


def test_every_reason_comes_in_words_and_nothing_is_written(house):
    wrong = sheet(house, payments=[[house.members[0], 3000], [house.members[0], 3000], [2_000_000_000, 3000]])
    answer = send(house, "boonma", wrong)
    assert answer.status_code == 422 and len(answer.json()["reasons"]) == 2
    assert all("ก" <= reason[0] <= "๙" for reason in answer.json()["reasons"]), answer.json()
    assert collections(house) == ()


@pytest.mark.parametrize("changes", [
    {"id": "x"}, {"collected_on": "26/11/2569"}, {"payments": [[1]]}, {"payments": [["1", 3000]]}, {"payments": 7},
    {"payments": [[1, 30.0]]}, {"payments": [[1, -1]]}, {"payments": [[True, 1]]}, {"centre": None}])
def test_what_is_no_sheet_is_refused_as_a_whole(house, changes):
    answer = send(house, "somsri", sheet(house, **changes))
    assert answer.status_code == 422 and "อ่านไม่ได้" in answer.json()["reasons"][0]
    raw = house.at("somsri").post(house.url("collect/offline/sheets/"), b"{", "application/json")
    assert raw.status_code == 422 and collections(house) == ()


def test_a_collector_sends_for_their_own_village_alone(house):
    assert house.at("boonma").get(house.url("collect/offline/village/5/")).status_code == 404
    answer = send(house, "boonma", sheet(house, centre=str(house.other_centre)))
    assert answer.status_code == 422 and collections(house) == ()


def test_the_token_is_demanded(house):
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get(username=house.users["boonma"]), backend=BACKEND)
    address = house.url("collect/offline/sheets/")
    assert client.post(address, json.dumps(sheet(house)), "application/json").status_code == 403
    token = client.get(house.url("collect/offline/signed-in/")).json()["token"]
    done = client.post(address, json.dumps(sheet(house)), "application/json", headers={"x-csrftoken": token})
    assert done.status_code == 200


def test_the_script_keeps_the_page_of_this_fund(house):
    answer = house.at("boonma").get(house.url("collect/offline/worker.js"))
    assert answer["content-type"].startswith("text/javascript")
    assert house.url("collect/offline/") in answer.content.decode()


@pytest.fixture
def house():
    """A fund of its own."""
    return House()
