"""Which account at a bank is the fund's: only by a resolution, under somebody's name, until it is ended."""
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from ombun.ledger.operations import end_bank_account, name_bank_account
from ombun.ledger.queries import bank_accounts, paying_account
from ombun.ledger.rules import NewBankAccount, PromptPayKind
from tests.people import NOW, START, TODAY
from tests.refusing import nothing_written, refused


def account(fund, **more):
    return NewBankAccount(**{
        "bank": "ธ.ก.ส.", "account_no": "020000000001", "owner_name": "กองทุนสวัสดิการชุมชนตำบลหนองบัว",
        "resolution_no": "3/2568", "resolved_on": START, "signed_by": fund.persons["boonmee"],
        "promptpay_kind": PromptPayKind.MOBILE, "promptpay_no": "0600000001", **more})


def name(fund, deed=None, **more):
    deed = deed or uuid4()
    name_bank_account(actor=fund.somsri, bank_account_id=deed, new=account(fund, **more), recorded_at=NOW)
    return deed


def test_the_first_is_the_account_of_the_books_and_the_next_gets_its_own(fund):
    name(fund)
    name(fund, account_no="030000000002", promptpay_kind=None, promptpay_no="")
    with fund.reading():
        found = {one.as_named.account_no: one.code for one in bank_accounts(fund_id=fund.id)}
        assert paying_account(fund_id=fund.id).as_named == account(fund)
    assert found == {"020000000001": "1200", "030000000002": "1200-02"}


def test_sent_twice_it_is_written_once_and_the_same_id_names_one(fund):
    deed = name(fund)
    with nothing_written(fund.id):
        name(fund, deed)
    with refused(fund, "ledger.same_id_other_content"):
        name(fund, deed, owner_name="นายอื่น")


def test_every_mistake_is_told_at_once(fund):
    name(fund)
    with refused(fund, "ledger.bank_account_says_not_all", "ledger.bank_account_says_not_all",
                 "ledger.bank_account_is_named", "ledger.not_a_promptpay_number", "ledger.day_to_come",
                 "ledger.resolution_not_signed_by_chair"):
        name(fund, bank="", resolution_no="ก" * 201, promptpay_no="123", resolved_on=date(2025, 11, 26),
             signed_by=fund.persons["somsri"])
    with refused(fund, "ledger.not_an_account_number"):
        name(fund, account_no="12-3")


@pytest.mark.parametrize(("kind", "number"), [
    (None, "0600000001"), (PromptPayKind.MOBILE, "6600000001"), (PromptPayKind.MOBILE, "๐๖๐๐๐๐๐๐๐๑"),
    (PromptPayKind.NATIONAL_ID, "9100500012346"), (PromptPayKind.EWALLET, "0600000001"), (PromptPayKind.BILLER, "")])
def test_a_number_of_another_kind_is_refused(fund, kind, number):
    with refused(fund, "ledger.not_a_promptpay_number"):
        name(fund, promptpay_kind=kind, promptpay_no=number)


def test_ended_it_is_paid_to_no_more_and_named_again_it_keeps_its_place_in_the_books(fund):
    first = name(fund)
    name(fund, account_no="030000000002", promptpay_kind=None, promptpay_no="")
    end_bank_account(actor=fund.somsri, bank_account_id=first, recorded_at=NOW)
    with nothing_written(fund.id):
        end_bank_account(actor=fund.somsri, bank_account_id=first, recorded_at=NOW)
    with fund.reading():
        assert paying_account(fund_id=fund.id) is None
    name(fund, resolution_no="4/2568", resolved_on=TODAY)
    with fund.reading():
        assert paying_account(fund_id=fund.id).as_named == replace(
            account(fund), resolution_no="4/2568", resolved_on=TODAY)
        assert paying_account(fund_id=fund.id).code == "1200"


def test_the_account_of_another_fund_is_not_there(fund, other_fund):
    mine = name(fund)
    with refused(other_fund, "ledger.unknown_bank_account"):
        end_bank_account(actor=other_fund.somsri, bank_account_id=mine, recorded_at=NOW)
