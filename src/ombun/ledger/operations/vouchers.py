"""Receipts and payments that no other deed brings, who stands for them, and the papers behind them."""
from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from ombun.audit import operations as audit
from ombun.funds import operations as funds
from ombun.funds import queries as fund_queries
from ombun.ledger import queries, rules
from ombun.ledger.models import Account, Attachment, PaymentLimit, Voucher
from ombun.ledger.operations.bank import BankRefused
from ombun.ledger.operations.books import (
    Posted,
    PostingRefused,
    days_to_come,
    first_answer,
    memo_too_long,
    more_than_is_there,
    post_entry,
)
from ombun.ledger.rules import NewAttachment, NewCashLimit, Posting, Way
from ombun.primitives.actors import Actor
from ombun.primitives.days import BE_MINUS_CE, day_in_thailand, fiscal_year_be
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.transactions import inside_use_case, use_case


class AttachmentRefused(Refused):
    """The paper cannot be kept with the entry so; every reason is listed."""


@use_case
def book_receipt_or_payment(
    *, actor: Actor, deed_id: UUID, happened_on: date, postings: Sequence[Posting], memo: str, recorded_at: datetime,
    second: UUID | None = None, attachments: Sequence[NewAttachment] = ()
) -> Posted:
    """Book money that no other verb brings: a grant received, bank interest, travel, stationery.

    Only accounts of `rules.BY_VOUCHER`; `memo` says what for, without names. Above the amount that the committee voted
    `second` agrees, somebody else in office. Raises PostingRefused or BooksClosed.
    """
    fund, memo = funds.lock_fund(fund_id=actor.fund_id), memo.strip()
    known = first_answer(deed="ledger.voucher", deed_id=deed_id, day=happened_on, postings=postings, memo=memo)
    if known is not None:
        return known
    funds.demand_open_day(fund=fund, day=happened_on)
    found = [*days_to_come(day=happened_on, recorded_at=recorded_at),
             *_refusals_of_sides(actor.fund_id, deed_id, postings, memo),
             *more_than_is_there(fund_id=actor.fund_id, on=happened_on, postings=postings),
             *refusals_of_persons(actor=actor, postings=postings, second=second, on=happened_on),
             *rules.refusals_to_attach(new=attachments)]
    if found:
        raise PostingRefused(*found)

    # After this point it must succeed.
    entry_id = post_entry(actor=actor, deed="ledger.voucher", deed_id=deed_id, happened_on=happened_on,
                          posted_on=happened_on, postings=postings, recorded_at=recorded_at, memo=memo)
    write_voucher(actor=actor, deed_id=deed_id, entry_id=entry_id, happened_on=happened_on, second=second,
                  paid_satang=_paid(actor.fund_id, postings), recorded_at=recorded_at)
    _keep(actor, entry_id, attachments, recorded_at)
    audit.record_event(actor=actor, action="ledger.voucher_booked", subject=f"entry:{entry_id}",
                       facts={"satang": sum(p.amount_satang for p in postings if p.amount_satang > 0)},
                       happened_at=recorded_at)
    return Posted(entry_id=entry_id, was_already_recorded=False)


def _refusals_of_sides(fund_id: int, deed_id: UUID, postings: Sequence[Posting], memo: str) -> list[Refusal]:
    codes = set(Account.objects.filter(fund_id=fund_id).values_list("code", flat=True))
    found = [Refusal(code="ledger.unknown_account" if p.account_code not in codes else "ledger.not_by_voucher",
                     about=p.account_code, facts={"account": p.account_code})
             for p in postings if p.account_code not in codes & rules.BY_VOUCHER]
    if not rules.is_postable(postings=postings):
        found.append(Refusal(code="ledger.does_not_balance", about=str(deed_id)))
    if not memo:
        found.append(Refusal(code="ledger.says_not_what_for", about=str(deed_id)))
    return [*found, *memo_too_long(memo=memo)]


def _paid(fund_id: int, postings: Collection[Posting]) -> Satang:
    """How much leaves the hands and the bank, all of them together; below zero where money comes in."""
    held = {one.code for one in queries.cash_holders(fund_id=fund_id)}
    return Satang(-sum(p.amount_satang for p in postings if p.account_code in held))


def refusals_of_persons(
    *, actor: Actor, postings: Collection[Posting], second: UUID | None, on: date
) -> list[Refusal]:
    """Why a payment does not stand on enough persons."""
    limit = queries.payment_limit(fund_id=actor.fund_id, on=on)
    return rules.refusals_of_second(
        paid_satang=_paid(actor.fund_id, postings), limit_satang=limit.limit_satang if limit else None,
        first=actor.person_id, second=second, on=on, holdings=fund_queries.holdings(fund_id=actor.fund_id),
        names=fund_queries.person_names(fund_id=actor.fund_id))


