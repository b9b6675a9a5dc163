"""Claims from the command line: the words typed become one call of an operation each."""
import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ombun.claims import operations, queries
from ombun.claims.queries import ClaimCard, ClaimLine
from ombun.claims.rules import CERTIFYING, DECIDING, PAYING
from ombun.claims.states import OPEN, ClaimState
from ombun.funds import queries as funds
from ombun.funds.rules import Office
from ombun.jobs import operating
from ombun.jobs.operating import CommandRefused
from ombun.members.rules.consents import NewConsent, Purpose
from ombun.papers.gathering import heading, voucher_of_claim
from ombun.papers.naming import claim_number, language, titled
from ombun.papers.vouchers import voucher_pdf
from ombun.primitives.actors import Actor
from ombun.primitives.days import BE_MINUS_CE
from ombun.primitives.money import Satang, baht
from ombun.primitives.refusals import Refusal
from ombun.primitives.thai import arabic_digits
from ombun.primitives.transactions import fund_transaction
from ombun.regulations.rules.vocabulary import Payee

STANDS: dict[ClaimState, str | Promise] = {
    ClaimState.FILED: _("รอศูนย์รับรอง"), ClaimState.CERTIFIED: _("รอประธานอนุมัติ"),
    ClaimState.APPROVED: _("รอเหรัญญิกจ่าย"), ClaimState.PAID: _("จ่ายเงินแล้ว"), ClaimState.REJECTED: _("ไม่อนุมัติ")}
_NUMBER = re.compile(r"(?P<no>\d{1,9})/(?P<year>\d{4})|(?P<year_first>\d{4})-(?P<no_last>\d{1,9})")


def step(*, what: str, code: str, on: date, options: dict[str, Any]) -> ClaimCard:
    """One step of a claim: file, certify, approve, reject or pay. Raises Refused. The typed words are in `options`."""
    actor = operating.operator_of(code=code)
    card = _file(actor, on, options) if what == "file" else _found(actor, options["claim"])
    if what == "certify":
        _certify(actor, card, on, options["by"].split(","))
    elif what == "approve":
        amount = card.assessed_satang or Satang(0) if options["amount"] is None else options["amount"]
        operations.approve_claim(
            actor=actor, claim_id=card.id, approved_by=_person(actor, DECIDING, on, options["by"]),
            approved_satang=amount, decided_on=on, recorded_at=timezone.now())
    elif what == "reject":
        operations.reject_claim(
            actor=actor, claim_id=card.id, rejected_by=_person(actor, DECIDING, on, options["by"]),
            because=options["because"], decided_on=on, recorded_at=timezone.now())
    elif what == "pay":
        meant = card.beneficiary_name if card.rule.payee == Payee.BENEFICIARY else card.full_name
        operations.pay_claim(
            actor=actor, claim_id=card.id, paid_by=_person(actor, PAYING, on, options["by"]),
            paid_on=on, payee_name=options["payee"] or meant, recorded_at=timezone.now())
    return _as_it_stands(actor, card.id)


def read_number(text: str) -> tuple[int, int] | None:
    """Year (Gregorian) and number of a claim as people type them ("12/2570", "2570-12", "2027-12"), or None."""
    if not (match := _NUMBER.fullmatch(arabic_digits(text).strip())):
        return None
    year, claim_no = int(match["year"] or match["year_first"]), int(match["no"] or match["no_last"])
    return year - BE_MINUS_CE if year >= 2400 else year, claim_no


def _person(actor: Actor, offices: Collection[Office], on: date, named: str | None) -> UUID:
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        return operating.person_in_office(fund_id=actor.fund_id, offices=offices, on=on, named=named)


def _file(actor: Actor, on: date, options: dict[str, Any]) -> ClaimCard:
    number = options["member"]
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        member = operating.member_of(fund_id=actor.fund_id, text=number)
    happened_on = operating.day(options["happened"])
    claim_id = uuid5(NAMESPACE_URL, f"ombun:claim:{actor.fund_id}:{member.id}:{options['benefit']}:{happened_on}:{on}")
    operations.file_claim(
        actor=actor, claim_id=claim_id, member_id=member.id, benefit=options["benefit"], happened_on=happened_on,
        filed_on=on, units=options["units"], details={}, recorded_at=timezone.now(),
        agreed=NewConsent(purpose=Purpose.HEALTH, given_on=operating.day(options["agreed"] or None))
        if options["agreed"] is not None else None)
    return _as_it_stands(actor, claim_id)


def _as_it_stands(actor: Actor, claim_id: UUID) -> ClaimCard:
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        card = queries.claim_card(fund_id=actor.fund_id, claim_id=claim_id)
    assert card is not None
    return card


def _certify(actor: Actor, card: ClaimCard, on: date, names: Sequence[str]) -> None:
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        people = [operating.person_in_office(fund_id=actor.fund_id, offices=CERTIFYING, on=on, named=name.strip(),
                                             centre_id=card.centre_id) for name in names if name.strip()]
    operations.certify_claim(
        actor=actor, claim_id=card.id, certifiers=people, certified_on=on, recorded_at=timezone.now())


def _found(actor: Actor, typed: str) -> ClaimCard:
    card = None
    if number := read_number(typed):
        with fund_transaction(fund_id=actor.fund_id, read_only=True):
            card = queries.claim_by_number(fund_id=actor.fund_id, year=number[0], claim_no=number[1])
    if card is None:
        raise CommandRefused(Refusal(code="jobs.unknown_claim", about=typed, facts={"number": typed}))
    return card


def voucher_into(file: Path | None, *, code: str, number: str) -> Path:
    """Write the payment voucher of a claim as PDF ("voucher-7-2570.pdf" where no file is named). Raises CommandRefused
    when there is no such claim, or it is not paid."""
    actor = operating.operator_of(code=code)
    found = _found(actor, number)
    card = _as_it_stands(actor, found.id)
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        fund, voucher = funds.fund_by_id(fund_id=actor.fund_id), voucher_of_claim(fund_id=actor.fund_id, card=card)
    if voucher is None or fund is None:
        raise CommandRefused(Refusal(code="jobs.claim_not_paid", about=number, facts={"number": claim_number(card)}))
    return operating.written(
        voucher_pdf(fund=heading(fund), voucher=voucher, language=language()),
        file=file or Path(f"voucher-{voucher.voucher_no.replace('/', '-')}.pdf"))


def listed(*, code: str) -> Iterator[str]:
    """Everything that waits, the longest first, a line each."""
    actor = operating.operator_of(code=code)
    for page in count(1):
        with fund_transaction(fund_id=actor.fund_id, read_only=True):
            waiting = queries.claims(fund_id=actor.fund_id, states=OPEN, page=page)
        yield from (_line(claim, claim.amount_satang) for claim in waiting)
        if not waiting:
            break


def in_words(card: ClaimCard) -> str:
    """A claim after a step, as the list has it."""
    return _line(card, card.paid_satang or card.approved_satang or card.assessed_satang)


def _line(claim: ClaimCard | ClaimLine, satang: Satang | None) -> str:
    """Number, where it stands, member, what for, baht."""
    money = f"{baht(satang or 0)} {gettext('บาท')}"
    return f"{claim_number(claim):>9}  {STANDS[claim.state]}  {claim.full_name}  {titled(claim)}  {money}"
