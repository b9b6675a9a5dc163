"""What old books tell is put into the fund's own books: payments, benefits, accounts, and what they leave open."""
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from ombun.claims import operations as claims
from ombun.contributions import operations as contributions
from ombun.funds import queries as funds
from ombun.imports import queries
from ombun.imports.models import Batch, Row
from ombun.imports.operations.rows import keep_booked
from ombun.imports.queries import ToldBefore
from ombun.imports.rules import history, kept_books
from ombun.imports.rules.kept_books import ToldLine, Who
from ombun.ledger import operations as ledger
from ombun.ledger import queries as books
from ombun.ledger.rules import (
    FUND_AT_START,
    PAST_BENEFITS,
    PAST_CONTRIBUTIONS,
    PAST_MONEY,
    TO_BE_CLARIFIED,
    Draft,
    Posting,
)
from ombun.primitives.actors import Actor
from ombun.primitives.days import month_end, month_of
from ombun.primitives.money import Satang
from ombun.primitives.transactions import inside_use_case

ACCOUNTS, UNPLACED = "imports.accounts.history", "imports.unplaced.history"
OPENING, LEFT_OVER, CARRIED = "imports.opening.history", "imports.left_over.history", "imports.carried.history"


@inside_use_case
def book_history(*, actor: Actor, batch: Batch, rows: Sequence[Row], recorded_at: datetime) -> None:
    """Write what the counted rows of other books tell beyond what was told before, and let the books agree with it."""
    if not any(row.booked for row in rows):
        return
    left = queries.told_before(fund_id=actor.fund_id).left()
    told = [row for row in rows if row.booked]
    _name_people(rows)
    for row in told:  # what one row uses up is not there for the next
        row.booked = kept_books.beyond(kept=row.booked or {}, before=left)
    keep_booked(fund_id=actor.fund_id, rows=told)
    ledger.open_books(fund_id=actor.fund_id)
    _book_payments(actor, batch, told, recorded_at)
    _book_benefits(actor, batch, told, recorded_at)
    _book_accounts(actor, batch, told, recorded_at)


def _name_people(rows: Sequence[Row]) -> None:
    """Whoever came in with this very import now has an id; the rows of the other books get it."""
    ids = {(row.file, row.sheet, row.row): row.member_id for row in rows if row.row_values and row.member_id}
    told = [row for row in rows if row.booked]
    for row in told:
        kept: dict[str, Any] = row.booked or {}
        for payment in kept.get("payments", ()):
            payment[0] = _id_of(payment[0], ids)
        for benefit in kept.get("benefits", ()):
            benefit["who"] = _id_of(benefit["who"], ids)


def _id_of(who: int | str | list[object], ids: Mapping[tuple[str, str, int], int]) -> int | str:
    if not isinstance(who, list):
        return who
    return ids.get((str(who[0]), str(who[1]), int(str(who[2])))) or f"{who[0]} {who[1]} {who[2]}"


def _book_payments(actor: Actor, batch: Batch, rows: Iterable[Row], recorded_at: datetime) -> None:
    told = Counter[tuple[Who, date]]()
    for row in rows:
        for payment in kept_books.payments_kept(kept=row.booked or {}):
            told[payment.who, payment.month] += payment.satang
    contributions.write_past_payments(actor=actor, batch_id=batch.id, recorded_at=recorded_at, payments={
        (who, month): Satang(satang) for (who, month), satang in told.items() if isinstance(who, int) and satang})
    unplaced = Counter[date]()
    for (who, month), satang in told.items():
        if not isinstance(who, int):
            unplaced[month] += satang
    _post(actor, batch, UNPLACED, recorded_at, {month_end(month): (
        Posting(account_code=PAST_MONEY, amount_satang=Satang(satang)),
        Posting(account_code=TO_BE_CLARIFIED, amount_satang=Satang(-satang))) for month, satang in unplaced.items()})


def _book_benefits(actor: Actor, batch: Batch, rows: Iterable[Row], recorded_at: datetime) -> None:
    claims.write_past_benefits(actor=actor, batch_id=batch.id, recorded_at=recorded_at, told=[claims.ToldBenefit(
        member_id=told.who if isinstance(told.who, int) else None, benefit=told.kind.value.lower(), words=told.word,
        receiver=told.receiver, paid_on=told.paid_on, units=told.nights, amount_satang=Satang(told.satang),
        account_code=history.BENEFIT_ACCOUNTS[told.kind])
        for row in rows for told in kept_books.benefits_kept(kept=row.booked or {})])


