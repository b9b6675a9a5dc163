"""The fund's commands, as somebody types them: a fund, a collection day, the books, the month."""
import json
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from uuid import uuid4

import pypdfium2
import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone, translation

from ombun.access.operations import operator
from ombun.contributions.operations import open_receipt_book, write_opening_standings
from ombun.contributions.queries import collections_in
from ombun.funds import operations as funds
from ombun.funds import queries
from ombun.funds.operations import NewHolder
from ombun.funds.rules import Office
from ombun.jobs.plain_text_books import FORMATS, Books
from ombun.ledger.queries import EntryCard
from ombun.members.operations import write_members
from ombun.members.rules.membership import NewMember
from ombun.primitives.transactions import fund_transaction

NOW = datetime(2024, 10, 20, 3, tzinfo=UTC)
START = date(2024, 10, 1)
NAMES = ("มาลี ใจบุญ", "บุญมี มั่นคง", "ทองใบ มั่นคง", "สุดา ศรีสุข")


def run(*words, language="th"):
    """What a command prints."""
    out = StringIO()
    with translation.override(language):
        call_command(*words, stdout=out, stderr=StringIO())
    return out.getvalue().strip()


@pytest.fixture
def fund():
    """A fund made by the command, with one village of four members who had paid until the books began."""
    code = f"cmd-{uuid4().hex[:10]}"
    run("fund", "new", "--code", code, "--name", "กองทุนสวัสดิการชุมชนตำบลโสน", "--tambon", "330505",
        "--founded", "2005-01-01", "--starts", "1/10/2567", "--villages", "4 บ้านหนองบัว", "5",
        "--treasurer", "นางสมศรี ใจบุญ")
    actor = operator(code=code)
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        centre = queries.centres(fund_id=actor.fund_id)[0]
    funds.elect_holders(actor=actor, recorded_at=NOW, holders=[NewHolder(
        id=uuid4(), person_id=uuid4(), name="นายบุญมา แสนดี", office=Office.COLLECTOR, from_on=START,
        centre_id=centre.id)])
    with fund_transaction(fund_id=actor.fund_id):
        ids = write_members(actor=actor, recorded_at=NOW, rows=[(uuid4(), NewMember(
            member_no=f"{n:04}", name_title="นาง", first_name=name.split()[0], last_name=name.split()[1],
            joined_on=date(2015, 5, 5), centre_id=centre.id)) for n, name in enumerate(NAMES, start=1)])
    write_opening_standings(actor=actor, paid_until=dict.fromkeys(ids, START), recorded_at=NOW)
    open_receipt_book(actor=actor, centre_id=centre.id, book_no=4, first_number=101, last_number=200, recorded_at=NOW)
    return code


def test_a_village_is_added_and_renamed(fund):
    assert run("fund", "village", "--fund", fund, "--moo", "6", "--name", "บ้านโคก") == "เพิ่มหมู่ 6 แล้ว"
    assert "หมู่ 5" in run("fund", "village", "--fund", fund, "--moo", "5", "--name", "บ้านดอนจาน", "--address", "วัด")
    with fund_transaction(fund_id=operator(code=fund).fund_id, read_only=True):
        told = [(c.moo, c.name, c.address) for c in queries.centres(fund_id=operator(code=fund).fund_id)]
    assert told == [(4, "บ้านหนองบัว", ""), (5, "บ้านดอนจาน", "วัด"), (6, "บ้านโคก", "")]
    with pytest.raises(CommandError, match="1 ถึง 999"):
        run("fund", "village", "--fund", fund, "--moo", "0", "--name", "x")


def test_a_fund_is_made_with_its_villages_and_its_officers(fund):
    actor = operator(code=fund)
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        assert [(c.moo, c.name) for c in queries.centres(fund_id=actor.fund_id)] == [(4, "บ้านหนองบัว"), (5, "หมู่ 5")]
        assert "นางสมศรี ใจบุญ" in {h.name for h in queries.office_holders(fund_id=actor.fund_id, on=START)}
    card = queries.fund_by_code(code=fund)
    assert (card.tambon, card.district, card.province) == ("โสน", "ขุขันธ์", "ศรีสะเกษ")


