"""What can be printed from the pages: for its roles a PDF, for others no; bad days lead back to the page."""
from uuid import uuid4

import pytest
from django.test import Client

from ombun.contributions import operations as contributions
from ombun.contributions.rules import Payment
from ombun.members.operations import write_members
from ombun.members.rules.beneficiaries import NewBeneficiary
from ombun.members.rules.membership import TEXT_MAX, NewMember
from ombun.primitives.money import Satang
from ombun.primitives.transactions import fund_transaction
from tests.pages.house import MONTH, NOW, START, TODAY, House, text_of
from tests.pages.test_collection_day import looked_over, recorded
from tests.pages.welfare import WelfareHouse
from tests.papers.examples import pages, size_mm, text

COMMITTEE = {"somsri", "boonmee", "udom"}
ALL = {"somsri", "boonmee", "udom", "boonma", "orathai"}
STATEMENTS = ["trial-balance", "income", "cash", "day-book"]


@pytest.fixture(scope="module")
def printed(django_db_blocker):
    """A fund with one collection day of three receipts."""
    house = House()
    client = house.at("somsri")
    _, fields = looked_over(house, client, **{f"pay-{house.members[3]}": None})
    client.post(house.url("collect/4/"), fields)
    [house.day] = recorded(house)
    return house


def addresses(house):
    day = f"collect/day/{house.day.deed_id}"
    return {f"{day}/receipts.pdf": COMMITTEE | {"boonma"}, f"{day}/102.pdf": COMMITTEE | {"boonma"},
            "collect/4/sheet.pdf": {"somsri", "boonma"},
            **{f"books/print/{name}.pdf": COMMITTEE for name in STATEMENTS}}


def test_each_paper_is_for_its_roles_in_both_languages(printed):
    for path, who in addresses(printed).items():
        for name in ALL:
            for language in ("th", "en"):
                response = printed.at(name, language).get(printed.url(path))
                assert response.status_code == (200 if name in who else 403), (path, name)
                if name in who:
                    assert response["content-type"] == "application/pdf"
                    assert "no-store" in response["cache-control"]
                    assert pages(response.content) >= 1


def test_another_fund_no_fund_signed_out_and_another_method(printed, other_house):
    for path in addresses(printed):
        assert other_house.at("somsri").get(printed.url(path)).status_code == 404
        if "day/" in path:  # its own address, but a day of the first fund
            assert other_house.at("somsri").get(other_house.url(path)).status_code == 404
        assert Client().get(printed.url(path)).status_code == 302
        assert printed.at("somsri").post(printed.url(path)).status_code == 405


def test_a_collection_day_prints_a_receipt_for_everybody_who_paid(printed):
    client, day = printed.at("somsri", "en"), f"collect/day/{printed.day.deed_id}"
    all_of_them = client.get(printed.url(f"{day}/receipts.pdf")).content
    assert (pages(all_of_them), size_mm(all_of_them)) == (3, (210, 148))
    assert "0101" in text(all_of_them) and "COPY" not in text(all_of_them)
    assert size_mm(client.get(printed.url(f"{day}/receipts.pdf?size=a6")).content) == (148, 105)
    again = client.get(printed.url(f"{day}/102.pdf")).content
    assert pages(again) == 1
    assert "COPY" in text(again) and "0102" in text(again) and "0101" not in text(again)
    assert client.get(printed.url(f"{day}/104.pdf")).status_code == 404


def test_who_has_no_name_in_the_register_is_called_by_number_on_the_day_and_on_the_receipt():
    house = House()
    with fund_transaction(fund_id=house.actor.fund_id):
        [nameless] = write_members(actor=house.actor, recorded_at=NOW, rows=[(uuid4(), NewMember(
            member_no="138", name_title="", first_name="", last_name="", joined_on=START, centre_id=house.centre))])
    deed = uuid4()
    contributions.record_collection(
        actor=house.actor, collection_id=deed, centre_id=house.centre, collected_on=TODAY, received_on=TODAY,
        collected_by=house.people["boonma"], recorded_at=NOW,
        payments=[Payment(member_id=nameless, amount_satang=Satang(3000))])
    assert "<span>(138)" in text_of(house.at("somsri").get(house.url(f"collect/day/{deed}/"))).replace(
        '<span class="nowrap">', "")
    receipt = text(house.at("somsri", "en").get(house.url(f"collect/day/{deed}/receipts.pdf")).content)
    assert receipt.count("(138)") == 3 and "((138))" not in receipt


