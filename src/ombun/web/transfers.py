"""A transfer into the account that the committee named: what is due, and the code that a bank app reads."""
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from ombun.contributions import operations
from ombun.contributions import queries as contributions
from ombun.contributions.queries import NoteCard
from ombun.ledger import queries as ledger
from ombun.ledger.queries import BankAccountCard
from ombun.ledger.rules import promptpay_code, transfer_reference
from ombun.members.queries import MemberCard
from ombun.papers.codes import picture
from ombun.papers.transfers import PaidTo, TransferPaper
from ombun.primitives.actors import Actor
from ombun.primitives.money import Satang, baht
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.sentences import day_in_words
from ombun.web.page import fresh_deed, now, today
from ombun.web.typed import Typed


@dataclass(frozen=True, kw_only=True)
class Transfer:
    """What a member's page says of a transfer; without an account that a resolution named there is no code."""

    to: BankAccountCard | None
    due_satang: Satang
    reference: str
    picture: SafeString
    notes: tuple[NoteCard, ...]


def transfer_of(*, actor: Actor, card: MemberCard) -> Transfer:
    """What one member would transfer today. Inside a reading."""
    to, due = ledger.paying_account(fund_id=actor.fund_id), _due(actor, [card])[card.id]
    drawn = mark_safe(picture(code=_code(to, card, due))) if to else mark_safe("")
    return Transfer(to=to, due_satang=due, reference=transfer_reference(member_no=card.member_no), picture=drawn,
                    notes=contributions.notes(fund_id=actor.fund_id, member_id=card.id))


def say(*, request: HttpRequest, actor: Actor, card: MemberCard) -> tuple[Refusal, ...]:
    """Keep what the form says of a transfer, or take back what it said; every reason against it."""
    typed = Typed(request.POST)
    try:
        if "take_back" in request.POST:
            note_id = typed.deed_id("take_back")
            typed.demand()
            operations.take_back_note(actor=actor, note_id=note_id, member_id=card.id, recorded_at=now())
            return ()
        deed, amount, day = typed.deed_id(), typed.baht("amount", _("จำนวนเงิน")), typed.day("day", _("โอนวันที่"))
        slip = typed.text("slip", _("ข้อความจากรหัสในสลิป"), is_optional=True)
        typed.demand()
        operations.say_transferred(actor=actor, note_id=deed, member_id=card.id, amount_satang=amount, slip=slip,
                                   transferred_on=day, recorded_at=now())
    except Refused as refused:
        return refused.refusals
    return ()


def proposed(*, transfer: Transfer) -> dict[str, str]:
    """The form before anybody typed: what is due, today."""
    return {"deed": str(fresh_deed()), "day": day_in_words(today(), short=True),
            "amount": baht(transfer.due_satang) if transfer.due_satang else ""}


def slips(
    *, actor: Actor, to: BankAccountCard, cards: list[MemberCard], village: str
) -> tuple[PaidTo, list[TransferPaper]]:
    """The transfer slips of a village, and what all of them say of the account. Inside a reading."""
    due, named = _due(actor, cards), to.as_named
    return PaidTo(owner_name=named.owner_name, bank=named.bank, resolution_no=named.resolution_no,
                  resolved_on=named.resolved_on), [
        TransferPaper(member_name=card.full_name, member_no=card.member_no, village=village,
                      due_satang=due[card.id], code=_code(to, card, due[card.id])) for card in cards]


def _due(actor: Actor, cards: Iterable[MemberCard]) -> dict[int, Satang]:
    standings = contributions.standings(fund_id=actor.fund_id, member_ids=[card.id for card in cards], on=today())
    return {member_id: one.owed_satang for member_id, one in standings.items()}


def _code(to: BankAccountCard, card: MemberCard, due_satang: Satang) -> str:
    kind = to.as_named.promptpay_kind
    assert kind is not None
    return promptpay_code(kind=kind, number=to.as_named.promptpay_no, amount_satang=due_satang or None,
                          reference=transfer_reference(member_no=card.member_no))
