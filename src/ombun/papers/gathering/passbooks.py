"""Members' passbooks as papers."""
from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext

from ombun.claims import queries as claims
from ombun.claims.queries import BenefitReceived, ToldReceived
from ombun.contributions import queries as contributions
from ombun.contributions.queries import ReceiptLine, ThingGiven
from ombun.funds import queries as funds
from ombun.members.queries import MemberCard
from ombun.papers.gathering.heads import village
from ombun.papers.naming import titled, voucher_number
from ombun.papers.passbooks import PassbookLine, PassbookPaper
from ombun.papers.wording import KEPT
from ombun.primitives.money import Satang, baht
from ombun.primitives.sentences import month_in_words


def passbooks_of_members(*, fund_id: int, cards: Sequence[MemberCard], on: date) -> list[PassbookPaper]:
    """Everything that members gave and received, in the order of days, with what the old books told.

    Fourteen statements whatever their number.
    """
    ids, fund = [card.id for card in cards], funds.fund_by_id(fund_id=fund_id)
    assert fund is not None
    standings = contributions.standings(fund_id=fund_id, member_ids=ids, on=on)
    opening = contributions.opening_standings(fund_id=fund_id, member_ids=ids)
    paid = contributions.payments_of_members(fund_id=fund_id, member_ids=ids)
    told = contributions.past_payments_of_members(fund_id=fund_id, member_ids=ids)
    received = claims.benefits_by_member(fund_id=fund_id, member_ids=ids)
    told_received = claims.past_benefits_of_members(fund_id=fund_id, member_ids=ids)
    things = contributions.things_of_members(fund_id=fund_id, member_ids=ids)
    villages = {c.id: village(c) for c in funds.centres(fund_id=fund_id)}
    written = []
    for card in cards:
        lines = [*_opening(opening.get(card.id), fund.starts_on), *map(_payment, paid[card.id]),
                 *map(_thing, things[card.id]), *(_told_payment(month, satang) for month, satang in told[card.id]),
                 *map(_benefit, received[card.id]), *map(_told_benefit, told_received[card.id])]
        written.append(PassbookPaper(
            member_name=card.full_name, member_no=card.member_no, as_of=on, joined_on=card.joined_on,
            village=villages[card.centre_id] if card.centre_id else "–", paid_until=standings[card.id].paid_to,
            lines=sorted(lines, key=lambda line: line.day)))
    return written


def _opening(until: date | None, starts_on: date) -> list[PassbookLine]:
    """Up to when somebody had paid on the day the books began here, where it was written down."""
    if until is None:
        return []
    before, month = gettext("ก่อนเริ่มใช้ระบบนี้ ส่งไว้แล้วถึงสิ้นเดือน %(month)s"), until - timedelta(days=1)
    return [PassbookLine(day=starts_on, paper_no="", text=before % {
        "month": month_in_words(month, short=True).replace(" ", KEPT)})]


def _payment(line: ReceiptLine) -> PassbookLine:
    """A receipt; one that was cancelled says so and how much it was of, and counts for nothing."""
    text = gettext("เงินสมทบ")
    if line.is_cancelled:
        text = gettext("ยกเลิกใบเสร็จเงินสมทบ %(baht)s บาท") % {"baht": baht(line.amount_satang)}
    return PassbookLine(day=line.collected_on, text=text, paper_no=f"{line.book_no}/{line.number:04}",
                        paid_satang=None if line.is_cancelled else line.amount_satang)


def _thing(line: ThingGiven) -> PassbookLine:
    """What was given that is not money, in its own unit, with what it counts toward dues."""
    return PassbookLine(day=line.received_on, text=f"{line.item} {line.quantity} {line.unit}",
                        paper_no=gettext("ไม่ใช่เงิน"), paid_satang=line.credit_satang or None)


def _told_payment(month: date, satang: Satang) -> PassbookLine:
    return PassbookLine(day=month, is_whole_month=True, text=gettext("เงินสมทบ"), paper_no=gettext("สมุดเดิม"),
                        paid_satang=satang)


def _benefit(line: BenefitReceived) -> PassbookLine:
    return PassbookLine(day=line.paid_on, text=titled(line), paper_no=voucher_number(line),
                        received_satang=line.paid_satang)


def _told_benefit(line: ToldReceived) -> PassbookLine:
    return PassbookLine(day=line.paid_on, text=line.words, paper_no=gettext("สมุดเดิม"),
                        received_satang=line.amount_satang)
