"""What the bank says: a statement comes in once, and a person says what each line is; nothing is paid before."""
from datetime import date
from uuid import uuid4

import pytest

from ombun.contributions.operations import cancel_receipts, pay_by_transfer, say_transferred, take_back_note
from ombun.contributions.queries import (
    collections_in,
    notes,
    receipts_of_collection,
    standings,
    suggested,
)
from ombun.contributions.rules import Payment, Speaks
from ombun.ledger.operations import (
    book_line,
    hand_over_cash,
    match_entry,
    reverse_entry,
    take_in_statement,
    unmatch_line,
)
from ombun.ledger.queries import bank_balances, booked_lines, entry, entry_of, open_lines, reconciliations
from ombun.ledger.rules import BankLine
from ombun.members.operations import found_household, move_in
from ombun.papers.gathering import receipts_of_day
from ombun.papers.gathering.asking import Asked
from ombun.papers.gathering.books import stated
from ombun.primitives.money import Satang
from tests.people import NOW, TODAY
from tests.refusing import nothing_written, refused

DAY = date(2025, 11, 8)


def told(satang, words="", balance=None, day=DAY):
    return BankLine(moved_on=day, amount_satang=Satang(satang), balance_satang=balance, words=words)


def take_in(fund, *lines, digest="a", **more):
    return take_in_statement(**{
        "actor": fund.somsri, "statement_id": uuid4(), "account_code": "1200", "digest": digest, "columns": {},
        "lines": lines, "recorded_at": NOW, **more})


def lines_of(fund):
    with fund.reading():
        return open_lines(fund_id=fund.id)


def pay(fund, line, *members, each=3000, match_id=None, **more):
    return pay_by_transfer(**{
        "actor": fund.somsri, "match_id": match_id or uuid4(), "line_id": line.id, "recorded_at": NOW,
        "booked_by": fund.persons["somsri"],
        "payments": [Payment(member_id=i, amount_satang=Satang(each)) for i in members], **more})


def papers(fund):
    """Every receipt of the day as a paper."""
    with fund.reading():
        return [paper for card in collections_in(fund_id=fund.id, from_on=DAY, until_on=TODAY)
                for paper in receipts_of_day(fund_id=fund.id, card=card, payments=receipts_of_collection(
                    fund_id=fund.id, collection_id=card.id))]


@pytest.fixture
def fund(fund):
    """Money at the bank and with the treasurer."""
    fund.open_books()
    return fund


def test_a_statement_books_nothing_and_the_same_file_again_changes_nothing(fund):
    before = fund.balances()
    done = take_in(fund, told(3000, "M0001"), told(3000, "M0001"), told(250, "ดอกเบี้ย"))
    assert (done.new, done.known, fund.balances()) == (3, 0, before)
    with nothing_written(fund.id):
        again = take_in(fund, told(3000, "M0001"), told(3000, "M0001"), told(250, "ดอกเบี้ย"))
    assert (again.new, again.known) == (0, 3)


def test_of_a_longer_file_only_what_is_new_comes_in(fund):
    take_in(fund, told(3000), told(3000))
    done = take_in(fund, told(3000), told(3000), told(3000), told(100), digest="b")
    assert (done.new, done.known, len(lines_of(fund))) == (2, 2, 4)


def test_days_before_the_books_began_are_left_to_the_opening_position(fund):
    done = take_in(fund, told(3000, day=date(2025, 9, 30)), told(4000, day=date(2025, 10, 1)))
    assert (done.new, done.known, [one.amount_satang for one in lines_of(fund)]) == (1, 0, [4000])


def test_a_statement_that_cannot_be_is_refused(fund):
    with refused(fund, "ledger.unknown_bank_account"):
        take_in(fund, told(1), account_code="1110")
    with refused(fund, "ledger.statement_does_not_add_up"):
        take_in(fund, told(100, balance=100), told(100, balance=150), told(1, balance=151))


def test_the_lines_of_another_fund_are_not_there(fund, other_fund):
    take_in(fund, told(3000))
    line, = lines_of(fund)
    assert lines_of(other_fund) == ()
    with refused(other_fund, "ledger.unknown_statement_line"):
        book_line(actor=other_fund.somsri, match_id=uuid4(), line_id=line.id, account_code="4910", memo="ดอกผล",
                  recorded_at=NOW)


