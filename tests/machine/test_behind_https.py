"""Behind a proxy that speaks HTTPS, as docs/server.md says: people sign in, cookies are safe, guessing is slow."""
import json
import os
import subprocess
import sys

import pytest

from ombun.jobs.machine.paths import PACKAGE

VISIT = """
import json
import re
from django.test import Client
from ombun.jobs.machine.opening import set_up_django
set_up_django()
from django.contrib.auth.models import User
from django.db import connections
from uuid import uuid4

LOGIN, NAME, PASSWORD = "/sign-in/login/", f"kaew-{uuid4().hex[:10]}", "ข้าวเหนียว-ส้มตำ-๗"
User.objects.create_user(username=NAME, password=PASSWORD)

def token(page):
    return re.search(r'csrfmiddlewaretoken" value="(.+?)"', page.text)[1]

def visit(origin="https://fund.example", *, address="203.0.113.7", name=NAME, host="fund.example"):
    client = Client(enforce_csrf_checks=True, headers={
        "host": host, "x-forwarded-proto": "https", "x-forwarded-for": address})
    page = client.get(LOGIN)
    done = client.post(LOGIN, {"login": name, "password": PASSWORD, "csrfmiddlewaretoken": token(page)},
                       headers={"origin": origin})
    return page, done, [one["secure"] for one in client.cookies.values()]

page, done, cookies = visit()
told = {"signed_in": done.status_code, "hsts": page.headers.get("Strict-Transport-Security", ""), "cookies": cookies,
        "from_elsewhere": visit("https://elsewhere.example")[1].status_code,
        "host_not_passed_on": visit(host="127.0.0.1:8000")[1].status_code}
for n in range(30):
    visit(address="198.51.100.9, 203.0.113.66", name=f"nobody-{n}")
told["after_guessing"] = visit(address="192.0.2.1, 203.0.113.66")[1].status_code
told["somebody_else"] = visit()[1].status_code
connections["default"].close()
connections["default"].close_pool()
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def told() -> dict[str, object]:
    """What visitors of https://fund.example get, each through the proxy."""
    done = subprocess.run([sys.executable, "-c", VISIT], capture_output=True, text=True, check=False, env=os.environ | {
        "OMBUN_HTTPS": "1", "OMBUN_HOSTS": "fund.example .fund.example", "PYTHONPATH": str(PACKAGE.parent)})
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert isinstance(found, dict)
    return found


def test_people_sign_in(told: dict[str, object]):
    assert told["signed_in"] == 302
    assert told["host_not_passed_on"] == 302


def test_a_page_of_somebody_else_cannot_sign_in_for_them(told: dict[str, object]):
    assert told["from_elsewhere"] == 403


def test_cookies_travel_over_https_only_and_browsers_remember_it(told: dict[str, object]):
    assert told["cookies"] and told["cookies"] == [True] * len(told["cookies"])  # type: ignore[arg-type, call-overload]
    assert int(str(told["hsts"]).partition("max-age=")[2]) >= 180 * 24 * 3600


def test_who_guesses_is_told_from_who_does_not_by_the_address_that_the_proxy_saw(told: dict[str, object]):
    assert (told["after_guessing"], told["somebody_else"]) == (429, 302)
