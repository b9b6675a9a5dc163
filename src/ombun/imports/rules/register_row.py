"""What a row of a workbook says, what we doubt about it, and the verdict on it. Shapes only."""
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from ombun.imports.rules.books import AccountsRow, BenefitRow, BenefitRows, GridRow
from ombun.members.rules.membership import BirthPrecision, LeftReason, MemberKind, NoIdReason, Sex


class Severity(StrEnum):
    """How grave a doubt is: do not take it as it stands, ask a person, or take it and say so."""

    REFUSE = "refuse"
    QUESTION = "question"
    NOTE = "note"


class Verdict(StrEnum):
    """What becomes of a row. Every row of a sheet gets exactly one."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    QUESTIONED = "questioned"
    REFUSED = "refused"
    NOT_DATA = "not_data"


class RowKind(StrEnum):
    """What a row of a sheet is. All but DATA get the verdict `not_data`."""

    DATA = "data"
    TITLE = "title"
    HEADER = "header"
    REPEATED_HEADER = "repeated_header"
    VILLAGE_HEADING = "village_heading"
    MONTH_HEADING = "month_heading"
    SECTION = "section"
    BLANK = "blank"
    SUBTOTAL = "subtotal"
    TOTAL = "total"
    BALANCE = "balance"
    FOOTER = "footer"
    NOTE = "note"
    OLD_COPY = "old_copy"


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One doubt about a row. The sentence is `members.<code>` in the locale files, filled in from `facts`.

    `column` counts from 1 as in Excel (None: the row as a whole); `written` is the cell as the fund wrote it.
    `facts` are plain values that JSON can keep; they always name `cell`, `heading` and `written`.
    """

    code: str
    severity: Severity
    column: int | None
    written: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class RegisterRow:
    """A member as a row of a register has them. What is not written, or doubted, is empty.

    `born_on` is the first day of the month or year when `birth_precision` is coarser than a day.
    `left_on` is the day written beside the reason; a membership can have ended on a day that nobody wrote down.
    `life` tells earlier spells and pauses too, in the words of `told_life`; `stated_sex` only what no title tells.
    """

    member_no: str | None = None
    name_title: str = ""
    first_name: str = ""
    last_name: str = ""
    national_id: str | None = None
    no_id_reason: NoIdReason | None = None
    stated_sex: Sex | None = None
    born_on: date | None = None
    birth_precision: BirthPrecision = BirthPrecision.NONE
    joined_on: date | None = None
    moo: int | None = None
    house_no: str | None = None
    kind: MemberKind | None = None
    phone: str | None = None
    beneficiary_name: str | None = None
    relation: str | None = None
    left_on: date | None = None
    left_reason: LeftReason | None = None
    is_in_arrears: bool = False
    remark: str = ""
    life: str = ""


@dataclass(frozen=True, kw_only=True)
class KnownMember(RegisterRow):
    """A member as the register already has them; an entry that was merged names the `person` whom it leads to.

    Old books go on speaking of both entries as they were: each is compared with its own; what is new is the person's.
    """

    member_id: int
    references: tuple[str, ...] = ()  # of rows that once told of them
    person: "KnownMember | None" = None
    said_before: tuple[RegisterRow, ...] = ()  # the entry before values of another one were taken in merging

    @property
    def person_id(self) -> int:
        """Who it is, whichever entry."""
        return self.member_id if self.person is None else self.person.member_id


@dataclass(frozen=True, kw_only=True)
class RowVerdict:
    """What becomes of one row, and why; the gravest reason stands first.

    `is_counted`: the row is taken on commit, its doubtful fields empty and queued for a person.
    `changes`: field → (as the register has it, as the row has it), only for a known member. `booked`: what a row of the
    other books says, in place of `values`.
    """

    file: str
    sheet: str
    row: int
    row_kind: RowKind
    verdict: Verdict
    reasons: tuple[Reason, ...] = ()
    values: RegisterRow | None = None
    member_id: int | None = None
    changes: Mapping[str, tuple[object, object]] = field(default_factory=dict)
    is_counted: bool = False
    booked: GridRow | BenefitRow | BenefitRows | AccountsRow | None = None