def test_what_speaks_for_a_line_is_said_and_an_amount_alone_names_nobody(fund):
    take_in(fund, told(3000, "โอน M0001 K"), told(6000, "นาย ก"), told(3000, "จาก มาลี2 ศรีสุข"))
    with fund.reading():
        first, second, third = (suggested(fund_id=fund.id, lines=open_lines(fund_id=fund.id), on=TODAY)[line.id]
                                for line in open_lines(fund_id=fund.id))
    assert [(one.why, one.payments[0].member_id) for one in first] == [((Speaks.REFERENCE,), fund.malee)]
    assert (second, third[0].why, third[0].payments[0].member_id) == ((), (Speaks.NAME,), fund.members[1])


def test_one_transfer_for_the_whole_house_is_suggested_where_it_is_just_what_they_owe(fund):
    home = uuid4()
    found_household(actor=fund.somsri, household_id=home, centre_id=fund.centre, house_no="1", recorded_at=NOW)
    move_in(actor=fund.somsri, deed_id=uuid4(), household_id=home, from_on=DAY, recorded_at=NOW,
            member_ids=fund.members[:2])
    with fund.reading():
        owed = standings(fund_id=fund.id, member_ids=fund.members, on=TODAY)[fund.malee].owed_satang
    take_in(fund, told(owed * 2, "M0001"), told(owed * 2 + 1, "M0001"))
    both, other = lines_of(fund)
    with fund.reading():
        found = suggested(fund_id=fund.id, lines=[both, other], on=TODAY)
    assert [(one.why, [paid.member_id for paid in one.payments]) for one in found[both.id]] == [
        ((Speaks.REFERENCE, Speaks.HOUSEHOLD), fund.members[:2]), ((Speaks.REFERENCE,), [fund.malee])]
    assert [one.why for one in found[other.id]] == [(Speaks.REFERENCE,)]
    pay(fund, both, payments=found[both.id][0].payments)
    assert [one.id for one in lines_of(fund)] == [other.id]


def test_a_line_pays_several_members_of_several_villages_each_with_a_receipt(fund):
    take_in(fund, told(9000))
    line, = lines_of(fund)
    before, match_id = fund.balances(), uuid4()
    done = pay(fund, line, *fund.members[:3], match_id=match_id)
    assert (done.receipts, done.was_already_recorded, lines_of(fund)) == (3, False, ())
    after = fund.balances()
    assert (after["1200"] - before["1200"], after["4100"] - before.get("4100", 0)) == (9000, -9000)
    assert {code for code in after if code.startswith("1130")} == set()
    with fund.reading():
        paid = standings(fund_id=fund.id, member_ids=fund.members, on=TODAY)
    assert [paid[i].paid_satang for i in fund.members] == [3000, 3000, 3000, 0, 0, 0]
    assert paid[fund.malee].last_paid_on == DAY
    assert {(paper.note, paper.is_copy) for paper in papers(fund)} == {("รับโอนเข้าบัญชีธนาคารของกองทุน", False)}
    with nothing_written(fund.id):
        assert pay(fund, line, *fund.members[:3], match_id=match_id).was_already_recorded
    with refused(fund, "contributions.same_id_other_sheet"):
        pay(fund, line, *fund.members[:2], match_id=match_id)


def test_what_is_not_just_the_line_is_refused(fund):
    take_in(fund, told(9000), told(-500))
    cost, came = sorted(lines_of(fund), key=lambda one: one.amount_satang)
    with refused(fund, "contributions.differs_from_the_bank"):
        pay(fund, came, *fund.members[:2])
    with refused(fund, "contributions.money_went_out", "contributions.differs_from_the_bank"):
        pay(fund, cost, fund.malee)
    with refused(fund, "contributions.differs_from_the_bank"):
        pay(fund, came)
    with refused(fund, "contributions.not_a_collector", "contributions.unknown_member",
                 "contributions.no_receipt_book"):
        pay(fund, came, -1, each=9000, booked_by=fund.persons["boonmee"])
    pay(fund, came, fund.malee, each=9000)
    with refused(fund, "ledger.line_is_booked"):
        pay(fund, came, fund.malee, each=9000)


