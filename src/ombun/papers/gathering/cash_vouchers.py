"""The voucher of an entry as its paper shows it."""
from django.utils.translation import get_language

from ombun.funds import queries as funds
from ombun.ledger import queries as ledger
from ombun.ledger.queries import EntryCard, Side
from ombun.ledger.rules import Way
from ombun.papers.cash_vouchers import CashVoucherPaper
from ombun.primitives.days import BE_MINUS_CE


def voucher_paper(*, fund_id: int, card: EntryCard) -> CashVoucherPaper | None:
    """The voucher of an entry with the names of who stands for it, or None where another deed brought it."""
    voucher = ledger.voucher_of_entry(fund_id=fund_id, entry_id=card.id)
    if voucher is None:
        return None
    names, held = funds.person_names(fund_id=fund_id), {one.code for one in ledger.cash_holders(fund_id=fund_id)}
    limit = ledger.payment_limit(fund_id=fund_id, on=card.happened_on)
    taken_back = ledger.entry(fund_id=fund_id, entry_id=card.reversed_by_id) if card.reversed_by_id else None
    is_payment = voucher.way == Way.OUT
    papers = [one for one in ledger.attachments_of_entry(fund_id=fund_id, entry_id=card.id) if one.removed_at is None]
    return CashVoucherPaper(
        number=f"{voucher.number}/{voucher.year + BE_MINUS_CE}", is_payment=is_payment, happened_on=card.happened_on,
        kind=_names(card, held, of_hands=False), through=_names(card, held, of_hands=True), memo=card.memo,
        amount_satang=card.total_satang, papers=len(papers), reversed_on=taken_back.posted_on if taken_back else None,
        first=names.get(voucher.first_id, "") if voucher.first_id else "",
        second=names.get(voucher.second_id, "") if voucher.second_id else "",
        needs_second=is_payment and limit is not None and card.total_satang > limit.limit_satang)


def _names(card: EntryCard, held: set[str], *, of_hands: bool) -> str:
    return ", ".join(dict.fromkeys(_named(side) for side in card.sides if (side.account_code in held) == of_hands))


def _named(side: Side) -> str:
    return side.name_en if get_language() == "en" else side.name_th
