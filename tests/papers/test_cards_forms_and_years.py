"""Papers of the register: application forms, cards with a code, passbooks of many, somebody's fiscal year."""
from dataclasses import replace
from datetime import date

import pytest

from ombun.papers.applications import ApplicationPaper, BeneficiaryLine, application_contents, application_pdf
from ombun.papers.cards import CardPaper, card_contents, cards_pdf
from ombun.papers.member_years import (
    FiscalYear,
    MemberYearPaper,
    YearBenefit,
    YearPayment,
    member_year_contents,
    member_years_pdf,
)
from ombun.papers.notices import NoticePaper, notices_pdf
from ombun.papers.passbooks import PassbookLine, passbook_contents, passbooks_pdf
from tests.papers.examples import DAY, FUND, HOSTILE, PASSBOOK, pages, size_mm, text

CARD = CardPaper(member_name="นางทองใบ ผ่องใสน้ำเพชร", member_no="04-0012", village="หมู่ที่ 4 บ้านหนองบัว",
                 code="http://fund.example/f/nongbua/register/card/12-mfzgk43ulbxhe2ds/")
FORM = ApplicationPaper(
    member_no="04-0012", full_name=CARD.member_name, national_id="9-xxxx-xxxxx-12-3", born_on="2510", kind="elderly",
    beneficiaries=[BeneficiaryLine(name="นายกุ้ง", relation="บุตร")], committee_no="3", meeting_no="11", met_on=DAY)
YEAR = FiscalYear(from_on=date(2025, 10, 1), as_of=DAY, treasurer_name="นางสมศรี ดีเลิศ")
MEMBER = MemberYearPaper(
    member_name=CARD.member_name, member_no="04-0012", village=CARD.village, payments=[
        YearPayment(day=date(2025, 10, 1), paper_no="สมุดเดิม", amount_satang=3000),
        YearPayment(day=date(2026, 9, 30), paper_no="4/0123", amount_satang=6000),
        YearPayment(day=date(2026, 9, 30), paper_no="4/0124", amount_satang=6050)],
    benefits=[YearBenefit(day=date(2026, 3, 5), text="นอนโรงพยาบาล", paper_no="12/2569", amount_satang=30000)])


@pytest.mark.parametrize("form", [ApplicationPaper(), FORM], ids=["blank", "filled"])
@pytest.mark.parametrize("language", ["th", "en"])
def test_the_application_form_is_both_sides_of_a_sheet(form, language):
    pdf = application_pdf(fund=FUND, application=form, printed_on=DAY, language=language)
    assert (pages(pdf), size_mm(pdf)) == (2, (210, 297))


def test_a_form_has_room_for_two_who_receive_and_hides_the_middle_of_an_id():
    told = application_contents(fund=FUND, application=FORM, printed_on=DAY, language="th")
    assert "".join(told["id_boxes"]) == "๙×××××××××๑๒๓"
    assert [one["name"] for one in told["beneficiaries"]] == ["นายกุ้ง", ""]
    assert (told["committee_no"], told["meeting_no"]) == ("๓", "๑๑")
    blank = application_contents(fund=FUND, application=ApplicationPaper(), printed_on=DAY, language="th")
    assert set(blank["id_boxes"]) == {""} and len(blank["id_boxes"]) == 13


@pytest.mark.parametrize(("count", "sheets"), [(0, 1), (1, 1), (8, 1), (9, 2), (17, 3)])
def test_eight_cards_on_a_sheet(count, sheets):
    pdf = cards_pdf(fund=FUND, cards=[CARD] * count, as_of=DAY)
    assert (pages(pdf), size_mm(pdf)) == (sheets, (210, 297))


def test_a_card_has_a_code_of_its_own():
    told = card_contents(fund=FUND, cards=[CARD, replace(CARD, code=CARD.code + "x")], as_of=DAY, language="th")
    first, second = (card["code"] for card in told["cards"])
    assert first.startswith("<svg") and first != second


