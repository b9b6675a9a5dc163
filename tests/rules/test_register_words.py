"""Names, ID numbers, phones and days as people write them; and properties that hold for whatever they write."""
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ombun.imports.rules import ids, typed_days
from ombun.imports.rules.remarks import remark
from ombun.imports.rules.typed_days import birth_day, fund_day
from ombun.members.rules import names
from ombun.primitives.days import MONTHS, MONTHS_SHORT, full_years
from ombun.primitives.national_id import has_valid_check_digit
from ombun.primitives.thai import thai_digits
from tests.rules.register_files import BOOKS_END, FOUNDED, national_id

WRITINGS = {
    "นาย": ("นาย", "นาย ", "นาย."), "นาง": ("นาง", "นาง "), "พระ": ("พระ", "พระ "),
    "นางสาว": ("นางสาว", "นางสาว ", "น.ส.", "น.ส", "น.ส ", "นส.", "นส", "นส. ", "น. ส. "),
    "ด.ช.": ("ด.ช.", "ดช.", "ดช", "ด.ช. ", "เด็กชาย", "เด็กชาย "),
    "ด.ญ.": ("ด.ญ.", "ดญ.", "ดญ", "ด.ญ ", "เด็กหญิง", "เด็กหญิง ")}
TITLES = [(title, way) for title, ways in WRITINGS.items() for way in ways]
FIRST = ("อำไพ", "สมชาย", "แก้วตา", "เพ็ญศรี", "ไพโรจน์", "กิตติ", "สาวิตรี", "นงเยาว์", "ณัฐธิดา", "ทองคำ")
LAST = ("ใจดี", "โพธิ์ศรี", "ณ อยุธยา", "เขียวงาม", "วงศ์คำ")


@given(title=st.sampled_from(TITLES), first=st.sampled_from(FIRST), last=st.sampled_from(LAST),
       gap=st.sampled_from([" ", "  ", "\u00a0", " \u200b"]), edge=st.sampled_from(["", " ", "\u200b"]))
def test_a_name_is_read_in_every_writing(title: tuple[str, str], first: str, last: str, gap: str, edge: str) -> None:
    written = f"{edge}{title[1]}{first}{gap}{last}{edge}".replace("ำ", "ํา").replace("แ", "เเ")
    found = names.name(written=written)
    assert (found.name_title, found.first_name, found.last_name) == (title[0], first, last)
    assert names.name(written=found.full_name) == found


@pytest.mark.parametrize(("written", "title", "first", "last"), [
    ("นาย", "นาย", "", ""), ("น.ส.", "นางสาว", "", ""), ("พระ -", "พระ", "", ""), ("-", "", "", ""), ("", "", "", ""),
    ("นางสาวิตรี ใจดี", "นาง", "สาวิตรี", "ใจดี"), ("นายิกา สุขใจ", "", "นายิกา", "สุขใจ"), ("บุญมี สอนดี", "", "บุญมี", "สอนดี"),
    ("พระมหาสมชาย ฐิตธมฺโม", "พระมหา", "สมชาย", "ฐิตธมฺโม"), ("ร.ต.อ. สมชาย ใจดี", "ร.ต.อ.", "สมชาย", "ใจดี"),
    ("ว่าที่ ร.ต.หญิง สมศรี ใจดี", "ว่าที่ร.ต.หญิง", "สมศรี", "ใจดี")])
def test_titles_that_are_alone_or_only_seem_to_be_there(written: str, title: str, first: str, last: str) -> None:
    found = names.name(written=written)
    assert (found.name_title, found.first_name, found.last_name) == (title, first, last)


@given(st.text(max_size=60))
def test_any_text_gives_a_tidy_name_or_none(written: str) -> None:
    found = names.name(written=written)
    assert found.first_name == found.first_name.strip()
    assert " " not in found.first_name
    assert found.first_name or not found.last_name or not written.strip()


@pytest.mark.parametrize(("one", "other", "is_alike"), [
    ("บัวลอยร์", "บัวลอย", True), ("รักดิ", "รักดี", True), ("บุยธรรม", "บุญธรรม", True), ("สีสวัส", "ศรีสวัสดิ์", True),
    ("บุญเรือน", "ศักดิ์ชัย", False), ("ณัฐธิดา", "วิภา", False), ("แดง", "ดำ", False), ("แดง", "", False)])
def test_one_name_in_two_spellings(one: str, other: str, is_alike: bool) -> None:
    assert names.is_alike(one=one, other=other) is names.is_alike(one=other, other=one) is is_alike


def test_twins_do_not_sound_the_same() -> None:
    assert names.sounds(text="สมชาย ใจดี") != names.sounds(text="สมชัย ใจดี")


@given(first=st.integers(0, 10**12 - 1).map(lambda number: f"{number:012}"), way=st.integers(0, 5))
def test_an_id_is_read_in_every_writing(first: str, way: int) -> None:
    number = national_id(first)
    if set(number) == {"0"}:
        return
    hyphens = f"{number[0]}-{number[1:5]}-{number[5:10]}-{number[10:12]}-{number[12]}"
    writings = [number, hyphens, hyphens.replace("-", " "), thai_digits(hyphens), f" {number}\u00a0", int(number)]
    found = ids.national_id(written=writings[way])
    if way == 5 and number.startswith("0"):
        assert found.doubt == "truncated_id"  # the spreadsheet dropped the zero
    else:
        assert (found.number, found.doubt) == (number, None)


