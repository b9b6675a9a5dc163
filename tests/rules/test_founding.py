"""Founding a fund and electing its people: every reason against it at once."""
from datetime import date
from uuid import uuid4

from ombun.funds.rules import Elected, Founding, Holding, Office, refusals_to_elect, refusals_to_found

GOOD = Founding(code="nongbua", name="กองทุนสวัสดิการชุมชนตำบลหนองบัว", founded_on=date(2008, 6, 1),
                starts_on=date(2026, 10, 1), moos=[1, 2, 4], is_code_taken=False, is_tambon_known=True,
                today=date(2026, 9, 1))


def test_a_good_fund_is_not_refused() -> None:
    assert refusals_to_found(new=GOOD) == []


def test_everything_wrong_is_told_at_once() -> None:
    bad = Founding(code="หนองบัว", name=" ", founded_on=date(2026, 10, 2), starts_on=date(2026, 10, 1), moos=[4, 1, 4],
                   is_code_taken=False, is_tambon_known=False, today=date(2026, 9, 1))
    assert [r.code for r in refusals_to_found(new=bad)] == [
        "funds.fund_without_name", "funds.code_not_plain", "funds.unknown_tambon", "funds.village_listed_twice",
        "funds.starts_before_founding"]


def test_books_begin_within_a_year() -> None:
    def said(day: date) -> list[str]:
        return [r.code for r in refusals_to_found(new=Founding(**GOOD.__dict__ | {"starts_on": day}))]

    assert said(date(2027, 9, 1)) == []
    assert said(date(2027, 9, 2)) == said(date(9999, 1, 1)) == ["funds.starts_too_far_ahead"]


def test_names_and_addresses_are_as_long_as_a_line_of_a_paper() -> None:
    long = GOOD.__dict__ | {"name": "ก" * 201, "centre_texts": ["ก" * 200, "ก" * 201]}
    assert [(r.code, r.about) for r in refusals_to_found(new=Founding(**long))] == [
        ("funds.text_too_long", "name"), ("funds.text_too_long", "villages")]


def test_a_taken_code_and_the_one_of_the_demo_are_refused() -> None:
    demo = GOOD.__dict__ | {"code": "demo"}
    assert [one.code for one in refusals_to_found(new=Founding(**demo))] == ["funds.code_of_the_demo"]
    assert refusals_to_found(new=Founding(**demo | {"is_fiction": True})) == []
    taken = Founding(**{**GOOD.__dict__, "is_code_taken": True})
    assert [r.code for r in refusals_to_found(new=taken)] == ["funds.code_taken"]


def _term(person_id: object, start: date, end: date | None, office: Office = Office.TREASURER) -> Holding:
    return Holding(person_id=person_id, office=office, centre_id=None, from_on=start, until_on=end)  # type: ignore[arg-type]


def test_one_person_holds_an_office_once_at_a_time() -> None:
    somsri, old_end = uuid4(), date(2026, 1, 1)
    before = _term(somsri, date(2022, 1, 1), old_end)

    def codes(new: Holding) -> list[str]:
        return [r.code for r in refusals_to_elect(holdings=[before], elected=[Elected(name="นางสมศรี", holding=new)])]

    assert codes(_term(somsri, old_end, None)) == []  # the old term ends the day the new one begins
    assert codes(_term(somsri, date(2025, 12, 31), None)) == ["funds.holds_it_already"]
    assert codes(_term(somsri, date(2021, 1, 1), date(2022, 1, 1))) == []
    assert codes(_term(uuid4(), date(2025, 1, 1), None)) == []
    assert codes(_term(somsri, date(2025, 1, 1), None, Office.AUDITOR)) == []


def test_a_term_without_a_name_or_that_ends_before_it_begins_is_refused() -> None:
    term = _term(uuid4(), date(2026, 1, 1), date(2026, 1, 1))
    assert [r.code for r in refusals_to_elect(holdings=[], elected=[Elected(name="", holding=term)])] == [
        "funds.person_without_name", "funds.ended_before_it_began"]
