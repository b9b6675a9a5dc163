"""Duplicates inside files and against the register, changes field by field, and that nothing is ever lost."""
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from ombun.imports.rules.register_row import KnownMember, RowKind, RowVerdict, Verdict
from ombun.imports.rules.verdicts import Preview
from ombun.members.rules.membership import BirthPrecision
from tests.rules.register_files import committed, judge_sheets, national_id, sheet

HEADINGS = ("ลำดับ", "เลขทะเบียน", "ชื่อ-สกุล", "เลขบัตรประชาชน", "วันเดือนปีเกิด", "บ้านเลขที่", "หมู่", "วันที่สมัคร", "หมายเหตุ")
ID_A, ID_B = national_id("900000000001"), national_id("900000000002")
KNOWN = KnownMember(
    member_id=7, member_no="3-1", name_title="นาย", first_name="แดง", last_name="ใจดี", national_id=ID_A,
    born_on=date(1967, 6, 5), birth_precision=BirthPrecision.DAY, joined_on=date(2013, 1, 13), moo=3, house_no="28")
ROW = (1, "3-1", "นายแดง ใจดี", ID_A, "5/6/2510", "28", 3, "13/1/2556", None)


def _row(**changed: object) -> tuple[object, ...]:
    names = ("seq", "member_no", "name", "national_id", "born", "house", "moo", "joined", "remark")
    return tuple(changed.get(name, value) for name, value in zip(names, ROW, strict=True))


def _data(preview: Preview) -> list[RowVerdict]:
    return [row for row in preview.rows if row.row_kind is RowKind.DATA]


def _judged(*rows: tuple[object, ...], known: tuple[KnownMember, ...] = ()) -> list[RowVerdict]:
    return _data(judge_sheets(sheet([HEADINGS, *rows]), known=known))  # type: ignore[list-item]


def _numbers_are_unique(register: list[KnownMember]) -> bool:
    return all(len(taken) == len(set(taken)) for taken in (
        [m.national_id for m in register if m.national_id], [m.member_no for m in register if m.member_no]))


def _said(row: RowVerdict) -> tuple[str, set[str], bool]:
    return row.verdict.value, {reason.code for reason in row.reasons}, row.is_counted


def test_new_same_and_changed() -> None:
    assert _said(_judged(ROW)[0]) == ("created", set(), True)
    same = _judged(ROW, known=(KNOWN,))[0]
    assert (_said(same), same.member_id, same.changes) == (("unchanged", set(), True), 7, {})
    moved = _judged(_row(name="นายแดง ใจงาม", moo=4, house="9/1"), known=(KNOWN,))[0]
    assert (moved.verdict, moved.member_id) == (Verdict.UPDATED, 7)
    assert moved.changes == {"last_name": ("ใจดี", "ใจงาม"), "moo": (3, 4), "house_no": ("28", "9/1")}
    filled = _judged(ROW, known=(replace(KNOWN, born_on=date(1967, 1, 1), birth_precision=BirthPrecision.YEAR),))[0]
    assert filled.changes == {"born_on": (date(1967, 1, 1), date(1967, 6, 5)),
                              "birth_precision": (BirthPrecision.YEAR, BirthPrecision.DAY)}


def test_empty_and_doubtful_cells_take_nothing_away() -> None:
    row = _judged(_row(born=None, house=None, joined=None, national_id="9-8237-43893-40"), known=(KNOWN,))[0]
    assert (row.verdict, row.member_id, row.changes) == (Verdict.UNCHANGED, 7, {})
    assert {reason.code for reason in row.reasons} == {"missing_birth", "missing_join_date", "truncated_id"}


def test_a_doubted_row_of_a_known_member_still_brings_what_is_certain() -> None:
    row = _judged(_row(born="5/6/10", house="9"), known=(KNOWN,))[0]
    assert (_said(row), row.changes) == (("questioned", {"ambiguous_year"}, True), {"house_no": ("28", "9")})


def test_a_cell_longer_than_the_register_takes_stays_empty_and_is_asked_about() -> None:
    long = "ก" * 20_000
    row = _judged(_row(member_no=long, name=f"นาย{long} {long}", house=long))[0]
    assert _said(row) == ("questioned", {"text_too_long"}, True)
    assert row.values is not None
    assert (row.values.member_no, row.values.first_name, row.values.last_name, row.values.house_no) == (
        None, "", "", None)
    assert [(reason.column, len(reason.written)) for reason in row.reasons] == [(2, 200), (3, 200), (6, 200)]
    assert row.values.national_id == ID_A
    fits = _judged(_row(name=f"นาย{'ก' * 200} {'ข' * 200}", house="9" * 200))[0]
    assert _said(fits) == ("created", set(), True)


