"""Receipts for what members pay in: one a page, from a receipt book with gap-free numbers."""
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ombun.papers.codes import picture
from ombun.papers.heading import FundHeading
from ombun.papers.press import Contents, Press
from ombun.papers.wording import Language, Wording

SMALL_CODE = 200  # letters: a longer one proves the receipt by itself and needs a picture of twice the width


class PaperSize(StrEnum):
    """The sheet a receipt is printed on, lying on its long side; on A4 two of the size A5, one above the other; or a
    roll of 80 mm as small receipt printers have, cut after each."""

    A4 = "a4"
    A5 = "a5"
    A6 = "a6"
    ROLL = "roll"


@dataclass(frozen=True, kw_only=True)
class ReceiptLine:
    """What was paid for, and how much."""

    text: str
    amount_satang: int


@dataclass(frozen=True, kw_only=True)
class ReceiptPaper:
    """One receipt. `received_from` names who handed over the money where that is not the member."""

    book_no: int
    number: int
    received_on: date
    member_name: str
    member_no: str
    village: str
    lines: Sequence[ReceiptLine]
    collector_name: str
    received_from: str = ""
    note: str = ""
    is_copy: bool = False
    is_cancelled: bool = False
    code: str = ""  # with which anybody checks it: see contributions/rules/proofs.py
    seal: str = ""  # of its month, as people compare it; nothing before the month is sealed


def receipts_pdf(
    *, fund: FundHeading, receipts: Sequence[ReceiptPaper], size: PaperSize = PaperSize.A5, language: Language = "th"
) -> bytes:
    """All receipts in one file, one to a page (on A4 two). No receipts give one page that says so."""
    return Press("receipts").printed(receipt_contents(fund=fund, receipts=receipts, size=size, language=language))


def receipts_part_pdf(
    *, fund: FundHeading, receipts: Sequence[ReceiptPaper], size: PaperSize, language: Language
) -> bytes:
    """The same as one part of many: what it took in memory is free for the next one."""
    told = [receipt_contents(fund=fund, receipts=some, size=size, language=language) for some in (receipts, [])]
    return Press("receipts").printed_and_forgotten(told[0], small=told[1])


def receipt_files(
    *, fund: FundHeading, receipts: Sequence[ReceiptPaper], size: PaperSize = PaperSize.A5, language: Language = "th"
) -> Iterator[tuple[str, bytes]]:
    """Each receipt as a file of its own with its name ("receipt-4-0123.pdf"), one after the other in little memory."""
    press = Press("receipts")
    for receipt in receipts:
        contents = receipt_contents(fund=fund, receipts=[receipt], size=size, language=language)
        yield f"receipt-{receipt.book_no}-{receipt.number:04}.pdf", press.printed(contents)


def receipt_contents(
    *, fund: FundHeading, receipts: Sequence[ReceiptPaper], size: PaperSize, language: Language
) -> Contents:
    """What the template is told: everything as it is to be printed."""
    say = Wording(language=language)
    return {
        "language": language, "fund": fund.contents(say), "size": size,
        "dated": max((r.received_on for r in receipts), default=date(2000, 1, 1)).isoformat(),
        "receipts": [_contents(receipt, say) for receipt in receipts],
    }


def _contents(receipt: ReceiptPaper, say: Wording) -> Contents:
    total_satang = sum(line.amount_satang for line in receipt.lines)
    return {
        "book_no": say.digits(receipt.book_no), "number": say.digits(f"{receipt.number:04}"),
        "day": say.day(receipt.received_on), "member": receipt.member_name, "member_no": say.digits(receipt.member_no),
        "village": say.digits(receipt.village), "received_from": receipt.received_from or receipt.member_name,
        "lines": [{"order": say.digits(order), "text": say.digits(line.text), "amount": say.amount(line.amount_satang)}
                  for order, line in enumerate(receipt.lines, start=1)],
        "total": say.amount(total_satang), "total_in_words": say.amount_in_words(total_satang),
        "collector": receipt.collector_name, "note": say.digits(receipt.note), "is_copy": receipt.is_copy,
        "is_cancelled": receipt.is_cancelled, "seal": receipt.seal,
        "code": picture(code=receipt.code) if receipt.code else "", "is_proof": len(receipt.code) > SMALL_CODE,
    }
