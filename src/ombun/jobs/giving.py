"""Gifts from the command line: written down, listed, and their papers printed."""
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone
from django.utils.translation import gettext

from ombun.funds import queries as funds
from ombun.funds.rules import Office
from ombun.givers import operations, queries
from ombun.givers.rules import GiftKind, GiverKind, NewGift
from ombun.jobs import operating
from ombun.jobs.operating import CommandRefused
from ombun.ledger.rules import BANK, TREASURER_CASH
from ombun.papers.gathering import heading
from ombun.papers.gathering.gifts import gift_paper
from ombun.papers.gifts import gift_receipt_pdf, thanks_pdf
from ombun.papers.naming import GIFTS, language
from ombun.primitives.money import Satang, baht
from ombun.primitives.refusals import Refusal
from ombun.primitives.sentences import day_in_words
from ombun.primitives.transactions import fund_transaction


def received(
    *, code: str, giver: str, giver_kind: GiverKind, amount_satang: Satang, things: str, is_profit: bool,
    is_at_bank: bool, by: str | None, on: date
) -> str:
    """Write down what somebody gave, by the treasurer where nobody is named. The same words on the same day again are
    the same gift. Raises Refused."""
    actor = operating.operator_of(code=code)
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        person = operating.person_in_office(
            fund_id=actor.fund_id, offices=set(Office) if by else {Office.TREASURER}, on=on, named=by)
    gift = NewGift(
        kind=GiftKind.GROUP_PROFIT if is_profit else GiftKind.DONATION, giver_kind=giver_kind, giver_name=giver,
        amount_satang=amount_satang, things=things, into_account=BANK if is_at_bank else TREASURER_CASH, given_on=on,
        received_by=person)
    words = f"ombun:gift:{actor.fund_id}:{sorted((name, str(said)) for name, said in vars(gift).items())}"
    done = operations.receive_gift(actor=actor, gift_id=uuid5(NAMESPACE_URL, words), gift=gift,
                                   recorded_at=timezone.now())
    return gettext("ใบเสร็จผู้ให้ เลขที่ %(n)s") % {"n": done.number}


def listed(*, code: str) -> Iterator[str]:
    """Everything that was given, the newest receipt first."""
    actor = operating.operator_of(code=code)
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        given = queries.gifts(fund_id=actor.fund_id)
    for one in given:
        gift = one.as_given
        yield "  ".join((
            f"{one.number:04}", day_in_words(gift.given_on, short=True), str(GIFTS[gift.kind]),
            gift.giver_name or gettext("ไม่ประสงค์ออกนาม"), gift.things or baht(gift.amount_satang),
            *([gettext("ยกเลิกแล้ว")] if one.cancelled_on else [])))


def printed(*, code: str, number: int, is_letter: bool) -> Path:
    """The receipt of a gift, or the letter of thanks, as a PDF; gives where it lies. Raises CommandRefused."""
    actor = operating.operator_of(code=code)
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        fund, found = funds.fund_by_id(fund_id=actor.fund_id), queries.gifts(fund_id=actor.fund_id, number=number)
        if fund is None or not found:
            raise CommandRefused(Refusal(code="givers.unknown_gift", about=str(number)))
        gift = gift_paper(fund_id=actor.fund_id, card=found[0])
    pdf = (thanks_pdf if is_letter else gift_receipt_pdf)(fund=heading(fund), gift=gift, language=language())
    return operating.written(pdf, file=Path(f"{'thanks' if is_letter else 'gift'}-{number:04}.pdf"))