def test_without_an_id_only_a_child_of_less_than_a_year_is_newborn() -> None:
    newborn, older = (_judged(_row(name="ด.ช. แดง ใจดี", national_id="ยังไม่แจ้งเกิด", born=born, joined="1/5/2566"))[0]
                      for born in ("2/5/2565", "1/5/2565"))
    assert _said(newborn) == ("created", set(), True)
    assert _said(older) == ("questioned", {"missing_id"}, True)
    by_year, by_month, long_ago = (
        _judged(_row(name="ด.ช. แดง ใจดี", national_id="ยังไม่แจ้งเกิด", born=born, joined="1/5/2566"))[0]
        for born in ("2565", "5/2565", "2564"))
    assert _said(by_year) == _said(by_month) == ("created", set(), True)  # born on some day of it
    assert "missing_id" in _said(long_ago)[1]


def test_the_same_person_twice_is_taken_once() -> None:
    first, second = _judged(ROW, _row(member_no="3-9", name="นาย แดง  ใจดี"))
    assert _said(first) == ("created", set(), True)
    assert _said(second) == ("refused", {"duplicate_person"}, False)
    assert second.reasons[0].facts["same_row"] == first.row


def test_without_an_id_name_and_birth_tell_the_same_person() -> None:
    assert _said(_judged(ROW, _row(member_no="3-9", national_id=None))[1]) == (
        "refused", {"missing_id", "duplicate_person"}, False)
    assert _said(_judged(ROW, _row(member_no="3-9", national_id=None, born="6/6/2510"))[1])[2]  # somebody else
    assert _said(_judged(ROW, _row(member_no="3-9", name="นายดำ ใจดี", national_id=None))[1])[2]  # a twin
    namesake = _judged(ROW, _row(member_no="3-9", national_id=ID_B))[1]
    assert _said(namesake) == ("created", set(), True)  # two IDs are two persons


def test_of_two_entries_the_one_written_later_is_the_repetition() -> None:
    late = _row(member_no="1-2", name="นางขาว งามดี", national_id=ID_B, joined="1/1/2565", moo=1)
    early = sheet([HEADINGS, ROW], name="หมู่ 3")  # type: ignore[list-item]
    again = sheet([HEADINGS, late, _row(member_no="1-3", moo=1)], name="หมู่ 1")  # type: ignore[list-item]
    rows = {row.sheet + str(row.row): row for row in _data(judge_sheets(again, early))}
    assert _said(rows["หมู่ 13"]) == ("refused", {"duplicate_person"}, False)
    facts = rows["หมู่ 13"].reasons[0].facts
    assert (facts["same_sheet"], facts["is_variant"]) == ("หมู่ 3", True)
    assert rows["หมู่ 32"].verdict is Verdict.CREATED


def test_one_id_or_number_on_two_persons_is_asked_of_both() -> None:
    other = {"name": "นางคำแก้ว สีงาม", "born": "1/2/2520"}
    rows = _judged(ROW, _row(member_no="3-9", **other))
    assert [_said(row) for row in rows] == [("questioned", {"duplicate_id"}, True)] * 2
    assert all(row.values and row.values.national_id is None for row in rows)
    rows = _judged(ROW, _row(national_id=ID_B, **other))
    assert [_said(row) for row in rows] == [("questioned", {"duplicate_member_no"}, True)] * 2
    assert all(row.values and row.values.member_no is None and row.values.national_id for row in rows)


def test_against_the_register() -> None:
    known = (KNOWN,)
    other = {"name": "นางคำแก้ว สีงาม", "born": "1/2/2520"}
    assert _said(_judged(_row(member_no="3-9", **other), known=known)[0]) == ("questioned", {"duplicate_id"}, True)
    with_number = _judged(_row(national_id=ID_B, **other), known=known)[0]
    assert _said(with_number) == ("questioned", {"duplicate_member_no"}, True)
    again = _judged(_row(member_no="3-9"), known=known)[0]
    assert (_said(again), again.member_id, again.changes) == (("refused", {"duplicate_person"}, False), 7, {})
    by_name = _judged(_row(member_no=None, national_id=None), known=known)[0]
    assert (_said(by_name), by_name.member_id) == (("unchanged", {"missing_id"}, True), 7)
    by_number = _judged(_row(name=None, national_id="ไม่มีบัตร"), known=known)[0]
    assert (_said(by_number), by_number.member_id) == (("unchanged", {"missing_id", "missing_name"}, True), 7)


