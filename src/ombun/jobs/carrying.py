"""Cash that changes hands, from the command line."""
from collections.abc import Iterator
from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils import timezone
from django.utils.translation import get_language, gettext

from ombun.funds import queries as funds
from ombun.funds.rules import Office
from ombun.jobs import operating
from ombun.jobs.operating import CommandRefused
from ombun.ledger import operations, queries
from ombun.ledger.queries import CashHolder
from ombun.ledger.rules import BANK, TREASURER_CASH, HolderKind
from ombun.primitives.money import Satang, baht
from ombun.primitives.refusals import Refusal
from ombun.primitives.sentences import day_in_words
from ombun.primitives.transactions import fund_transaction

HANDS = {"treasurer": TREASURER_CASH, "bank": BANK}


def handed_over(
    *, code: str, giver: str, taker: str, amount_satang: Satang, on: date, given_by: str | None,
    received_by: str | None, expected_satang: Satang | None, memo: str
) -> None:
    """Money changes hands: from a collector (by name), the "treasurer" or the "bank" to another of them. The same words
    on the same day again change nothing.

    Without names a collector, or the treasurer, signs for their own; for the bank a name is needed. Raises Refused.
    """
    actor = operating.operator_of(code=code)
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        hands = [_hand(actor.fund_id, words) for words in (giver, taker)]
        signed = [_signer(actor.fund_id, hand, named, on) for hand, named in zip(
            hands, (given_by, received_by), strict=True)]
    operations.hand_over_cash(
        actor=actor, from_account=hands[0].code, to_account=hands[1].code, amount_satang=amount_satang, handed_on=on,
        given_by=signed[0], received_by=signed[1], recorded_at=timezone.now(), expected_satang=expected_satang,
        memo=memo, handover_id=uuid5(NAMESPACE_URL, ":".join(str(said) for said in (
            "ombun:handover", actor.fund_id, hands[0].code, hands[1].code, amount_satang, expected_satang, on, memo))))


def _hand(fund_id: int, words: str) -> CashHolder:
    """The till, the bank, what a collector carries, or any hand by its account (1120-01: the tin of a village).
    Raises CommandRefused when no or several hands are meant."""
    names = funds.person_names(fund_id=fund_id)
    fits = [one for one in queries.cash_holders(fund_id=fund_id) if one.code == HANDS.get(words, words)
            or (words not in HANDS and one.holder_kind == HolderKind.COLLECTOR and one.holder_id is not None
                and words in names[one.holder_id])]
    if len(fits) != 1:
        raise CommandRefused(Refusal(
            code="jobs.several_persons_fit" if fits else "jobs.person_not_found", about=words, facts={
                "name": words, "names": ", ".join(names[one.holder_id] for one in fits if one.holder_id)}))
    return fits[0]


def _signer(fund_id: int, hand: CashHolder, named: str | None, on: date) -> UUID:
    if named is None and hand.holder_id is not None:
        return hand.holder_id
    offices = [Office.TREASURER] if named is None and hand.code == TREASURER_CASH else list(Office)
    return operating.person_in_office(fund_id=fund_id, offices=offices, on=on, named=named)


def listed(*, code: str) -> Iterator[str]:
    """In whose hands the fund's money is now, a line each."""
    actor = operating.operator_of(code=code)
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        holders, since = queries.cash_holders(fund_id=actor.fund_id), queries.held_since(fund_id=actor.fund_id)
    for one in holders:
        if one.balance_satang or one.holder_kind != HolderKind.COLLECTOR:
            waits = gettext("ถือไว้ตั้งแต่ %(day)s") % {"day": day_in_words(since[one.code], short=True)} if (
                one.code in since) else ""
            name = one.name_en if get_language() == "en" else one.name_th
            yield f"{baht(one.balance_satang):>18}  {one.code} {name} {waits}".rstrip()
    yield f"{baht(sum(one.balance_satang for one in holders)):>18}  {gettext('รวม')}"
