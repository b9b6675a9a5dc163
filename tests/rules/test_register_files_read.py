"""The reader: types and precision kept, bounds held, and nothing in any file makes it crash."""
import io
import random
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from ombun.imports.rules.cells import Sheet, read_workbook
from ombun.imports.rules.register_row import RowKind, Verdict
from ombun.primitives.refusals import Refused
from tests.rules.register_files import FOLDER, judge_sheets, national_id, sheet

SMALL_XLS = (FOLDER / "small.xls").read_bytes()


def _xlsx(write: Callable[[xlsxwriter.Workbook], object]) -> bytes:
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept) as book:
        write(book)
    return kept.getvalue()


def _code(content: bytes, file: str = "f.xlsx") -> str:
    with pytest.raises(Refused) as refused:
        read_workbook(file=file, content=content)
    assert refused.value.refusals[0].about == file
    return refused.value.refusals[0].code


def _rezipped(content: bytes, changed: dict[str, bytes]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        for name in (*old.namelist(), *(set(changed) - set(old.namelist()))):
            new.writestr(name, changed[name] if name in changed else old.read(name))
    return kept.getvalue()


def _a_workbook() -> bytes:
    def write(book: xlsxwriter.Workbook) -> None:
        days = book.add_format({"num_format": "dd/mm/yyyy"})
        page = book.add_worksheet("หมู่ 3")
        page.write_row(0, 0, ["ชื่อ", 9562188803514, 28.0, 1.1, True])
        page.write_datetime(0, 5, date(2544, 11, 11), days)
        page.write_formula(0, 6, "=1/0", None, "#DIV/0!")
        page.merge_range(2, 0, 2, 3, "รวม")
        book.add_worksheet("ซ่อน").hide()
    return _xlsx(write)


def test_cells_keep_their_type_and_precision() -> None:
    first, hidden = read_workbook(file="f.xlsx", content=_a_workbook())
    assert first.rows[0] == ("ชื่อ", 9562188803514, 28, Decimal("1.1"), "True", date(2544, 11, 11), None)
    assert (first.name, len(first.rows), first.merged[0].first_row, first.merged[0].last_column) == ("หมู่ 3", 3, 3, 4)
    assert (first.is_hidden, hidden.is_hidden) == (False, True)


def test_an_old_workbook_reads_the_same() -> None:
    sheets = read_workbook(file="small.xls", content=SMALL_XLS)
    rows = [row for row in judge_sheets(*sheets).rows if row.row_kind is RowKind.DATA]
    assert [row.verdict for row in rows] == [Verdict.CREATED] * 2
    assert [(v.first_name, v.born_on, v.joined_on, v.moo, v.house_no) for row in rows if (v := row.values)] == [
        ("แดง", date(1967, 6, 5), date(2013, 1, 13), 3, "28"), ("คำแก้ว", date(1967, 1, 1), date(2013, 2, 1), 3, "28/1")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_in_every_encoding(encoding: str, delimiter: str) -> None:
    lines = [["ลำดับ", "ชื่อ-สกุล", "เลขบัตรประชาชน", "วันสมัคร"], ["1", "นายแดง ใจดี", "9000000000013", "13/1/2556"],
             ["", "", "", ""]]
    content = "\r\n".join(delimiter.join(line) for line in lines).encode(encoding)
    sheet, = read_workbook(file="ทะเบียน.csv", content=content)
    assert (sheet.name, sheet.rows[1], sheet.rows[2]) == ("ทะเบียน", tuple(lines[1]), (None,) * 4)


def test_characters_that_no_database_keeps_are_dropped() -> None:
    sheet, = read_workbook(file="f.csv", content="นาย\x01แดง,\x02\n".encode())
    assert sheet.rows == (("นายแดง", None),)


def test_what_is_no_workbook_is_refused() -> None:
    assert _code(b"") == "imports.workbook_empty"
    assert _code(b"%PDF-1.7 ...") == "imports.not_a_workbook"
    assert _code(b"<html><table><tr><td>1</td></tr></table></html>", "f.xls") == "imports.not_a_workbook"
    assert _code(b"a\0b,c", "f.csv") == "imports.not_a_workbook"
    assert _code(b"\x81\xff\xfe\xdb,", "f.csv") == "imports.not_a_workbook"
    assert _code(b"PK\x03\x04" + b"x" * 100) == "imports.workbook_damaged"
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("content.xml", "<ods/>")
    assert _code(other.getvalue()) == "imports.not_a_workbook"


def test_passwords_and_macros_are_refused() -> None:
    ole = SMALL_XLS[:2048]
    assert _code(ole + "EncryptedPackage".encode("utf-16-le")) == "imports.workbook_has_password"
    assert _code(SMALL_XLS + "_VBA_PROJECT".encode("utf-16-le"), "f.xls") == "imports.workbook_has_macros"
    assert _code(_rezipped(_a_workbook(), {"xl/vbaProject.bin": b"x"})) == "imports.workbook_has_macros"


def test_an_old_workbook_with_a_password_is_refused_as_such() -> None:
    begin = SMALL_XLS.index(b"\x09\x08\x10\x00\x00\x06")
    assert _code(SMALL_XLS[:begin + 20] + b"\x2f\x00" + SMALL_XLS[begin + 22:], "f.xls") == \
        "imports.workbook_has_password"


def test_what_a_formula_could_not_reckon_is_empty_and_formulas_are_their_results() -> None:
    def write(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet()
        for column, error in enumerate(("#DIV/0!", "#N/A", "#NAME?", "#REF!", "#VALUE!", "#NUM!", "#NULL!")):
            page.write_formula(0, column, "=1/0", None, error)
        page.write_formula(1, 0, '="นาย"&"แดง"', None, "นายแดง")
        page.write_formula(1, 1, "=10+20", None, 30)
    sheet, = read_workbook(file="f.xlsx", content=_xlsx(write))
    assert sheet.rows == ((None,) * 7, ("นายแดง", 30, *(None,) * 5))


def test_blank_rows_at_the_end_are_no_rows_and_very_many_between_are_refused() -> None:
    def ruled(book: xlsxwriter.Workbook) -> None:
        page, bold = book.add_worksheet(), book.add_format({"bold": True})
        page.write_row(0, 0, ("ชื่อ-สกุล", "วันที่สมัคร"))
        for row in range(1, 5000):
            page.write_blank(row, 0, None, bold)
    assert len(read_workbook(file="f.xlsx", content=_xlsx(ruled))[0].rows) == 1
    assert len(read_workbook(file="f.csv", content=b"a,b\n" + b",\n" * 900_000)[0].rows) == 1
    assert _code(_xlsx(lambda book: book.add_worksheet().write(1_000_000, 0, "x"))) == "imports.workbook_too_large"
    assert _code(b"a,b\n" + b"\n" * 30_000 + b"c,d\n", "f.csv") == "imports.workbook_too_large"
    assert _code(b"a,b\n" * 200_001, "f.csv") == "imports.workbook_too_large"


def test_entities_that_grow_when_they_are_opened_are_refused() -> None:
    grows = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    part = f'<!DOCTYPE x [<!ENTITY a0 "xxxxxxxxxx">{grows}]><worksheet><sheetData><row r="1">' \
        '<c r="A1" t="inlineStr"><is><t>&a11;</t></is></c></row></sheetData></worksheet>'
    assert _code(_rezipped(_a_workbook(), {"xl/worksheets/sheet1.xml": part.encode()})) == "imports.workbook_damaged"


@pytest.mark.parametrize(("name", "first", "last"), [
    ("John Smith", "John", "Smith"), ("ທ້າວ ບຸນມີ", "ທ້າວ", "ບຸນມີ"), ("សុខ ចាន់", "សុខ", "ចាន់"), ("محمد علي", "محمد", "علي"),
    ("王小明", "王小明", ""), ("Иван Петров", "Иван", "Петров"), ("นาย=1+1 ทดสอบ", "=1+1", "ทดสอบ")])
def test_names_in_other_alphabets_stay_as_they_are(name: str, first: str, last: str) -> None:
    row, = (row.values for row in judge_sheets(sheet([
        ("ที่", "ชื่อ-สกุล", "เลขบัตรประชาชน", "วันที่สมัคร"),
        (1, name, national_id("900000000001"), "1/2/2560")], name="หมู่ 3")).rows if row.values)
    assert (row.first_name, row.last_name) == (first, last)


def test_a_file_that_would_fill_the_memory_is_refused_before_it_is_opened() -> None:
    far = _xlsx(lambda book: book.add_worksheet().write(1_048_575, 16_383, "x"))
    assert _code(far) == "imports.workbook_too_large"
    blank_rows = b"".join(b'<row r="%d"><c r="M%d" s="1"/></row>' % (row, row) for row in range(1, 200_001))
    sheet = b"<worksheet><sheetData>" + blank_rows + b"</sheetData></worksheet>"
    assert _code(_rezipped(_a_workbook(), {"xl/worksheets/sheet1.xml": sheet})) == "imports.workbook_too_large"
    assert _code(b"x" * (20 * 2**20 + 1)) == "imports.workbook_too_large"
    assert _code(b"a" * 40_000, "f.csv") == "imports.workbook_too_large"
    assert _code(b",\n" * 1_100_000, "f.csv") == "imports.workbook_too_large"


def test_a_zip_bomb_is_refused_whatever_size_it_declares() -> None:
    bomb = _rezipped(_a_workbook(), {"xl/worksheets/sheet1.xml": b" " * (151 * 2**20)})
    assert _code(bomb) == "imports.workbook_too_large"
    with zipfile.ZipFile(io.BytesIO(bomb)) as archive:
        info = archive.getinfo("xl/worksheets/sheet1.xml")
        true_size = info.file_size.to_bytes(4, "little")
    assert _code(bomb.replace(true_size, (1000).to_bytes(4, "little"))) == "imports.workbook_too_large"


def test_one_long_text_named_by_very_many_cells_is_refused() -> None:
    def write(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet()
        for row in range(20_000):
            page.write_string(row, 0, "ก" * 32_000)
    assert _code(_xlsx(write)) == "imports.workbook_too_large"


def test_an_old_workbook_that_would_fill_the_memory_ends_only_its_own_process() -> None:
    number = SMALL_XLS.index(b"\x03\x02\x0e\x00")  # a NUMBER record, moved to the last cell of its sheet
    far = SMALL_XLS[:number + 4] + b"\xff\xff\xff\x00" + SMALL_XLS[number + 8:]
    assert _code(far, "f.xls") == "imports.workbook_damaged"
    size = SMALL_XLS.index(b"\x00\x02\x0e\x00")  # the DIMENSIONS record, claiming a sheet of 4,294,967,295 rows
    huge = SMALL_XLS[:size + 8] + b"\xff\xff\xff\xff" + SMALL_XLS[size + 12:]
    assert _code(huge, "f.xls") == "imports.workbook_damaged"


def _reads_or_refuses(content: bytes, file: str) -> tuple[Sheet, ...]:
    try:
        sheets = read_workbook(file=file, content=content)
    except Refused:
        return ()
    judge_sheets(*sheets)
    return sheets


@settings(deadline=None, max_examples=60)
@given(content=st.binary(max_size=400), start=st.sampled_from([b"", b"PK\x03\x04", SMALL_XLS[:512], b"\xff\xfe"]),
       file=st.sampled_from(["f.xlsx", "f.xls", "f.csv"]))
def test_random_bytes_are_read_or_refused(content: bytes, start: bytes, file: str) -> None:
    _reads_or_refuses(start + content, file)


@settings(deadline=None, max_examples=40)
@given(seed=st.integers(0, 2**32), count=st.integers(1, 12))
def test_a_damaged_old_workbook_is_read_or_refused(seed: int, count: int) -> None:
    _reads_or_refuses(_damaged(SMALL_XLS, seed, count), "f.xls")


@settings(deadline=None)
@given(seed=st.integers(0, 2**32), count=st.integers(1, 12),
       part=st.sampled_from(["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"]))
def test_a_workbook_with_damaged_parts_is_read_or_refused(seed: int, count: int, part: str) -> None:
    with zipfile.ZipFile(io.BytesIO(_A_WORKBOOK)) as archive:
        whole = archive.read(part)
    _reads_or_refuses(_rezipped(_A_WORKBOOK, {part: _damaged(whole, seed, count)}), "f.xlsx")
    _reads_or_refuses(_damaged(_A_WORKBOOK, seed, count), "f.xlsx")


_A_WORKBOOK = _a_workbook()


def _damaged(content: bytes, seed: int, count: int) -> bytes:
    chance, kept = random.Random(seed), bytearray(content)
    for _ in range(count):
        place = chance.randrange(len(kept))
        match chance.randrange(3):
            case 0:
                kept[place] = chance.randrange(256)
            case 1:
                del kept[place:place + chance.randrange(1, 20)]
            case _:
                kept[place:place] = kept[chance.randrange(len(kept)):][:chance.randrange(1, 40)]
        if not kept:
            break
    return bytes(kept)
