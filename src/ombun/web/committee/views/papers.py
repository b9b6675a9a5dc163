"""The payment voucher of a claim that was paid."""
from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext

from ombun.access.door import desk, may_see, reading
from ombun.claims import queries
from ombun.claims.queries import ClaimCard
from ombun.claims.rules import DECIDING, PAYING, PAYING_THE_TREASURER
from ombun.claims.states import Act
from ombun.funds import queries as funds
from ombun.funds.rules import Office
from ombun.papers.vouchers import ReckoningLine, Signer, VoucherPaper, voucher_pdf
from ombun.primitives.actors import Actor
from ombun.primitives.money import baht
from ombun.primitives.sentences import sentence
from ombun.web import paper
from ombun.web.committee.templatetags.welfare import claim_number, titled, voucher_number
from ombun.web.committee.views.claims import LOOKING
from ombun.web.page import fund_of
from ombun.web.words import OFFICES


@desk(*LOOKING)
def voucher(request: HttpRequest, actor: Actor, claim_id: UUID) -> HttpResponse:
    """The voucher as a PDF; there is none before the claim is paid."""
    with reading(actor):
        card = queries.claim_card(fund_id=actor.fund_id, claim_id=claim_id)
        if card is None or not may_see(actor=actor, member_id=card.member_id, centre_id=card.centre_id):
            raise Http404
        written = _written(actor.fund_id, card)
    if written is None:
        raise Http404
    return paper.pdf_page(name=f"voucher-{voucher_number(card).replace('/', '-')}", content=voucher_pdf(
        fund=paper.heading(fund_of(actor)), voucher=written, language=paper.language()))


def _written(fund_id: int, card: ClaimCard) -> VoucherPaper | None:
    if card.paid_on is None or card.paid_satang is None:
        return None
    village = next((paper.village(c) for c in funds.centres(fund_id=fund_id) if c.id == card.centre_id), "–")
    return VoucherPaper(
        voucher_no=voucher_number(card), claim_no=claim_number(card), paid_on=card.paid_on, payee_name=card.payee_name,
        member_name=card.full_name, member_no=card.member_no, village=village, benefit=titled(card),
        happened_on=card.happened_on, reckoning=_reckoning(card), amount_satang=card.paid_satang,
        certifiers=[Signer(name=s.name, signed_on=s.signed_on) for s in card.signed(Act.CERTIFY)],
        chair=_signer(fund_id, card, Act.APPROVE, card.decided_on, DECIDING),
        treasurer=_signer(fund_id, card, Act.PAY, card.paid_on, PAYING | PAYING_THE_TREASURER))


def _reckoning(card: ClaimCard) -> list[ReckoningLine]:
    """The explanation as it was when the chair decided; and the decision, where it was for less."""
    lines = [ReckoningLine(text=sentence(step), clause_no=step.clause_no) for step in card.steps]
    if card.approved_satang is None or card.approved_satang == card.assessed_satang:
        return lines
    said = gettext("ผู้มีอำนาจอนุมัติ %(amount)s บาท") % {"amount": baht(card.approved_satang)}
    return [*lines, ReckoningLine(text=said)]


def _signer(fund_id: int, card: ClaimCard, act: Act, on: date | None, offices: Collection[Office]) -> Signer:
    """Who signed, with the office they held on that day: a vice-chair may have decided, a secretary may have paid."""
    signed = next(iter(card.signed(act)), None)
    if signed is None or on is None:
        return Signer()
    held = [h.office for h in funds.office_holders(fund_id=fund_id, on=on) if h.person_id == signed.person_id]
    office = next((str(OFFICES[office]) for office in held if office in offices), "")
    return Signer(name=signed.name, signed_on=signed.signed_on, office=office)
