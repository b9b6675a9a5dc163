"""Counting cash: the notes and coins there are, what they make, and who can say so. Pure."""
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ombun.funds.rules import Holding, Office, holds
from ombun.ledger.rules.books import CASH_OVER, CASH_SHORT, MEMO_MAX, Posting
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal

PIECES = (100_000, 50_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 25)
"""Thai notes (1,000 to 20 baht) and coins (10 baht to 25 satang), in satang. Source: Bank of Thailand."""
PIECES_MAX = 100_000  # of one kind: more is a slip of the hand


@dataclass(frozen=True, kw_only=True)
class Count:
    """Somebody's cash as two persons counted it on a day: how many of each of `PIECES`, and why it differs."""

    account_code: str
    counted_on: date
    pieces: tuple[int, ...]
    counted_by: UUID
    witnessed_by: UUID
    because: str = ""

    @property
    def satang(self) -> Satang:
        """What the notes and coins make together."""
        return Satang(sum(worth * number for worth, number in zip(PIECES, self.pieces, strict=False)))


def refusals_to_count(
    *, count: Count, books_satang: Satang, holdings: Collection[Holding], names: Mapping[UUID, str], today: date
) -> list[Refusal]:
    """Every reason not to write a count down: no such pieces, one person alone, not in office, a difference without
    its reason. Source: domain §1.2, two persons count it."""
    found = []
    if len(count.pieces) != len(PIECES) or not all(0 <= number <= PIECES_MAX for number in count.pieces):
        found.append(Refusal(code="ledger.pieces_not_counted", about="pieces", facts={"most": PIECES_MAX}))
    if count.counted_on > today:
        found.append(Refusal(code="ledger.day_to_come", about="day", facts={"day": count.counted_on}))
    if count.counted_by == count.witnessed_by:
        found.append(Refusal(code="ledger.counted_alone", about="witnessed_by"))
    found += [Refusal(code="ledger.not_in_office", about=about, facts={
        "name": names.get(person, "–"), "day": count.counted_on})
        for about, person in (("counted_by", count.counted_by), ("witnessed_by", count.witnessed_by))
        if not holds(holdings=holdings, person_id=person, offices=list(Office), on=count.counted_on)]
    if count.satang != books_satang and not count.because:
        found.append(Refusal(code="ledger.count_differs_and_says_not_why", about="because", facts={
            "counted_satang": count.satang, "books_satang": books_satang}))
    if len(count.because) > MEMO_MAX:
        found.append(Refusal(code="ledger.memo_too_long", about="because", facts={"letters": MEMO_MAX}))
    return found


def count_postings(*, count: Count, books_satang: Satang) -> Sequence[Posting]:
    """The books follow what was counted; the difference stands on an account of its own, nothing is smoothed."""
    more = Satang(count.satang - books_satang)
    if not more:
        return ()
    return (Posting(account_code=count.account_code, amount_satang=more),
            Posting(account_code=CASH_OVER if more > 0 else CASH_SHORT, amount_satang=Satang(-more)))
