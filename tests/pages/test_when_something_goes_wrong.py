"""A fault gets a number, on the page and in the log; a refusal nobody caught is shown with every reason."""
import logging
import re
from pathlib import Path

import pytest

from ombun.primitives.refusals import Refusal, Refused
from tests.pages.house import browser as browser_in
from tests.pages.house import text_of

REFERENCE = re.compile(r"\b\d{4}-\d{4}\b")
ERRORS = "ombun.errors"


@pytest.fixture
def break_the_page(monkeypatch):
    """Let the page of the design fail in a way of one's own."""

    def breaks(fault):
        def fails(*_, **__):
            raise fault

        monkeypatch.setattr("ombun.web.style.add_months", fails)

    return breaks


@pytest.fixture
def told(caplog):
    """What the log of faults says."""
    caplog.set_level(logging.INFO)
    return lambda: [r for r in caplog.records if r.name == ERRORS]


def browser(language="th"):
    return browser_in(language, raise_request_exception=False)


@pytest.mark.parametrize(("language", "word"), [("th", "เลขอ้างอิง"), ("en", "Reference")])
def test_the_number_on_the_page_is_the_number_in_the_log(break_the_page, told, language, word):
    break_the_page(ValueError("ยายมาลี 9000000000017"))
    page = browser(language).get("/style/")
    assert page.status_code == 500
    assert word in text_of(page)
    (on_the_page,) = REFERENCE.findall(text_of(page))
    (line,) = [r.getMessage() for r in told()]
    assert line.startswith(f"{on_the_page} GET /style/ ValueError at ") and "\n" not in line
    assert "web/style.py" in line


def test_an_address_cannot_write_a_line_of_its_own_into_the_log(monkeypatch, told):
    monkeypatch.setattr("django.urls.resolvers.URLResolver.resolve", lambda *_: 1 / 0)
    assert browser().get("/style/%0A2026-01-01%20ERROR%20made-up").status_code == 500
    (line,) = [r.getMessage() for r in told()]
    assert "\n" not in line and "/style/%0A2026" in line


def test_the_log_holds_no_value_that_a_person_typed(break_the_page, told, caplog):
    break_the_page(ValueError("ยายมาลี 9000000000017"))
    page = browser().get("/style/?q=ยายมาลี")
    assert page.status_code == 500 and told()
    assert "มาลี" not in caplog.text and "9000000000017" not in caplog.text
    assert "มาลี" not in text_of(page) and "ValueError" not in text_of(page)


def test_two_faults_have_two_numbers(break_the_page):
    break_the_page(KeyError("a"))
    first, second = (REFERENCE.search(text_of(browser().get("/style/")))[0] for _ in range(2))
    assert first != second


def test_the_page_of_a_fault_needs_no_database(break_the_page, django_assert_num_queries):
    break_the_page(OSError("the disk is gone"))
    with django_assert_num_queries(0):
        assert browser().get("/style/").status_code == 500


@pytest.mark.parametrize(("language", "sentences"), [
    ("th", ["ใส่ชื่อหมู่บ้านอย่างน้อยหนึ่งหมู่บ้าน", "จำนวนเงิน: ยังไม่ได้ใส่"]),
    ("en", ["Name at least one village.", "จำนวนเงิน: still empty."])])
def test_a_refusal_that_no_page_caught_tells_every_reason(break_the_page, told, language, sentences):
    break_the_page(Refused(Refusal(code="web.no_village", about="villages"),
                           Refusal(code="web.missing", about="amount", facts={"field": "จำนวนเงิน"})))
    page = browser(language).get("/style/")
    assert page.status_code == 422
    assert [s for s in sentences if s not in text_of(page)] == []
    assert told() == []  # a refusal is no fault


@pytest.mark.parametrize("language", ["th", "en"])
def test_an_address_that_is_not_there(language):
    page = browser(language).get("/f/no-such-fund-at-all/x/y/")
    assert page.status_code == 404
    assert {"th": "ไม่พบหน้านี้", "en": "not found"}[language].lower() in text_of(page).lower()
    assert 'action="/i18n/setlang/"' in text_of(page)


def test_missing_and_forbidden_look_alike(quiet_house, other_house):
    boonmee = other_house.at("boonmee")
    forbidden, missing = boonmee.get(quiet_house.url()), boonmee.get(quiet_house.url().replace("pages-", "other-"))
    assert forbidden.status_code == missing.status_code == 404
    assert _without_address(forbidden) == _without_address(missing)


def _without_address(page):
    return re.sub(r'name="(next|csrfmiddlewaretoken)" value="[^"]*"', "", text_of(page))


def test_a_desk_of_somebody_else_says_whom_to_ask(quiet_house):
    page = quiet_house.at("boonma").get(quiet_house.url("settings/"))
    assert page.status_code == 403
    assert "เหรัญญิกหรือประธานเพิ่มให้" in text_of(page)


@pytest.mark.parametrize(("language", "words"), [("th", "เปิดค้างไว้นานเกินไป"), ("en", "open for too long")])
def test_a_form_without_its_token_says_that_nothing_was_recorded(language, words):
    page = browser_in(language, enforce_csrf_checks=True).post("/i18n/setlang/", {})
    assert page.status_code == 403
    assert words in text_of(page)


def test_every_error_page_is_in_our_own_look():
    templates = Path(__file__).parents[2] / "src" / "ombun" / "web" / "templates"
    for status in ("400", "403", "403_csrf", "404", "429", "500"):
        assert 'extends "web/' in (templates / f"{status}.html").read_text("utf-8"), status
