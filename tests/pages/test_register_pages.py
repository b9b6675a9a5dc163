"""The registrar's desk in the browser: find, enrol, leave, and a workbook that comes in and goes out again."""
import re
from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ombun.members import queries
from ombun.primitives.days import add_months, thai_day, thai_month
from ombun.primitives.transactions import fund_transaction
from ombun.web.registrar.views import imports
from tests.pages.house import TODAY, hidden, text_of

WORKBOOK = Path(__file__).parents[1] / "data" / "workbooks" / "A_donkaeo.xlsx"
READERS = {"somsri", "boonmee", "udom", "orathai"}
DAY = f"{TODAY.day}/{TODAY.month}/{TODAY.year + 543}"


def counts(house):
    with fund_transaction(fund_id=house.actor.fund_id, read_only=True):
        return queries.counts(fund_id=house.actor.fund_id, on=TODAY)


@pytest.mark.parametrize(("path", "who"), [
    ("register/", READERS), ("register/?q=มาลี", READERS), ("register/?moo=4", READERS),
    ("register/new/", {"somsri", "orathai"}), ("register/imports/", {"somsri", "orathai"})])
def test_a_page_works_for_its_roles_in_both_languages(quiet_house, other_house, path, who):
    for name in ("somsri", "boonmee", "udom", "orathai", "boonma"):
        assert quiet_house.at(name).get(quiet_house.url(path)).status_code == (200 if name in who else 403), name
    assert '<html lang="en">' in text_of(quiet_house.at("somsri", language="en").get(quiet_house.url(path)))
    assert other_house.at("somsri").get(quiet_house.url(path)).status_code == 404
    assert quiet_house.at("somsri").put(quiet_house.url(path)).status_code == 405


def test_a_search_finds_by_part_of_the_name_and_number(quiet_house):
    page = text_of(quiet_house.at("orathai").get(quiet_house.url("register/?q=บุญ")))
    assert "บุญมี" in page and "ใจบุญ" in page and "สุดา" not in page
    assert "สุดา" in text_of(quiet_house.at("orathai").get(quiet_house.url("register/?q=0004")))


def test_a_members_page_hides_what_is_not_needed_and_another_funds_member_is_not_there(quiet_house, other_house):
    url = quiet_house.url(f"register/{quiet_house.members[0]}/")
    assert "มาลี" in text_of(quiet_house.at("orathai").get(url))
    assert quiet_house.at("orathai").get(quiet_house.url(f"register/{other_house.members[0]}/")).status_code == 404
    leave = quiet_house.url(f"register/{other_house.members[0]}/leave/")
    assert quiet_house.at("orathai").get(leave).status_code == 404


def test_a_new_member_is_enrolled_once_however_often_it_is_sent(house):
    form = house.at("orathai").get(house.url("register/new/"))
    fields = {"deed": hidden(form, "deed"), "member_no": "0099", "moo": "4", "name_title": "นาย", "first_name": "คำ",
              "last_name": "แพง", "kind": "GENERAL", "joined_on": DAY}
    before = counts(house).members_ever
    first = house.at("orathai").post(house.url("register/new/"), fields)
    again = house.at("orathai").post(house.url("register/new/"), fields)
    assert (first.status_code, again.status_code) == (302, 302)
    assert first.url == again.url and counts(house).members_ever == before + 1


def test_every_mistake_of_an_enrolment_is_told_and_what_was_typed_stays(house):
    form = house.at("orathai").get(house.url("register/new/"))
    before = counts(house).members_ever
    page = house.at("orathai").post(house.url("register/new/"), {
        "deed": hidden(form, "deed"), "member_no": "0001", "moo": "4", "first_name": "คำ", "last_name": "แพง",
        "kind": "GENERAL", "joined_on": DAY, "national_id": "9000000000001"})
    assert page.status_code == 422 and counts(house).members_ever == before
    assert 'value="แพง"' in text_of(page) and text_of(page).count("<li>") >= 2
    page = house.at("orathai").post(house.url("register/new/"), {"deed": "x", "joined_on": "1/2/65"})
    assert page.status_code == 422 and "1/2/65" in text_of(page)


def test_a_member_who_left_is_no_longer_current(house):
    url = house.url(f"register/{house.members[0]}/leave/")
    assert house.at("orathai").post(url, {"reason": "MOVED", "left_on": "32/1/2569"}).status_code == 422
    assert house.at("orathai").post(url, {"reason": "MOVED", "left_on": DAY}).status_code == 302
    assert counts(house).members_current == len(house.members) - 1


