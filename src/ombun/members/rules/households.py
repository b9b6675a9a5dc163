"""Who lives together: households of a village, and who moves in and out. Pure."""
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ombun.funds.rules import TEXT_MAX
from ombun.primitives.refusals import Refusal


@dataclass(frozen=True, kw_only=True)
class Living:
    """Somebody lives or lived in a household, [from_on, until_on); an unknown first day is empty."""

    household_id: UUID
    member_id: int
    from_on: date | None
    until_on: date | None


def refusals_of_the_number(*, house_no: str, is_taken: bool) -> list[Refusal]:
    """Every reason why a household cannot have this house number; one village has each number once."""
    if not house_no.strip():
        return [Refusal(code="members.house_number_missing", about="house_no")]
    if len(house_no) > TEXT_MAX:
        return [Refusal(code="members.text_too_long", about="house_no", facts={"length_max": TEXT_MAX})]
    if is_taken:
        return [Refusal(code="members.household_is_there", about="house_no", facts={"house_no": house_no})]
    return []


def refusals_to_move_in(
    *, names: Mapping[int, str], there: Collection[Living], from_on: date | None, today: date
) -> list[Refusal]:
    """Every reason why these people (member → name) cannot move in: nobody lives in two households on a day."""
    found = []
    if not names:
        found.append(Refusal(code="members.nobody_chosen", about="member"))
    if from_on is not None and from_on > today:
        found.append(Refusal(code="members.future_date", about="from_on", facts={"day": from_on}))
    start = from_on or date.min
    for one in there:
        is_over = one.until_on is not None and one.until_on <= start
        if one.member_id in names and not is_over:
            found.append(Refusal(code="members.lives_in_a_household", about="member", facts={
                "member": names[one.member_id]}))
    return found


def refusals_to_move_out(*, one: Living, until_on: date, today: date) -> list[Refusal]:
    """Every reason why somebody cannot have moved out on this day. The first day itself: it was a mistake."""
    found = []
    if one.until_on is not None:
        found.append(Refusal(code="members.moved_out_already", about="until_on", facts={"day": one.until_on}))
    if one.from_on is not None and until_on < one.from_on:
        found.append(Refusal(code="members.ended_before_it_began", about="until_on", facts={"day": one.from_on}))
    if until_on > today:
        found.append(Refusal(code="members.future_date", about="until_on", facts={"day": until_on}))
    return found
