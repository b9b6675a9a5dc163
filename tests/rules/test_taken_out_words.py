"""Whatever is written on the sheets of a fund is read back as what it was; nothing on them is a formula."""
import io
import zipfile
from datetime import date
from decimal import Decimal
from itertools import pairwise
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ombun.claims.states import Act, ClaimState
from ombun.contributions.rules import Ground
from ombun.exports.rules import words
from ombun.exports.rules.accounts import Way, turned, word_of
from ombun.exports.rules.benefits import word_of as benefit_word
from ombun.exports.rules.lives import in_words, spells_of
from ombun.exports.rules.notes import values_of
from ombun.exports.rules.register import name_cells, name_in_one, register_tables
from ombun.exports.rules.tables import Column, Table
from ombun.exports.rules.texts import write_texts
from ombun.exports.rules.workbook import write_workbook
from ombun.funds.rules import Office
from ombun.givers.rules import GiftKind, GiverKind
from ombun.imports.rules import remarks
from ombun.imports.rules.account_words import Side, heading_of
from ombun.imports.rules.benefit_sheet import WRITTEN as OF_BENEFITS
from ombun.imports.rules.benefit_sheet import read_benefits
from ombun.imports.rules.benefit_words import kind_of
from ombun.imports.rules.bounds import WorkbookRefused
from ombun.imports.rules.cells import Sheet, read_workbook, text_of
from ombun.imports.rules.grid_sheet import read_grid
from ombun.imports.rules.headings import ONLY_TO_READ, WRITTEN, Field, SheetRole, field_of
from ombun.imports.rules.history import BENEFIT_ACCOUNTS, PAYMENTS, RECEIPTS
from ombun.imports.rules.register_row import RegisterRow, RowKind, Verdict
from ombun.imports.rules.register_sheet import read_sheet
from ombun.imports.rules.row_reading import FundLife, read_row
from ombun.imports.rules.told_life import WORDS, life_in_words, read_life
from ombun.ledger.rules import CHART, AccountKind, HolderKind, PromptPayKind
from ombun.members.rules import names
from ombun.members.rules.life import Event, told_spells
from ombun.members.rules.membership import BirthPrecision, LeftReason, MemberKind, NoIdReason, Sex, is_newborn
from ombun.members.states import LEAVING, ApplicationState, Happening
from ombun.primitives.actors import Role
from ombun.primitives.thai import tidy
from ombun.regulations.rules.chapters import Chapter

LIFE = FundLife(founded_on=date(2005, 1, 1), books_end_on=date(2026, 1, 10), villages=frozenset({1, 2, 3}))
LETTERS = st.text("กขคงจชดตนบปพมยรลวสหอะาิีุูเแโใไ่้์=+-@'\"", min_size=1, max_size=12).map(tidy).filter(bool)


def read_back(row: RegisterRow) -> RegisterRow:
    """A register row, written into a workbook and read from it."""
    file = io.BytesIO()
    write_workbook(tables=register_tables(villages=[(row.moo, [row])]), into=file)
    (sheet,) = read_workbook(file="x.xlsx", content=file.getvalue())
    (found,) = [one for one in read_sheet(sheet=sheet).rows if one.cells]
    return read_row(row=found, life=LIFE).values


def test_every_heading_we_write_is_read_as_its_field():
    assert {field: field_of(heading=heading) for field, heading in WRITTEN.items()} == {f: f for f in WRITTEN}
    sheet = Sheet(file="x", name="สวัสดิการ", rows=(tuple(OF_BENEFITS.values()),))
    assert {field: list(OF_BENEFITS.values())[column] for field, column in read_benefits(
        sheet=sheet)[0].header.columns.items()} == dict(OF_BENEFITS)


@pytest.mark.parametrize("reason", list(LeftReason))
def test_a_reason_of_leaving_is_read_back(reason):
    assert remarks.remark(written=words.REASONS[reason]).left_reason is reason
    assert remarks.remark(written=words.STAYS).left_reason is None
    assert WORDS[Happening(reason)] == words.REASONS[reason]


