"""Founding a fund, offices and months. Pure: no database, no clock."""
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from ombun.primitives.days import add_months, month_end, month_of
from ombun.primitives.refusals import Refusal


class Office(StrEnum):
    """What a person was elected to do, for a term. Source: CODI Form 1 §8 and positions in use."""

    CHAIR = "CHAIR"
    VICE_CHAIR = "VICE_CHAIR"
    SECRETARY = "SECRETARY"
    TREASURER = "TREASURER"
    REGISTRAR = "REGISTRAR"
    AUDITOR = "AUDITOR"
    COMMITTEE = "COMMITTEE"
    CENTRE_MEMBER = "CENTRE_MEMBER"
    COLLECTOR = "COLLECTOR"
    ADVISER = "ADVISER"


@dataclass(frozen=True, kw_only=True)
class Holding:
    """One office of one person: at a centre or for the whole fund, from a day, until perhaps another."""

    person_id: UUID
    office: Office
    centre_id: UUID | None
    from_on: date
    until_on: date | None
    member_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Somebody:
    """A person of the fund, and the member of the register that they are: None where nobody has said."""

    person_id: UUID
    name: str
    member_id: int | None = None


def holds(
    *, holdings: Collection[Holding], person_id: UUID, offices: Collection[Office], on: date,
    centre_id: UUID | None = None
) -> bool:
    """Whether a person holds one of these offices on a day, at this centre where one is named."""
    return any(
        h.person_id == person_id and h.office in offices and h.from_on <= on and (h.until_on is None or on < h.until_on)
        and (centre_id is None or h.centre_id == centre_id)
        for h in holdings)


ENDS_AHEAD_MONTHS_MAX = 120  # a term of more than ten years to come is a slip of the pen
MOO_MAX = 999  # a village number has at most three digits
TEXT_MAX = 200  # letters in a name or an address: longer is a slip of the hand
REASON_MAX = 500  # letters that say why
COMMITTEE = (Office.CHAIR, Office.VICE_CHAIR, Office.SECRETARY, Office.TREASURER, Office.REGISTRAR, Office.AUDITOR,
             Office.COMMITTEE)
"""The offices of the committee itself; people of a village centre and advisers sit beside it."""
CODE = re.compile(r"[a-z0-9-]{2,40}")
CODE_OF_THE_DEMO = "demo"
STARTS_AHEAD_MONTHS_MAX = 12


@dataclass(frozen=True, kw_only=True)
class Founding:
    """What decides whether a fund can be written down: its words, its days, the village numbers, what is taken."""

    code: str
    name: str
    founded_on: date
    starts_on: date
    moos: Sequence[int]
    centre_texts: Sequence[str] = ()
    is_code_taken: bool
    is_tambon_known: bool
    today: date
    is_fiction: bool = False


def refusals_to_found(*, new: Founding) -> list[Refusal]:
    """Every reason not to write this fund down as it was typed."""
    found = []
    if not new.name.strip():
        found.append(Refusal(code="funds.fund_without_name", about="name"))
    found += [Refusal(code="funds.text_too_long", about=about, facts={"letters": TEXT_MAX})
              for about, text in (("name", new.name), *(("villages", text) for text in new.centre_texts))
              if len(text) > TEXT_MAX]
    if not CODE.fullmatch(new.code):
        found.append(Refusal(code="funds.code_not_plain", about="code", facts={"code": new.code}))
    elif new.code == CODE_OF_THE_DEMO and not new.is_fiction:  # the command line looks for it in another database
        found.append(Refusal(code="funds.code_of_the_demo", about="code", facts={"code": new.code}))
    elif new.is_code_taken:
        found.append(Refusal(code="funds.code_taken", about="code", facts={"code": new.code}))
    if not new.is_tambon_known:
        found.append(Refusal(code="funds.unknown_tambon", about="tambon"))
    twice = sorted({moo for moo in new.moos if list(new.moos).count(moo) > 1})
    found += [Refusal(code="funds.village_listed_twice", about="villages", facts={"moo": moo}) for moo in twice]
    if new.starts_on < new.founded_on:
        found.append(Refusal(code="funds.starts_before_founding", about="starts_on", facts={"day": new.founded_on}))
    if new.starts_on > (latest_on := add_months(new.today, STARTS_AHEAD_MONTHS_MAX)):
        found.append(Refusal(code="funds.starts_too_far_ahead", about="starts_on", facts={"day": latest_on}))
    return found