def test_a_bad_fund_is_refused_with_every_reason(fund):
    with pytest.raises(CommandError) as refused:
        run("fund", "new", "--code", fund, "--name", "ก", "--tambon", "330505", "--founded", "2005-01-01",
            "--starts", "2004-01-01", "--villages", "1", "1")
    assert len(str(refused.value).splitlines()) == 3
    with pytest.raises(CommandError, match="440308"):  # several tambons fit: their codes are named
        run("fund", "new", "--code", "x", "--name", "ก", "--tambon", "หนองบัว", "--founded", "2005-01-01")


def test_no_real_fund_takes_the_name_of_the_demo():
    """The command line looks for `--fund demo` in the demo's own database: nobody could ever reach such a fund."""
    with pytest.raises(CommandError, match="The code demo belongs to the demo fund alone"):
        run("fund", "new", "--code", "demo", "--name", "ก", "--tambon", "330505", "--founded", "2005-01-01",
            language="en")


def test_everybody_pays_but_those_named_and_the_same_command_again_records_nothing_new(fund):
    words = ("collection", "record", "--fund", fund, "--village", "4", "--on", "2024-10-05", "--except", "0001", "สุดา")
    first, again = run(*words), run(*words)
    assert first == again
    assert "2 คน" in first and "60.00" in first and "101–102" in first
    actor = operator(code=fund)
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        assert len(collections_in(fund_id=actor.fund_id, from_on=START, until_on=date(2024, 11, 1))) == 1


def test_whoever_comes_later_the_same_day_is_recorded_on_a_sheet_of_their_own(fund):
    words = ("collection", "record", "--fund", fund, "--village", "4", "--on", "2024-10-05", "--except")
    first = run(*words, "0001", "สุดา")
    assert run(*words, "0004", "มาลี") == first  # the same people in other words
    with pytest.raises(CommandError, match="เก็บไปแล้ว 2 ใบเสร็จ"):
        run(*words, "0001")
    later = run(*words, "0001", "--later")
    assert "1 คน" in later and later.split()[-1] == "103"
    assert (run(*words, "0001"), run(*words, "สุดา", "0001")) == (later, first)
    with pytest.raises(CommandError, match="ยังไม่มีใครถูกทำเครื่องหมายว่าจ่าย"):
        run(*words, "0001", "0002", "--later")
    assert "-90.00" in run("books", "export", "--fund", fund, "--format", "hledger")


def test_receipts_are_cancelled_for_some_or_all_and_the_day_is_recorded_again(fund):
    words = ("--fund", fund, "--village", "4", "--on", "2024-10-05")
    run("collection", "record", *words)
    first, again = (run("collection", "cancel", *words, "--only", "มาลี", "--why", "เก็บซ้ำ") for _ in range(2))
    assert first == again
    assert "3 คน รวม 90.00" in first and "ยกเลิกแล้ว 1 ใบ 30.00 บาท" in first
    assert json.loads(run("collection", "cancel", *words, "--why", "ผิดหมู่", "--json"))["cancelled"] == 4
    assert run("books", "trial-balance", "--fund", fund, "--json") == "[]"
    assert "105–108" in run("collection", "record", *words) == run("collection", "record", *words)
    with pytest.raises(CommandError) as refused:
        run("collection", "cancel", *words, "--only", "ไม่มีคนนี้", "มั่นคง")
    assert len(str(refused.value).splitlines()) == 2
    with pytest.raises(CommandError, match="เพราะอะไร"):
        run("collection", "cancel", *words)


def test_names_that_fit_nobody_or_several_are_all_told_and_nothing_is_written(fund):
    with pytest.raises(CommandError) as refused:
        run("collection", "record", "--fund", fund, "--village", "4", "--on", "2024-10-05", "--except", "มั่นคง", "9999")
    assert len(str(refused.value).splitlines()) == 2
    assert run("books", "trial-balance", "--fund", fund, "--json") == "[]"


