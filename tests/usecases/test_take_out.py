"""Everything can be taken away again, and brought in elsewhere as the same."""
import io
import re
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest

from ombun.audit.queries import latest
from ombun.exports.operations import Form, TakingRefused, take_out
from ombun.exports.queries.notes import NOTES
from ombun.exports.rules.receipts import NAME
from ombun.exports.rules.whole import NAME as WHOLE
from ombun.imports.rules.cells import read_workbook
from ombun.imports.rules.headings import ONLY_TO_READ
from ombun.jobs.checking import everything_found
from ombun.members.operations import write_members
from ombun.members.queries import all_members
from ombun.members.rules.beneficiaries import NewBeneficiary
from ombun.members.states import MemberStatus
from ombun.primitives.actors import Role
from ombun.primitives.transactions import fund_transaction
from tests.guards.full_fund import FullFund
from tests.people import FOUNDED, NOW, Cast
from tests.usecases.taken_out import brought_in, state, taken_from
from tests.usecases.test_import_history import bring, new_fund, truth_of

TAKEN = datetime(2026, 1, 10, 3, tzinfo=UTC)


@pytest.mark.parametrize(("key", "form"), [("A", Form.ZIP), ("A", Form.XLSX), ("B", Form.XLSX)])
def test_a_sample_workbook_comes_in_goes_out_and_comes_in_again_as_the_same(key, form):
    actor, truth = new_fund(key), truth_of(key)
    bring(actor, key)
    again = brought_in(actor, file=taken_from(actor, form=form, taken_at=TAKEN), form=form, taken_at=TAKEN)
    asked = {"days": [*(date.fromisoformat(day) for day in truth["member_counts"]), date(2021, 3, 5), TAKEN.date()],
             "from_on": date(2005, 1, 1), "until_on": date(2026, 1, 1)}
    before, after = (state(fund_id=one.fund_id, **asked) for one in (actor, again))
    for name, was in vars(before).items():
        assert was and vars(after)[name] == was, name
    assert everything_found(fund_id=again.fund_id) == ()


def deeds(fund):
    with fund.reading():
        return [(line.action, dict(line.facts)) for line in latest(fund_id=fund.id) if line.action.startswith("exp")]


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.TREASURER, Role.CHAIR)])
def test_nobody_else_takes_it_out(fund, role):
    into = io.BytesIO()
    with pytest.raises(TakingRefused, match="may_not_take_out"):
        take_out(actor=fund.actor("wilai", role), form=Form.XLSX, into=into, taken_at=TAKEN)
    assert into.getvalue() == b"" and deeds(fund) == []


def test_who_took_it_is_written_down_without_a_name_in_it(fund, boonmee):
    for form, actor in ((Form.XLSX, fund.somsri), (Form.ZIP, boonmee), (Form.ZIP, boonmee)):
        written = take_out(actor=actor, form=form, into=io.BytesIO(), taken_at=TAKEN)
    told = deeds(fund)
    assert [facts["form"] for _, facts in told] == ["zip", "zip", "xlsx"]
    assert told[0] == ("exports.taken_out", {"form": "zip", "sheets": written.sheets, "rows": written.rows})


@pytest.mark.parametrize("form", list(Form))
def test_names_that_look_like_formulas_are_text_and_come_back(form):
    fund = Cast(members=0, villages=(4,))
    names = ["=HYPERLINK(\"x\")", "+66", "-มาลี", "@SUM(A1)", "'=1+1", "''", "รวมใจ", "พระจันทร์", "สาวดี", "ประธานศรี"]
    with fund_transaction(fund_id=fund.id):
        write_members(actor=fund.somsri, recorded_at=NOW, rows=[(uuid4(), fund.new_member(
            n, first_name=name, last_name=f"={n}+1", house_no=f"={n}", beneficiaries=(NewBeneficiary(name=f"@{name}"),),
            member_no=f"={n}")) for n, name in enumerate(names, start=1)])
    file = taken_from(fund.somsri, form=form, taken_at=TAKEN)
    if form is Form.XLSX:
        with zipfile.ZipFile(io.BytesIO(file)) as inside:
            assert not any(b"<f>" in inside.read(name) for name in inside.namelist())
    again = brought_in(fund.somsri, file=file, form=form, taken_at=TAKEN)
    with fund_transaction(fund_id=again.fund_id, read_only=True):
        found = {(c.member_no, c.first_name, c.last_name, c.house_no) for c in all_members(fund_id=again.fund_id)}
    assert found == {(f"={n}", name, f"={n}+1", f"={n}") for n, name in enumerate(names, start=1)}


def test_a_fund_with_books_of_its_own_is_the_same_elsewhere():
    fund = FullFund()
    asked = {"days": [date(2025, 9, 30), date(2025, 11, 24), TAKEN.date()], "from_on": FOUNDED,
             "until_on": date(2026, 2, 1)}
    before = state(fund_id=fund.id, **asked)
    again = brought_in(fund.somsri, file=taken_from(fund.somsri, form=Form.XLSX, taken_at=TAKEN), form=Form.XLSX,
                       taken_at=TAKEN)
    after = state(fund_id=again.fund_id, **asked)
    assert (len(before.members), len(before.paid), len(before.benefits)) >= (6, 6, 2)
    assert {status for _, _, status in before.statuses} > {MemberStatus.SUSPENDED, MemberStatus.MOVED}
    for name, was in vars(before).items():
        assert vars(after)[name] == was, name


def test_each_sheet_to_read_says_so_and_tells_every_row_of_a_full_fund():
    fund = FullFund()
    file = taken_from(fund.somsri, form=Form.XLSX, taken_at=TAKEN)
    read = {sheet.name: sheet.rows for sheet in read_workbook(file="x.xlsx", content=file)}
    assert list(read)[-len(NOTES) - 1:] == [*(name for name, _ in NOTES), WHOLE]
    for name in (NAME, *(name for name, _ in NOTES)):
        above, headings, *rows = read[name]
        assert str(above[0]).startswith(ONLY_TO_READ) and rows, name
        assert all(re.fullmatch(r"[^\[\]]+ \[[a-z_0-9]+\]", str(heading)) for heading in headings), name
    texts = {name: "\n".join(str(cell) for row in rows for cell in row if cell) for name, rows in read.items()}
    assert "เล่ม 4 เลขที่ 101 30 บาท" in texts["ใบเสร็จ"] and "(ยกเลิก รายการบัญชี" in texts["ใบเสร็จ"]
    assert {"นายบุญมี มั่นคง", "นางวิไล พรมมา"} <= set(texts["ผู้ดำรงตำแหน่ง"].splitlines())
    assert "พิมพ์ผิด" in texts["สมุดรายวัน"] and "อยู่นอกตำบล" in texts["ใบสมัคร"]
    book = read["สมุดรายวัน"]
    debit, credit = (sum(Decimal(row[column] or 0) for row in book[2:]) for column in (
        [str(cell).split("[")[-1] for cell in book[1]].index(f"{side}_baht]") for side in ("debit", "credit")))
    assert debit == credit > 90_000
