"""The pages on which a workbook is looked at: a row mended, a sheet explained, doubted rows taken away and sent in."""
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ombun.imports.rules.cells import read_workbook
from ombun.members.queries import all_members
from ombun.primitives.days import fiscal_year_be
from ombun.primitives.transactions import fund_transaction
from tests.pages.house import TODAY, hidden, text_of
from tests.rules.register_files import national_id
from tests.usecases.workbooks import xlsx

HEADINGS = ("เลขทะเบียน", "ชื่อ-สกุล", "หมู่ที่", "เลขบัตรประชาชน", "วันที่สมัคร")
RIGHT, OTHER, WRONG = national_id("900000000001"), national_id("900000000002"), "9000000000001"
REGISTER = xlsx({"ทะเบียน": [HEADINGS, ("4-1", "นายแก้ว เพิ่งมา", 4, WRONG, "1/2/2566"),
                             ("4-2", "นายขวัญ เพิ่งมา", 4, RIGHT, "1/2/2566")]})
ODD = xlsx({"แผ่น 1": [("รายชื่อคนในกองทุน",), ("สมุด", "ใครเอ่ย", "คุ้ม", "สิบสามตัว", "มาเมื่อ", "ไซส์เสื้อ"),
                       ("4-1", "นายแก้ว เพิ่งมา", 4, RIGHT, "1/2/2566", "L")]})
MEANT = {"m-1": "member_no", "m-2": "name", "m-3": "moo", "m-4": "national_id", "m-5": "joined_on", "m-6": "ignored"}


def send(house, content, name="ทะเบียน.xlsx"):
    """Send a workbook to be read; the page it leads to."""
    browser, url = house.at("orathai"), house.url("register/imports/")
    sent = browser.post(url, {"deed": hidden(browser.get(url), "deed"), "files": SimpleUploadedFile(name, content)})
    assert sent.status_code == 302, text_of(sent)
    return sent.url


def link(house, url, part):
    """The first link of a page that holds some words."""
    return re.search(f'href="([^"]*{part}[^"]*)"', text_of(house.at("orathai").get(url)))[1]


def people(house):
    with fund_transaction(fund_id=house.actor.fund_id, read_only=True):
        return {card.member_no: card for card in all_members(fund_id=house.actor.fund_id)}


def test_a_row_is_mended_on_the_page_and_comes_in(house):
    url = send(house, REGISTER)
    row = link(house, url, "/rows/")
    form = text_of(house.at("orathai").get(row))
    assert f'value="{WRONG}"' in form and "เลขบัตรประชาชนไม่ถูกต้อง" in form and 'aria-invalid="true"' in form
    fields = {"c-1": "4-1", "c-2": "นายแก้ว เพิ่งมา", "c-3": "4", "c-4": OTHER, "c-5": "1/2/2566"}
    for _ in range(2):
        assert house.at("orathai").post(row, fields).url == url
    assert "ต้องถามเพิ่ม" not in text_of(house.at("orathai").get(url))
    house.at("orathai").post(f"{url}commit/")
    assert people(house)["4-1"].national_id == OTHER
    assert house.at("orathai").get(row).url == url  # it came in: from now on the member's page


def test_a_cell_that_is_too_long_is_told_and_nothing_changes(house):
    url = send(house, REGISTER)
    row = link(house, url, "/rows/")
    refused = house.at("orathai").post(row, {"c-2": "ก" * 501})
    assert refused.status_code == 422 and "ยาว" in text_of(refused)
    assert f'value="{WRONG}"' in text_of(house.at("orathai").get(row))


def test_a_sheet_that_nobody_knew_is_explained_and_known_the_next_time(house):
    url = send(house, ODD)
    assert "ไม่ต้องนำเข้า" in text_of(house.at("orathai").get(url))
    sheet = link(house, url, "/sheets/")
    form = text_of(house.at("orathai").get(sheet))
    assert "ใครเอ่ย" in form and "นายแก้ว เพิ่งมา" in form and 'name="row" value="2"' in form
    assert house.at("orathai").post(sheet, {"role": "register", "row": "2", **MEANT}).url == url
    assert "รับเข้าใหม่ 1" in text_of(house.at("orathai").get(url))
    assert "รับเข้าใหม่ 1" in text_of(house.at("orathai").get(send(house, ODD)))
    assert 'value="joined_on" selected' in text_of(house.at("orathai").get(sheet))


BARE = xlsx({"หมู่สี่": [("4-1", "นายแก้ว เพิ่งมา", 4, WRONG, "1/2/2566"), ("4-2", "นายขวัญ เพิ่งมา", 4, RIGHT, "1/2/2566")]})
BARE_MEANT = {"m-1": "member_no", "m-2": "name", "m-3": "moo", "m-4": "national_id", "m-5": "joined_on"}


