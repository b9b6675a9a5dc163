"""A member's passbook on paper, for the registrar's desk and for the member's own."""
from datetime import date, timedelta

from django.http import HttpResponse
from django.utils.translation import gettext

from ombun.claims import queries as claims
from ombun.contributions import queries as contributions
from ombun.contributions.queries import ReceiptLine
from ombun.funds import queries as funds
from ombun.funds.queries import FundCard
from ombun.members.queries import MemberCard
from ombun.papers.passbooks import PassbookLine, PassbookPaper, passbook_pdf
from ombun.primitives.money import baht
from ombun.primitives.sentences import month_in_words
from ombun.web import paper
from ombun.web.committee.templatetags.welfare import titled, voucher_number


def passbook(*, fund_id: int, card: MemberCard, on: date) -> PassbookPaper:
    """Everything that a member gave and received, in the order of days; what was paid before the books began on top."""
    standing = contributions.standings(fund_id=fund_id, member_ids=[card.id], on=on)[card.id]
    opening = contributions.opening_standings(fund_id=fund_id, member_ids=[card.id]).get(card.id)
    lines = [
        *(_payment(line) for line in contributions.payments_of_member(fund_id=fund_id, member_id=card.id)),
        *(PassbookLine(day=line.paid_on, text=titled(line), paper_no=voucher_number(line),
                       received_satang=line.paid_satang)
          for line in claims.benefits_received(fund_id=fund_id, member_id=card.id))]
    before = gettext("ก่อนเริ่มใช้ระบบนี้ ส่งไว้แล้วถึงสิ้นเดือน%(month)s")
    first = [PassbookLine(day=opening, paper_no="", text=before % {
        "month": month_in_words(opening - timedelta(days=1))})] if opening else []
    village = next((paper.village(c) for c in funds.centres(fund_id=fund_id) if c.id == card.centre_id), "–")
    return PassbookPaper(
        member_name=card.full_name, member_no=card.member_no, village=village, as_of=on, joined_on=card.joined_on,
        paid_until=standing.paid_to, lines=[*first, *sorted(lines, key=lambda line: line.day)])


def _payment(line: ReceiptLine) -> PassbookLine:
    """A receipt; one that was cancelled says so and how much it was of, and counts for nothing."""
    text = gettext("เงินสมทบ")
    if line.is_cancelled:
        text = gettext("ยกเลิกใบเสร็จเงินสมทบ %(baht)s บาท") % {"baht": baht(line.amount_satang)}
    return PassbookLine(day=line.collected_on, text=text, paper_no=f"{line.book_no}/{line.number:04}",
                        paid_satang=None if line.is_cancelled else line.amount_satang)


def passbook_page(*, fund: FundCard, written: PassbookPaper) -> HttpResponse:
    """The passbook as a PDF. Its file name has no name of a person."""
    return paper.pdf_page(name=f"passbook-{written.as_of}", content=passbook_pdf(
        fund=paper.heading(fund), passbook=written, language=paper.language()))