def refusals_to_write_village(*, moo: int, name: str, address: str) -> list[Refusal]:
    """Every reason not to write down a village so: it has a number and a name, and neither text is too long."""
    found = []
    if not 0 < moo <= MOO_MAX:
        found.append(Refusal(code="funds.village_without_number", about="moo"))
    if not name.strip():
        found.append(Refusal(code="funds.village_without_name", about="name"))
    return found + [Refusal(code="funds.text_too_long", about=about, facts={"letters": TEXT_MAX})
                    for about, text in (("name", name), ("address", address)) if len(text) > TEXT_MAX]


@dataclass(frozen=True, kw_only=True)
class Elected:
    """Somebody about to be written down as the holder of an office."""

    name: str
    holding: Holding


def refusals_to_elect(
    *, holdings: Collection[Holding], elected: Sequence[Elected], centre_ids: Collection[UUID] | None = None
) -> list[Refusal]:
    """Every reason not to write these elections down: one term at a time, a name, an end after the beginning.

    `centre_ids` are the fund's village centres, where an election may name one.
    """
    found, held = [], list(holdings)
    for one in elected:
        new, facts = one.holding, {"name": one.name, "day": one.holding.from_on}
        if not one.name.strip():
            found.append(Refusal(code="funds.person_without_name", about=str(new.person_id)))
        if len(one.name) > TEXT_MAX:
            found.append(Refusal(code="funds.text_too_long", about=str(new.person_id), facts={"letters": TEXT_MAX}))
        if centre_ids is not None and new.centre_id is not None and new.centre_id not in centre_ids:
            found.append(Refusal(code="funds.unknown_centre", about=one.name, facts=facts))
        if new.until_on is not None and new.until_on <= new.from_on:
            found.append(Refusal(code="funds.ended_before_it_began", about=one.name, facts=facts))
        elif any(_overlap(new, h) for h in held):
            found.append(Refusal(code="funds.holds_it_already", about=one.name, facts=facts))
        held.append(new)
    return found


def refusals_to_end(
    *, holdings: Collection[Holding], ended: Elected, signed: Collection[date], today: date
) -> list[Refusal]:
    """Every reason not to end a term on the `until_on` of `ended`; `holdings` are all others, `signed` the days on
    which the holder signed or collected for the fund: on each of them they held this office or another."""
    found, term = refusals_to_elect(holdings=holdings, elected=[ended]), ended.holding
    latest_on = add_months(today, ENDS_AHEAD_MONTHS_MAX)
    if term.until_on is not None and term.until_on > latest_on:
        found.append(Refusal(code="funds.ends_too_far_ahead", about=ended.name, facts={"day": latest_on}))
    uncovered = [day for day in signed if not holds(
        holdings=(*holdings, term), person_id=term.person_id, offices=tuple(Office), on=day)]
    if uncovered:
        found.append(Refusal(code="funds.signed_in_office", about=ended.name, facts={
            "name": ended.name, "day": max(uncovered)}))
    return found


def refusals_to_link(
    *, people: Collection[Somebody], person_id: UUID, member_id: int | None, by: UUID | None
) -> list[Refusal]:
    """Every reason not to write down that this person is this member (None: no member at all).

    One member is one person. Whoever is linked already cannot change that alone (`by`, the person at the keyboard):
    otherwise somebody could sign their own claim as a stranger.
    """
    mine = next((one for one in people if one.person_id == person_id), None)
    if mine is None:
        return [Refusal(code="funds.unknown_person", about=str(person_id))]
    found = [Refusal(code="funds.member_is_somebody_else", about=str(person_id),
                     facts={"name": mine.name, "other": one.name})
             for one in people if member_id is not None and one.member_id == member_id and one.person_id != person_id]
    if by == person_id and mine.member_id not in (None, member_id):
        found.append(Refusal(code="funds.not_about_yourself", about=str(person_id), facts={"name": mine.name}))
    return found


def _overlap(one: Holding, other: Holding) -> bool:
    return ((one.person_id, one.office) == (other.person_id, other.office)
            and (one.until_on is None or other.from_on < one.until_on)
            and (other.until_on is None or one.from_on < other.until_on))


def first_open_day(*, happened_on: date, books_closed_until: date) -> date:
    """The day a deed is posted: when it happened, or the first open day after a month that is already closed."""
    return max(happened_on, books_closed_until + timedelta(days=1))


