"""Signing in and out, a new password, the language of the page."""
import os
import re
import subprocess
import sys
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client, override_settings

from ombun.access.passwords import OF_THE_DEMO
from tests.pages.house import PASSWORD, browser, text_of

LOGIN, LOGOUT, CHANGE = "/sign-in/login/", "/sign-in/logout/", "/sign-in/password/change/"


@pytest.fixture(autouse=True)
def _nobody_tried_before():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def user():
    return User.objects.create_user(username=f"kaew-{uuid4().hex[:10]}", password=PASSWORD, first_name="นางแก้ว")


def sign_in(name, password=PASSWORD, *, language="th", client=None, **more):
    client = client or browser(language)
    return client.post(LOGIN, {"login": name, "password": password, **more})


def signed_in(client):
    return "_auth_user_id" in client.session


def test_no_switch_makes_passwords_easy_to_guess():
    """As `./ombun serve` keeps them: Django's own way and its full number of rounds, whatever the environment says."""
    hashed = "from django.contrib.auth.hashers import make_password; print(make_password('x'))"
    done = subprocess.run([sys.executable, "-m", "ombun.jobs", "manage", "shell", "-v0", "-c", hashed], text=True,
                          env=os.environ | {"OMBUN_FAST_PASSWORDS": "1"}, capture_output=True, check=True)
    algorithm, rounds, *_ = done.stdout.strip().splitlines()[-1].split("$")
    assert (algorithm, int(rounds) >= 1_000_000) == ("pbkdf2_sha256", True)


@pytest.mark.parametrize(("language", "words"), [("th", "ให้อย่างมีคุณค่า รับอย่างมีศักดิ์ศรี"), ("en", "Password")])
def test_the_door_speaks_both_languages(language, words):
    page = browser(language).get(LOGIN)
    assert page.status_code == 200
    assert words in text_of(page) and f'lang="{language}"' in text_of(page)
    assert "allauth" not in text_of(page).lower()


@pytest.mark.parametrize("asks", ["en-US,en;q=0.9", "en", "de", ""])
def test_the_door_speaks_thai_whatever_the_browser_asks_for(asks):
    page = Client(headers={"accept-language": asks}).get(LOGIN)
    assert 'lang="th"' in text_of(page) and page["Content-Language"] == "th"
    assert 'lang="th"' in text_of(browser("klingon").get(LOGIN))


def test_signing_in_leads_to_the_own_desk(quiet_house):
    client = Client()
    done = sign_in(quiet_house.users["somsri"], client=client)
    assert (done.status_code, done.headers["Location"]) == (302, "/")
    assert client.get("/").headers["Location"] == quiet_house.url()


def test_a_name_written_in_capitals_is_the_same_name(user):
    client = Client()
    sign_in(user.username.upper(), client=client)
    assert signed_in(client)


def test_signing_in_goes_on_to_the_page_that_was_asked_for_but_never_elsewhere(user):
    assert sign_in(user.username, next="/style/").headers["Location"] == "/style/"
    assert sign_in(user.username, next="https://example.org/").headers["Location"] == "/"


@pytest.mark.parametrize(("language", "words"), [
    ("th", "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง"), ("en", "The user name or the password is wrong")])
def test_a_wrong_password_keeps_the_name_and_says_no_more_than_needed(user, language, words):
    wrong = sign_in(user.username, "ผิดแน่นอน", language=language)
    unknown = sign_in(f"nobody-{uuid4().hex[:6]}", "ผิดแน่นอน", language=language)
    assert wrong.status_code == unknown.status_code == 422
    assert words in text_of(wrong) and words in text_of(unknown)
    assert f'value="{user.username}"' in text_of(wrong) and "ผิดแน่นอน" not in text_of(wrong)


def test_the_password_of_the_demo_opens_the_demo_alone(user, settings):
    """Whichever way it came into a real database."""
    user.set_password(OF_THE_DEMO)
    user.save()
    refused = sign_in(user.username, OF_THE_DEMO)
    assert refused.status_code == 422 and "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง" in text_of(refused)
    settings.OMBUN_IS_DEMO = True
    assert sign_in(user.username, OF_THE_DEMO).status_code == 302


def test_each_empty_field_is_named(user):
    page = sign_in("", "")
    assert page.status_code == 422
    assert {"ชื่อผู้ใช้: ยังไม่ได้ใส่", "รหัสผ่าน: ยังไม่ได้ใส่"} <= set(re.findall(r"<p>([^<]+)</p>", text_of(page)))


@pytest.mark.parametrize(("language", "words"), [("th", "รอห้านาทีแล้วลองใหม่"), ("en", "Wait five minutes")])
def test_after_too_many_attempts_even_the_right_password_waits(user, language, words):
    for _ in range(5):
        assert sign_in(user.username, "ผิดแน่นอน").status_code == 422
    client = browser(language)
    page = sign_in(user.username, client=client)
    assert page.status_code == 422 and not signed_in(client)
    assert words in text_of(page)