@given(number=st.integers(10**11, 10**12 - 1).map(lambda n: national_id(str(n))), place=st.integers(0, 12),
       other=st.integers(1, 9))
def test_a_changed_digit_is_seen_unless_the_check_digit_allows_it(number: str, place: int, other: int) -> None:
    digit = (int(number[place]) + other) % 10
    changed = f"{number[:place]}{digit}{number[place + 1:]}"
    found = ids.national_id(written=changed)
    assert found.number == (changed if has_valid_check_digit(changed) else None)
    assert found.doubt == (None if has_valid_check_digit(changed) else "bad_check_digit")


@pytest.mark.parametrize(("written", "doubt"), [
    (None, "missing_id"), ("-", "missing_id"), ("ไม่มีบัตร", "missing_id"), ("รอทำบัตร", "missing_id"),
    ("0-0000-00000-00-0", "missing_id"), ("9.07341E+12", "truncated_id"),
    ("993310246542", "truncated_id"), (993310246542, "truncated_id"),
    ("9-8237-43893-40", "truncated_id"), ("12345678901234", "bad_check_digit"), ("AB1234567", "bad_check_digit")])
def test_ids_that_are_missing_or_broken(written: str | int | None, doubt: str) -> None:
    assert (ids.national_id(written=written).doubt, ids.national_id(written=written).number) == (doubt, None)


@pytest.mark.parametrize(("written", "phone"), [
    (600004611, "0600004611"), ("060-000-1147", "0600001147"), ("060 0003240", "0600003240"),
    ("๐๖๐-๐๐๐-๑๑๔๗", "0600001147"), (45123456, "045123456"), ("+66 60 000 1147", "0600001147"),
    ("060-000-1147, 060-000-1148", "060-000-1147, 060-000-1148"),
    (None, None), ("-", None), ("ไม่มี", None)])
def test_phones(written: str | int | None, phone: str | None) -> None:
    assert ids.phone(written=written) == phone


BE_WRITINGS = (
    "{d}/{m}/{y}", "{d:02}/{m:02}/{y}", "{d}.{m}.{y}", "{d}-{m}-{y}", "{d} {short} {y}", "{d} {full} {y}",
    "{d} {short} พ.ศ. {y}", "{d}{short}{y}", "วันที่ {d} {full} พ.ศ. {y}", "{y}-{m:02}-{d:02}")


def _written(way: str, day: date, year: int) -> str:
    return way.format(d=day.day, m=day.month, y=year, short=MONTHS_SHORT[day.month - 1], full=MONTHS[day.month - 1])


@given(day=st.dates(date(1900, 1, 1), date(2023, 9, 30)), way=st.sampled_from(BE_WRITINGS), is_thai=st.booleans())
def test_a_day_with_a_full_year_is_read_in_every_writing(day: date, way: str, is_thai: bool) -> None:
    written = _written(way, day, day.year + 543)
    found = fund_day(written=thai_digits(written) if is_thai else written)
    assert (found.day, found.precision, found.doubt) == (day, "day", None)


@given(day=st.dates(FOUNDED, BOOKS_END), way=st.sampled_from(BE_WRITINGS[:6]))
def test_two_digits_of_a_joining_year_are_buddhist(day: date, way: str) -> None:
    assert fund_day(written=_written(way, day, (day.year + 543) % 100)).day == day


@given(day=st.dates(date(1915, 1, 1), date(2020, 1, 1)), waited=st.integers(0, 3650), is_be=st.booleans())
def test_two_digits_of_a_birth_year_are_never_guessed(day: date, waited: int, is_be: bool) -> None:
    joined = min(date.fromordinal(max(day.toordinal(), FOUNDED.toordinal()) + waited), BOOKS_END)
    written = f"{day.day}/{day.month}/{(day.year + 543 * is_be) % 100:02}"
    found = birth_day(written=written, joined_on=joined, founded_on=FOUNDED, books_end_on=BOOKS_END)
    assert found.day is None
    assert found.doubt in ("ambiguous_year", "two_digit_year", "impossible_date")
    assert (len(found.candidates) > 1) == (found.doubt == "ambiguous_year")
    assert day in found.candidates or full_years(day, joined) > typed_days.AGE_AT_JOINING_MAX
    assert all(candidate <= joined and full_years(candidate, joined) <= 100 for candidate in found.candidates)


@given(st.one_of(st.text(alphabet="0123456789/-. กพมคศยเ๐๑๒๕", max_size=20), st.text(max_size=40), st.integers(),
                 st.dates(), st.decimals(), st.none()))
def test_any_cell_is_a_day_a_doubt_or_nothing(written: object) -> None:
    for found in (fund_day(written=written),  # type: ignore[arg-type]
                  birth_day(written=written, joined_on=None, founded_on=FOUNDED, books_end_on=BOOKS_END)):  # type: ignore[arg-type]
        assert (found.day is None) == (found.precision == "none")
        assert found.day is None or found.doubt is None
        assert not found.candidates or found.doubt


@given(st.text(alphabet="ตายลาออกย้ายพ้นสภาพขาดส่งแม่ไม่ 0123456789/", max_size=40))
def test_any_remark_is_read(written: str) -> None:
    found = remark(written=written)
    assert found.left_reason or found.left.is_missing
