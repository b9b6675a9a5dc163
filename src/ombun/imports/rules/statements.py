"""A bank statement in a workbook: which columns are the day, the money and the words, and what each row says. Pure."""
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType

from ombun.imports.rules.cells import Cell, Sheet, text_of
from ombun.ledger.rules import BankLine
from ombun.primitives.days import BE_MINUS_CE, read_day
from ombun.primitives.money import Satang, read_baht
from ombun.primitives.refusals import Refusal
from ombun.primitives.thai import tidy

HEADING_ROWS_MAX = 30
WORDS_MAX = 500  # letters that are kept of what a bank wrote
_YEARS_BACK = 10  # a statement is not older, so that a short year can be only one
_KNOWN: Mapping[str, Sequence[str]] = MappingProxyType({
    "moved_on": ("วันที่", "วันเดือนปี", "วันที่ทำรายการ", "date", "transaction date"),
    "came_in": ("ฝาก", "เงินฝาก", "เงินเข้า", "รับ", "เครดิต", "deposit", "credit"),
    "went_out": ("ถอน", "เงินถอน", "เงินออก", "จ่าย", "เดบิต", "withdrawal", "debit"),
    "amount": ("จำนวนเงิน", "ยอดเงิน", "amount"),
    "balance": ("คงเหลือ", "ยอดคงเหลือ", "ยอดเงินคงเหลือ", "balance"),
    "words": ("รายการ", "รายละเอียด", "หมายเหตุ", "ข้อความ", "description", "details", "remark", "channel", "ช่องทาง",
              "เลขที่อ้างอิง", "reference")})
MONEY = ("came_in", "went_out", "amount", "balance")
_SIGNED = re.compile(r"([-+(]?)\s*([\d,]+(?:\.\d{1,2})?)\s*([-)]?)")
_SHORT_YEAR = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{2}|\d{4})")
_WITH_TIME = re.compile(r"[ T]\d{1,2}:\d{2}.*$")


@dataclass(frozen=True, kw_only=True)
class StatementRead:
    """What a file says: the headings of its columns, what each is taken for, the lines, and what cannot be read."""

    headings: tuple[str, ...]
    columns: Mapping[str, object]
    lines: tuple[BankLine, ...]
    refusals: tuple[Refusal, ...]


def read_statement(*, sheets: Sequence[Sheet], told: Mapping[str, object], today: date) -> StatementRead:
    """Read a bank statement: the sheet with a row of headings that names a day and money.

    `told`: the heading of each column as a person said it, or as the last file of this account had it; headings that
    banks use are known without. Rows without a day, or without money, are no lines. Every row that cannot be read is
    told. Amounts in satang.
    """
    found = [(headings, sheet.rows[row + 1:], columns) for sheet in sheets
             for row, cells in enumerate(sheet.rows[:HEADING_ROWS_MAX])
             for headings in [tuple(tidy(text_of(cell=cell)) for cell in cells)]
             for columns in [_columns(headings, told)] if _is_enough(columns)]
    if not found:
        headings = max((tuple(tidy(text_of(cell=cell)) for cell in cells) for sheet in sheets
                        for cells in sheet.rows[:HEADING_ROWS_MAX]), key=lambda row: sum(map(bool, row)), default=())
        return StatementRead(headings=_named(headings), columns=_columns(headings, told), lines=(), refusals=(
            Refusal(code="imports.statement_columns_unknown", about="columns"),))
    headings, body, columns = found[0]
    lines, refusals = _read_rows(headings, body, columns, today)
    return StatementRead(headings=_named(headings), columns=columns, lines=lines, refusals=refusals)


def _named(headings: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(heading for heading in headings if heading))


