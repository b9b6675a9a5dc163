"""Lines of a bank statement: when two are the same, and whether a statement adds up. Pure."""
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import pairwise

from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal


@dataclass(frozen=True, kw_only=True)
class BankLine:
    """One line as the bank wrote it: money that came in (above zero) or went out, the balance after it, its words."""

    moved_on: date
    amount_satang: Satang
    balance_satang: Satang | None
    words: str


def marks(*, lines: Sequence[BankLine]) -> list[str]:
    """A mark for each line, so that it is known again in another file; of lines alike on one day each has its own."""
    alike = Counter[tuple[object, ...]]()
    found = []
    for line in lines:
        said = (line.moved_on, line.amount_satang, line.balance_satang, line.words)
        alike[said] += 1
        found.append(sha256(repr((*map(str, said), alike[said])).encode()).hexdigest())
    return found


def oldest_first(*, lines: Sequence[BankLine]) -> tuple[BankLine, ...]:
    """The lines in the order in which they happened; banks write the newest first or last."""
    told = tuple(lines)
    if len(told) < 2 or told[0].moved_on < told[-1].moved_on:
        return told
    turned = told[::-1]
    return turned if told[0].moved_on > told[-1].moved_on or (_breaks(told) and not _breaks(turned)) else told


def refusals_to_take_in(*, lines: Sequence[BankLine], today: date) -> list[Refusal]:
    """Every reason not to take in a statement (oldest first): nothing in it, days to come, balances that do not follow.

    Where each line has a balance, a column that was taken for another shows at once.
    """
    if not lines:
        return [Refusal(code="ledger.statement_is_empty", about="file")]
    found = [Refusal(code="ledger.day_to_come", about="file", facts={"day": line.moved_on})
             for line in lines if line.moved_on > today][:1]
    return found + [Refusal(code="ledger.statement_does_not_add_up", about="file", facts={
        "day": line.moved_on, "amount_satang": line.amount_satang, "balance_satang": line.balance_satang})
        for line in _breaks(lines)[:1]]


def _breaks(lines: Sequence[BankLine]) -> list[BankLine]:
    """The lines whose balance is not the one before it and their amount."""
    return [line for before, line in pairwise(lines)
            if before.balance_satang is not None and line.balance_satang is not None
            and before.balance_satang + line.amount_satang != line.balance_satang]
