"""Contributions that are not money: what the fund voted that they count, and what makes a day of them. Pure."""
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ombun.contributions.rules.photos import digest
from ombun.contributions.rules.sheets import Payer
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal
from ombun.primitives.thai import arabic_digits

NAME_MAX = 100  # letters
THOUSANDTHS_MAX = 100_000_000  # a hundred thousand units at once
WORTH_MAX = 100_000_00  # satang of one unit


@dataclass(frozen=True, kw_only=True)
class Rate:
    """A line of the exchange list: satang of one unit, or None where it counts nothing toward dues."""

    id: UUID
    item: str
    unit: str
    worth_satang: Satang | None
    is_kept: bool
    from_on: date


@dataclass(frozen=True, kw_only=True)
class Given:
    """So much of a thing from one member, in thousandths of its unit, and the photo of it if there is one."""

    member_id: int
    rate_id: UUID
    thousandths: int
    photo: bytes | None = None  # a JPEG as `photos.shrunk` gives it

    @property
    def photo_digest(self) -> str | None:
        """The mark of the photo, or None without one."""
        return None if self.photo is None else digest(photo=self.photo)


def credit(*, rate: Rate, thousandths: int) -> Satang:
    """What a quantity counts toward dues, in satang; half a satang counts as one."""
    return Satang((thousandths * (rate.worth_satang or 0) + 500) // 1000)


def rates_on(*, rates: Sequence[Rate], day: date) -> list[Rate]:
    """The exchange list of a day: of each thing and unit the newest vote, by name."""
    newest = {(rate.item, rate.unit): rate
              for rate in sorted(rates, key=lambda rate: rate.from_on) if rate.from_on <= day}
    return [newest[key] for key in sorted(newest)]


def read_thousandths(*, text: str) -> int:
    """A quantity as people write it ("2.5", "๑,๒๐๐") in thousandths. Raises ValueError where it is none."""
    whole, _, part = arabic_digits(text).replace(",", "").strip().partition(".")
    if not whole.isdecimal() or len(whole) > 9 or len(part) > 3 or (part and not part.isdecimal()):
        raise ValueError(text)
    return int(whole) * 1000 + int(part.ljust(3, "0"))


def refusals_to_vote_rate(*, rate: Rate, rates: Sequence[Rate]) -> list[Refusal]:
    """Every reason why a line of the exchange list cannot be written down so."""
    found = [Refusal(code="contributions.rate_says_not_all", about=name) for name in ("item", "unit")
             if not 0 < len(getattr(rate, name)) <= NAME_MAX]
    if rate.worth_satang is not None and not 0 < rate.worth_satang <= WORTH_MAX:
        found.append(Refusal(code="contributions.rate_without_worth", about="worth"))
    if any((one.item, one.unit, one.from_on) == (rate.item, rate.unit, rate.from_on) for one in rates):
        found.append(Refusal(code="contributions.rate_is_voted", about="item", facts={
            "item": rate.item, "day": rate.from_on}))
    return found


def refusals_to_take_in(
    *, given: Sequence[Given], rates: Sequence[Rate], payers: Mapping[int, Payer], received_on: date, today: date,
    is_witness: bool | None
) -> list[Refusal]:
    """Every reason why these things cannot be written down as given on a day: `rates` is the list of that day;
    `is_witness`: whether the witness held an office then, None where nobody is named and each thing needs a photo."""
    found = [] if given else [Refusal(code="contributions.nothing_given", about="given")]
    if received_on > today:
        found.append(Refusal(code="contributions.day_to_come", about="on", facts={"day": received_on}))
    if is_witness is False:
        found.append(Refusal(code="contributions.witness_without_office", about="witness", facts={
            "day": received_on}))
    known = {rate.id for rate in rates}
    if is_witness is None:
        found += [Refusal(code="contributions.neither_witness_nor_photo", about=f"photo-{place}")
                  for place, one in enumerate(given) if one.photo is None]
    for place, one in enumerate(given):
        payer = payers.get(one.member_id)
        if payer is None or not payer.is_active_on(received_on):
            found.append(Refusal(code="contributions.giver_no_member", about=f"member-{place}", facts={
                "member": payer.name if payer else one.member_id, "day": received_on}))
        if one.rate_id not in known:
            found.append(Refusal(code="contributions.thing_not_on_the_list", about=f"rate-{place}", facts={
                "day": received_on}))
        if not 0 < one.thousandths <= THOUSANDTHS_MAX:
            found.append(Refusal(code="contributions.not_a_quantity", about=f"quantity-{place}"))
    return found
