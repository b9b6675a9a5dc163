"""The receipts of a collection day as papers."""
from collections.abc import Iterable

from django.utils.translation import gettext

from ombun.contributions.queries import CollectionCard
from ombun.contributions.queries import ReceiptLine as Payment
from ombun.funds import queries as funds
from ombun.papers.gathering.heads import village
from ombun.papers.receipts import ReceiptLine, ReceiptPaper
from ombun.primitives.sentences import day_in_words


def receipts_of_day(
    *, fund_id: int, card: CollectionCard, payments: Iterable[Payment], is_copy: bool = False
) -> list[ReceiptPaper]:
    """The receipts of a collection day as papers, in the order given. Reads the fund: names and villages."""
    collector = funds.person_names(fund_id=fund_id)[card.collected_by_id]
    centre = next(c for c in funds.centres(fund_id=fund_id) if c.id == card.centre_id)
    return [ReceiptPaper(
        book_no=payment.book_no, number=payment.number, received_on=payment.collected_on,
        member_name=payment.full_name, member_no=payment.member_no, village=village(centre),
        lines=[ReceiptLine(text=gettext("เงินสมทบสวัสดิการชุมชน"), amount_satang=payment.amount_satang)],
        collector_name=collector, is_copy=is_copy, is_cancelled=payment.is_cancelled, note=_taken_back(payment))
        for payment in payments]


def _taken_back(payment: Payment) -> str:
    """When a receipt was cancelled and why; nothing for one that stands."""
    if payment.cancelled_on is None:
        return ""
    return gettext("ยกเลิกเมื่อ %(day)s: %(because)s") % {
        "day": day_in_words(payment.cancelled_on), "because": payment.cancelled_because}