def test_taken_back_whole_the_line_waits_again_and_nothing_is_paid(fund):
    take_in(fund, told(6000))
    line, = lines_of(fund)
    before = fund.balances()
    match_id = uuid4()
    pay(fund, line, *fund.members[:2], match_id=match_id)
    with fund.reading():
        booked, = booked_lines(fund_id=fund.id)
        sheet = entry(fund_id=fund.id, entry_id=booked.entry_ids[0]).deed_id
    cancel = {"actor": fund.somsri, "cancellation_id": uuid4(), "collection_id": sheet, "cancelled_on": TODAY,
              "why": "ผิดคน", "recorded_at": NOW}
    with refused(fund, "contributions.transfer_is_cancelled_whole"):
        cancel_receipts(**cancel, member_ids=[fund.malee])
    cancel_receipts(**cancel, member_ids=None)
    assert fund.balances() == before
    assert [one.open_satang for one in lines_of(fund)] == [6000]
    pay(fund, line, *fund.members[2:4])
    assert lines_of(fund) == ()


def test_interest_is_booked_to_its_account_and_taken_back_at_the_entry(fund):
    take_in(fund, told(250, "ดอกเบี้ย"))
    line, = lines_of(fund)
    before, deed = fund.balances(), uuid4()
    for _ in range(2):
        done = book_line(actor=fund.somsri, match_id=deed, line_id=line.id, account_code="4910", memo="ดอกผล",
                         recorded_at=NOW)
    assert (fund.balances()["4910"], fund.balances()["1200"] - before["1200"]) == (-250, 250)
    reverse_entry(actor=fund.somsri, reversal_id=uuid4(), entry_id=done, reversed_on=TODAY, why="ผิดเรื่อง",
                  recorded_at=NOW)
    assert (fund.balances(), len(lines_of(fund))) == (before, 1)


@pytest.mark.parametrize(("code", "memo", "why"), [
    ("5310", "x", "ledger.not_by_voucher"), ("4100", "x", "ledger.not_by_voucher"),
    ("4910", " ", "ledger.says_not_what_for"), ("4910", "ก" * 501, "ledger.memo_too_long")])
def test_an_account_that_vouchers_do_not_book_is_refused(fund, code, memo, why):
    take_in(fund, told(250))
    line, = lines_of(fund)
    with refused(fund, why):
        book_line(actor=fund.somsri, match_id=uuid4(), line_id=line.id, account_code=code, memo=memo, recorded_at=NOW)


def test_what_the_treasurer_banked_is_matched_with_its_slip_and_books_nothing(fund):
    deed = uuid4()
    hand_over_cash(actor=fund.somsri, handover_id=deed, from_account="1110", to_account="1200",
                   amount_satang=Satang(50_000), handed_on=DAY, given_by=fund.persons["somsri"],
                   received_by=fund.persons["boonmee"], recorded_at=NOW, memo="ใบฝาก 7781")
    take_in(fund, told(50_000, "DEP 7781"), told(100))
    line = lines_of(fund)[0]
    with fund.reading():
        handover = entry_of(deed="ledger.handover", deed_id=deed)
        first, = suggested(fund_id=fund.id, lines=[line], on=TODAY)[line.id]
    assert (first.entry_id, first.why) == (handover.id, (Speaks.AMOUNT, Speaks.SAME_DAY, Speaks.SLIP))
    before, match = fund.balances(), uuid4()
    with refused(fund, "ledger.not_what_the_bank_says"):
        match_entry(actor=fund.somsri, match_id=uuid4(), line_id=lines_of(fund)[1].id, entry_id=handover.id,
                    recorded_at=NOW)
    for _ in range(2):
        match_entry(actor=fund.somsri, match_id=match, line_id=line.id, entry_id=handover.id, recorded_at=NOW)
    assert (fund.balances(), len(lines_of(fund))) == (before, 1)
    unmatch_line(actor=fund.somsri, line_id=line.id, recorded_at=NOW)
    assert (fund.balances(), len(lines_of(fund))) == (before, 2)


def test_what_the_bank_says_stands_beside_what_the_books_say(fund):
    take_in(fund, told(250, balance=9_000_250))
    with fund.reading():
        one, = bank_balances(fund_id=fund.id, today=TODAY)
    assert (one.told_on, one.told_satang, one.books_satang) == (DAY, 9_000_250, 9_000_000)


SLIP = "0037000600000101030040216015320154321ABC05102TH9104B2C5"


