"""The receipts of a collection day as papers, and those of a whole fund part by part."""
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.utils.translation import gettext

from ombun.contributions import queries as contributions
from ombun.contributions.queries import CollectionCard
from ombun.contributions.queries import ReceiptLine as Payment
from ombun.funds import queries as funds
from ombun.funds.queries import FundCard
from ombun.papers.gathering.checking import receipt_codes
from ombun.papers.gathering.heads import heading, village
from ombun.papers.printing import PART_RECEIPTS, Part, Printing
from ombun.papers.receipts import PaperSize, ReceiptLine, ReceiptPaper, receipts_part_pdf
from ombun.primitives.sentences import day_in_words
from ombun.primitives.transactions import fund_transaction


def receipts_of_day(
    *, fund_id: int, card: CollectionCard, payments: Iterable[Payment], is_copy: bool = False,
    is_small: bool = False
) -> list[ReceiptPaper]:
    """The receipts of a collection day as papers, in the order given. Reads the fund: names, villages and seals.

    Receipts that were written by hand are always copies: the original is in the book of paper.
    """
    collector = funds.person_names(fund_id=fund_id)[card.collected_by_id]
    centre = next(c for c in funds.centres(fund_id=fund_id) if c.id == card.centre_id)
    codes = receipt_codes(fund_id=fund_id, collection_id=card.id, is_small=is_small)
    return [ReceiptPaper(
        book_no=payment.book_no, number=payment.number, received_on=payment.collected_on,
        member_name=payment.full_name, member_no=payment.member_no, village=village(centre),
        lines=[ReceiptLine(text=gettext("เงินสมทบสวัสดิการชุมชน"), amount_satang=payment.amount_satang)],
        collector_name=collector, is_copy=is_copy or card.is_by_pen, is_cancelled=payment.is_cancelled,
        note=_note(card, payment), code=codes[payment.number].text, seal=codes[payment.number].seal)
        for payment in payments]


def is_small(size: PaperSize) -> bool:
    """Whether a sheet has no room for a code that proves a receipt by itself; its code names the receipt then."""
    return size in (PaperSize.A6, PaperSize.ROLL)


def parts_of_days(*, fund_id: int, from_on: date, until_on: date) -> tuple[Part, ...]:
    """The receipts of all collection days in [from_on, until_on), in parts: by village, day and number."""
    days = contributions.collections_in(fund_id=fund_id, from_on=from_on, until_on=until_on)
    return tuple(
        Part(deed=str(card.deed_id), moo=card.moo, day=card.collected_on.isoformat(), book_no=card.book_no,
             first_number=first, last_number=min(first + PART_RECEIPTS - 1, card.last_number))
        for card in sorted(days, key=lambda one: (one.moo, one.collected_on, one.book_no, one.first_number))
        for first in range(card.first_number, card.last_number + 1, PART_RECEIPTS))


def printed_part(*, fund: FundCard, printing: Printing, part: Part) -> bytes:
    """The receipts of one part as a PDF. Reads the fund in a transaction of its own."""
    with fund_transaction(fund_id=fund.id, read_only=True):
        card = contributions.collection(fund_id=fund.id, deed_id=UUID(part.deed))
        assert card is not None
        written = receipts_of_day(fund_id=fund.id, card=card, is_copy=printing.is_copy,
                                  is_small=is_small(PaperSize(printing.size)), payments=[
            line for line in contributions.receipts_of_collection(fund_id=fund.id, collection_id=card.id)
            if part.first_number <= line.number <= part.last_number])
    return receipts_part_pdf(fund=heading(fund), receipts=written, size=PaperSize(printing.size),
                             language="en" if printing.language == "en" else "th")


def _note(card: CollectionCard, payment: Payment) -> str:
    """When a receipt was cancelled and why; of one that stands, whether its money came through the bank, or where its
    original is."""
    if payment.cancelled_on is None and card.is_by_pen:
        return gettext("ต้นฉบับเขียนด้วยมือ อยู่ในเล่มกระดาษ")
    if payment.cancelled_on is None:
        return gettext("รับโอนเข้าบัญชีธนาคารของกองทุน") if card.is_by_transfer else ""
    return gettext("ยกเลิกเมื่อ %(day)s: %(because)s") % {
        "day": day_in_words(payment.cancelled_on), "because": payment.cancelled_because}
