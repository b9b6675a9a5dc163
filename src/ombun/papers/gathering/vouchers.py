"""The payment voucher of a claim as a paper."""
from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext

from ombun.claims.queries import ClaimCard
from ombun.claims.rules import DECIDING, PAYING, PAYING_THE_TREASURER
from ombun.claims.states import Act
from ombun.funds import queries as funds
from ombun.funds.rules import Office
from ombun.papers.gathering.heads import village
from ombun.papers.naming import OFFICES, claim_number, titled, voucher_number
from ombun.papers.vouchers import ReckoningLine, Signer, VoucherPaper
from ombun.primitives.money import baht
from ombun.primitives.sentences import sentence


def voucher_of_claim(*, fund_id: int, card: ClaimCard) -> VoucherPaper | None:
    """The voucher of a claim; there is none before it is paid. Reads the fund: names, offices, villages."""
    if card.paid_on is None or card.paid_satang is None:
        return None
    place = next((village(c) for c in funds.centres(fund_id=fund_id) if c.id == card.centre_id), "–")
    return VoucherPaper(
        voucher_no=voucher_number(card), claim_no=claim_number(card), paid_on=card.paid_on, payee_name=card.payee_name,
        member_name=card.full_name, member_no=card.member_no, village=place, benefit=titled(card),
        happened_on=card.happened_on, reckoning=_reckoning(card), amount_satang=card.paid_satang,
        paid_from=card.paid_from,
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
