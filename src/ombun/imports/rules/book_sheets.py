"""What each sheet beside the registers is for: a grid of contributions, benefits, accounts, or notes."""
from dataclasses import dataclass
from datetime import date

from ombun.imports.rules import periods
from ombun.imports.rules.account_sheet import AccountsTable, read_accounts
from ombun.imports.rules.benefit_sheet import BenefitLine, read_benefits
from ombun.imports.rules.cells import Sheet
from ombun.imports.rules.grid_sheet import GridLine, read_grid
from ombun.imports.rules.header_rows import texts_in, turned
from ombun.imports.rules.headings import SheetRole, speaks_of_accounts
from ombun.imports.rules.register_row import RowKind
from ombun.primitives.days import add_months

_ROWS_SEARCHED = 60
_LABEL_COLUMNS_MAX = 4
_MONTHS_OF_A_TURNED_GRID_MIN = 6
_MEMBERS_OF_A_TURNED_GRID_MIN = 2


@dataclass(frozen=True, kw_only=True)
class BookSheet:
    """A sheet that is no register, its role by its headings, and its rows as found; of one kind only."""

    sheet: Sheet
    role: SheetRole
    grid: tuple[GridLine, ...] = ()
    is_turned: bool = False  # the months of the grid go down the rows, its members stand side by side
    benefits: tuple[BenefitLine, ...] = ()
    accounts: tuple[AccountsTable, ...] = ()

    @property
    def is_read(self) -> bool:
        """Whether the sheet holds something to import."""
        return bool(self.grid or self.benefits or self.accounts)

    @property
    def last_month(self) -> date | None:
        """The latest month that a grid or accounts have a place for."""
        dated = [one.period for header in {id(line.header): line.header for line in self.grid}.values()
                 for one in header.columns if one.period.year is not None]
        months = [add_months(one.first, one.months - 1) for one in dated]
        return max((*months, *(day for table in self.accounts for _, day in table.months)), default=None)


def read_book(*, sheet: Sheet) -> BookSheet:
    """What a sheet that is no register holds. Accounts whose months nobody can find are named, but not taken."""
    if sheet.meant is SheetRole.NOTES:
        return BookSheet(sheet=sheet, role=SheetRole.NOTES)
    if sheet.meant is SheetRole.BENEFITS and (told := read_benefits(sheet=sheet)):
        return BookSheet(sheet=sheet, role=SheetRole.BENEFITS, benefits=told)
    if sheet.meant is SheetRole.ACCOUNTS and (tables := read_accounts(sheet=sheet)):
        return BookSheet(sheet=sheet, role=SheetRole.ACCOUNTS, accounts=tables)
    if grid := read_grid(sheet=sheet):
        return BookSheet(sheet=sheet, role=SheetRole.CONTRIBUTIONS, grid=grid)
    if benefits := read_benefits(sheet=sheet):
        return BookSheet(sheet=sheet, role=SheetRole.BENEFITS, benefits=benefits)
    if turned_grid := _turned_grid(sheet):
        return BookSheet(sheet=sheet, role=SheetRole.CONTRIBUTIONS, grid=turned_grid, is_turned=True)
    if accounts := read_accounts(sheet=sheet):
        return BookSheet(sheet=sheet, role=SheetRole.ACCOUNTS, accounts=accounts)
    texts = (text for row in sheet.rows[:_ROWS_SEARCHED] for text in texts_in(row=row))
    is_accounts = speaks_of_accounts(text=sheet.name) or any(speaks_of_accounts(text=text) for text in texts)
    return BookSheet(sheet=sheet, role=SheetRole.ACCOUNTS if is_accounts else SheetRole.NOTES)


def _turned_grid(sheet: Sheet) -> tuple[GridLine, ...]:
    """The columns of a grid that has its months down the rows and its members side by side."""
    labels = [sum(periods.period(heading=row[column]) is not None for row in sheet.rows[:_ROWS_SEARCHED]
                  if column < len(row)) for column in range(_LABEL_COLUMNS_MAX)]
    if max(labels) < _MONTHS_OF_A_TURNED_GRID_MIN:
        return ()
    lines = read_grid(sheet=turned(sheet=sheet))
    members = [line for line in lines if line.kind is RowKind.DATA]
    return lines if len(members) >= _MEMBERS_OF_A_TURNED_GRID_MIN else ()
