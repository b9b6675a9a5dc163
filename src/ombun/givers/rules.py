"""Who gives, and what makes a gift acceptable. Pure: no database, no clock."""
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from ombun.funds.rules import Holding, Office, holds
from ombun.ledger.rules import BANK, TREASURER_CASH
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal

NAME_MAX, TEXT_MAX = 200, 500  # letters
AMOUNT_MAX = 100_000_000_00  # satang of one gift
INTO = (TREASURER_CASH, BANK)


class GiftKind(StrEnum):
    """What a gift is in the books: a group's profit, or a donation. Source: domain §8.2, Form 1 §10."""

    DONATION = "DONATION"
    GROUP_PROFIT = "GROUP_PROFIT"


class GiverKind(StrEnum):
    """Who gives. Source: domain §4.3: people, and the groups of a community."""

    PERSON = "PERSON"
    SAVINGS_GROUP = "SAVINGS_GROUP"
    VILLAGE_FUND = "VILLAGE_FUND"
    ENTERPRISE = "ENTERPRISE"
    TEMPLE = "TEMPLE"
    OTHER = "OTHER"


ACCOUNT_OF = {GiftKind.DONATION: "4800", GiftKind.GROUP_PROFIT: "4600"}


@dataclass(frozen=True, kw_only=True)
class NewGift:
    """What somebody gave: money (satang, into the till or the bank) or things in words, not both.

    `giver_name` is empty where the giver wants to be named nowhere; `received_by` is a person in office.
    """

    kind: GiftKind
    giver_kind: GiverKind
    giver_name: str
    amount_satang: Satang
    things: str
    into_account: str
    given_on: date
    received_by: UUID


def refusals_to_receive(
    *, gift: NewGift, holdings: Collection[Holding], names: Mapping[UUID, str], today: date
) -> list[Refusal]:
    """Every reason why a gift cannot be written down so."""
    found = []
    if len(gift.giver_name) > NAME_MAX or len(gift.things) > TEXT_MAX:
        found.append(Refusal(code="givers.text_too_long", about="giver_name", facts={"letters": TEXT_MAX}))
    if not 0 <= gift.amount_satang <= AMOUNT_MAX or bool(gift.amount_satang) == bool(gift.things):
        found.append(Refusal(code="givers.money_or_things", about="amount"))
    if gift.amount_satang and gift.into_account not in INTO:
        found.append(Refusal(code="givers.into_till_or_bank", about="into"))
    if gift.things and gift.kind == GiftKind.GROUP_PROFIT:
        found.append(Refusal(code="givers.profit_is_money", about="kind"))
    if gift.kind == GiftKind.GROUP_PROFIT and not gift.giver_name:
        found.append(Refusal(code="givers.group_has_a_name", about="giver_name"))
    if gift.given_on > today:
        found.append(Refusal(code="givers.day_to_come", about="given_on", facts={"day": gift.given_on}))
    if not holds(holdings=holdings, person_id=gift.received_by, offices=list(Office), on=gift.given_on):
        found.append(Refusal(code="givers.receiver_without_office", about="received_by", facts={
            "person": names.get(gift.received_by, "–"), "day": gift.given_on}))
    return found


def refusals_to_cancel(*, why: str, satang_there: Satang | None, amount_satang: Satang) -> list[Refusal]:
    """Every reason why a gift's receipt cannot be cancelled;
    `satang_there`: what its till or bank has, None for things."""
    found = []
    if not why or len(why) > TEXT_MAX:
        found.append(Refusal(code="givers.says_not_why", about="why"))
    if satang_there is not None and satang_there < amount_satang:
        found.append(Refusal(code="givers.money_went_on", about="why"))
    return found
