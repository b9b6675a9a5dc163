"""What the bank says: statements come in, and a person says which entry of the books each line is."""
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from ombun.audit import operations as audit
from ombun.funds import operations as funds
from ombun.funds.rules import first_open_day
from ombun.ledger import queries, rules
from ombun.ledger.models import Statement, StatementMatch
from ombun.ledger.operations.bank import BankRefused
from ombun.ledger.operations.books import memo_too_long, post_entry
from ombun.ledger.operations.vouchers import refusals_of_persons, write_voucher
from ombun.ledger.queries import StatementLineCard
from ombun.ledger.rules import BankLine, Posting
from ombun.primitives.actors import Actor
from ombun.primitives.days import day_in_thailand
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal
from ombun.primitives.transactions import inside_use_case, use_case


@dataclass(frozen=True, kw_only=True)
class StatementTakenIn:
    """How many lines of a statement were new, and how many had come before."""

    new: int
    known: int


_TAKE_IN = """
INSERT INTO ledger_statementline (
  fund_id, statement_id, account_id, moved_on, amount_satang, balance_satang, words, mark)
SELECT %(fund_id)s, %(statement_id)s, %(account_id)s, * FROM unnest(
  %(days)s::date[], %(amounts)s::bigint[], %(balances)s::bigint[], %(words)s::text[], %(marks)s::text[])
ON CONFLICT DO NOTHING"""


@use_case
def take_in_statement(
    *, actor: Actor, statement_id: UUID, account_code: str, digest: str, columns: Mapping[str, object],
    lines: Sequence[BankLine], recorded_at: datetime
) -> StatementTakenIn:
    """Take in the statement of an account at a bank. It books nothing; lines that came in another file are known, and
    those of days before the fund's own books began are left out: the opening position has them.

    `digest` is the fingerprint of the file, `columns` what its columns mean: the next file is read by it. The same file
    again changes nothing. Raises BankRefused: no such account, a statement that does not add up.
    """
    fund = funds.lock_fund(fund_id=actor.fund_id)
    account_id = queries.bank_account_ids(fund_id=actor.fund_id).get(account_code)
    if account_id is None:
        raise BankRefused(Refusal(code="ledger.unknown_bank_account", about=account_code))
    if Statement.objects.filter(fund_id=actor.fund_id, account_id=account_id, digest=digest).exists():
        return StatementTakenIn(new=0, known=len(lines))
    ordered = rules.oldest_first(lines=lines)
    if found := rules.refusals_to_take_in(lines=ordered, today=day_in_thailand(recorded_at)):
        raise BankRefused(*found)

    # After this point it must succeed.
    ordered = tuple(line for line in ordered if line.moved_on >= fund.starts_on)
    Statement.objects.create(id=statement_id, fund_id=actor.fund_id, account_id=account_id, digest=digest,
                             columns=dict(columns), recorded_by=actor.user_id, recorded_at=recorded_at)
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_IN, {
            "fund_id": actor.fund_id, "statement_id": statement_id, "account_id": account_id,
            "days": [line.moved_on for line in ordered], "amounts": [line.amount_satang for line in ordered],
            "balances": [line.balance_satang for line in ordered], "words": [line.words for line in ordered],
            "marks": rules.marks(lines=ordered)})
        new = cursor.rowcount
    audit.record_event(actor=actor, action="ledger.statement_taken_in", subject=f"statement:{statement_id}", facts={
        "new": new, "known": len(ordered) - new}, happened_at=recorded_at)
    return StatementTakenIn(new=new, known=len(ordered) - new)


@use_case
def match_entry(*, actor: Actor, match_id: UUID, line_id: int, entry_id: int, recorded_at: datetime) -> None:
    """Say that an entry that stands in the books is what a line of the statement tells: a hand-over to the bank, a
    payment. Nothing is booked. The same id again changes nothing. Raises BankRefused."""
    funds.lock_fund(fund_id=actor.fund_id)
    if queries.is_matched(fund_id=actor.fund_id, match_id=match_id):
        return
    line = open_line(actor=actor, line_id=line_id)
    if entry_id not in {one.entry_id for one in queries.unmatched_entries(fund_id=actor.fund_id)
                        if (one.account_code, one.amount_satang) == (line.account_code, line.open_satang)}:
        raise BankRefused(Refusal(code="ledger.not_what_the_bank_says", about=str(entry_id)))
    write_matches(actor=actor, match_id=match_id, line_id=line_id, entry_ids=[entry_id], recorded_at=recorded_at)