def test_pages_lead_to_their_papers(printed):
    client = printed.at("somsri")
    for page, paper in ((f"collect/day/{printed.day.deed_id}/", "receipts.pdf"), ("collect/4/", "sheet.pdf"),
                        ("books/", "trial-balance.pdf"), ("books/income/", "income.pdf"), ("books/cash/", "cash.pdf"),
                        ("books/days/", "day-book.pdf")):
        assert paper in text_of(client.get(printed.url(page))), page


def test_a_statement_shows_what_the_page_shows(printed):
    balance = text(printed.at("udom", "en").get(printed.url("books/print/trial-balance.pdf")).content)
    assert balance.count("95,090.00") == 2  # the opening position and three times thirty baht, both columns
    cash = text(printed.at("udom", "en").get(printed.url("books/print/cash.pdf")).content)
    assert "held since" in cash and "90.00" in cash
    asked = f"books/print/day-book.pdf?month={MONTH.isoformat()}"
    assert "90.00" in text(printed.at("udom", "en").get(printed.url(asked)).content)


def test_a_day_that_cannot_be_read_leads_back_to_the_page_which_says_so(printed):
    for path, page in (("trial-balance.pdf?on=x", "books/?on=x"), ("day-book.pdf?month=x", "books/days/?month=x"),
                       ("income.pdf?period=days&from=x&to=y", "books/income/?period=days&from=x&to=y")):
        response = printed.at("udom").get(printed.url(f"books/print/{path}"))
        assert (response.status_code, response.url) == (302, printed.url(page))
    assert printed.at("udom").get(printed.url("books/print/nothing.pdf")).status_code == 404


@pytest.fixture(scope="module")
def welfare(django_db_blocker):
    """A fund in which one claim was paid and one only approved."""
    house = WelfareHouse()
    house.paid_claim, house.open_claim = house.paid(), house.approved(member=1)
    return house


def test_a_paid_claim_has_a_voucher_and_no_other(welfare, other_house):
    address = f"{welfare.paid_claim}voucher.pdf"
    voucher = welfare.at("udom", "en").get(address)
    assert voucher.status_code == 200
    assert "600.00" in text(voucher.content)
    assert pages(voucher.content) == 1
    assert address in text_of(welfare.at("somsri").get(welfare.paid_claim))
    assert welfare.at("somsri").get(f"{welfare.open_claim}voucher.pdf").status_code == 404
    assert "voucher.pdf" not in text_of(welfare.at("somsri").get(welfare.open_claim))
    assert welfare.at("malee").get(address).status_code == 403
    assert other_house.at("somsri").get(address).status_code == 404
    assert welfare.at("somsri").post(address).status_code == 405
    assert Client().get(address).status_code == 302


def test_a_passbook_for_the_registrar_and_for_the_member(welfare, other_house):
    of_malee, of_boonmee = (welfare.url(f"register/{welfare.members[n]}/passbook.pdf") for n in (0, 1))
    for who, address, has_received in (("orathai", of_malee, True), ("orathai", of_boonmee, False),
                                       ("malee", welfare.url("me/passbook.pdf"), True)):
        response = welfare.at(who, "en").get(address)
        assert response.status_code == 200
        assert ("600.00" in text(response.content)) == has_received
    assert welfare.at("malee").get(of_boonmee).status_code == 403
    assert welfare.at("orathai").get(welfare.url("me/passbook.pdf")).status_code == 403
    assert other_house.at("somsri").get(of_malee).status_code == 404
    assert welfare.at("orathai").post(of_malee).status_code == 405
    assert "passbook.pdf" in text_of(welfare.at("malee").get(welfare.url("me/")))
    assert of_malee in text_of(welfare.at("orathai").get(welfare.url(f"register/{welfare.members[0]}/")))


def test_the_longest_names_still_make_papers(house):
    long = "ก" * TEXT_MAX
    with fund_transaction(fund_id=house.actor.fund_id):
        member, = write_members(actor=house.actor, recorded_at=NOW, rows=[(uuid4(), NewMember(
            member_no=long, name_title=long, first_name=long, last_name=long, house_no=long, phone=long,
            joined_on=START, beneficiaries=(NewBeneficiary(name=long, relation=long),), centre_id=house.centre))])
    for path in ("collect/4/sheet.pdf", f"register/{member}/passbook.pdf", f"register/{member}/notices.pdf",
                 f"register/{member}/application.pdf"):
        page = house.at("somsri").get(house.url(path))
        assert (page.status_code, page["content-type"]) == (200, "application/pdf"), path