@pytest.mark.parametrize("words", [
    ("collection", "record", "--fund", "no-such-fund", "--village", "4"),
    ("books", "trial-balance", "--fund", "no-such-fund"),
    ("books", "export", "--fund", "no-such-fund"), ("month", "close", "--fund", "no-such-fund", "--month", "2024-10")])
def test_an_unknown_fund_is_one_sentence_in_either_language(words):
    with pytest.raises(CommandError, match="ไม่มีกองทุนรหัส no-such-fund"):
        run(*words)
    with pytest.raises(CommandError, match="There is no fund with the code no-such-fund"):
        run(*words, language="en")


def test_the_trial_balance_has_the_agreed_shape(fund):
    run("collection", "record", "--fund", fund, "--village", "4", "--on", "2024-10-05")
    rows = json.loads(run("books", "trial-balance", "--fund", fund, "--on", "2024-10-31", "--json"))
    assert rows == [
        {"account": "1130-01", "name": "เงินสดในมือ นายบุญมา แสนดี", "debit_satang": 12000, "credit_satang": 0},
        {"account": "4100", "name": "เงินสมทบจากสมาชิก", "debit_satang": 0, "credit_satang": 12000}]


def test_beancount_finds_no_error_and_the_same_balances(fund):
    from beancount import loader
    from beancount.core import realization

    run("collection", "record", "--fund", fund, "--village", "4", "--on", "2024-10-05")
    entries, errors, _ = loader.load_string(run("books", "export", "--fund", fund, "--format", "beancount"))
    assert errors == []
    root = realization.realize(entries)
    theirs = {account.account.split(":")[1]: int(account.balance.get_currency_units("THB").number * 100)
              for account in realization.iter_children(root) if not account.balance.is_empty()}
    ours = {row["account"]: row["debit_satang"] - row["credit_satang"]
            for row in json.loads(run("books", "trial-balance", "--fund", fund, "--json"))}
    assert theirs == ours == {"1130-01": 12000, "4100": -12000}


def test_an_hledger_journal_balances_line_by_line_and_asserts_our_trial_balance(fund):
    run("collection", "record", "--fund", fund, "--village", "4", "--on", "2024-10-05")
    journal = run("books", "export", "--fund", fund, "--format", "hledger")
    assert "Assets:1130-01 เงินสดในมือ นายบุญมา แสนดี  120.00 THB" in journal
    assert "Income:4100 เงินสมทบจากสมาชิก  0.00 THB = -120.00 THB" in journal


def test_an_export_says_what_happened_in_words_and_declares_what_it_counts_in(fund):
    run("collection", "record", "--fund", fund, "--village", "4", "--on", "2024-10-05")
    for words in (("--format", "hledger"), ("--format", "beancount")):
        thai, english = (run("books", "export", "--fund", fund, *words, language=one) for one in ("th", "en"))
        assert "เงินสมทบจากหมู่บ้าน" in thai and "Contributions of a village" in english
        assert "contributions.collection" not in thai + english
    journal = run("books", "export", "--fund", fund, "--format", "hledger").splitlines()
    assert "commodity 1000.00 THB" in journal
    declared = {line.removeprefix("account ") for line in journal if line.startswith("account ")}
    used = {line.strip().split("  ")[0] for line in journal if line.startswith("    ")}
    assert used and used <= declared


def test_a_memo_goes_out_with_its_entry():
    entry = EntryCard(id=7, deed="ledger.voucher", deed_id=uuid4(), happened_on=START, posted_on=START,
                      reverses_id=None, memo="ค่าเช่า; เต็นท์ | งานศพ", sides=())
    books = Books(title="ก", accounts=(), entries=(entry,), trial_balance=(), first_on=START, last_on=START)
    with translation.override("th"):
        assert f"{START} * (7) รับ–จ่ายอื่น | ค่าเช่า, เต็นท์ / งานศพ" in list(FORMATS["hledger"](books))


