"""Doubted rows on their way out: whatever their cells hold comes back as it was, under its headings, as no formula."""
import io
import zipfile
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from ombun.imports.rules.cells import Cell, Merged, Sheet, read_workbook
from ombun.imports.rules.reason_workbook import REASON, REFERENCE, Doubted, reason_workbook, without_our_columns
from ombun.imports.rules.register_row import RowKind
from ombun.imports.rules.rewritten import as_typed
from tests.rules.register_files import sheet

K = RowKind
DOUBT = Doubted(reference="ab-1", said="เพราะ", columns=frozenset({2}))


def _out(one: Sheet, kinds: list[RowKind], *rows: int) -> bytes:
    place = (one.file, one.name)
    return reason_workbook(sheets=[one], kinds={place: dict(enumerate(kinds, start=1))},
                           doubted={place: dict.fromkeys(rows, DOUBT)})


def _back(content: bytes) -> Sheet:
    found, = read_workbook(file="f.xlsx", content=content)
    return found


def test_a_row_goes_out_under_the_headings_that_it_stands_under() -> None:
    one = sheet([("กองทุน",), ("ชื่อ", "หมู่"), ("หมู่ 3",), ("แดง", 3), ("ดำ", 3), ("ชื่อ", "หมู่"), ("หมู่ 4",), ("ขาว", 4),
                 ("หมู่", "ชื่อ"), (5, "ฟ้า"), ("รวม", 4)], name="a/b:c")
    kinds = [K.TITLE, K.HEADER, K.VILLAGE_HEADING, K.DATA, K.DATA, K.REPEATED_HEADER, K.VILLAGE_HEADING, K.DATA,
             K.REPEATED_HEADER, K.DATA, K.TOTAL]
    back = _back(_out(one, kinds, 8, 10))
    assert [row[:2] for row in back.rows] == [
        ("กองทุน", None), ("ชื่อ", "หมู่"), ("หมู่ 4", None), ("ขาว", 4), ("หมู่", "ชื่อ"), (5, "ฟ้า")]
    assert (back.name, back.rows[1][2:], back.rows[3][2:]) == ("a b c", (REASON, REFERENCE), ("เพราะ", "ab-1"))
    came = without_our_columns(sheet=back)
    assert (came.references, came.heading_row) == ({4: "ab-1", 6: "ab-1"}, 2)
    assert all(cell not in (REASON, REFERENCE, "เพราะ") for row in came.rows for cell in row)


def test_headings_merged_over_columns_stay_so_and_cells_merged_downwards_are_filled() -> None:
    one = Sheet(file="f.xlsx", name="ก", merged=(Merged(first_row=1, first_column=1, last_row=1, last_column=2),
                        Merged(first_row=3, first_column=3, last_row=4, last_column=3)),
                rows=(("ใคร", None, "หมู่"), ("ชื่อ", "สกุล", None), ("แดง", "ดี", 3), ("ดำ", "ดี", None)))
    back = _back(_out(one, [K.HEADER, K.HEADER, K.DATA, K.DATA], 4))
    assert back.rows[2][:3] == ("ดำ", "ดี", 3)
    assert [(m.first_row, m.first_column, m.last_column) for m in back.merged] == [(1, 1, 2)]


def test_two_sheets_of_one_name_and_one_without_headings() -> None:
    sheets = [sheet([("a", "b")], name="ก" * 40, file=file) for file in ("1.xlsx", "2.xlsx")]
    content = reason_workbook(sheets=sheets, kinds={(one.file, one.name): {1: K.DATA} for one in sheets},
                              doubted={(one.file, one.name): {1: DOUBT} for one in sheets})
    first, second = read_workbook(file="f.xlsx", content=content)
    assert first.name != second.name and first.rows == ((None, None, REASON, REFERENCE), ("a", "b", "เพราะ", "ab-1"))


FRACTIONS = st.decimals(0, 10**6, places=2).map(Decimal.normalize).filter(lambda one: one % 1 != 0)  # as they are read
CELLS: st.SearchStrategy[Cell] = st.one_of(
    st.none(), st.text(alphabet="=+-@\t'\"<>&๐๙กำ \u200b|!A1()", min_size=1, max_size=12), st.integers(0, 10**14),
    st.dates(date(1850, 1, 1), date(2600, 1, 1)), FRACTIONS)


@settings(deadline=None, max_examples=60)
@given(cells=st.lists(CELLS, min_size=1, max_size=5))
def test_any_cell_comes_back_as_people_read_it_and_is_no_formula(cells: list[Cell]) -> None:
    one = sheet([("x",) * len(cells), tuple(cells)])
    content = _out(one, [K.HEADER, K.DATA], 2)
    back = without_our_columns(sheet=_back(content)).rows[1]
    for old, new in zip(cells, back, strict=False):
        assert as_typed(cell=new) == as_typed(cell=old)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