@given(st.builds(
    RegisterRow, name_title=st.sampled_from(["นาย", "นาง", "นางสาว", "ด.ช.", "พระ", "กำนัน"]), first_name=LETTERS,
    last_name=LETTERS, member_no=st.sampled_from(["0001", "3-12", "=1"]), kind=st.sampled_from([None, *MemberKind]),
    national_id=st.sampled_from([None, "9100500012345"]), no_id_reason=st.sampled_from([None, *NoIdReason]),
    stated_sex=st.sampled_from([None, *Sex]), moo=st.sampled_from([None, 1, 3]), house_no=st.sampled_from(
        [None, "9", "12/3", "99 ซอย 4"]), phone=st.sampled_from([None, "0600000001"]),
    joined_on=st.dates(date(2010, 1, 1), date(2020, 1, 1)), left_reason=st.sampled_from([None, *LeftReason])),
    st.sampled_from(list(BirthPrecision)), st.dates(date(1930, 1, 1), date(2009, 1, 1)))
def test_a_row_of_the_register_is_read_back_as_it_was(row, precision, born):
    born_on = {BirthPrecision.DAY: born, BirthPrecision.MONTH: born.replace(day=1),
               BirthPrecision.YEAR: date(born.year, 1, 1), BirthPrecision.NONE: None}[precision]
    row = RegisterRow(**vars(row) | {
        "born_on": born_on, "birth_precision": precision, "left_on": date(2021, 2, 3) if row.left_reason else None,
        "no_id_reason": None if row.national_id or (row.no_id_reason is NoIdReason.NEWBORN and not is_newborn(
            born_on=born_on, precision=precision, joined_on=row.joined_on)) else row.no_id_reason,
        "stated_sex": row.stated_sex if row.name_title == "กำนัน" else None})
    read = names.name(title=row.name_title, written=row.first_name, last=row.last_name)
    if not read.first_name or not read.last_name:
        return  # a dash is no name
    assert read_back(row) == row


@pytest.mark.parametrize(("title", "first"), [("นาง", "พระจันทร์"), ("นาง", "สาวดี"), ("นาย", "นายิกา"),
                                              ("พระ", "พระนาย")])
def test_a_name_that_begins_like_a_title_is_no_other_person(title, first):
    title_cell, name, last = name_cells(title=title, first=first, last="ดีงาม")
    read = names.name(title=title_cell, written=name, last=last)
    assert (read.name_title, read.first_name, read.last_name) == (title, first, "ดีงาม")
    one = names.name(written=name_in_one(title=title, first=first, last="ดีงาม"))
    assert (one.first_name, one.last_name) == (first, "ดีงาม")


def test_every_account_is_called_so_that_its_money_comes_back_to_it():
    for line in CHART:
        if line.kind is AccountKind.INCOME and line.code in RECEIPTS.values():
            read = heading_of(text=word_of(way=Way.IN, code=line.code, name=line.name_th), section=Side.RECEIPT)
            assert RECEIPTS[read.item] == line.code
        for way, side in ((Way.IN, Side.RECEIPT), (Way.OUT, Side.PAYMENT)):
            read = heading_of(text=word_of(way=way, code=line.code, name=line.name_th), section=side)
            assert read.side is side and read.item is not None, line.code
        if line.code in PAYMENTS.values():
            read = heading_of(text=word_of(way=Way.OUT, code=line.code, name=line.name_th), section=Side.PAYMENT)
            assert PAYMENTS[read.item] == line.code
    for account in {*BENEFIT_ACCOUNTS.values()}:
        assert BENEFIT_ACCOUNTS[kind_of(word=benefit_word(title="เงินคืนขวัญ", account_code=account))] == account


def test_what_is_below_zero_went_the_other_way():
    assert turned(moved={(Way.IN, "ก"): -500, (Way.OUT, "ข"): -200, (Way.IN, "ค"): 300, (Way.OUT, "ง"): 0}) == {
        (Way.OUT, "เงินรับที่ส่งกลับ"): 500, (Way.IN, "เงินจ่ายที่ได้กลับมา"): 200, (Way.IN, "ค"): 300}


def events(*told: tuple[int, Happening, date | None]) -> list[Event]:
    """Happenings of numbered spells, in the order in which they were written down."""
    ids = {n: uuid4() for n, _, _ in told}
    return [Event(id=i, membership_id=ids[n], kind=kind, happened_on=day) for i, (n, kind, day) in enumerate(told)]