def _columns(headings: Sequence[str], told: Mapping[str, object]) -> dict[str, object]:
    """What each column is: as told where the file has it, else by the headings that banks use."""
    columns: dict[str, object] = {}
    for meaning, known in _KNOWN.items():
        said = told.get(meaning)
        chosen = [one for one in (said if isinstance(said, list) else [said]) if one in headings and one]
        if not chosen and meaning not in told:
            chosen = [heading for heading in headings if heading.lower().split("(")[0].strip() in known]
        if chosen:
            columns[meaning] = chosen if meaning == "words" else chosen[0]
    return columns


def _is_enough(columns: Mapping[str, object]) -> bool:
    return "moved_on" in columns and ("amount" in columns or {"came_in", "went_out"} <= set(columns))


def _read_rows(
    headings: Sequence[str], body: Sequence[Sequence[Cell]], columns: Mapping[str, object], today: date
) -> tuple[tuple[BankLine, ...], tuple[Refusal, ...]]:
    place = {heading: number for number, heading in reversed(list(enumerate(headings)))}
    lines, refusals = [], []
    for number, row in enumerate(body, start=1):
        def cell(name: object, row: Sequence[Cell] = row) -> Cell:
            where = place.get(str(name), len(row))
            return row[where] if where < len(row) else None

        money = {name: _satang(cell(columns[name])) for name in MONEY if name in columns}
        amount = (money.get("amount") or 0) + abs(money.get("came_in") or 0) - abs(money.get("went_out") or 0)
        written = cell(columns["moved_on"])
        if written is None or (not amount and None not in money.values()):
            continue
        day = _day(written, today)
        if day is None and (not amount or not any(map(str.isdigit, text_of(cell=written)))):
            continue  # a sum, or words below the lines
        if day is None or None in money.values():
            refusals.append(Refusal(code="imports.statement_row_unread", about="file", facts={
                "row": number, "written": " | ".join(text_of(cell=one) for one in row if one is not None)[:100]}))
            continue
        words = columns.get("words")
        lines.append(BankLine(
            moved_on=day, amount_satang=Satang(amount), balance_satang=_balance(money, cell, columns),
            words=" ".join(filter(None, (tidy(text_of(cell=cell(one))) for one in words)))[:WORDS_MAX]
            if isinstance(words, list) else ""))
    return tuple(lines), tuple(refusals)


def _balance(money: Mapping[str, int | None], cell: object, columns: Mapping[str, object]) -> Satang | None:
    told = money.get("balance")
    return None if told is None or cell(columns["balance"]) is None else Satang(told)  # type: ignore[operator]


def _satang(written: Cell) -> int | None:
    """An amount with its sign, 0 for an empty cell; None when it is none."""
    if written is None or (isinstance(written, str) and not written.strip(" -–")):
        return 0
    if isinstance(written, int | Decimal):
        satang = Decimal(written) * 100
        return int(satang) if satang.is_finite() and satang == satang.to_integral_value() else None
    match = _SIGNED.fullmatch(text_of(cell=written).removesuffix("บาท").strip())
    if match is None:
        return None
    try:
        satang_written = read_baht(match[2])
    except ValueError:
        return None
    return -satang_written if match[1] in ("-", "(") or match[3] == "-" else satang_written


def _day(written: Cell, today: date) -> date | None:
    """A day whose year can be only one: a statement is of the last ten years. None where it could be two, or none."""
    if isinstance(written, date):
        return _likely(written.year, written.month, written.day, today)
    text = _WITH_TIME.sub("", text_of(cell=written)).strip()
    if match := _SHORT_YEAR.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
        found = {one for each in ((2000 + year, 2500 + year) if year < 100 else (year,))
                 if (one := _likely(each, month, day, today))}
        return found.pop() if len(found) == 1 else None
    try:
        return read_day(text)
    except ValueError:
        return None


def _likely(year: int, month: int, day: int, today: date) -> date | None:
    try:
        found = date(year - BE_MINUS_CE if year >= 2400 else year, month, day)
    except ValueError:
        return None
    return found if today - timedelta(days=366 * _YEARS_BACK) <= found <= today + timedelta(days=1) else None