def _book_accounts(actor: Actor, batch: Batch, rows: Iterable[Row], recorded_at: datetime) -> None:
    by_month: dict[date, list[ToldLine]] = {}
    for row in rows:
        for line in kept_books.lines_kept(kept=row.booked or {}):
            by_month.setdefault(line.month, []).append(line)
    _post(actor, batch, ACCOUNTS, recorded_at, {
        month_end(month): history.postings_of_month(lines=lines) for month, lines in by_month.items()})


@inside_use_case
def settle(*, actor: Actor, batch: Batch, recorded_at: datetime) -> None:
    """Let each month of the old books agree with its accounts, open them with the oldest balance, and carry what they
    end with to the fund's start. Does only what is not so yet."""
    fund = funds.fund_by_id(fund_id=actor.fund_id)
    assert fund is not None
    told = queries.told_before(fund_id=actor.fund_id)
    _settle_opening(actor, batch, told, recorded_at)
    stands = books.moved_by_month(fund_id=actor.fund_id, accounts=[PAST_CONTRIBUTIONS, PAST_BENEFITS],
                                  before=month_of(fund.starts_on))
    wanted = {left.month: left for left in history.leftovers(
        accounts=told.months, paid=told.paid_by_month, received=told.received_by_month)}
    _post(actor, batch, LEFT_OVER, recorded_at, {month_end(month): history.postings_of_leftover(
        contributions=(wanted[month].contributions if month in wanted else 0) + stands[PAST_CONTRIBUTIONS, month],
        benefits=(wanted[month].benefits if month in wanted else 0) - stands[PAST_BENEFITS, month])
        for month in sorted({*wanted, *(month for _, month in stands)})})
    past = books.moved_by_month(fund_id=actor.fund_id, accounts=[PAST_MONEY], before=month_of(fund.starts_on))
    if left := past.total():
        _post(actor, batch, CARRIED, recorded_at, {month_of(fund.starts_on) - timedelta(days=1): (
            Posting(account_code=FUND_AT_START, amount_satang=Satang(left)),
            Posting(account_code=PAST_MONEY, amount_satang=Satang(-left)))})


def _settle_opening(actor: Actor, batch: Batch, told: ToldBefore, recorded_at: datetime) -> None:
    wanted = min(((date.fromisoformat(month) - timedelta(days=1), satang) for month, satang in told.years if satang),
                 default=None)
    stands = books.standing_of_deed(fund_id=actor.fund_id, deed=OPENING)
    if wanted is not None and [(card.posted_on, card.total_satang) for card in stands] == [wanted]:
        return
    ledger.take_back_history(actor=actor, deed=OPENING, deed_ids=[card.deed_id for card in stands],
                             recorded_at=recorded_at)
    if wanted is not None:
        _post(actor, batch, OPENING, recorded_at, {wanted[0]: history.postings_of_opening(satang=wanted[1])})


@inside_use_case
def take_back(*, actor: Actor, batch: Batch, recorded_at: datetime) -> None:
    """Take out of the books again whatever an import put there; every entry keeps its mirror beside it."""
    contributions.take_back_past_payments(actor=actor, batch_id=batch.id, recorded_at=recorded_at)
    claims.take_back_past_benefits(actor=actor, batch_id=batch.id, recorded_at=recorded_at)
    for deed in (ACCOUNTS, UNPLACED, OPENING, LEFT_OVER, CARRIED):
        ledger.take_back_history(actor=actor, deed=deed, recorded_at=recorded_at,
                                 deed_ids=[UUID(deed_id) for name, deed_id in batch.posted if name == deed])


def _post(
    actor: Actor, batch: Batch, deed: str, recorded_at: datetime, by_day: Mapping[date, Sequence[Posting]]
) -> None:
    """One entry a day that has sides; the batch remembers them."""
    drafts = [Draft(deed_id=uuid5(batch.id, f"{deed} {day} {len(batch.posted)}"), happened_on=day, posted_on=day,
                    postings=tuple(sides)) for day, sides in sorted(by_day.items()) if sides]
    if drafts:
        ledger.post_entries(actor=actor, deed=deed, drafts=drafts, recorded_at=recorded_at)
        batch.posted = [*batch.posted, *([deed, str(draft.deed_id)] for draft in drafts)]
        Batch.objects.filter(fund_id=actor.fund_id, id=batch.id).update(posted=batch.posted)