def test_two_rows_of_one_known_member_are_taken_once() -> None:
    married = _row(name="นางแดง สีงาม", born="6/6/2510", national_id=ID_B)
    known = (replace(KNOWN, national_id=ID_A), )
    rows = _judged(ROW, married, known=known)
    assert [row.member_id for row in rows] == [7, None]
    rows = _judged(ROW, _row(national_id=None, born=None, member_no=None, joined="13/1/2556"), known=known)
    assert [row.is_counted for row in rows] == [True, False]


chaos = st.lists(st.one_of(
    st.none(), st.integers(-5, 10**13), st.dates(date(1900, 1, 1), date(2600, 1, 1)), st.text(max_size=12),
    st.sampled_from(["นายแดง ใจดี", "นาย", "รวม", "ลงชื่อ ....", ID_A, "9.1E+12", "-", "3-1", "13/1/2556", "1/2/20",
                     "ตาย 5/6/65", "หมู่ที่ 3", *HEADINGS])), max_size=11)
members = st.tuples(
    st.integers(1, 99), st.sampled_from(["3-1", "3-2", "3-3", None, date(2026, 3, 1)]),
    st.sampled_from(["นายแดง ใจดี", "นางดำ ใจงาม", "น.ส.แก้ว สีดี", "นายแดง ใจดิ", "นาย", None]),
    st.sampled_from([ID_A, ID_B, national_id("900000000003"), "9.1E+12", "9000000000010", None]),
    st.sampled_from(["5/6/2510", "1/2/2520", "พ.ศ. 2520", "1/2/20", "31/2/2510", date(2510, 6, 5), None]),
    st.sampled_from(["28", "9/1", None]), st.sampled_from([3, 4, 77, None]),
    st.sampled_from(["13/1/2556", "1/2/60", "1/1/2550", None]), st.sampled_from(["ตาย 5/6/65", "ย้าย", "ขาดส่ง", None]))


@settings(max_examples=200, deadline=None)
@given(rows=st.lists(st.one_of(members, members, members, chaos), max_size=14), has_header=st.booleans(),
       name=st.sampled_from(["หมู่ 3", "x", "สำเนา"]))
def test_no_row_is_lost_and_the_same_sheet_again_changes_nothing(
    rows: list[list[object]], has_header: bool, name: str
) -> None:
    given_sheet = sheet([HEADINGS, *rows] if has_header else rows, name=name)  # type: ignore[list-item, arg-type]
    first = judge_sheets(given_sheet)
    totals = dict(first.totals)
    assert totals.pop("rows") == sum(totals.values()) == len(first.rows)
    assert len(first.rows) == (len(given_sheet.rows) if first.sheets[0].role != "notes" else 0) or not has_header
    register = committed(first)
    assert _numbers_are_unique(register)
    again = judge_sheets(given_sheet, known=register)
    assert again.totals["created"] == again.totals["updated"] == 0
    assert not any(row.changes for row in again.rows)


@settings(max_examples=200, deadline=None)
@given(before=st.lists(members, max_size=6), after=st.lists(members, max_size=6))
def test_a_second_sheet_never_gives_one_id_or_number_to_two_members(
    before: list[tuple[object, ...]], after: list[tuple[object, ...]]
) -> None:
    register = committed(judge_sheets(sheet([HEADINGS, *before])))  # type: ignore[list-item]
    second = judge_sheets(sheet([HEADINGS, *after]), known=register)  # type: ignore[list-item]
    by_id = {member.member_id: member for member in register}
    for row in second.rows:
        if row.is_counted and row.member_id is not None:
            new = {name: value for name, (_, value) in row.changes.items()}
            by_id[row.member_id] = replace(by_id[row.member_id], **new)  # type: ignore[arg-type]
        elif row.is_counted and row.values:
            by_id[1000 + row.row] = KnownMember(member_id=1000 + row.row, **vars(row.values))
    assert _numbers_are_unique(list(by_id.values()))