def test_the_receipts_of_a_day_are_written_into_one_file_or_one_a_member(fund, tmp_path):
    run("collection", "record", "--fund", fund, "--village", "4", "--on", "2024-10-05", "--except", "0001")
    out = tmp_path / "ใบเสร็จ.pdf"
    told = run("collection", "receipts", "--fund", fund, "--village", "4", "--out", str(out))
    assert "101–103" in told
    assert len(pypdfium2.PdfDocument(out.read_bytes())) == 3
    each = tmp_path / "คนละแฟ้ม"
    run("collection", "receipts", "--fund", fund, "--village", "4", "--each", str(each))
    assert sorted(path.name for path in each.iterdir()) == [f"receipt-4-0{number}.pdf" for number in (101, 102, 103)]
    assert {len(pypdfium2.PdfDocument(path.read_bytes())) for path in each.iterdir()} == {1}
    with pytest.raises(CommandError, match=r"เขียนแฟ้ม .* ไม่ได้"):
        run("collection", "receipts", "--fund", fund, "--village", "4", "--out", str(tmp_path / "ไม่มี" / "ก.pdf"))
    with pytest.raises(CommandError, match="ไม่พบวันเก็บเงินที่บันทึกไว้ของหมู่ 5"):
        run("collection", "receipts", "--fund", fund, "--village", "5", "--out", str(out))


def test_receipts_without_a_name_are_put_where_the_caller_is_and_it_is_said_where(fund, tmp_path, monkeypatch):
    run("collection", "record", "--fund", fund, "--village", "4", "--on", "2024-10-05")
    monkeypatch.chdir(tmp_path)
    told = StringIO()
    call_command("collection", "receipts", "--fund", fund, "--village", "4", stdout=StringIO(), stderr=told)
    assert [path.name for path in tmp_path.iterdir()] == ["receipts-4-2024-10-05.pdf"]
    assert str(tmp_path / "receipts-4-2024-10-05.pdf") in told.getvalue()


def test_a_month_is_closed_by_the_treasurer_once(fund):
    with translation.override("th"):
        assert run("month", "close", "--fund", fund, "--month", "2567-10") == "ปิดบัญชีเดือนตุลาคม 2567 แล้ว"
        assert run("month", "close", "--fund", fund) == "ปิดบัญชีเดือนพฤศจิกายน 2567 แล้ว"  # the first that is open
    with pytest.raises(CommandError, match="ปิดบัญชีไปแล้ว"):
        run("month", "close", "--fund", fund, "--month", "2024-10")


def test_a_login_is_made_listed_and_given_a_new_password(fund):
    name = f"user-{uuid4().hex[:8]}"
    first = run("user", "new", name, "--fund", fund, "--role", "treasurer", "--person", "สมศรี").split()[-1]
    assert name in run("user", "list", "--fund", fund)
    assert run("user", "reset", name).split()[-1] != first
    with pytest.raises(CommandError, match="ไม่มีผู้ใช้ชื่อ"):
        run("user", "reset", "nobody-of-this-name")


def members_of(fund):
    return {line.split()[1]: line for line in run("user", "list", "--fund", fund).splitlines()}


def test_a_member_and_a_province_get_a_login_and_lose_their_desk_again(fund):
    member, province = f"malee-{uuid4().hex[:8]}", f"nok-{uuid4().hex[:8]}"
    with pytest.raises(CommandError, match="ไม่พบสมาชิก"):
        run("user", "new", member, "--fund", fund, "--role", "member", "--member", "9999")
    assert "รหัสผ่าน" in run("user", "new", member, "--fund", fund, "--role", "member", "--member", "0001")
    with pytest.raises(CommandError, match="ไม่มีจังหวัด"):
        run("user", "new", province, "--role", "province", "--province", "5")
    password = run("user", "new", province, "--role", "province", "--province", "33").split()[-1]
    client = Client()
    assert client.post("/sign-in/login/", {"login": province, "password": password}).status_code == 302
    assert client.get("/province/33/").status_code == 200
    assert f"33               {province}" in run("user", "list")
    run("user", "end", province, "--role", "province")
    assert client.get("/province/33/").status_code == 404
    assert "รหัสผ่านเดิม" in run("user", "new", province, "--role", "province", "--province", "33")
    assert client.get("/province/33/").status_code == 200
    run("user", "end", member, "--fund", fund, "--role", "member")
    assert str(timezone.localdate()) in members_of(fund)[member].split("–")[1]
    with pytest.raises(CommandError, match="ไม่มีสิทธิ์นั้น"):
        run("user", "end", "nobody-at-all", "--fund", fund)