def read(house):
    """Send the workbook to be read."""
    form = house.at("orathai").get(house.url("register/imports/"))
    return house.at("orathai").post(house.url("register/imports/"), {
        "deed": hidden(form, "deed"), "files": SimpleUploadedFile("A_donkaeo.xlsx", WORKBOOK.read_bytes())})


def test_a_workbook_is_read_looked_at_taken_in_and_taken_out_again(house):
    orathai, before = house.at("orathai"), counts(house).members_ever
    sent = read(house)
    assert sent.status_code == 302 and counts(house).members_ever == before
    assert "รับเข้าใหม่" in text_of(orathai.get(sent.url))
    assert re.search(r"<b>[A-Z]+\d+</b> “.+?” ", text_of(orathai.get(f"{sent.url}?verdict=questioned")))
    assert orathai.post(f"{sent.url}commit/").status_code == 302
    assert counts(house).members_ever > before
    assert house.at("boonmee").post(f"{sent.url}undo/").status_code == 403
    assert orathai.post(f"{sent.url}undo/", {"sure": "on"}).status_code == 302
    assert counts(house).members_ever == before


def test_a_file_that_is_no_workbook_is_refused_in_words(house):
    form = house.at("orathai").get(house.url("register/imports/"))
    for fields in ({}, {"files": SimpleUploadedFile("a.xlsx", b"not a workbook")}):
        page = house.at("orathai").post(house.url("register/imports/"), {"deed": hidden(form, "deed"), **fields})
        assert page.status_code == 422 and "refus" in text_of(page)


def test_the_day_of_an_import_is_the_day_in_thailand_where_it_is_still_yesterday_in_greenwich(house, monkeypatch):
    early = datetime.combine(TODAY, time(6, 50), tzinfo=ZoneInfo("Asia/Bangkok"))
    with monkeypatch.context() as patched:
        patched.setattr(imports, "now", lambda: early)
        read(house)
    page = text_of(house.at("orathai").get(house.url("register/imports/")))
    assert thai_day(TODAY, short=True) in page


def test_an_imported_doubt_is_answered_on_the_members_page(house):
    """Every member that the workbook brought has a page, also those without a name or with a question."""
    house.at("orathai").post(f"{read(house).url}commit/")
    with fund_transaction(fund_id=house.actor.fund_id, read_only=True):
        asked = [card for card in queries.all_members(fund_id=house.actor.fund_id) if card.questioned]
    assert len(asked) > 5
    for card in asked:
        page = text_of(house.at("orathai").get(house.url(f"register/{card.id}/")))
        assert "ยังต้องถาม" in page and card.full_name
    card = next(card for card in asked if card.questioned == ("bad_check_digit",))
    url = house.url(f"register/{card.id}/correct/")
    form = house.at("orathai").get(url)
    assert "เลขบัตรประชาชนไม่ถูกต้อง" in text_of(form) and "ในแฟ้มเขียนว่า" in text_of(form)
    fields = {"deed": hidden(form, "deed"), "member_no": card.member_no, "first_name": card.first_name,
              "last_name": card.last_name, "name_title": card.name_title, "moo": str(card.moo), "born_on": "2510",
              "kind": card.kind or "", "joined_on": thai_day(card.joined_on, short=True), "right-bad_check_digit": "on"}
    wrong = house.at("orathai").post(url, fields | {"national_id": "9000000000001"})
    assert wrong.status_code == 422 and 'value="9000000000001"' in text_of(wrong)
    assert house.at("orathai").post(url, fields).status_code == 302
    with fund_transaction(fund_id=house.actor.fund_id, read_only=True):
        mended = queries.member_card(fund_id=house.actor.fund_id, member_id=card.id)
    assert (mended.questioned, mended.born_on.year, mended.birth_precision) == ((), 1967, "year")
    assert house.at("boonmee").get(url).status_code == 403


def test_a_members_page_says_the_last_month_paid_for_and_nothing_where_nothing_was_paid(house):
    page = text_of(house.at("orathai").get(house.url(f"register/{house.members[0]}/")))
    assert f"<dt>ส่งเงินถึงสิ้นเดือน</dt><dd>{thai_month(add_months(TODAY, -1))}</dd>" in page
    form = house.at("orathai").get(house.url("register/new/"))
    done = house.at("orathai").post(house.url("register/new/"), {
        "deed": hidden(form, "deed"), "member_no": "0099", "moo": "4", "first_name": "คำ", "last_name": "แพง",
        "kind": "GENERAL", "joined_on": DAY})
    page = text_of(house.at("orathai").get(done.url))
    assert "ยังไม่เคยส่ง" in page and "ส่งเงินถึง" not in page
