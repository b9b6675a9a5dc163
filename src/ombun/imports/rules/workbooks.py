"""Whole workbooks: registers first, then the other books about the people that the registers name."""
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from ombun.imports.rules.accounts import (
    AccountsEntry,
    compare_with_grids,
    judge_accounts,
    read_entry,
    welfare_by_month,
    years_of,
)
from ombun.imports.rules.benefits import judge_benefits, read_lists
from ombun.imports.rules.book_sheets import BookSheet
from ombun.imports.rules.books import AccountsYear, Person, Recorded
from ombun.imports.rules.cells import Sheet
from ombun.imports.rules.grids import judge_grid, money_by_month, read_grids
from ombun.imports.rules.header_rows import texts_in
from ombun.imports.rules.headings import SheetRole
from ombun.imports.rules.people import People, people_of
from ombun.imports.rules.register_row import KnownMember, RowKind, RowVerdict, Verdict
from ombun.imports.rules.register_sheet import read_sheet
from ombun.imports.rules.row_reading import FundLife
from ombun.imports.rules.verdicts import Preview, judge_registers, life_of


@dataclass(frozen=True, kw_only=True)
class BooksJudged:
    """The verdicts on the rows of the other books, in their order, and what the accounts say by year."""

    rows: tuple[RowVerdict, ...]
    accounts: tuple[AccountsYear, ...]


def judge_workbooks(
    *, sheets: Sequence[Sheet], known: Sequence[KnownMember], founded_on: date, books_end_on: date,
    villages: Sequence[int], recorded: Recorded,
) -> Preview:
    """Give every row of every sheet its verdict, changing nothing: registers, grids, benefits, accounts and notes.

    `known`: the register as it is; `books_end_on`: the last day the files can speak of (earlier where their own grids
    and accounts end); `villages`: the fund's village numbers (empty: not checked); `recorded`: what earlier imports
    brought of the other books.
    """
    read = [read_sheet(sheet=sheet) for sheet in sheets]
    life = life_of(read=read, founded_on=founded_on, books_end_on=books_end_on, villages=villages)
    registers = judge_registers(read=read, known=known, life=life)
    books = [sheet.book for sheet in read if sheet.book is not None]
    judged = judge_books(books=books, life=life, recorded=recorded,
                         people=people_of(rows=registers.rows, known=known) if books else ())
    old = {(row.file, row.sheet) for row in judged.rows if row.row_kind is RowKind.OLD_COPY}
    order = {(sheet.file, sheet.name): number for number, sheet in enumerate(read)}
    rows = sorted((*registers.rows, *judged.rows), key=lambda row: order[row.file, row.sheet])
    return Preview(rows=tuple(rows), accounts=judged.accounts, sheets=tuple(
        seen if sheet.book is None else replace(
            seen, role=SheetRole.OLD_COPY if (seen.file, seen.sheet) in old else seen.role,
            is_taken=sheet.book.is_read and (seen.file, seen.sheet) not in old)
        for sheet, seen in zip(read, registers.sheets, strict=True)))


def judge_books(
    *, books: Sequence[BookSheet], people: Sequence[Person], life: FundLife, recorded: Recorded
) -> BooksJudged:
    """Give every row of the sheets beside the registers its verdict, about these people, changing nothing.

    Grids, benefits and accounts are compared with one another: members' money month by month, a missing amount with
    what the accounts paid, an opening balance with the closing one before it. Source: README of the sample workbooks.
    """
    everybody = People(people)
    grids = read_grids(books=[book for book in books if book.grid], people=everybody)
    paid_in = [row for grid in grids for row in judge_grid(grid=grid, recorded=recorded)]
    entries = [read_entry(sheet=book.sheet, table=table) for book in books for table in book.accounts]
    lines = [line for grid in grids if not grid.is_old_copy for line in grid.lines]
    compare_with_grids(entries=entries, grids=money_by_month(rows=paid_in, lines=lines))
    years = years_of(entries=entries)
    lists = read_lists(lists=[(book.sheet, book.benefits) for book in books if book.benefits], people=everybody,
                       life=life, books_have=welfare_by_month(entries=entries))
    paid_out = [row for benefits in lists for row in judge_benefits(benefits=benefits, recorded=recorded)]
    judged: dict[tuple[str, str], list[RowVerdict]] = {}
    for row in (*paid_in, *paid_out):
        judged.setdefault((row.file, row.sheet), []).append(row)
    for book in books:
        if not book.grid and not book.benefits:
            mine = [entry for entry in entries if entry.sheet is book.sheet]
            judged[book.sheet.file, book.sheet.name] = _accounts_or_notes(book, mine, recorded)
    return BooksJudged(accounts=years, rows=tuple(
        row for book in books for row in judged[book.sheet.file, book.sheet.name]))


def _accounts_or_notes(book: BookSheet, entries: Sequence[AccountsEntry], recorded: Recorded) -> list[RowVerdict]:
    seen = {row.row: row for row in judge_accounts(entries=entries, recorded=recorded)}
    return [seen.get(index) or RowVerdict(
        file=book.sheet.file, sheet=book.sheet.name, row=index, verdict=Verdict.NOT_DATA,
        row_kind=RowKind.NOTE if book.role is SheetRole.NOTES or texts_in(row=row) else RowKind.BLANK)
        for index, row in enumerate(book.sheet.rows, start=1)]
