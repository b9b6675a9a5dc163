"""What people type into a form: read when it is certain, refused by name when it is not."""
from datetime import date

import pytest

from ombun.primitives.thai import tidy, whole_number
from ombun.web.typed import Typed, TypedWrongly


@pytest.mark.parametrize(("written", "day"), [
    ("25/11/2569", date(2026, 11, 25)), ("๒๕ พ.ย. ๒๕๖๙", date(2026, 11, 25)), ("2026-11-25", date(2026, 11, 25)),
    ("25 Nov 2026", date(2026, 11, 25)), ("25 november 2026", date(2026, 11, 25)),
    ("25 Nov 2569", date(2026, 11, 25))])
def test_a_day_whose_era_is_certain_is_read(written: str, day: date) -> None:
    typed = Typed({"on": written})
    assert typed.day("on", "วันที่") == day
    assert typed.refusals == []


@pytest.mark.parametrize("written", ["25/11/69", "25/11/2026", "31/2/2569", "0001-01-01", "เมื่อวาน", "25 Nov 26",
                                     "25 Nix 2026"])
def test_a_day_that_could_be_another_is_refused(written: str) -> None:
    typed = Typed({"on": written})
    typed.day("on", "วันที่")
    assert [r.code for r in typed.refusals] == ["web.not_a_day"]


@pytest.mark.parametrize("written", ["10/2569", "ต.ค. 2569", "ตุลาคม 2569", "2569-10", "๑๐/๒๕๖๙", "October 2026"])
def test_a_month_is_read_in_any_spelling(written: str) -> None:
    assert Typed({"month": written}).month("month", "เดือน") == date(2026, 10, 1)


def test_an_empty_optional_month_is_nothing() -> None:
    typed = Typed({"month": " "})
    assert typed.month("month", "เดือน", is_optional=True) is None
    assert typed.refusals == []


def test_every_mistake_is_told_at_once_and_names_its_field() -> None:
    typed = Typed({"amount": "สามสิบ", "number": "0", "way": "sideways", "deed": "x"})
    typed.baht("amount", "จำนวนเงิน")
    typed.number("number", "เล่มที่")
    typed.one_of("way", "ทาง", {"in": 1})
    typed.text("memo", "รายละเอียด")
    typed.deed_id()
    with pytest.raises(TypedWrongly) as refused:
        typed.demand()
    assert [(r.code, r.about) for r in refused.value.refusals] == [
        ("web.not_an_amount", "amount"), ("web.not_a_number", "number"), ("web.choose_one", "way"),
        ("web.missing", "memo"), ("web.page_too_old", "deed")]


@pytest.mark.parametrize(("written", "number"), [
    ("12", 12), ("๑,๒๐๐", 1200), ("0", 0), ("000", 0), (" 7 ", 7), ("1200", 1200)])
def test_a_whole_number_is_read_as_people_write_it(written: str, number: int) -> None:
    assert whole_number(written, most=1200) == number


@pytest.mark.parametrize("written", ["", "x", "-1", "1.5", "1201", "9" * 5000, "²", "1\0", ","])
def test_what_is_no_whole_number_or_above_the_most_is_none(written: str) -> None:
    assert whole_number(written, most=1200) is None
    assert whole_number("0" * 5000 + "12", most=1200) == 12


def test_nothing_invisible_stays_in_a_text() -> None:
    assert tidy(" ม\x00าล\u200bี \x01\x7f ใจบุญ\n") == "มาลี ใจบุญ"


@pytest.mark.parametrize("written", ["\u202e", "\u202a\u202c ", "\u2066\u2069", "\u3164", "\u2800", "\ufe0f",
                                     "\U000e0041", "\x85"])
def test_what_nobody_sees_is_nothing(written: str) -> None:
    typed = Typed({"name": written})
    assert typed.text("name", "ชื่อ") == ""
    assert [r.code for r in typed.refusals] == ["web.missing"]
    assert tidy(f"มา{written.strip()}ลี") in ("มาลี", "มา ลี")


def test_a_text_ends_somewhere() -> None:
    typed = Typed({"short": "ก" * 500, "long": "ก" * 501})
    assert typed.text("short", "ชื่อ") == "ก" * 500
    assert typed.text("long", "ชื่อ") == ""
    assert [(r.code, r.about, r.facts["letters"]) for r in typed.refusals] == [("web.text_too_long", "long", 500)]
