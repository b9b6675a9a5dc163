"""What each sheet beside the registers is for: a grid of contributions, benefits, accounts, or notes."""
from dataclasses import dataclass
from datetime import date

from ombun.imports.rules.account_sheet import AccountsTable, read_accounts
from ombun.imports.rules.benefit_sheet import BenefitLine, read_benefits
from ombun.imports.rules.cells import Sheet
from ombun.imports.rules.grid_sheet import GridLine, read_grid
from ombun.imports.rules.header_rows import texts_in
from ombun.imports.rules.headings import SheetRole, speaks_of_accounts
from ombun.primitives.days import add_months

_ROWS_SEARCHED = 60


@dataclass(frozen=True, kw_only=True)
class BookSheet:
    """A sheet that is no register, its role by its headings, and its rows as found; of one kind only."""

    sheet: Sheet
    role: SheetRole
    grid: tuple[GridLine, ...] = ()
    benefits: tuple[BenefitLine, ...] = ()
    accounts: tuple[AccountsTable, ...] = ()

    @property
    def is_read(self) -> bool:
        """Whether the sheet holds something to import."""
        return bool(self.grid or self.benefits or self.accounts)

    @property
    def last_month(self) -> date | None:
        """The latest month that a grid or accounts have a place for."""
        periods = [one.period for header in {id(line.header): line.header for line in self.grid}.values()
                   for one in header.columns if one.period.year is not None]
        months = [add_months(one.first, one.months - 1) for one in periods]
        return max((*months, *(day for table in self.accounts for _, day in table.months)), default=None)


def read_book(*, sheet: Sheet) -> BookSheet:
    """What a sheet that is no register holds. Accounts whose months nobody can find are named, but not taken."""
    if grid := read_grid(sheet=sheet):
        return BookSheet(sheet=sheet, role=SheetRole.CONTRIBUTIONS, grid=grid)
    if benefits := read_benefits(sheet=sheet):
        return BookSheet(sheet=sheet, role=SheetRole.BENEFITS, benefits=benefits)
    if accounts := read_accounts(sheet=sheet):
        return BookSheet(sheet=sheet, role=SheetRole.ACCOUNTS, accounts=accounts)
    texts = (text for row in sheet.rows[:_ROWS_SEARCHED] for text in texts_in(row=row))
    is_accounts = speaks_of_accounts(text=sheet.name) or any(speaks_of_accounts(text=text) for text in texts)
    return BookSheet(sheet=sheet, role=SheetRole.ACCOUNTS if is_accounts else SheetRole.NOTES)
