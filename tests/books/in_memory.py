"""The books of a small fund as somebody keeps them in their head: what the real ones are held against."""
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

NIGHT, CAP_OF_A_STAY, CAP_OF_A_YEAR = 20_000, 60_000, 100_000  # clause 17.2 of the first rule book, in satang
TREASURER, BANK, COLLECTOR, CONTRIBUTIONS, SICKNESS = "1110", "1200", "1130-01", "4100", "5102"


@dataclass
class Spell:
    """Somebody's membership. Whoever joined only now is still waiting for every benefit."""

    joined_on: date
    is_waiting: bool
    left_on: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether they are a member on a day."""
        return self.joined_on <= day and (self.left_on is None or day < self.left_on)


@dataclass
class Asked:
    """A claim: nights in hospital."""

    member_id: int
    happened_on: date
    nights: int
    state: str = "FILED"
    satang: int = 0


@dataclass
class Counted:
    """A collection day: when, where it was booked, and who paid how much; whoever was struck out again."""

    on: date
    booked_on: date
    paid: dict[int, int]
    struck: set[int] = field(default_factory=set)

    def standing(self, among: set[int] | None = None) -> dict[int, int]:
        """What still stands, of all or of some."""
        return {who: satang for who, satang in self.paid.items()
                if who not in self.struck and (among is None or who in among)}


@dataclass
class InMemory:
    """What the fund has, owes nobody, and remembers."""

    today: date
    starts_on: date
    closed_until: date
    next_number: int
    spells: dict[int, Spell] = field(default_factory=dict)
    balances: Counter[str] = field(default_factory=Counter)
    moves: list[tuple[date, str, int]] = field(default_factory=list)
    sheets: dict[UUID, Counted] = field(default_factory=dict)
    claims: dict[UUID, Asked] = field(default_factory=dict)
    taken: set[tuple[UUID, str]] = field(default_factory=set)
    vouchers: dict[int, tuple[date, list[tuple[str, int]]]] = field(default_factory=dict)
    closed: dict[date, dict[str, int]] = field(default_factory=dict)

    def move(self, on: date, *sides: tuple[str, int]) -> None:
        """Book an entry on a day: positive is debit."""
        assert sum(satang for _, satang in sides) == 0
        for account, satang in sides:
            self.balances[account] += satang
            self.moves.append((on, account, satang))

    def standing(self) -> dict[str, int]:
        """Every account that is not empty."""
        return {account: satang for account, satang in self.balances.items() if satang}

    def is_open(self, day: date) -> bool:
        """Whether something can be booked on a day as it is."""
        return self.closed_until < day <= self.today

    def has(self, account: str, satang: int, on: date) -> bool:
        """Whether so much can go out of somebody's hands on a day without anybody lacking it on a later evening."""
        evenings = {on} | {day for day, _, _ in self.moves if day > on}
        return 0 < satang <= min(sum(moved for day, of, moved in self.moves if of == account and day <= evening)
                                 for evening in evenings)

    def first_open(self, day: date) -> date:
        """Where a sheet of a closed month is booked."""
        return max(day, self.closed_until + timedelta(days=1))

    def takes(self, payments: dict[int, int], on: date) -> bool:
        """Whether a sheet is in order: somebody paid, all of them members that day, and their collector in office."""
        return bool(payments) and on >= self.starts_on and all(
            satang > 0 and member in self.spells and self.spells[member].holds_on(on)
            for member, satang in payments.items())

    def has_paid(self, member: int) -> int:
        """What a member has paid on receipts that stand."""
        return sum(sheet.standing().get(member, 0) for sheet in self.sheets.values())

    def grants(self, asked: Asked) -> int:
        """What the rule book gives for a stay in hospital, in satang, after what the member has had this year."""
        spell = self.spells[asked.member_id]
        if spell.is_waiting or not spell.holds_on(asked.happened_on):
            return 0
        had = sum(c.satang for c in self.claims.values() if c is not asked and c.member_id == asked.member_id
                  and c.state in ("APPROVED", "PAID") and _year(c.happened_on) == _year(asked.happened_on))
        return max(0, min(asked.nights * NIGHT, CAP_OF_A_STAY, CAP_OF_A_YEAR - had))

    def next_month(self) -> date:
        """The month that is to be closed next."""
        return self.closed_until + timedelta(days=1)


def _year(day: date) -> int:
    return day.year + (day.month >= 10)
