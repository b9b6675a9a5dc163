"""The register, a sheet for each village, as the importer reads registers."""
from collections.abc import Iterable, Sequence

from ombun.exports.rules import words
from ombun.exports.rules.tables import Column, Table, Value, typed_day
from ombun.imports.rules.headings import WRITTEN, Field
from ombun.imports.rules.printed_words import is_total
from ombun.imports.rules.register_row import RegisterRow
from ombun.members.rules import names
from ombun.members.rules.membership import BirthPrecision
from ombun.primitives.days import year_be

_WIDTHS = {Field.SEQUENCE: 7, Field.TITLE: 9, Field.NAME: 18, Field.LAST_NAME: 20, Field.NATIONAL_ID: 21, Field.SEX: 6,
           Field.MOO: 6, Field.BENEFICIARY: 26, Field.LIFE: 30}
COLUMNS = tuple(Column(heading=heading, width=_WIDTHS.get(field, 14)) for field, heading in WRITTEN.items())


def register_tables(*, villages: Iterable[tuple[int | None, Sequence[RegisterRow]]]) -> Iterable[Table]:
    """A sheet of the register for each village number; None: those of whom nobody knows the village."""
    for moo, rows in villages:
        yield Table(name=f"ทะเบียน หมู่ {moo}" if moo is not None else "ทะเบียน ไม่ระบุหมู่บ้าน", columns=COLUMNS,
                    rows=(_cells(order, row) for order, row in enumerate(rows, start=1)), frozen_columns=5)


def _cells(order: int, row: RegisterRow) -> Sequence[Value]:
    title, first, last = name_cells(title=row.name_title, first=row.first_name, last=row.last_name)
    cells: dict[Field, Value] = {
        Field.SEQUENCE: order, Field.MEMBER_NO: row.member_no, Field.TITLE: title, Field.NAME: first,
        Field.LAST_NAME: last, Field.NATIONAL_ID: with_hyphens(number=row.national_id) or (
            words.NO_ID[row.no_id_reason] if row.no_id_reason else None),
        Field.BORN: _born(row), Field.SEX: words.SEXES[row.stated_sex] if row.stated_sex else None,
        Field.KIND: words.KINDS[row.kind] if row.kind else None, Field.HOUSE_NO: row.house_no,
        Field.MOO: str(row.moo) if row.moo is not None else None, Field.PHONE: row.phone,
        Field.JOINED: typed_day(day=row.joined_on), Field.LEFT: typed_day(day=row.left_on),
        Field.STATUS: words.REASONS[row.left_reason] if row.left_reason else words.STAYS,
        Field.BENEFICIARY: row.beneficiary_name, Field.RELATION: row.relation, Field.LIFE: row.life}
    return [cells[field] for field in WRITTEN]


def name_cells(*, title: str, first: str, last: str) -> tuple[str, str, str]:
    """Title, first and last name in three cells that are read back as the same name: นาง | พระจันทร์ is no monk."""
    writings = ((title, first, last), (title, f"{title}{first}", last), (title, f"{title} {first}", last))
    for writing in writings:
        read = names.name(title=writing[0], written=writing[1], last=writing[2])
        if (read.name_title, read.first_name, read.last_name) == (title, first, last):
            return writing
    return writings[0]


def name_in_one(*, title: str, first: str, last: str) -> str:
    """The name in one cell that is read back as the same first and last name."""
    writings = (f"{title}{first} {last}", f"{title} {first} {last}", f"{first} {last}")
    for writing in writings:
        read = names.name(written=writing.strip())
        if (read.first_name, read.last_name) == (first, last) and not is_total(text=writing):
            return writing.strip()
    return writings[0].strip()


def with_hyphens(*, number: str | None) -> str | None:
    """A national ID number as the card prints it; a spreadsheet never takes it for an amount."""
    return f"{number[0]}-{number[1:5]}-{number[5:10]}-{number[10:12]}-{number[12]}" if number else None


def _born(row: RegisterRow) -> str | None:
    day = row.born_on
    if day is None or row.birth_precision is BirthPrecision.NONE:
        return None
    return words.BIRTHS[row.birth_precision].format(day=day.day, month=day.month, year=year_be(day))
