"""Whoever holds a receipt looks whether it stands in the books, without signing in; nothing else is told."""
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client

from ombun.contributions.operations import cancel_receipts
from ombun.contributions.queries import codes_of_sheet, receipts_of_collection
from ombun.contributions.queries.receipts import collection
from ombun.contributions.rules import (
    Proof,
    ReceiptMark,
    as_paper_text,
    as_text,
    head_by_proof,
    read_code,
    receipt_hash,
)
from ombun.funds.operations import close_month
from ombun.ledger.queries import seals
from ombun.ledger.rules import SealFacts, head_of, in_groups, root_by_path
from ombun.papers.gathering import receipts_of_day
from tests.people import NOW, START, TODAY


@pytest.fixture(autouse=True)
def nobody_asked_before():
    cache.clear()


def codes(fund, deed):
    with fund.reading():
        card = collection(fund_id=fund.id, deed_id=deed)
        return codes_of_sheet(fund_id=fund.id, fund_code=fund.code, collection_id=card.id)


def papers(fund, deed, **more):
    with fund.reading():
        card = collection(fund_id=fund.id, deed_id=deed)
        lines = receipts_of_collection(fund_id=fund.id, collection_id=card.id)
        return receipts_of_day(fund_id=fund.id, card=card, payments=lines, **more)


def close(fund):
    close_month(actor=fund.somsri, close_id=uuid4(), month=START, closed_by=fund.persons["somsri"], closed_on=TODAY,
                recorded_at=NOW)
    with fund.reading():
        return seals(fund_id=fund.id)[-1]


def asked(code, client=None):
    page = (client or Client()).get(f"/check/{code if isinstance(code, str) else as_text(code=code)}")
    return page.status_code, page.content.decode()


@pytest.fixture
def collected(fund):
    deed = fund.collect(on=date(2025, 10, 5)).collection_id
    fund.collect(*fund.members[:2], on=date(2025, 10, 6))
    return deed


def test_on_its_day_a_receipt_is_recorded_and_later_it_is_in_the_sealed_book(fund, collected):
    code = codes(fund, collected)[103]
    assert isinstance(code, ReceiptMark)
    status, said = asked(code)
    assert status == 200 and "ใบเสร็จ 30.00 บาทนี้ บันทึกในบัญชีแล้ว" in said
    seal = close(fund)
    status, said = asked(code)
    assert status == 200 and "อยู่ในบัญชีเดือนตุลาคม 2568 ที่ผนึกแล้ว" in said and in_groups(head=seal.head) in said


def test_it_names_nobody(fund, collected):
    code = codes(fund, collected)[101]
    close(fund)
    for one in (code, codes(fund, collected)[101]):
        _, said = asked(one)
        with fund.reading():
            names = {line.full_name for line in receipts_of_collection(
                fund_id=fund.id, collection_id=collection(fund_id=fund.id, deed_id=collected).id)}
        assert len(names) == 6 and not any(part in said for name in names for part in name.split() if len(part) > 3)


def test_a_proof_holds_by_itself_and_the_fund_has_the_same_head(fund, collected):
    seal = close(fund)
    for number, code in codes(fund, collected).items():
        assert isinstance(code, Proof) and code.receipt.number == number
        assert head_by_proof(proof=code) == seal.head
        assert read_code(text=f"https://ombun.example/CHECK/{as_text(code=code)}") == code
        assert read_code(text=as_paper_text(code=code)) == code
    assert "อยู่ในบัญชีเดือนตุลาคม 2568 ที่ผนึกแล้ว" in asked(codes(fund, collected)[101])[1]


def test_where_nobody_knows_the_fund_the_head_is_to_be_compared(fund, collected):
    seal = close(fund)
    text = as_text(code=codes(fund, collected)[101]).replace(fund.code.upper(), "ELSEWHERE")
    _, said = asked(text)
    assert "ตรงกับรหัสผนึกของบัญชีเดือนตุลาคม 2568" in said and in_groups(head=seal.head) in said


@pytest.mark.parametrize(("part", "value"), [
    (3, "102"), (4, "20251006"), (5, "9000"), (6, "A" * 24), (7, "2"), (8, "202511"), (9, "3"), (11, "3"),
    (12, "A" * 13), (13, "B" + "A" * 51), (14, "A" * 52)])
def test_a_proof_with_anything_changed_does_not_hold(fund, collected, part, value):
    close(fund)
    parts = as_text(code=codes(fund, collected)[101]).split(".")
    parts[part] = value
    _, said = asked(".".join(parts))
    assert "หลักฐานนี้ใช้ไม่ได้" in said and "ผนึกแล้ว" not in said


