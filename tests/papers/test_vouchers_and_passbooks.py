"""Vouchers and passbooks: every line of the reckoning, every signature, both columns and their totals."""
from dataclasses import replace

import pytest

from ombun.papers.passbooks import PassbookLine, passbook_contents, passbooks_pdf
from ombun.papers.vouchers import ReckoningLine, Signer, voucher_contents, voucher_pdf
from tests.papers.examples import DAY, FUND, HOSTILE, PASSBOOK, VOUCHER, pages, text


def test_a_voucher_is_one_sheet_of_a4():
    assert pages(voucher_pdf(fund=FUND, voucher=VOUCHER)) == 1


def test_a_voucher_says_every_line_its_clause_and_the_amount_in_words():
    told = voucher_contents(fund=FUND, voucher=VOUCHER, language="th")
    assert told["lines"] == [{"order": "๑", "text": "นอนโรงพยาบาล ๓ คืน คืนละ ๑๐๐.๐๐ บาท", "clause": "๑๒ (๓)"}]
    assert (told["amount"], told["amount_in_words"]) == ("๓๐๐.๐๐", "สามร้อยบาทถ้วน")


def test_three_places_for_certifiers_whoever_is_missing():
    assert len(voucher_contents(fund=FUND, voucher=VOUCHER, language="th")["certifiers"]) == 3
    four = replace(VOUCHER, certifiers=[Signer(name=str(n)) for n in range(4)])
    assert len(voucher_contents(fund=FUND, voucher=four, language="th")["certifiers"]) == 4


@pytest.mark.parametrize("lines", [0, 80])
def test_a_voucher_may_have_no_line_or_many(lines):
    pdf = voucher_pdf(fund=FUND, voucher=replace(VOUCHER, reckoning=[ReckoningLine(text=HOSTILE)] * lines))
    assert pages(pdf) == 1 if lines == 0 else pages(pdf) > 2


def test_a_copied_voucher_says_so():
    assert "COPY" in text(voucher_pdf(fund=FUND, voucher=replace(VOUCHER, is_copy=True), language="en"))


def test_a_passbook_adds_both_columns():
    [told] = passbook_contents(fund=FUND, passbooks=[PASSBOOK], language="th")["passbooks"]
    assert (told["paid"], told["received"]) == ("๓๐.๐๐", "๓๐๐.๐๐")
    assert [(line["paid"], line["received"]) for line in told["lines"]] == [("๓๐.๐๐", ""), ("", "๓๐๐.๐๐")]


@pytest.mark.parametrize(("lines", "at_least"), [(0, 1), (1, 1), (240, 7)])
def test_a_passbook_of_any_length(lines, at_least):
    many = replace(PASSBOOK, joined_on=None, paid_until=None, lines=[
        PassbookLine(day=DAY, text=HOSTILE, paper_no="4/0001", paid_satang=3000)] * lines)
    assert pages(passbooks_pdf(fund=FUND, passbooks=[many])) >= at_least
