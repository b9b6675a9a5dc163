"""The opening position from the command line: what was there on the day the books begin here."""
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone
from django.utils.translation import gettext

from ombun.claims import operations as claims
from ombun.claims.rules import UsedBefore
from ombun.contributions import operations as contributions
from ombun.contributions import queries
from ombun.contributions.rules import COLLECTORS
from ombun.funds import queries as funds
from ombun.funds.queries import FundCard
from ombun.jobs import operating
from ombun.jobs.operating import CommandRefused
from ombun.ledger import operations as ledger
from ombun.ledger import queries as books
from ombun.ledger.operations import OpeningMoney
from ombun.members import queries as members
from ombun.primitives.actors import Actor
from ombun.primitives.days import add_months
from ombun.primitives.money import Satang, baht, read_baht
from ombun.primitives.refusals import Refusal
from ombun.primitives.sentences import through
from ombun.primitives.transactions import fund_transaction


def written(*, what: str, code: str, options: Mapping[str, Any]) -> Iterator[str]:
    """Write one part of the opening position down ("money", "paid", "receipts", "benefits"), and tell how it stands.

    The same again changes nothing. Raises Refused.
    """
    actor = operating.operator_of(code=code)
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        fund = funds.fund_by_id(fund_id=actor.fund_id)
    assert fund is not None
    if what == "money":
        _money(actor, fund, options)
    elif what == "paid":
        _paid(actor, fund, options)
    elif what == "receipts":
        _receipts(actor, options)
    elif what == "benefits":
        _benefits(actor, options)
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        told = list(_as_it_stands(fund))
    return iter(told)


def _money(actor: Actor, fund: FundCard, options: Mapping[str, Any]) -> None:
    with fund_transaction(fund_id=fund.id, read_only=True):
        held = {operating.person_in_office(fund_id=fund.id, offices=COLLECTORS, on=fund.starts_on, named=name):
                _baht_typed(typed) for name, typed in map(_pair, options["held"])}
    ledger.write_opening_position(
        actor=actor, opening_id=uuid5(NAMESPACE_URL, f"ombun:opening:{fund.id}"), recorded_at=timezone.now(),
        money=OpeningMoney(treasurer_satang=options["treasurer"], bank_satang=options["bank"],
                           invested_satang=options["invested"], collectors_satang=held))


def _paid(actor: Actor, fund: FundCard, options: Mapping[str, Any]) -> None:
    """One month for everybody of a village at the start who has none yet, and the exceptions."""
    with fund_transaction(fund_id=fund.id, read_only=True):
        centre = operating.centre_of(fund_id=fund.id, moo=options["village"])
        there = members.members_of_centre(fund_id=fund.id, centre_id=centre.id, on=fund.starts_on)
        known = queries.opening_standings(fund_id=fund.id, member_ids=[card.id for card in there])
        own = {operating.member_of(fund_id=fund.id, text=who).id: operating.month(typed)
               for who, typed in map(_pair, options["except"])}
    everybody = {card.id: operating.month(options["month"]) for card in there if card.id not in known}
    contributions.write_opening_standings(actor=actor, recorded_at=timezone.now(), paid_until={
        i: add_months(month, 1) for i, month in (everybody | own).items()})


def _receipts(actor: Actor, options: Mapping[str, Any]) -> None:
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        centre = operating.centre_of(fund_id=actor.fund_id, moo=options["village"])
    contributions.open_receipt_book(
        actor=actor, centre_id=centre.id, book_no=options["book"], first_number=options["first"],
        last_number=options["last"], recorded_at=timezone.now())


def _benefits(actor: Actor, options: Mapping[str, Any]) -> None:
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        member = operating.member_of(fund_id=actor.fund_id, text=options["member"])
    claims.write_opening_uses(actor=actor, recorded_at=timezone.now(), uses=[UsedBefore(
        member_id=member.id, benefit=options["benefit"], times=options["times"], units=options["units"],
        amount_satang=options["amount"])])


def _pair(text: str) -> tuple[str, str]:
    """Two words with = between them: บุญมา=500. Raises CommandRefused."""
    name, sign, typed = text.partition("=")
    if not (name and sign and typed):
        raise CommandRefused(Refusal(code="jobs.not_a_pair", about=text, facts={"typed": text}))
    return name.strip(), typed.strip()


def _baht_typed(text: str) -> Satang:
    try:
        return read_baht(text)
    except ValueError as error:
        raise CommandRefused(Refusal(code="jobs.not_an_amount", about=text, facts={"typed": text})) from error


def _as_it_stands(fund: FundCard) -> Iterator[str]:
    """A line about the money, and one for each village: how many have their month, where the receipts go on."""
    entry = books.opening_entry(fund_id=fund.id)
    yield gettext("ยอดเงินยกมา: %(told)s") % {"told": gettext("ยังไม่ได้บันทึก") if entry is None else gettext(
        "%(baht)s บาท") % {"baht": baht(entry.total_satang)}}
    done = queries.members_with_opening(fund_id=fund.id)
    sizes = members.members_by_centre(fund_id=fund.id, on=fund.starts_on)
    opened = queries.books_of_centres(fund_id=fund.id)
    for centre in funds.centres(fund_id=fund.id):
        numbers = ", ".join(f"{book.book_no}: {through(book.next_number, book.last_number)}" for book in opened
                            if book.centre_id == centre.id and book.device_id is None)
        yield gettext("หมู่ %(moo)s: บันทึกเดือนที่ส่งแล้ว %(done)s จาก %(all)s คน ใบเสร็จเล่มที่ %(numbers)s") % {
            "moo": centre.moo, "done": done.get(centre.id, 0), "all": sizes.get(centre.id, 0),
            "numbers": numbers or "–"}
