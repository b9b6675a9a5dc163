"""What a device takes along and sends: people of its village and no more, each sheet once, every reason in words."""
import json
import re
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ombun.contributions import queries
from ombun.primitives.days import add_months
from ombun.primitives.transactions import fund_transaction
from tests.pages.house import BACKEND, MONTH, TODAY, House, text_of


def collections(house):
    with fund_transaction(fund_id=house.actor.fund_id, read_only=True):
        return queries.collections_in(
            fund_id=house.actor.fund_id, from_on=add_months(MONTH, -1), until_on=add_months(MONTH, 1))


def take(house, who="boonma", device=None):
    """A device takes village 4 along; gives what it hears and its own id."""
    device = device or str(uuid4())
    answer = house.at(who).post(house.url("collect/offline/village/4/"), json.dumps({"device": device}),
                                "application/json")
    assert answer.status_code == 200, answer.content
    return answer.json(), device


def sheet(house, **changes):
    """A sheet of the first device of the house."""
    if not hasattr(house, "device"):
        _, house.device = take(house)
    return {"id": str(uuid4()), "device": house.device, "book": 9001, "first": 1,
            "centre": str(house.centre), "collected_on": TODAY.isoformat(), "collected_by": str(house.people["boonma"]),
            "payments": [[member, 3000] for member in house.members]} | changes


def send(house, who, sent):
    return house.at(who).post(house.url("collect/offline/sheets/"), json.dumps(sent), "application/json")


def test_a_device_takes_along_what_the_job_needs_and_no_more(house):
    told, device = take(house)
    assert told["book"] == {"moo": 4, "no": 9001, "next": 1, "last": 9999}
    assert take(house, device=device)[0]["book"]["no"] == 9001 and take(house)[0]["book"]["no"] == 9002
    assert {one["id"] for one in told["people"]} == set(house.members)
    assert {key for one in told["people"] for key in one} == {
        "id", "no", "name", "house", "amount", "ticked", "behind", "ahead", "free"}
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
    assert first.json() == again.json() == {"book": 9001, "first": 1, "last": 4, "set_aside": 0}
    assert [(c.total_satang, str(c.deed_id)) for c in collections(house)] == [(12000, sent["id"])]


def side_by_side(page):
    """The table that compares the sheets, a list a row: the member's number, then what stands on each sheet."""
    (table,) = re.findall(r"<tbody>(.+?)</table>", page, re.S)
    return [[re.search(r"<small.*?>(\d*)</small>|$", head)[1] or "", *re.findall(r"del 30|[\d–]+", re.sub(
        r"<del>", "del ", re.sub(r"<(?!del>)[^>]+>", " ", cells)))]
            for head, cells in re.findall(r"<th scope=\"row\">(.+?)</th>(.+?)</tr>", table, re.S)]


def test_what_two_devices_collected_of_one_person_waits_for_the_treasurer(house):
    send(house, "boonma", sheet(house, payments=[[house.members[0], 3000]]))
    _, other = take(house, "somsri")
    twice = sheet(house, payments=[[house.members[0], 3000], [house.members[1], 3000]], device=other, book=9002)
    assert send(house, "somsri", twice).json() == {"book": 9002, "first": 1, "last": 2, "set_aside": 1}
    assert house.at("boonma").get(house.url("collect/waiting/")).status_code == 403
    page = house.at("somsri").get(house.url("collect/waiting/"))
    assert "มีใบเสร็จของวันเดียวกันอีกใบ" in text_of(page) and "เล่มที่ 9002 เลขที่ 1" in text_of(page)
    one = house.url(f"collect/waiting/{twice['id']}/1/")
    assert "9001/1" in text_of(house.at("somsri").get(one))
    assert side_by_side(text_of(house.at("somsri").get(one))) == [
        ["0001", "30", "1", "del 30", "1"], ["0002", "–", "30", "2"], ["", "30", "60"]]
    empty = house.at("somsri").post(one, {"deed": str(uuid4()), "how": "out", "why": "", "day": "x"})
    assert empty.status_code == 422 and "วันที่" in text_of(empty)
    nobody = house.at("somsri").post(one, {"deed": str(uuid4()), "how": "member", "member": ""})
    assert nobody.status_code == 422
    done = house.at("somsri").post(one, {"deed": str(uuid4()), "how": "member", "member": "0002"})
    assert done.status_code == 302 and house.balances().get("2900", 0) == 0
    assert "ไม่มีใบเสร็จที่รอตรวจสอบ" in text_of(house.at("somsri").get(house.url("collect/waiting/")))
    assert house.at("somsri").get(one).status_code == 404


