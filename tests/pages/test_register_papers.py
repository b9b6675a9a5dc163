"""The register on paper: for its desks a PDF, with the same few questions to the database for one or for many."""
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from ombun.access.cards import card_token
from ombun.claims import operations as claims
from ombun.contributions import operations as contributions
from ombun.members import queries as members
from ombun.papers.gathering import passbooks_of_members
from ombun.primitives.days import BE_MINUS_CE, add_months, fiscal_year_be, thai_month
from ombun.primitives.money import Satang
from ombun.primitives.transactions import fund_transaction
from tests.pages.house import MONTH, NOW, START, TODAY, House, text_of
from tests.pages.welfare import WelfareHouse
from tests.papers.examples import pages, text

YEAR = fiscal_year_be(TODAY) - BE_MINUS_CE
TOLD_YEAR = fiscal_year_be(START) - BE_MINUS_CE - 1
TOLD = date(TOLD_YEAR - 1, 11, 1)  # a month before the fund's own books began
PDFS = ("papers/application.pdf", "papers/4/cards.pdf", "papers/4/passbooks.pdf", "papers/4/years.pdf",
        "papers/4/notices.pdf")


@pytest.fixture(scope="module")
def told(django_db_blocker):
    """A fund whose old book told of two payments and a benefit of the first member."""
    house = WelfareHouse()
    with fund_transaction(fund_id=house.actor.fund_id):
        contributions.write_past_payments(actor=house.actor, batch_id=uuid4(), recorded_at=NOW, payments={
            (house.members[0], TOLD): Satang(3_300), (house.members[0], add_months(TOLD, 1)): Satang(1_100)})
        claims.write_past_benefits(actor=house.actor, batch_id=uuid4(), recorded_at=NOW, told=[claims.ToldBenefit(
            member_id=house.members[0], benefit="hospital", words="Hospital", receiver="นางมาลี", units=1,
            paid_on=TOLD + timedelta(days=8), amount_satang=Satang(70_000), account_code="5102")])
    return house


@pytest.mark.parametrize("path", PDFS)
def test_a_village_is_printed_in_both_languages_and_another_is_not_there(quiet_house, path):
    for language in ("th", "en"):
        page = quiet_house.at("orathai", language).get(quiet_house.url(f"register/{path}"))
        assert (page.status_code, page["content-type"]) == (200, "application/pdf")
    assert quiet_house.at("orathai").get(quiet_house.url(f"register/{path.replace('4', '99')}")).status_code == (
        404 if "4" in path else 200)


def test_the_page_leads_to_every_paper(quiet_house):
    page = text_of(quiet_house.at("orathai").get(quiet_house.url(f"register/papers/?year={YEAR - 1}")))
    assert [path for path in PDFS if path not in page] == []
    assert f"years.pdf?year={YEAR - 1}" in page
    assert "register/papers/" in text_of(quiet_house.at("orathai").get(quiet_house.url("register/")))
    member = text_of(quiet_house.at("orathai").get(quiet_house.url(f"register/{quiet_house.members[0]}/")))
    assert [name for name in ("card.pdf", "year.pdf", "application.pdf") if name not in member] == []


def test_a_year_counts_what_the_old_book_told_and_the_passbook_shows_it(told):
    address = told.url(f"register/{told.members[0]}/")
    said = text(told.at("orathai", "en").get(f"{address}year.pdf?year={TOLD_YEAR}").content)
    assert "44.00" in said and "Forty-four baht" in said and "700.00" in said
    assert f"Fiscal year {YEAR - 1}" in text(told.at("orathai", "en").get(f"{address}year.pdf?year=last").content)
    for odd in (YEAR, YEAR + 5, "x", "-1", "9" * 5000):
        assert "44.00" not in text(told.at("orathai", "en").get(f"{address}year.pdf?year={odd}").content)
    passbook = text(told.at("orathai", "en").get(f"{address}passbook.pdf").content)
    assert "44.00" in passbook and "old book" in passbook


def test_the_pages_and_the_passbook_tell_the_same_totals(told):
    address = told.url(f"register/{told.members[0]}/")
    assert "44.00</b>" in text_of(told.at("orathai").get(address))
    own = text_of(told.at("malee").get(told.url("me/")))
    assert "44 <span" in own and "700 <span" in own and own.count("ตามสมุดเดิม") == 2
    lines = text(told.at("orathai", "en").get(f"{address}passbook.pdf").content)
    assert lines[lines.rindex("Total"):].split()[1:3] == ["44.00", "700.00"]


def test_what_the_old_book_told_stands_before_the_day_on_which_the_books_began(told):
    with fund_transaction(fund_id=told.actor.fund_id), translation.override("th"):
        card = members.member_card(fund_id=told.actor.fund_id, member_id=told.members[0])
        [written] = passbooks_of_members(fund_id=told.actor.fund_id, cards=[card], on=TODAY)
    days = [line.day for line in written.lines]
    assert days == sorted(days) and days[-1] == START
    assert written.lines[-1].text.startswith("ก่อนเริ่มใช้ระบบนี้")
    before = thai_month(add_months(MONTH, -1), short=True)
    assert written.lines[-1].text.endswith(before.replace(" ", "\u00a0"))


def test_everybody_of_the_village_is_in_the_bulk(told):
    client = told.at("orathai", "en")
    assert pages(client.get(told.url("register/papers/4/passbooks.pdf")).content) == len(told.members)
    assert pages(client.get(told.url(f"register/papers/4/years.pdf?year={TOLD_YEAR}")).content) == len(told.members)
    assert "no members" in text(client.get(told.url("register/papers/5/cards.pdf")).content)


@pytest.mark.parametrize("path", PDFS)
def test_as_many_statements_for_one_as_for_many(path, django_db_blocker):
    def asked(house):
        client = house.at("orathai")
        client.get(house.url(f"register/{path}"))
        with CaptureQueriesContext(connection) as seen:
            assert client.get(house.url(f"register/{path}")).status_code == 200
        return len(seen)

    assert asked(House(members=1)) == asked(House(members=30)) < 40


def test_the_code_of_a_card_leads_the_funds_own_people_to_the_member_and_nobody_else(quiet_house, other_house):
    member = quiet_house.members[0]
    token = card_token(fund_id=quiet_house.actor.fund_id, member_id=member)
    address = quiet_house.url(f"register/card/{token}/")
    for who in ("somsri", "orathai", "boonmee"):
        assert quiet_house.at(who).get(address).url == quiet_house.url(f"register/{member}/")
    assert quiet_house.at("boonma").get(address).status_code == 403
    assert other_house.at("somsri").get(address).status_code == 404
    assert other_house.at("somsri").get(other_house.url(f"register/card/{token}/")).status_code == 404
    assert Client().get(address).url.startswith("/sign-in/")
    for guess in (f"{member}-{'a' * 16}", f"{member + 1}-{token.partition('-')[2]}", str(member), "x", "9" * 500):
        assert quiet_house.at("somsri").get(quiet_house.url(f"register/card/{guess}/")).status_code == 404