def in_a_closed_month(*, day: date, books_closed_until: date, about: str) -> Refusal:
    """Why nothing is booked on a day of a closed month, and on which day it can be."""
    return Refusal(code="funds.books_closed", about=about, facts={
        "day": day, "until": books_closed_until,
        "opens": first_open_day(happened_on=day, books_closed_until=books_closed_until)})


def refusals_to_close(*, month: date, books_closed_until: date, today: date) -> Sequence[Refusal]:
    """Every reason not to close a month: months close in order, after they have ended."""
    found = []
    facts = {"month": month, "closed_until": books_closed_until}
    if month_end(month) <= books_closed_until:
        found.append(Refusal(code="funds.month_already_closed", about=month.isoformat(), facts=facts))
    elif month_of(month) != month_of(first_open_day(happened_on=date.min, books_closed_until=books_closed_until)):
        found.append(Refusal(code="funds.earlier_month_open", about=month.isoformat(), facts=facts))
    if month_end(month) >= today:
        found.append(Refusal(code="funds.month_not_over", about=month.isoformat(), facts=facts))
    return found


def refusals_to_leave_open(*, left_open: Sequence[str], because: str) -> list[Refusal]:
    """Why a month cannot be closed with points of its list still open: nobody wrote down why, or too much."""
    if left_open and not because:
        return [Refusal(code="funds.closing_says_not_why", about="because", facts={"points": len(left_open)})]
    return _reason_too_long(because, "because")


def refusals_to_reopen(
    *, month: date, books_closed_until: date, is_closed: bool, first_by: UUID, second_by: UUID, reason: str,
    holdings: Collection[Holding], names: Mapping[UUID, str], on: date
) -> list[Refusal]:
    """Every reason not to open a closed month again: only the last one, by two of the committee, who say why.

    Source: issue E §4. Months open again one after the other, the newest first, each with its own reason.
    """
    found = _reason_too_long(reason, "reason")
    if month_end(month) != books_closed_until or not is_closed:
        found.append(Refusal(code="funds.only_the_last_month_reopens", about=month.isoformat(), facts={
            "month": month, "until": books_closed_until}))
    if not reason:
        found.append(Refusal(code="funds.reopening_says_not_why", about="reason"))
    if first_by == second_by:
        found.append(Refusal(code="funds.two_persons_reopen", about="second_by"))
    found += [Refusal(code="funds.not_of_the_committee", about=about, facts={"name": names.get(person, "–"), "day": on})
              for about, person in (("first_by", first_by), ("second_by", second_by))
              if not holds(holdings=holdings, person_id=person, offices=COMMITTEE, on=on)]
    return found


def _reason_too_long(reason: str, about: str) -> list[Refusal]:
    return [Refusal(code="funds.reason_too_long", about=about, facts={"letters": REASON_MAX})] if (
        len(reason) > REASON_MAX) else []


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Where lines stand in the booklets that a fund gave its members: tenths of a millimetre from the top left corner
    of the page. A column at 0 is not printed."""

    page_width: int = 1250
    page_height: int = 880
    first_line: int = 200
    line_height: int = 60
    lines_a_page: int = 11
    day_left: int = 80
    words_left: int = 300
    paper_no_left: int = 0
    paid_left: int = 750
    received_left: int = 1000


LAYOUT_MAX = 4200  # tenths of a millimetre: a page of A3


def refusals_to_measure(*, layout: Layout) -> list[Refusal]:
    """Why a booklet cannot be so: lines or columns that leave the page, or a page that is none."""
    found = []
    sizes = (layout.page_width, layout.page_height, layout.line_height, layout.lines_a_page)
    if not min(sizes) or max(sizes) > LAYOUT_MAX:
        found.append(Refusal(code="funds.booklet_is_none", about="page_width"))
    if layout.first_line + layout.line_height * layout.lines_a_page > layout.page_height:
        found.append(Refusal(code="funds.booklet_lines_leave_the_page", about="lines_a_page", facts={
            "lines": layout.lines_a_page}))
    if layout.page_width <= max(layout.day_left, layout.words_left, layout.paper_no_left, layout.paid_left,
                                layout.received_left):
        found.append(Refusal(code="funds.booklet_columns_leave_the_page", about="received_left"))
    return found