@inside_use_case
def write_voucher(
    *, actor: Actor, deed_id: UUID, entry_id: int, happened_on: date, paid_satang: Satang, recorded_at: datetime,
    second: UUID | None = None
) -> None:
    """Give an entry its voucher: the next number of its way and fiscal year, and who stands for it."""
    way, year = Way.OUT if paid_satang > 0 else Way.IN, fiscal_year_be(happened_on) - BE_MINUS_CE
    number = Voucher.objects.filter(fund_id=actor.fund_id, way=way, year=year).count() + 1
    Voucher.objects.create(id=deed_id, fund_id=actor.fund_id, entry_id=entry_id, way=way, year=year, number=number,
                           first_id=actor.person_id, second_id=second, recorded_at=recorded_at)


@use_case
def attach_to_entry(*, actor: Actor, entry_id: int, new: NewAttachment, recorded_at: datetime) -> None:
    """Keep a picture or a PDF of the paper behind an entry. The same id again changes nothing. Raises
    AttachmentRefused: no such entry, no picture, too large, too many, there already."""
    funds.lock_fund(fund_id=actor.fund_id)
    if Attachment.objects.filter(fund_id=actor.fund_id, id=new.id).exists():
        return
    there = Attachment.objects.filter(fund_id=actor.fund_id, entry_id=entry_id, removed_at__isnull=True)
    found = rules.refusals_to_attach(new=[new], there=list(there.values_list("digest", flat=True)))
    if queries.entry(fund_id=actor.fund_id, entry_id=entry_id) is None:
        found.append(Refusal(code="ledger.unknown_entry", about=str(entry_id)))
    if found:
        raise AttachmentRefused(*found)
    _keep(actor, entry_id, [new], recorded_at)
    audit.record_event(actor=actor, action="ledger.paper_attached", subject=f"entry:{entry_id}",
                       facts={"attachment": str(new.id), "digest": new.digest}, happened_at=recorded_at)


def _keep(actor: Actor, entry_id: int, attachments: Sequence[NewAttachment], recorded_at: datetime) -> None:
    for one in attachments:
        media = rules.media_of(content=one.content)
        assert media is not None
        Attachment.objects.create(
            id=one.id, fund_id=actor.fund_id, entry_id=entry_id, media=media,
            content=one.content, digest=one.digest, recorded_by=actor.user_id, recorded_at=recorded_at)


@use_case
def take_off_attachment(*, actor: Actor, attachment_id: UUID, recorded_at: datetime) -> int:
    """Take a paper off that was attached by mistake: its content is forgotten, that it was there stays written. The
    same again changes nothing. Returns the entry. Raises AttachmentRefused when there is no such paper."""
    funds.lock_fund(fund_id=actor.fund_id)
    mine = Attachment.objects.filter(fund_id=actor.fund_id, id=attachment_id)
    one = mine.values("entry_id", "removed_at").first()
    if one is None:
        raise AttachmentRefused(Refusal(code="ledger.unknown_attachment", about=str(attachment_id)))
    if one["removed_at"] is None:
        mine.update(content=b"", removed_at=recorded_at)
        audit.record_event(actor=actor, action="ledger.paper_taken_off", subject=f"entry:{one['entry_id']}",
                           facts={"attachment": str(attachment_id)}, happened_at=recorded_at)
    return int(one["entry_id"])


@use_case
def limit_payments(*, actor: Actor, limit_id: UUID, new: NewCashLimit, recorded_at: datetime) -> None:
    """Write down up to how much one person may pay by voucher alone, as the committee resolved; above it a second one
    agrees. The same id again changes nothing. Raises BankRefused with every reason."""
    funds.lock_fund(fund_id=actor.fund_id)
    if PaymentLimit.objects.filter(fund_id=actor.fund_id, id=limit_id).exists():
        return
    found = rules.refusals_to_limit(
        new=new, is_set_that_day=PaymentLimit.objects.filter(fund_id=actor.fund_id, from_on=new.from_on).exists(),
        holdings=fund_queries.holdings(fund_id=actor.fund_id), today=day_in_thailand(recorded_at),
        names=fund_queries.person_names(fund_id=actor.fund_id))
    if found:
        raise BankRefused(*found)

    # After this point it must succeed.
    PaymentLimit.objects.create(
        id=limit_id, fund_id=actor.fund_id, from_on=new.from_on, limit_satang=new.limit_satang,
        resolution_no=new.resolution_no, signed_by_id=new.signed_by, recorded_by=actor.user_id, recorded_at=recorded_at)
    audit.record_event(actor=actor, action="ledger.payments_limited", subject=f"payment_limit:{limit_id}", facts={
        "limit_satang": new.limit_satang, "resolution": new.resolution_no}, happened_at=recorded_at)