def test_a_sheet_without_headings_is_explained_mended_and_known_the_next_time(house):
    url = send(house, BARE)
    sheet = link(house, url, "/sheets/")
    form = text_of(house.at("orathai").get(f"{sheet}?row=0"))
    assert "แผ่นนี้ไม่มีหัวตาราง" in form and "ช่องที่ 2 (ไม่มีหัว)" in form and "นายแก้ว เพิ่งมา" in form
    assert house.at("orathai").post(sheet, {"role": "register", "row": "0", **BARE_MEANT}).url == url
    assert 'value="joined_on" selected' in text_of(house.at("orathai").get(sheet))
    told = text_of(house.at("orathai").get(url))
    assert "รับเข้าใหม่ 1" in told and "มีช่องที่รับไม่ได้ 1" in told
    row = link(house, url, "/rows/")
    page = text_of(house.at("orathai").get(row))
    assert f'value="{WRONG}"' in page and "เลขบัตรประชาชน" in page
    fields = {"c-1": "4-1", "c-2": "นายแก้ว เพิ่งมา", "c-3": "4", "c-4": OTHER, "c-5": "1/2/2566"}
    assert house.at("orathai").post(row, fields).url == url
    house.at("orathai").post(f"{url}commit/")
    assert people(house)["4-1"].national_id == OTHER
    assert "เหมือนเดิม 2" in text_of(house.at("orathai").get(send(house, BARE)))
    house.at("orathai").post(link(house, send(house, BARE), "/sheets/"), {"role": "register", "row": "1"})
    again = text_of(house.at("orathai").get(link(house, send(house, BARE), "/sheets/")))
    assert 'name="row" value="0"' not in again  # told otherwise, it is forgotten


def test_another_row_may_hold_the_headings(house):
    sheet = link(house, send(house, ODD), "/sheets/")
    page = text_of(house.at("orathai").get(f"{sheet}?row=3"))
    assert 'name="row" value="3"' in page and "นายแก้ว เพิ่งมา" in page
    assert 'name="row" value="2"' in text_of(house.at("orathai").get(f"{sheet}?row=99999"))


@pytest.mark.parametrize("fields", [{"role": "shoes"}, {"role": ""}, {"role": "register", "m-2": "shoes"}, {}])
def test_a_choice_that_there_is_not_is_told_and_nothing_changes(house, fields):
    sheet = link(house, send(house, ODD), "/sheets/")
    assert house.at("orathai").post(sheet, {"row": "2", **MEANT, "role": "", **fields}).status_code == 422
    assert "ไม่ต้องนำเข้า" in text_of(house.at("orathai").get(sheet))


def test_doubted_rows_are_taken_away_mended_and_sent_back_to_their_import(house):
    url = send(house, REGISTER)
    answer = house.at("orathai").get(f"{url}to-mend.xlsx")
    assert answer["Content-Disposition"].startswith("attachment")
    sheet, = read_workbook(file="f.xlsx", content=answer.content)
    assert sheet.rows[0][-2:] == ("เหตุผล", "อ้างอิงออมบุญ") and len(sheet.rows) == 2
    assert sheet.rows[1][5].startswith("เลขบัตรประชาชน: เลขบัตรประชาชนไม่ถูกต้อง")
    rows = [list(row) for row in sheet.rows]
    rows[1][3] = OTHER
    assert send(house, xlsx({sheet.name: rows}), "แก้แล้ว.xlsx") == url
    assert house.at("orathai").get(f"{url}to-mend.xlsx").status_code == 404  # nothing is left to mend
    house.at("orathai").post(f"{url}commit/")
    assert people(house)["4-1"].national_id == OTHER


def test_a_preview_that_the_register_overtook_is_read_again(house):
    first, second = send(house, REGISTER), send(house, REGISTER)
    assert "อ่านแฟ้มใหม่" not in text_of(house.at("orathai").get(second))
    house.at("orathai").post(f"{first}commit/")
    assert "อ่านแฟ้มใหม่" in text_of(house.at("orathai").get(second))
    stale = house.at("orathai").post(f"{second}commit/")
    assert stale.status_code == 422 and "อ่านแฟ้มใหม่" in text_of(stale)
    assert house.at("orathai").post(f"{second}again/").url == second
    assert house.at("orathai").post(f"{first}again/").status_code == 422
    assert house.at("orathai").post(f"{second}commit/").status_code == 302
    assert sum(card.last_name == "เพิ่งมา" for card in people(house).values()) == 2


def test_a_day_in_a_reason_is_said_in_words_and_nothing_is_offered_that_is_not_there(house):
    months = "ต.ค. พ.ย. ธ.ค. ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย.".split()
    grid = xlsx({f"ส่งเงิน {fiscal_year_be(TODAY)}": [
        ("เลขทะเบียน", "ชื่อ-สกุล", *months), ("0001", "นางมาลี ใจบุญ", *[30] * 12)]})
    url = send(house, grid, "เงิน.xlsx")
    told = text_of(house.at("orathai").get(f"{url}?verdict=all"))
    assert re.search(r"ตั้งแต่เดือน[ก-๙]+ 25\d\d เป็นต้นไปอยู่ในบัญชีของระบบนี้แล้ว", told)


def test_rows_and_sheets_that_are_not_there(house, other_house):
    url = send(house, REGISTER)
    for path in ("rows/1/", "rows/99999999/", "sheets/0/", "sheets/9/"):
        assert house.at("orathai").get(f"{url}{path}").status_code == 404, path
    for path in (link(house, url, "/rows/"), f"{url}sheets/1/", f"{url}to-mend.xlsx"):
        assert house.at("boonmee").get(path).status_code == 403
        assert house.at("orathai").put(path).status_code == 405
        other = path.replace(house.code, other_house.code)
        assert other_house.at("orathai").get(other).status_code == 404
