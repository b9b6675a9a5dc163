"""The papers of a claim: its payment voucher, and the letter that goes with the money."""
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from ombun.access.door import desk, may_see, reading
from ombun.claims import queries
from ombun.claims.states import Act
from ombun.papers.gathering import voucher_of_claim
from ombun.papers.letters import LetterKind, LetterPaper, letter_pdf
from ombun.papers.naming import titled, voucher_number
from ombun.papers.vouchers import voucher_pdf
from ombun.primitives.actors import Actor
from ombun.regulations.rules.vocabulary import BenefitRule, Document, Payee
from ombun.web import paper
from ombun.web.committee.views.claims import LOOKING
from ombun.web.page import fund_of, today


@desk(*LOOKING)
def voucher(request: HttpRequest, actor: Actor, claim_id: UUID) -> HttpResponse:
    """The voucher as a PDF; there is none before the claim is paid."""
    with reading(actor):
        card = queries.claim_card(fund_id=actor.fund_id, claim_id=claim_id)
        if card is None or not may_see(actor=actor, member_id=card.member_id, centre_id=card.centre_id):
            raise Http404
        written = voucher_of_claim(fund_id=actor.fund_id, card=card)
    if written is None:
        raise Http404
    return paper.pdf_page(name=f"voucher-{voucher_number(card).replace('/', '-')}", content=voucher_pdf(
        fund=paper.heading(fund_of(actor)), voucher=written, language=paper.language()))


@desk(*LOOKING)
def letter(request: HttpRequest, actor: Actor, claim_id: UUID) -> HttpResponse:
    """The letter to the member or the family, once a sum was approved."""
    with reading(actor):
        card = queries.claim_card(fund_id=actor.fund_id, claim_id=claim_id)
    if card is None or not may_see(actor=actor, member_id=card.member_id, centre_id=card.centre_id):
        raise Http404
    if card.approved_satang is None:
        raise Http404
    to_family = card.rule.payee == Payee.BENEFICIARY
    written = LetterPaper(
        kind=_kind(card.rule), on=card.paid_on or today(), member_name=card.full_name, benefit=titled(card),
        to=(card.payee_name or card.beneficiary_name if to_family else "") or card.full_name,
        amount_satang=card.approved_satang, chair=next((s.name for s in card.signed(Act.APPROVE)), ""))
    return paper.pdf_page(name=f"letter-{card.claim_no}", content=letter_pdf(
        fund=paper.heading(fund_of(actor)), letter=written, language=paper.language()))


def _kind(rule: BenefitRule) -> LetterKind:
    if Document.DEATH_CERTIFICATE in rule.documents:
        return LetterKind.DEATH
    if Document.BIRTH_CERTIFICATE in rule.documents:
        return LetterKind.BIRTH
    return LetterKind.ILLNESS if rule.is_about_health else LetterKind.OTHER