def test_a_sheet_before_it_is_waited_for(house):
    early = sheet(house, first=5)
    answer = send(house, "boonma", early)
    assert answer.status_code == 409 and "ยังมาไม่ถึง" in answer.json()["reasons"][0]
    assert send(house, "boonma", sheet(house)).status_code == 200
    assert send(house, "boonma", early | {"payments": early["payments"]}).status_code == 200


def test_a_device_that_was_wiped_hears_of_it_and_what_it_had_collected_arrives(house):
    sent = sheet(house)
    asked = house.url(f"collect/offline/signed-in/?device={house.device}")
    assert house.at("boonma").get(asked).json()["wiped"] is False
    assert house.at("boonma").get(house.url("collect/devices/")).status_code == 403
    page = house.at("somsri").get(house.url("collect/devices/"))
    assert "ยังไม่มีเครื่อง" not in text_of(page) and "หมู่ 4" in text_of(page)
    assert house.at("somsri").post(house.url("collect/devices/"), {"device": house.device}).status_code == 302
    assert house.at("somsri").post(house.url("collect/devices/"), {"device": str(uuid4())}).status_code == 422
    assert house.at("boonma").get(asked).json()["wiped"] is True
    again = house.at("boonma").post(house.url("collect/offline/village/4/"), json.dumps({"device": house.device}),
                                    "application/json")
    assert again.status_code == 422 and "ลบรายชื่อ" in again.json()["reasons"][0]
    assert send(house, "boonma", sent).status_code == 200


def test_a_file_that_a_device_saved_is_taken_in_once(house):
    sheets = [sheet(house, first=5), sheet(house)]
    address = house.url("collect/devices/rescued/")

    def bring(content):
        return house.at("boonma").post(address, {"file": SimpleUploadedFile("ombun.json", content)})

    for word in ("บันทึกแล้ว", "เคยมาถึงแล้ว"):
        answer = bring(json.dumps({"ombun": 1, "sheets": sheets}).encode())
        assert answer.status_code == 200 and word in text_of(answer)
    assert {(c.first_number, c.last_number) for c in collections(house)} == {(1, 4), (5, 8)}
    for wrong in (b"{", b"[]", b'{"sheets": [1]}', b'{"sheets": [{"book": 1, "first": 1}]}'):
        assert bring(wrong).status_code == 422
    assert house.at("boonma").post(address).status_code == 422


def test_every_reason_comes_in_words_and_nothing_is_written(house):
    wrong = sheet(house, payments=[[house.members[0], 3000], [house.members[0], 3000], [2_000_000_000, 3000]])
    answer = send(house, "boonma", wrong)
    assert answer.status_code == 422 and len(answer.json()["reasons"]) == 2
    assert all("ก" <= reason[0] <= "๙" for reason in answer.json()["reasons"]), answer.json()
    assert collections(house) == ()


@pytest.mark.parametrize("changes", [
    {"id": "x"}, {"collected_on": "26/11/2569"}, {"payments": [[1]]}, {"payments": [["1", 3000]]}, {"payments": 7},
    {"payments": [[1, 30.0]]}, {"payments": [[1, -1]]}, {"payments": [[True, 1]]}, {"centre": None}, {"first": "1"},
    {"device": None}])
def test_what_is_no_sheet_is_refused_as_a_whole(house, changes):
    answer = send(house, "somsri", sheet(house, **changes))
    assert answer.status_code == 422 and "อ่านไม่ได้" in answer.json()["reasons"][0]
    raw = house.at("somsri").post(house.url("collect/offline/sheets/"), b"{", "application/json")
    assert raw.status_code == 422 and collections(house) == ()


def test_a_collector_sends_for_their_own_village_alone(house):
    assert house.at("boonma").post(house.url("collect/offline/village/5/"), json.dumps({"device": str(uuid4())}),
                                   "application/json").status_code == 404
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