def test_a_machine_that_keeps_trying_is_told_to_rest(user):
    for _ in range(30):
        sign_in(f"nobody-{uuid4().hex[:6]}", "x")
    page = sign_in(user.username)
    assert page.status_code == 429
    assert "พักสักครู่" in text_of(page)


@pytest.mark.parametrize("path", ["signup/", "signup/passkey/", "email/", "password/set/", "password/reset/"])
def test_nobody_makes_a_login_for_themselves(path):
    assert Client().get(f"/sign-in/{path}").status_code == 404
    assert Client().post(f"/sign-in/{path}", {"username": "me", "password1": PASSWORD, "password2": PASSWORD}
                         ).status_code == 404


def test_a_closed_login_does_not_open(user):
    user.is_active = False
    user.save()
    client = Client()
    page = sign_in(user.username, client=client)
    assert not signed_in(client)
    assert page.status_code in (302, 422)


def test_a_forgotten_password_is_set_anew_at_the_machine():
    page = Client().get("/sign-in/password/forgotten/")
    assert page.status_code == 200 and "./ombun user reset ชื่อผู้ใช้นั้น</code>" in text_of(page)
    with override_settings(OMBUN_IS_DEMO=True):
        page = re.sub("</?span.*?>", "", text_of(Client().get("/sign-in/password/forgotten/")))
    assert "./ombun user reset ชื่อผู้ใช้นั้น --demo" in page and "./ombun user list --demo" in page


def test_signing_out_is_a_deed_not_an_address(user):
    client = Client()
    sign_in(user.username, client=client)
    asked = client.get(LOGOUT)
    assert asked.status_code == 200 and "จะออกจากระบบใช่ไหม" in text_of(asked) and signed_in(client)
    assert client.post(LOGOUT).status_code == 302 and not signed_in(client)


def test_a_new_password_opens_and_the_old_one_does_not(user):
    client = Client()
    sign_in(user.username, client=client)
    assert client.get(CHANGE).status_code == 200
    new = "ต้นมะขาม-หน้าวัด-ใหญ่"
    done = client.post(CHANGE, {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert (done.status_code, done.headers["Location"]) == (302, "/")
    assert "เปลี่ยนรหัสผ่านแล้ว" in text_of(client.get("/style/"))
    assert sign_in(user.username).status_code == 422
    assert sign_in(user.username, new).status_code == 302


@pytest.mark.parametrize(("fields", "reasons"), [
    ({"oldpassword": "ผิด", "password1": "ต้นมะขาม-หน้าวัด", "password2": "ต้นมะขาม-หน้าวัด"}, ["รหัสผ่านเดิมไม่ถูกต้อง"]),
    ({"oldpassword": PASSWORD, "password1": "ต้นมะขาม-หน้าวัด", "password2": "ต้นมะขาม"}, ["สองครั้งไม่เหมือนกัน"]),
    ({"oldpassword": "ผิด", "password1": "1234", "password2": "1234"}, ["รหัสผ่านเดิมไม่ถูกต้อง", "เดาง่าย"]),
    ({"oldpassword": PASSWORD, "password1": OF_THE_DEMO, "password2": OF_THE_DEMO}, ["รหัสผ่านของกองทุนตัวอย่างใครก็รู้"]),
])
def test_every_reason_against_a_new_password_is_told_at_once(user, fields, reasons):
    client = Client()
    sign_in(user.username, client=client)
    page = client.post(CHANGE, fields)
    assert page.status_code == 422
    assert [r for r in reasons if r not in text_of(page)] == []
    assert sign_in(user.username).status_code == 302


def test_a_guest_who_wants_a_new_password_signs_in_first():
    assert Client().get(CHANGE).headers["Location"].startswith(LOGIN)


@pytest.mark.parametrize(("language", "word"), [("en", "Sign in"), ("th", "เข้าสู่ระบบ")])
def test_the_language_is_switched_on_the_page_and_stays(language, word):
    client = browser({"en": "th", "th": "en"}[language])
    assert f'value="{language}"' in text_of(client.get(LOGIN))
    done = client.post("/i18n/setlang/", {"language": language, "next": LOGIN})
    assert (done.status_code, done.headers["Location"]) == (302, LOGIN)
    assert f"<h1>{word}</h1>" in text_of(client.get(LOGIN))
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME]["max-age"] > 0  # tomorrow it is still so


def test_every_desk_has_the_switch_and_the_way_out(quiet_house):
    for name, path in (("somsri", ""), ("boonma", "collect/"), ("orathai", "register/")):
        page = text_of(quiet_house.at(name).get(quiet_house.url(path)))
        assert 'action="/i18n/setlang/"' in page and f'action="{LOGOUT}"' in page, name