@use_case
def book_line(
    *, actor: Actor, match_id: UUID, line_id: int, account_code: str, memo: str, recorded_at: datetime
) -> int:
    """Book a line of the statement that no other deed brings to a named account: interest, a fee, a grant, or "to be
    clarified". Returns the entry. The same id again changes nothing.

    `account_code` is one of those that vouchers book; `memo` says what for, without names. Raises BankRefused.
    """
    fund, memo = funds.lock_fund(fund_id=actor.fund_id), memo.strip()
    if (known := queries.entry_of(deed="ledger.voucher", deed_id=match_id)) is not None:
        return known.id
    line = open_line(actor=actor, line_id=line_id)
    postings = [Posting(account_code=line.account_code, amount_satang=line.open_satang),
                Posting(account_code=account_code, amount_satang=Satang(-line.open_satang))]
    found = refusals_of_persons(actor=actor, postings=postings, second=None, on=line.moved_on)
    if account_code not in (rules.RECEIVED_BY_VOUCHER if line.open_satang > 0 else rules.PAID_BY_VOUCHER):
        found.append(Refusal(code="ledger.not_by_voucher", about=account_code, facts={"account": account_code}))
    if not memo:
        found.append(Refusal(code="ledger.says_not_what_for", about="memo"))
    found += memo_too_long(memo=memo)
    if found:
        raise BankRefused(*found)

    # After this point it must succeed.
    entry_id = post_entry(
        actor=actor, deed="ledger.voucher", deed_id=match_id, happened_on=line.moved_on, memo=memo,
        posted_on=first_open_day(happened_on=line.moved_on, books_closed_until=fund.books_closed_until),
        recorded_at=recorded_at, postings=postings)
    write_voucher(actor=actor, deed_id=match_id, entry_id=entry_id, happened_on=line.moved_on,
                  paid_satang=Satang(-line.open_satang), recorded_at=recorded_at)
    write_matches(actor=actor, match_id=match_id, line_id=line_id, entry_ids=[entry_id], recorded_at=recorded_at)
    return entry_id


@use_case
def unmatch_line(*, actor: Actor, line_id: int, recorded_at: datetime) -> None:
    """Say that the entries matched with a line are not what it tells. They stay in the books as they are; what was
    booked by mistake is taken back at the entry. The same again changes nothing."""
    funds.lock_fund(fund_id=actor.fund_id)
    undone = StatementMatch.objects.filter(
        fund_id=actor.fund_id, line_id=line_id, undone_at__isnull=True).update(undone_at=recorded_at)
    if undone:
        audit.record_event(actor=actor, action="ledger.line_unmatched", subject=f"statement_line:{line_id}", facts={},
                           happened_at=recorded_at)


@inside_use_case
def open_line(*, actor: Actor, line_id: int) -> StatementLineCard:
    """A line for which the books have nothing yet. Raises BankRefused when there is no such line, or it is booked."""
    line = queries.statement_line(fund_id=actor.fund_id, line_id=line_id)
    if line is None:
        raise BankRefused(Refusal(code="ledger.unknown_statement_line", about=str(line_id)))
    if not line.open_satang:
        raise BankRefused(Refusal(code="ledger.line_is_booked", about=str(line_id)))
    return line


@inside_use_case
def write_matches(
    *, actor: Actor, match_id: UUID, line_id: int, entry_ids: Collection[int], recorded_at: datetime
) -> None:
    """Write down that these entries together are what a line tells. The database refuses any other sum."""
    StatementMatch.objects.bulk_create([StatementMatch(
        fund_id=actor.fund_id, line_id=line_id, entry_id=entry_id, match_id=match_id, matched_by=actor.user_id,
        matched_at=recorded_at) for entry_id in entry_ids])
    audit.record_event(actor=actor, action="ledger.line_matched", subject=f"statement_line:{line_id}",
                       facts={"entries": sorted(entry_ids)}, happened_at=recorded_at)


@inside_use_case
def forget_words(*, actor: Actor, line_ids: Collection[int]) -> None:
    """Empty what the bank wrote on lines whose payer is forgotten; day, amount and balance stay."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_statementline SET words = '' WHERE fund_id = %s AND id = ANY(%s)",
                       [actor.fund_id, list(line_ids)])
