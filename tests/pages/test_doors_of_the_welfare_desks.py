"""Every page of the committee's desk: works in both languages, and the four ways it must not."""
from uuid import uuid4

import pytest
from django.test import Client

from tests.pages.house import text_of
from tests.pages.welfare import WelfareHouse

LOOKING = {"somsri", "boonmee", "udom", "boonma", "orathai"}
FILING = LOOKING - {"udom"}
ALL = LOOKING | {"malee"}
PAGES = [("committee/claims/", LOOKING), ("committee/claims/?q=มาลี", LOOKING), ("committee/claims/file/", FILING),
         ("committee/claims/file/?q=มาลี", FILING), ("committee/claims/file/MEMBER/", FILING),
         ("committee/claims/file/MEMBER/hospital/", FILING), ("committee/claims/file/MEMBER/death/", FILING),
         ("committee/claims/meeting/", FILING - {"boonma"}),
         ("CLAIM", LOOKING)]


@pytest.fixture(scope="module")
def house():
    """A fund with one claim."""
    made = WelfareHouse()
    made.claim = made.filed()
    return made


@pytest.fixture(scope="module")
def other():
    """Another fund, whose people must not see the first."""
    return WelfareHouse()


def address_of(house, path):
    """A page of this fund, with its own member and claim."""
    return house.claim if path == "CLAIM" else house.url(path.replace("MEMBER", str(house.members[0])))


@pytest.mark.parametrize(("path", "who"), PAGES)
def test_a_page_works_for_its_roles_in_both_languages_and_says_no_to_others(house, path, who):
    for name in sorted(ALL):
        assert house.at(name).get(address_of(house, path)).status_code == (200 if name in who else 403), name
    english = house.at("somsri", language="en").get(address_of(house, path))
    assert '<html lang="en">' in text_of(english)


@pytest.mark.parametrize(("path", "who"), PAGES)
def test_the_people_of_another_fund_find_nothing(house, other, path, who):
    assert other.at("somsri").get(address_of(house, path)).status_code == 404
    assert Client().get(address_of(house, path)).status_code == 302
    assert house.at("somsri").put(address_of(house, path)).status_code == 405


def test_members_and_claims_of_another_fund_are_not_there(house, other):
    theirs = house.claim.replace(house.code, other.code)
    assert other.at("somsri").get(theirs).status_code == 404
    assert other.at("somsri").post(theirs, {"step": "certify", "certified_on": "1/1/2569"}).status_code == 404
    assert other.at("somsri").get(other.url(f"committee/claims/{uuid4()}/")).status_code == 404
    for path in ("", "hospital/"):
        assert other.at("somsri").get(other.url(f"committee/claims/file/{10**9}/{path}")).status_code == 404


def test_a_benefit_that_the_rule_book_does_not_know_is_not_there(house):
    assert house.at("somsri").get(house.form(benefit="holiday")).status_code == 404


def test_the_auditor_looks_and_writes_nothing(house):
    assert house.at("udom").post(house.claim, {"step": "certify"}).status_code == 403