def test_another_fund_s_head_under_this_fund_s_receipt_is_told(fund, other_fund, collected):
    deed = other_fund.collect(on=date(2025, 10, 5)).collection_id
    close(fund)
    close(other_fund)
    mark = codes(fund, collected)[101]
    text = as_text(code=codes(other_fund, deed)[101]).replace(other_fund.code.upper(), fund.code.upper())
    assert "ไม่พบ" not in asked(mark)[1]
    assert "ไม่มีบัญชีของกองทุนนั้น" in asked(text)[1]  # its salt is not this receipt's: the fund does not know it


def test_a_paper_that_was_printed_before_the_books_were_rewritten_is_told(fund, collected):
    close(fund)
    now_so = codes(fund, collected)[101]
    printed = replace(now_so, before=bytes(31) + b"\1", short_head=bytes(8))
    root = root_by_path(hashed=receipt_hash(receipt=now_so.receipt), place=now_so.place, path=now_so.path,
                        count=now_so.entry_count + now_so.receipt_count)
    head = head_of(before=printed.before, facts=SealFacts(
        seal_no=1, month=START, entry_count=now_so.entry_count, receipt_count=now_so.receipt_count, root=root))
    _, said = asked(replace(printed, short_head=head[:8]))
    assert "หลักฐานบนกระดาษไม่ตรงกับบัญชีในเครื่องนี้" in said and "ที่ผนึกแล้ว" not in said


def test_a_wrong_salt_number_or_fund_is_not_found_and_all_look_alike(fund, collected):
    right = as_text(code=codes(fund, collected)[101])
    assert "บันทึกในบัญชีแล้ว" in asked(right)[1]
    said = {asked(wrong)[1].partition("<main")[2] for wrong in (
        right[:-2] + ("AA" if right[-2:] != "AA" else "BA"), right.replace(".101.", ".102."),
        right.replace(".101.", ".999."), right.replace(fund.code.upper(), "NOWHERE"))}
    assert len(said) == 1 and "ไม่พบใบเสร็จนี้" in said.pop()


def test_a_cancelled_receipt_says_so(fund, collected):
    mark = codes(fund, collected)[101]
    cancel_receipts(actor=fund.somsri, cancellation_id=uuid4(), collection_id=collected, member_ids=[fund.members[0]],
                    cancelled_on=date(2025, 10, 7), why="เก็บซ้ำ", recorded_at=NOW)
    _, said = asked(mark)
    assert "บันทึกในบัญชีแล้ว" in said and "กองทุนยกเลิกใบเสร็จนี้แล้ว" in said and "เก็บซ้ำ" not in said


@pytest.mark.parametrize("text", ["x", "1.a.b.c.d", "2." + "A." * 13, "1.x.1.1." + "1" * 24, "%00", "3.A.1.1.A"])
def test_what_is_no_code_cannot_be_read(text):
    status, said = asked(text)
    assert status == 404 and "อ่านรหัสนี้ไม่ได้" in said


def test_a_code_is_pasted_with_or_without_its_address(fund, collected):
    mark = as_text(code=codes(fund, collected)[101])
    for typed in (f"OMBUN:{mark}", f"https://ombun.example/check/{mark}", f" {mark[:20]}\n{mark[20:].lower()} "):
        assert Client().post("/check/", {"code": typed})["Location"] == f"/check/{mark}"
    page = Client().post("/check/", {"code": "ใบเสร็จ"})
    assert page.status_code == 422 and "OMBUN:" in page.content.decode()
    assert "บันทึกในบัญชีแล้ว" in Client().get(f"/CHECK/{mark}").content.decode()


def test_who_asks_too_often_waits(fund, collected):
    mark, client = codes(fund, collected)[101], Client()
    answers = [asked(mark, client)[0] for _ in range(31)]
    assert answers == [*[200] * 30, 429]


def test_papers_carry_the_code_of_their_day_and_the_proof_afterwards(fund, collected):
    assert all(paper.code.startswith("OMBUN:1.") and paper.seal == "" for paper in papers(fund, collected))
    seal = close(fund)
    for paper in papers(fund, collected, is_copy=True):
        assert paper.code.startswith("OMBUN:2.") and paper.seal == in_groups(head=seal.head)
        assert head_by_proof(proof=read_code(text=paper.code)) == seal.head
    assert all(paper.code.startswith("OMBUN:1.") and paper.seal for paper in papers(fund, collected, is_small=True))
