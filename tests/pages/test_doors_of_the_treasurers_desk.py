"""Every page of the treasurer's and the collector's desk: works in both languages, and the four ways it must not."""
import re

import pytest
from django.test import Client

from tests.pages.house import text_of

ALL = {"somsri", "boonmee", "udom", "boonma", "orathai"}
COMMITTEE = {"somsri", "boonmee", "udom"}
PAGES = [
    ("", COMMITTEE), ("books/", COMMITTEE), ("books/income/", COMMITTEE),
    ("books/income/?period=last_month", COMMITTEE),
    ("books/income/?period=days&from=1/10/2568&to=31/10/2568", COMMITTEE), ("books/cash/", COMMITTEE),
    ("books/days/", COMMITTEE), ("books/voucher/in/", {"somsri"}), ("books/voucher/out/", {"somsri"}),
    ("books/handover/", {"somsri"}), ("books/handover/?from=1110&to=1200", {"somsri"}),
    ("books/bank/", COMMITTEE), ("books/bank/statement/", {"somsri"}),
    ("books/close/", {"somsri", "boonmee"}), ("books/close/reopen/", {"somsri", "boonmee"}),
    ("opening/", {"somsri"}), ("opening/4/", {"somsri"}), ("opening/5/", {"somsri"}),
    ("opening/benefits/", {"somsri"}), ("opening/benefits/?q=มาลี", {"somsri"}),
    ("settings/", {"somsri", "boonmee"}), ("settings/people/", {"somsri", "boonmee"}),
    ("settings/villages/", {"somsri", "boonmee"}), ("settings/logins/", {"somsri", "boonmee"}),
    ("settings/receipts/", {"somsri", "boonmee"}), ("settings/bank/", {"somsri", "boonmee"}),
    ("books/gifts/", COMMITTEE), ("books/gifts/new/", {"somsri"}),
    ("settings/things/", {"somsri", "boonmee"}), ("collect/4/things/", {"somsri", "boonma"}),
    ("settings/dues/", {"somsri", "boonmee"}), ("settings/copy/", {"somsri"}),
    ("settings/take-out/", {"somsri", "boonmee"}), ("settings/phones/", {"somsri", "boonmee"}),
    ("collect/", COMMITTEE | {"boonma"}), ("collect/4/", {"somsri", "boonma"}),
    ("collect/5/", {"somsri"})]


def plain(response, code):
    """The page without what differs on purpose: the address that was asked for, and the form token."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text_of(response)).replace(code, "")


@pytest.mark.parametrize(("path", "who"), PAGES)
def test_a_page_works_for_its_roles_in_both_languages_and_says_no_to_others(quiet_house, path, who):
    for name in sorted(ALL):
        response = quiet_house.at(name).get(quiet_house.url(path))
        of_another_village = path == "collect/5/" and name == "boonma"
        assert response.status_code == (200 if name in who else 404 if of_another_village else 403), name
    english = quiet_house.at("somsri", language="en").get(quiet_house.url(path))
    assert english.status_code == 200
    assert '<html lang="en">' in text_of(english)


@pytest.mark.parametrize(("path", "who"), PAGES)
def test_another_fund_and_no_fund_look_alike(quiet_house, other_house, path, who):
    stranger = other_house.at("somsri")
    forbidden, missing = stranger.get(quiet_house.url(path)), stranger.get(f"/f/no-such-fund/{path}")
    assert (forbidden.status_code, missing.status_code) == (404, 404)
    assert plain(forbidden, quiet_house.code) == plain(missing, "no-such-fund")
    assert Client().get(quiet_house.url(path)).status_code == 302


@pytest.mark.parametrize(("path", "who"), [page for page in PAGES if "?" not in page[0]])
def test_another_method_is_refused(quiet_house, path, who):
    assert quiet_house.at("somsri").put(quiet_house.url(path)).status_code == 405


def test_an_entry_of_another_fund_is_not_there(quiet_house, other_house):
    entry = other_house.entries()[0].id
    for path in (f"books/entry/{entry}/", f"books/entry/{entry}/take-back/"):
        assert other_house.at("somsri").get(other_house.url(path)).status_code == 200
        assert quiet_house.at("somsri").get(quiet_house.url(path)).status_code == 404


@pytest.mark.parametrize("path", ["books/?on=25/11/69", "books/days/?month=ไม่รู้", "books/income/?period=days&from=x&to=",
                                  "books/income/?period=days&from=2/10/2568&to=1/10/2568"])
def test_a_day_that_cannot_be_read_is_told_and_the_books_are_shown_all_the_same(quiet_house, path):
    response = quiet_house.at("udom").get(quiet_house.url(path))
    assert response.status_code == 422
    assert 'role="alert"' in text_of(response)


def test_everything_on_the_pages_is_said_in_english_too(quiet_house):
    page = text_of(quiet_house.at("somsri", language="en").get(quiet_house.url("settings/dues/")))
    assert "What members pay" in page
    assert "30 baht every month" in page
