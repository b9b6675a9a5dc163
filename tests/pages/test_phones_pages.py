"""The page with the code for phones, the page of trust, and what goes over the network without a seal."""
import pytest
from django.test import Client

from ombun.jobs.machine import lan
from ombun.jobs.machine.lan import Door
from tests.pages.house import text_of

DOOR = Door(addresses=("192.168.1.5",), name="hall.local", plain_port=8000, port=8443, file=b"not secret")
FAR = {"REMOTE_ADDR": "192.168.1.77"}


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, settings) -> Door:
    settings.ALLOWED_HOSTS = ["testserver", "192.168.1.5"]
    monkeypatch.setattr(lan, "_open", [DOOR])
    return DOOR


def test_without_a_door_the_page_says_what_to_start_and_there_is_nothing_to_trust(quiet_house):
    page = text_of(quiet_house.at("somsri").get(quiet_house.url("settings/phones/")))
    assert "./ombun serve --lan" in page and "<svg" in page and "8443" not in page
    assert Client().get("/trust/").status_code == 404
    assert Client().get("/trust/ombun.crt").status_code == 404


def test_the_treasurer_sees_the_code_the_address_and_the_fingerprint(quiet_house, opened: Door):
    page = text_of(quiet_house.at("somsri").get(quiet_house.url("settings/phones/")))
    assert "http://192.168.1.5:8000/trust/" in page and 'class="segno"' in page
    assert opened.fingerprint in page and len(opened.fingerprint.split()) == 16
    assert "https://192.168.1.5:8443/" in text_of(quiet_house.at("somsri").get(quiet_house.url("settings/")))


@pytest.mark.parametrize(("browser", "kind"), [
    ("… Android 14 …", "แอนดรอยด์"), ("… iPhone …", "ไอโฟน"), ("… Windows NT", "Windows")])
def test_the_steps_for_the_phone_at_hand_stand_open(opened: Door, browser: str, kind: str):
    page = text_of(Client(REMOTE_ADDR="192.168.1.77", headers={"user-agent": browser}).get("/trust/"))
    assert page.count(" open>") == 1
    assert kind in page.partition(" open>")[2].partition("</summary>")[0]
    assert 'href="https://192.168.1.5:8443/"' in page
    assert Client(**FAR).get("/trust/ombun.crt").content == b"not secret"


def test_whoever_comes_unsealed_over_the_network_is_led_to_the_sealed_page(opened: Door):
    far = Client(headers={"host": "192.168.1.5:8000"}, **FAR)
    for answer in (far.get("/sign-in/login/?next=/f/x/"), far.post("/sign-in/login/?next=/f/x/", {"login": "a"})):
        assert (answer.status_code, answer["Location"]) == (302, "https://192.168.1.5:8443/sign-in/login/?next=/f/x/")
    assert Client().get("/sign-in/login/").status_code == 200  # at the computer itself
    assert Client(headers={"host": "elsewhere.example"}, **FAR).get("/").status_code == 400


def test_cookies_given_under_a_seal_travel_under_one_only(opened: Door):
    for is_sealed in (True, False):
        client = Client()
        client.get("/sign-in/login/", secure=is_sealed)
        assert {bool(one["secure"]) for one in client.cookies.values()} == {is_sealed}