def test_a_life_of_several_spells_and_pauses_is_told_in_one_cell_and_read_back():
    days = [date(2010 + n, 5, 1) for n in range(6)]
    lived = spells_of(events=events(
        (2, Happening.JOINED, days[2]), (1, Happening.JOINED, days[0]), (1, Happening.MOVED, days[1]),
        (2, Happening.SUSPENDED, days[3]), (2, Happening.REINSTATED, days[4])))
    told = in_words(told=lived)
    assert told == ("เข้าเป็นสมาชิก 1/5/2553, ย้ายออก 1/5/2554, เข้าเป็นสมาชิก 1/5/2555, พักสมาชิกภาพ 1/5/2556, "
                    "คืนสมาชิกภาพ 1/5/2557")
    assert told_spells(life=read_life(written=told)) == tuple(lived)
    assert in_words(told=spells_of(events=events((1, Happening.JOINED, days[0]), (1, Happening.MOVED, None)))) == ""


def test_spells_of_merged_entries_that_overlap_are_one():
    (one,) = spells_of(events=events(
        (1, Happening.JOINED, date(2015, 1, 1)), (2, Happening.JOINED, date(2018, 1, 1)),
        (2, Happening.RESIGNED, date(2019, 1, 1))))
    assert (one.joined_on, one.left_on, one.left_reason) == (date(2015, 1, 1), None, None)


def test_a_newborn_who_left_and_joined_again_years_later_is_read_back():
    row = RegisterRow(
        member_no="0001", name_title="ด.ช.", first_name="ดำ", last_name="ใจดี", no_id_reason=NoIdReason.NEWBORN,
        born_on=date(2010, 4, 1), birth_precision=BirthPrecision.DAY, joined_on=date(2014, 5, 1), moo=1,
        life="เข้าเป็นสมาชิก 1/5/2553, ย้ายออก 1/5/2554, เข้าเป็นสมาชิก 1/5/2557")
    assert read_back(row) == row


@given(st.lists(st.tuples(st.sampled_from(sorted(WORDS)), st.none() | st.dates(date(2000, 1, 1), date(2020, 1, 1)))))
def test_what_a_cell_tells_is_read_back_and_makes_spells_only_in_order(life):
    assert read_life(written=life_in_words(life=tuple(life))) == tuple(life)
    spells = told_spells(life=life)
    if spells:
        assert len(spells) == sum(kind == Happening.JOINED for kind, _ in life)
        assert all(one.left_on and one.left_on <= later.joined_on
                   for one, later in pairwise(spells))
        assert sum(kind in LEAVING for kind, _ in life) in (len(spells), len(spells) - 1)


@pytest.mark.parametrize("written", ["เข้า 1/5/2558", "เข้าเป็นสมาชิก 1/5/58 ลาออก", "ลาออก 31/2/2558", "เข้าเป็นสมาชิก"])
def test_a_history_that_cannot_be_read_is_none(written):
    assert read_life(written=written) is None


TABLES = [Table(name="แผ่นแรก", columns=[Column(heading="=1+1"), Column(heading="บาท", is_money=True)],
                rows=[("=1+1", 30), ("'@x", Decimal("30.50")), ("-", None), ("บรรทัด\nใหม่", -3)])]


def test_both_forms_are_read_back_cell_by_cell_and_the_zip_is_guarded():
    workbook, texts = io.BytesIO(), io.BytesIO()
    assert write_workbook(tables=TABLES, into=workbook) == write_texts(tables=TABLES, into=texts)
    for name, file in (("x.xlsx", workbook), ("x.zip", texts)):
        (sheet,) = read_workbook(file=name, content=file.getvalue())
        assert sheet.name == "แผ่นแรก"
        assert [[text_of(cell=cell) for cell in row] for row in sheet.rows] == [
            ["=1+1", "บาท"], ["=1+1", "30"], ["'@x", "30.50" if name == "x.zip" else "30.5"], ["-", ""],
            ["บรรทัด ใหม่", "-3"]]
    with zipfile.ZipFile(texts) as archive:
        lines = archive.read("แผ่นแรก.csv").decode("utf-8").splitlines()
    assert [line[:2] for line in lines[1:4]] == ["'=", "''", "'-"]


def test_a_sheet_that_is_only_to_read_is_not_taken_whatever_stands_on_it():
    rows = ((ONLY_TO_READ,), tuple(WRITTEN.values()), tuple("1" for _ in WRITTEN))
    seen = read_sheet(sheet=Sheet(file="x", name="ทะเบียน หมู่ 1", rows=rows))
    assert (seen.role, seen.rows, seen.book) == (SheetRole.NOTES, (), None)
    assert read_sheet(sheet=Sheet(file="x", name="ทะเบียน หมู่ 1", rows=rows[1:])).role is SheetRole.REGISTER


