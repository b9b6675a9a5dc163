"""Money with a purpose: earmarks, and sub-funds by voted shares. Reckoned, never posted twice. Pure."""
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ombun.funds.rules import Holding, holds
from ombun.ledger.rules.bank import NAME_MAX, SIGNERS
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal

WHOLE = 1000


@dataclass(frozen=True, kw_only=True)
class Earmarked:
    """Money that came in on a day for some accounts only, in satang."""

    id: UUID
    received_on: date
    amount_satang: Satang
    accounts: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Spent:
    """What was spent on an account on a day, in satang."""

    account: str
    spent_on: date
    amount_satang: Satang


def used(*, earmarks: Sequence[Earmarked], spent: Iterable[Spent]) -> Mapping[UUID, Satang]:
    """How much of each earmark was used: what is spent on its accounts from its day on comes out of it first, out of
    the oldest one where several fit, and never more than came in. Source: domain §3, use by earmark."""
    left = {one.id: one.amount_satang for one in earmarks}
    oldest = sorted(earmarks, key=lambda one: (one.received_on, str(one.id)))
    for payment in sorted(spent, key=lambda one: one.spent_on):
        rest: int = payment.amount_satang
        for one in oldest:
            if payment.account in one.accounts and one.received_on <= payment.spent_on:
                part = min(rest, left[one.id])
                left[one.id], rest = Satang(left[one.id] - part), rest - part
    return {one.id: Satang(one.amount_satang - left[one.id]) for one in earmarks}


@dataclass(frozen=True, kw_only=True)
class ShareOf:
    """What part of an account's money is a sub-fund's, in thousandths."""

    account: str
    sub_fund: str
    thousandths: int


@dataclass(frozen=True, kw_only=True)
class NewShares:
    """How a meeting divides what comes in and goes out, from a day on. What it does not name stays undivided."""

    from_on: date
    resolution_no: str
    signed_by: UUID
    shares: tuple[ShareOf, ...]


def refusals_to_share(
    *, new: NewShares, is_set_that_day: bool, holdings: Collection[Holding], names: Mapping[UUID, str], today: date
) -> list[Refusal]:
    """Every reason not to divide the money so: nothing divided, parts that are not the whole, no resolution, a day to
    come, no chair, divided that day already."""
    found = [] if new.shares else [Refusal(code="ledger.shares_of_nothing", about="shares")]
    sums = Counter[str]()
    for one in new.shares:
        sums[one.account] += one.thousandths
    if any(satang != WHOLE for satang in sums.values()) or any(one.thousandths <= 0 for one in new.shares):
        found.append(Refusal(code="ledger.shares_not_the_whole", about="shares"))
    if any(not 0 < len(one.sub_fund) <= NAME_MAX for one in new.shares):
        found.append(Refusal(code="ledger.shares_of_nobody", about="shares"))
    if not 0 < len(new.resolution_no) <= NAME_MAX:
        found.append(Refusal(code="ledger.limit_says_no_resolution", about="resolution_no"))
    if new.from_on > today:
        found.append(Refusal(code="ledger.day_to_come", about="from_on", facts={"day": new.from_on}))
    if is_set_that_day:
        found.append(Refusal(code="ledger.shares_set_that_day", about="from_on", facts={"day": new.from_on}))
    if not holds(holdings=holdings, person_id=new.signed_by, offices=SIGNERS, on=new.from_on):
        found.append(Refusal(code="ledger.resolution_not_signed_by_chair", about="signed_by", facts={
            "person": names.get(new.signed_by, "–"), "day": new.from_on}))
    return found


def divided(*, satang: Satang, shares: Sequence[ShareOf]) -> Mapping[str, Satang]:
    """An amount divided by shares to the satang: each part rounded down, the last one takes what is left."""
    parts: dict[str, Satang] = {}
    rest: int = satang
    for one in shares[:-1]:
        part = satang * one.thousandths // WHOLE
        parts[one.sub_fund], rest = Satang(part), rest - part
    if shares:
        parts[shares[-1].sub_fund] = Satang(rest)
    return parts