def test_an_office_is_elected_linked_seated_and_ended_at_the_machine(fund):
    with pytest.raises(CommandError, match="0002 นางบุญมี มั่นคง"):
        run("office", "elect", "--fund", fund, "--office", "chair", "--person", "นางบุญมี มั่นคง")
    told = run("office", "elect", "--fund", fund, "--office", "chair", "--person", "นางบุญมี มั่นคง", "--member", "0002")
    assert "chair" in told and "นางบุญมี มั่นคง  0002" in told
    run("office", "elect", "--fund", fund, "--office", "secretary", "--person", "บุญมี มั่นคง")  # the same person
    assert run("office", "list", "--fund", fund).count("0002") == 2
    name = f"boonmee-{uuid4().hex[:8]}"
    assert "รหัสผ่านใหม่" in run("user", "new", name, "--fund", fund, "--role", "chair")
    assert "รหัสผ่านเดิม" in run("user", "new", name, "--fund", fund, "--role", "registrar")
    with pytest.raises(CommandError, match="ไม่พบผู้ดำรงตำแหน่ง"):
        run("user", "new", f"x-{name}", "--fund", fund, "--role", "auditor")
    assert "ยังไม่รู้ว่าเป็นสมาชิกคนไหน" in run("office", "link", "--fund", fund, "--person", "บุญมี", "--member", "-")
    with pytest.raises(CommandError, match="เลขทะเบียน"):
        run("office", "link", "--fund", fund, "--person", "สมศรี", "--member", "มั่นคง")
    tomorrow = timezone.localdate() + timedelta(days=1)
    run("office", "end", "--fund", fund, "--office", "secretary", "--person", "บุญมี", "--on", tomorrow.isoformat())
    assert "chair" in run("office", "list", "--fund", fund)


@pytest.mark.parametrize("ending", ["xlsx", "zip"])
def test_a_fund_is_taken_away_into_a_new_file(fund, tmp_path, ending):
    out = tmp_path / f"ทั้งกองทุน.{ending}"
    assert str(out) in run("fund", "export", "--fund", fund, "--out", str(out))
    assert "created" in run("import", "workbook", str(out), "--fund", fund, "--dry-run", "--json")
    assert [path.name for path in tmp_path.iterdir()] == [out.name]
    with pytest.raises(CommandError, match="is there already"):
        run("fund", "export", "--fund", fund, "--out", str(out), language="en")


def test_a_fund_taken_away_is_made_again_under_another_code(fund, tmp_path):
    file, code = tmp_path / "fund.zip", f"cmd-{uuid4().hex[:10]}"
    run("fund", "export", "--fund", fund, "--out", str(file))
    assert run("fund", "bring-in", str(file), "--code", code).startswith(f"ตั้งกองทุน {code} เหมือนเดิมแล้ว")
    told = [run("books", "trial-balance", "--fund", one, "--on", "2024-10-31", "--json") for one in (fund, code)]
    assert told[0] == told[1]
    with pytest.raises(CommandError, match=code):
        run("fund", "bring-in", str(file), "--code", code)
    with pytest.raises(CommandError, match=r"nowhere\.zip"):
        run("fund", "bring-in", "nowhere.zip", "--code", code)


def test_a_file_that_cannot_be_is_refused_with_every_reason(fund, tmp_path):
    with pytest.raises(CommandError) as refused:
        run("fund", "export", "--fund", fund, "--out", str(tmp_path / "nowhere" / "all.pdf"))
    assert len(str(refused.value).splitlines()) == 2
    with pytest.raises(CommandError, match="no-such"):
        run("fund", "export", "--fund", "no-such", "--out", str(tmp_path / "x.zip"))
    assert list(tmp_path.iterdir()) == []