def test_a_zip_of_too_much_is_refused():
    def zipped(*files):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in files:
                archive.writestr(name, text)
        return file.getvalue()

    many = "1,2,3,4\n" * 300_000
    for files in ([("a.csv", many), ("b.csv", many)], [(f"{n}.csv", "1") for n in range(201)]):
        with pytest.raises(WorkbookRefused, match="workbook_too_large"):
            read_workbook(file="x.zip", content=zipped(*files))
    with pytest.raises(WorkbookRefused, match="not_a_workbook"):
        read_workbook(file="x.zip", content=zipped(("a.csv", "1"), ("b.exe", "2")))
    assert len(read_workbook(file="x.zip", content=zipped(("a.csv", "1"), ("b.csv", "2")))) == 2


def test_somebody_whose_name_begins_like_a_total_is_no_total():
    months = ("ต.ค. 2567", "พ.ย. 2567", "ธ.ค. 2567")
    grid = Sheet(file="x", name="ส่งเงิน", rows=(
        ("เลขทะเบียนสมาชิก", "ชื่อ - สกุล", *months), ("0012", "รวมใจ ดีงาม", 30, 30, None),
        (None, "รวม", 30, 30, None), ("12 คน", "รวมหมู่ 1 ทั้งสิ้น", 30, 30, None), ("13", "รวมทั้งหมด 1 คน", 30, 30, None)))
    assert [line.kind for line in read_grid(sheet=grid)][1:] == [
        RowKind.DATA, RowKind.SUBTOTAL, RowKind.SUBTOTAL, RowKind.TOTAL]
    named = ("9693000000010", "รวมใจ ใจบุญ", None, 2500, None)  # baht, and like a year
    assert [line.kind for line in read_grid(sheet=Sheet(file="x", name="ส่งเงิน", rows=(
        (WRITTEN[Field.NATIONAL_ID], "ชื่อ - สกุล", *months), named)))] == [RowKind.HEADER, RowKind.DATA]
    register = Sheet(file="x", name="ทะเบียน", rows=(
        tuple(WRITTEN[f] for f in (Field.MEMBER_NO, Field.NAME, Field.LAST_NAME, Field.JOINED, Field.HOUSE_NO)),
        ("0012", "รวมใจ", "ดีงาม", "1/5/2558", "9"), (None, "รวม", None, "20 คน", None)))
    assert [row.kind for row in read_sheet(sheet=register).rows][1:] == [RowKind.DATA, RowKind.TOTAL]


@pytest.mark.parametrize(("title", "written", "read"), [
    ("กำนัน", "พระจันทร์", ("กำนัน", "พระจันทร์")), ("-", "นางมาลี", ("นาง", "มาลี")), ("นาง", "นางมาลี", ("นาง", "มาลี")),
    ("นาย", "ด.ช. สมชาย", ("ด.ช.", "สมชาย")), ("น.ส.", "ดาว", ("นางสาว", "ดาว"))])
def test_what_a_cell_for_the_title_says_goes_before_what_a_name_sounds_like(title, written, read):
    found = names.name(title=title, written=written, last="ใจบุญ")
    assert (found.name_title, found.first_name) == read


def test_every_value_of_a_sheet_to_read_has_a_thai_word_of_its_own():
    enums = {"kind": MemberKind, "left_reason": LeftReason, "sex": Sex, "stated_sex": Sex, "no_id_reason": NoIdReason,
             "happening": Happening, "birth_precision": BirthPrecision, "office": Office, "role": Role,
             "application_state": ApplicationState, "claim_state": ClaimState, "act": Act, "verdict": Verdict,
             "account_kind": AccountKind, "holder_kind": HolderKind, "ground": Ground, "chapter": Chapter,
             "gift_kind": GiftKind, "giver_kind": GiverKind, "promptpay_kind": PromptPayKind}
    assert {name: set(enum) for name, enum in enums.items()} == {
        name: set(said) for name, said in words.SAID.items() if name != "import_state"}
    for name, said in words.SAID.items():
        assert len({*said.values()}) == len(said), name
    row = ["CHAIR", "ใหม่", 3050, date(2026, 1, 2)]
    assert values_of(names=["office", "office", "debit_satang", "met_on"], row=row) == [
        "ประธาน", "ใหม่", Decimal("30.50"), "2/1/2569"]
