"""A draft tried on the past, and a year tested, on their pages: what is told, and what is refused."""
import json
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ombun.primitives.days import fiscal_year_be
from ombun.regulations.queries import FIRST_RULE_BOOK
from tests.pages.house import TODAY, text_of
from tests.pages.welfare import DAY, WelfareHouse

LOOKING = {"somsri", "boonmee", "udom", "orathai"}
ALL = LOOKING | {"boonma", "malee"}


@pytest.fixture(scope="module")
def house():
    """A fund whose rule book is the example, with one claim that was paid."""
    made = WelfareHouse()
    made.address = made.approved()
    return made


def draft(**rates):
    """The first rule book, with another rate a night, as text."""
    clauses = json.loads(FIRST_RULE_BOOK.read_text("utf-8"))
    clauses[1]["rule"]["grant"] |= rates
    return json.dumps(clauses)


@pytest.mark.parametrize("path", ["committee/rules/what-if/", "committee/rules/back-test/"])
def test_who_may_look_back(house, other_house, path):
    for name in sorted(ALL):
        assert house.at(name).get(house.url(path)).status_code == (200 if name in LOOKING else 403), name
    assert '<html lang="en">' in text_of(house.at("somsri", language="en").get(house.url(path)))
    assert other_house.at("somsri").get(house.url(path)).status_code == 404
    assert house.at("somsri").put(house.url(path)).status_code == 405


def told(house, who="somsri", language="th", **fields):
    """The answer to a draft."""
    return house.at(who, language=language).post(house.url("committee/rules/what-if/"), fields)


def test_the_rule_book_leads_to_its_own_past(house):
    rules = text_of(house.at("somsri").get(house.url("committee/rules/")))
    assert "what-if/?version=" in rules
    assert "what-if" not in text_of(house.at("malee").get(house.url("committee/rules/")))
    address = rules.split("committee/rules/what-if/?version=")[1].split('"')[0]
    shown = text_of(house.at("somsri").get(house.url(f"committee/rules/what-if/?version={address}")))
    assert "ทุกคนได้เท่าเดิม" in shown and 'aria-current="true"' in shown
    assert house.at("somsri").get(house.url(f"committee/rules/what-if/?version={uuid4()}")).status_code == 404
    assert house.at("somsri").get(house.url("committee/rules/what-if/?version=x")).status_code == 404


def test_a_draft_comes_as_a_file_or_as_text_and_nothing_is_written(house):
    file = SimpleUploadedFile("ร่าง.json", draft(rate_satang=150_00).encode("utf-8-sig"), "application/json")
    document = f'{{"format": 1, "clauses": {draft(rate_satang=150_00)}}}'
    for page in (told(house, file=file), told(house, draft=draft(rate_satang=150_00)), told(house, draft=document)):
        assert page.status_code == 200
        assert "ได้น้อยลง 1 คน" in text_of(page) and "ลด 150" in text_of(page)
    assert "1 people get less" in text_of(told(house, language="en", draft=draft(rate_satang=150_00)))
    assert len(house.claims()) == 1


@pytest.mark.parametrize(("written", "said"), [
    ("", "แฟ้มร่างระเบียบ"), ("ไม่ใช่", "JSON"), ("[" * 100_000, "JSON"), ("{}", ""), ("[1]", ""),
    (draft(rate_satang=0), "17.2 rule.grant.rate_satang"), (draft(colour="ฟ้า"), "17.2 rule.grant.colour"),
    (draft().replace('"rate_satang"', '"rate_satang": 1, "rate_satang"', 1), "17.2 rule.grant.rate_satang"),
    ('{"format": 2, "clauses": []}', "2"),
    ("9" * 1_000_001, "1 MB")])
def test_a_broken_draft_is_refused_with_its_mistakes(house, written, said):
    page = told(house, draft=written)
    assert page.status_code == 422 and said in text_of(page)


def test_a_year_is_tested_and_differences_lead_to_their_claims(house):
    year = house.url("committee/rules/back-test/")
    now = fiscal_year_be(TODAY)
    clean = text_of(house.at("udom").get(f"{year}?year={now}"))
    assert "ไม่มีครั้งไหนต่างจากระเบียบ" in clean
    for asked in ("9", "2300", "3000", "1"):
        assert house.at("udom").get(f"{year}?year={asked}").status_code == 404, asked
    assert house.at("udom").get(f"{year}?year={now - 543}").status_code == 200
    less = house.certified(benefit="birth", units="")
    house.sign(less, "boonmee", step="approve", decided_on=DAY, approved_satang="100",
               approved_by=str(house.people["boonmee"]))
    assert less in text_of(house.at("udom").get(f"{year}?year={now}"))


def test_a_draft_that_is_being_written_leads_to_the_past(house):
    deed, drafts = str(uuid4()), house.url("committee/rules/drafts/")
    begun = house.at("somsri").post(drafts, {"deed": deed, "from": "in_force", "title": "ระเบียบใหม่"}).url
    address = house.url(f"committee/rules/what-if/?draft={deed}")
    assert f"?draft={deed}" in text_of(house.at("somsri").get(begun))
    shown = text_of(house.at("somsri").get(address))
    assert "<h2>ระเบียบใหม่</h2>" in shown and "ทุกคนได้เท่าเดิม" in shown
    assert house.at("somsri").get(house.url(f"committee/rules/what-if/?draft={uuid4()}")).status_code == 404