def test_a_year_adds_month_by_month_and_says_the_sum_in_words():
    told = member_year_contents(fund=FUND, year=YEAR, members=[MEMBER], language="th")
    [member] = told["members"]
    assert [line["paid"] for line in member["months"]] == ["๓๐.๐๐", *[""] * 10, "๑๒๐.๕๐"]
    assert member["months"][11]["paper_nos"] == "๔/๐๑๒๓, ๔/๐๑๒๔"
    assert (member["paid"], member["paid_in_words"]) == ("๑๕๐.๕๐", "หนึ่งร้อยห้าสิบบาทห้าสิบสตางค์")
    assert (member["received"], told["year"].replace("\u00a0", " ")) == ("๓๐๐.๐๐", "พ.ศ. ๒๕๖๙")


def test_nobody_who_paid_nothing_is_certified_to_have_paid():
    pdfs = [member_years_pdf(fund=FUND, year=YEAR, members=[one], language="en")
            for one in (MEMBER, replace(MEMBER, payments=[]))]
    assert ["The fund certifies" in text(pdf) for pdf in pdfs] == [True, False]
    assert [pages(pdf) for pdf in pdfs] == [1, 1]


def test_papers_of_many_count_their_sheets_each_for_itself():
    long = replace(PASSBOOK, member_no="LONG", lines=[PASSBOOK.lines[0]] * 60)
    said = text(passbooks_pdf(fund=FUND, passbooks=[PASSBOOK, long, PASSBOOK], language="en"))
    assert said.count("1/1") == 2 and "1/4" in said and "4/4" in said
    assert pages(member_years_pdf(fund=FUND, year=YEAR, members=[MEMBER] * 3)) == 3


def test_what_an_old_book_tells_has_a_month_and_no_day():
    line = PassbookLine(day=date(2021, 8, 1), is_whole_month=True, text="เงินสมทบ", paper_no="สมุดเดิม", paid_satang=3000)
    for language, month in (("th", "ส.ค. ๖๔"), ("en", "Aug 21")):
        told = passbook_contents(fund=FUND, passbooks=[replace(PASSBOOK, lines=[line])], language=language)
        assert told["passbooks"][0]["lines"][0]["day"].replace("\u00a0", " ") == month


def test_nothing_that_is_typed_becomes_an_instruction():
    form = ApplicationPaper(full_name=HOSTILE, village_name=HOSTILE, house_no=HOSTILE, beneficiaries=[
        BeneficiaryLine(name=HOSTILE, relation=HOSTILE)] * 3)
    year = replace(MEMBER, member_name=HOSTILE, member_no=HOSTILE, village=HOSTILE, benefits=[
        replace(MEMBER.benefits[0], text=HOSTILE)])
    card = replace(CARD, member_name=HOSTILE, member_no=HOSTILE, village=HOSTILE)
    assert pages(application_pdf(fund=FUND, application=form, printed_on=DAY)) >= 2
    assert pages(member_years_pdf(fund=FUND, year=YEAR, members=[year])) >= 1
    assert pages(cards_pdf(fund=FUND, cards=[card] * 8, as_of=DAY)) == 1
    notice = NoticePaper(name=HOSTILE, relation=HOSTILE, phone=HOSTILE, member_name=HOSTILE, village=HOSTILE)
    assert pages(notices_pdf(fund=FUND, notices=[notice], printed_on=DAY)) >= 1


def test_a_notice_fits_on_its_sheet_and_says_whose_data_came_from_whom():
    notice = NoticePaper(name="Mrs Tong", relation="child", phone="0600000001", member_name="Mrs Malee",
                         village="หมู่ที่ 4 บ้านหนองบัว")
    for language in ("th", "en"):
        pdf = notices_pdf(fund=FUND, notices=[notice, replace(notice, relation="", phone="")], printed_on=DAY,
                          language=language)
        assert pages(pdf) == 2 and size_mm(pdf) == (148, 210)
    said = text(pdf)
    assert said.count("0600000001") == 1 and "section 25" in said and said.count("Mrs Malee") == 4


def test_no_members_are_a_page_that_says_so():
    for pdf in (passbooks_pdf(fund=FUND, passbooks=[], language="en"),
                member_years_pdf(fund=FUND, year=YEAR, members=[], language="en"),
                cards_pdf(fund=FUND, cards=[], as_of=DAY, language="en")):
        assert pages(pdf) == 1 and "no members" in text(pdf)
    assert "nothing to print" in text(notices_pdf(fund=FUND, notices=[], printed_on=DAY, language="en"))