def tell(fund, satang=3000, slip="", member=None, **more):
    note = uuid4()
    say_transferred(**{"actor": fund.somsri, "note_id": note, "member_id": member or fund.malee, "slip": slip,
                       "amount_satang": Satang(satang), "transferred_on": DAY, "recorded_at": NOW, **more})
    return note


def told_notes(fund):
    with fund.reading():
        return [(one.member_id, one.is_told) for one in notes(fund_id=fund.id)]


def test_what_a_member_says_pays_nothing_and_speaks_for_a_line(fund):
    before = fund.balances()
    tell(fund, slip=SLIP)
    assert fund.balances() == before and told_notes(fund) == [(fund.malee, False)]
    take_in(fund, told(3000, "TR 015320154321ABC0"), told(3000, day=date(2025, 11, 20)))
    line, late = lines_of(fund)
    with fund.reading():
        found = suggested(fund_id=fund.id, lines=[line, late], on=TODAY)
    assert [(one.payments[0].member_id, one.why) for one in found[line.id]] == [
        (fund.malee, (Speaks.NOTE, Speaks.SAME_DAY, Speaks.SLIP))]
    assert found[late.id] == ()
    pay(fund, line, fund.malee)
    assert told_notes(fund) == [(fund.malee, True)]
    unmatch_line(actor=fund.somsri, line_id=line.id, recorded_at=NOW)
    assert told_notes(fund) == [(fund.malee, False)]


def test_a_slip_is_told_once_until_it_is_taken_back(fund, other_fund):
    note = tell(fund, slip=SLIP)
    with refused(fund, "contributions.slip_told_before"):
        tell(fund, slip=SLIP, member=fund.members[1])
    tell(other_fund, slip=SLIP)
    take_back_note(actor=fund.somsri, note_id=note, member_id=fund.members[1], recorded_at=NOW)
    assert len(told_notes(fund)) == 1
    take_back_note(actor=fund.somsri, note_id=note, member_id=fund.malee, recorded_at=NOW)
    assert told_notes(fund) == []
    tell(fund, slip=SLIP, member=fund.members[1])


def test_what_cannot_be_said_is_refused_with_every_reason(fund):
    with refused(fund, "contributions.transfer_amount_out_of_range", "contributions.day_to_come",
                 "contributions.not_a_slip", "contributions.unknown_member"):
        tell(fund, 0, slip=SLIP[:-1] + "0", member=-1, transferred_on=date(2025, 11, 26))
    deed = uuid4()
    tell(fund, note_id=deed)
    with nothing_written(fund.id):
        tell(fund, note_id=deed)


def test_what_only_the_bank_or_only_the_books_have_explains_the_difference(fund):
    take_in(fund, told(-5_000, "ถอน", 8_995_000), told(250, "ดอกเบี้ย", 8_995_250))
    hand_over_cash(
        actor=fund.somsri, handover_id=uuid4(), from_account="1110", to_account="1200", amount_satang=Satang(10_000),
        handed_on=DAY, given_by=fund.persons["somsri"], received_by=fund.persons["boonmee"], recorded_at=NOW)
    with fund.reading():
        one, = reconciliations(fund_id=fund.id, on=TODAY)
        assert reconciliations(fund_id=fund.id, on=date(2025, 11, 7)) == ()
        paper = stated(name="reconciliation", fund_id=fund.id, asked=Asked(from_on=DAY, until_on=TODAY))
    assert (one.told_satang, one.books_satang, one.unexplained_satang) == (8_995_250, 9_010_000, 0)
    assert [line.open_satang for line in one.not_in_books] == [-5_000, 250]
    assert [entry.amount_satang for entry in one.not_at_bank] == [10_000]
    assert [line.amounts for line in paper.lines] == [
        (), (None, None, 8_995_250), (10_000, None, None), (5_000, None, None), (None, 250, None),
        (None, None, 9_010_000)]


def test_what_nothing_explains_is_said(fund):
    take_in(fund, told(250, "ดอกเบี้ย", 8_000_250))
    with fund.reading():
        one, = reconciliations(fund_id=fund.id, on=TODAY)
        paper = stated(name="reconciliation", fund_id=fund.id, asked=Asked(from_on=DAY, until_on=TODAY))
    assert one.unexplained_satang == 1_000_000
    assert (1_000_000, None, None) in [line.amounts for line in paper.lines]
