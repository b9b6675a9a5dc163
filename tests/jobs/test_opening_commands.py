"""The opening position, cash that changes hands, papers and figures, as somebody types them."""
import json
from datetime import UTC, date, datetime
from uuid import uuid4

import pypdfium2
import pytest
from django.core.management import CommandError

from ombun.access import passwords
from ombun.access.operations import operator
from ombun.contributions.queries import standings
from ombun.funds.queries import centres
from ombun.jobs.founding import fresh_password
from ombun.members.operations import write_members
from ombun.members.rules.membership import NewMember
from ombun.papers.gathering.books import STATEMENTS
from ombun.primitives.transactions import fund_transaction
from tests.jobs.test_claim_commands import NIGHTS, claim, run
from tests.refusing import rows_of
from tests.usecases.welfare_house import WelfareHouse

NOW = datetime(2024, 10, 1, 3, tzinfo=UTC)


class Begun:
    """A fund founded by commands alone, with four members in village 4."""

    def __init__(self):
        self.code = f"open-{uuid4().hex[:10]}"
        self.said = run("fund", "new", "--code", self.code, "--name", "กองทุนสวัสดิการชุมชนตำบลโสน", "--tambon", "330505",
                        "--founded", "2005-01-01", "--starts", "1/10/2567", "--villages", "4 บ้านหนองบัว", "5",
                        "--treasurer", "นางสมศรี ใจบุญ", "--chair", "นายบุญมี มั่นคง")
        run("office", "elect", "--fund", self.code, "--person", "นายบุญมา แสนดี", "--office", "collector",
            "--village", "4", "--on", "1/10/2567")
        run("regulations", "load", "--fund", self.code, "--from", "1/1/2558", "--meeting", "ประชุมใหญ่ 2557",
            "--resolution", "มติที่ 4")
        actor = operator(code=self.code)
        assert actor is not None
        self.id = actor.fund_id
        with fund_transaction(fund_id=self.id):
            centre = centres(fund_id=self.id)[0].id
            self.members = write_members(actor=actor, recorded_at=NOW, rows=[(uuid4(), NewMember(
                member_no=f"{n:04}", name_title="นาง", first_name=f"มาลี{n}", last_name="ใจบุญ",
                joined_on=date(2015, 5, 5), centre_id=centre)) for n in range(1, 5)])

    def opening(self, what, *words):
        """One `opening` command."""
        return run("opening", what, "--fund", self.code, *words)


def test_a_new_fund_says_the_next_step():
    fund = Begun()
    assert f"./ombun user new treasurer --fund {fund.code}" in fund.said
    run("user", "new", f"somsri-{fund.code}", "--fund", fund.code)


@pytest.mark.parametrize("username", ["0123456789abcdef", "somsri-open-a1b2c3d4e5"])
def test_a_fresh_password_is_never_too_like_the_name(username):
    assert all(passwords.is_acceptable(password=fresh_password(username=username), username=username)
               for _ in range(200))


def test_the_opening_position_is_written_step_by_step_and_once():
    fund = Begun()
    assert "ยังไม่ได้บันทึก" in fund.opening("show")
    money = ("--treasurer", "1250.50", "--bank", "90000", "--held", "บุญมา=500")
    assert "91,750.50 บาท" in fund.opening("money", *money)
    paid = ("--village", "4", "--month", "9/2567", "--except", "0002=2024-05")
    assert "4 จาก 4 คน" in fund.opening("paid", *paid)
    assert "3: 41–100" in fund.opening("receipts", "--village", "4", "--book", "3", "--first", "41", "--last", "100")
    used = ("--member", "0001", "--benefit", "hospital", "--times", "1", "--units", "3", "--amount", "600")
    fund.opening("benefits", *used)
    with fund_transaction(fund_id=fund.id, read_only=True):
        where = standings(fund_id=fund.id, member_ids=fund.members, on=date(2024, 10, 1))
    assert [where[i].paid_until for i in fund.members[:2]] == [date(2024, 10, 1), date(2024, 6, 1)]
    before = rows_of(fund.id)
    for what, words in (("money", money), ("paid", paid), ("benefits", used)):
        fund.opening(what, *words)
    assert rows_of(fund.id) == before
    shown = run("cash", "show", "--fund", fund.code)
    assert "1,250.50" in shown and "500.00" in shown and "91,750.50" in shown


@pytest.mark.parametrize(("what", "words", "said"), [
    ("money", ("--held", "บุญมา"), "บุญมา=500"), ("money", ("--held", "บุญมา=มาก"), "มาก"),
    ("money", ("--held", "สมชาย=5"), "สมชาย"), ("paid", ("--village", "4", "--month", "เดือนหน้า"), "เดือนหน้า"),
    ("paid", ("--village", "9", "--month", "9/2567"), "9"),
    ("paid", ("--village", "4", "--month", "9/2567", "--except", "0099=9/2567"), "0099"),
    ("benefits", ("--member", "0001", "--benefit", "dream", "--times", "1", "--amount", "5"), "dream")])
def test_what_cannot_be_is_a_sentence_and_changes_nothing(what, words, said):
    fund = Begun()
    before = rows_of(fund.id)
    with pytest.raises(CommandError, match=said):
        fund.opening(what, *words)
    assert rows_of(fund.id) == before


def test_cash_goes_from_the_collector_to_the_treasurer_to_the_bank_signed_by_two():
    fund = Begun()
    fund.opening("money", "--treasurer", "1000", "--bank", "90000", "--held", "บุญมา=500")
    there = ("cash", "handover", "--fund", fund.code, "--on", "2/10/2567")
    assert "ถือไว้ตั้งแต่ 1 ต.ค. 2567" in run("cash", "show", "--fund", fund.code)
    assert "1,500.00" in run(*there, "--from", "บุญมา", "--to", "treasurer", "--amount", "500")
    before = rows_of(fund.id)
    assert "ถือไว้ตั้งแต่" not in run("cash", "show", "--fund", fund.code)
    run(*there, "--from", "บุญมา", "--to", "treasurer", "--amount", "500")
    assert rows_of(fund.id) == before
    shown = run(*there, "--from", "treasurer", "--to", "bank", "--amount", "1200", "--received-by", "บุญมี")
    assert "300.00" in shown and "91,200.00" in shown
    short = run(*there, "--from", "treasurer", "--to", "bank", "--amount", "90", "--expected", "100", "--memo",
                "ใบฝาก 7 ธนบัตรชำรุด", "--received-by", "บุญมี")
    assert "200.00" in short and "91,290.00" in short
    for words, said in ((("--from", "บุญมา", "--to", "treasurer", "--amount", "50"), r"[ก-๙]"),
                        (("--from", "สมชาย", "--to", "treasurer", "--amount", "50"), "สมชาย"),
                        (("--from", "treasurer", "--to", "bank", "--amount", "1", "--received-by", "สมศรี"), r"[ก-๙]")):
        with pytest.raises(CommandError, match=said):
            run(*there, *words)


def test_income_and_expenditure_is_told_in_words_and_for_programs():
    fund = Begun()
    fund.opening("money", "--treasurer", "1000")
    fund.opening("paid", "--village", "4", "--month", "9/2567")
    fund.opening("receipts", "--village", "4", "--book", "3", "--first", "1", "--last", "100")
    run("collection", "record", "--fund", fund.code, "--village", "4", "--on", "5/10/2567")
    asked = ("books", "income", "--fund", fund.code, "--on", "31/10/2567")
    assert run(*asked).splitlines()[0].split() == ["120.00", "รายรับ"]
    told = json.loads(run(*asked, "--json"))
    assert told["from"] == "2024-10-01" and [row["amount_satang"] for row in told["rows"]] == [12000]
    assert "120.00" not in run("books", "income", "--fund", fund.code, "--from", "6/10/2567", "--on", "31/10/2567")
    with pytest.raises(CommandError, match=r"[ก-๙]"):
        run(*asked, "--from", "1/11/2567")


def test_a_passbook_and_a_voucher_are_written_as_pdf(tmp_path):
    house = WelfareHouse()
    number = claim(house, "file", **NIGHTS).split()[0]
    with pytest.raises(CommandError, match=number):
        claim(house, "voucher", claim=number, out=str(tmp_path / "v.pdf"))
    claim(house, "certify", claim=number, by="ดาว,คำ,บุญมา", on="5/11/2569")
    claim(house, "approve", claim=number, by="บุญมี", on="6/11/2569")
    claim(house, "pay", claim=number, on="7/11/2569")
    assert str(tmp_path) in claim(house, "voucher", claim=number, out=str(tmp_path / "v.pdf"))
    run("members", "passbook", "--fund", house.code, "--member", "0001", "--out", str(tmp_path / "p.pdf"))
    for name, words in (("v.pdf", "หกร้อยบาท"), ("p.pdf", "มาลี")):
        text = pypdfium2.PdfDocument(tmp_path / name)[0].get_textpage().get_text_range()
        assert words in text, name
    with pytest.raises(CommandError, match="no-such"):
        run("members", "passbook", "--fund", house.code, "--member", "0001", "--out",
            str(tmp_path / "no-such" / "p.pdf"))


def test_every_statement_is_told_in_words_for_programs_and_on_paper(tmp_path):
    fund = Begun()
    fund.opening("money", "--treasurer", "1000")
    asked = ("books", "statement", "--fund", fund.code, "--from", "1/10/2567", "--to", "31/10/2567")
    for kind in STATEMENTS:
        assert run(*asked, "--kind", kind).splitlines()[0]
        told = json.loads(run(*asked, "--kind", kind, "--json"))
        assert (told["kind"], told["to"]) == (kind, "2024-10-31")
    told = json.loads(run(*asked, "--kind", "sources", "--json"))
    totals = [line["amounts_satang"] for line in told["lines"] if line["weight"] == "total"]
    assert totals == [[100_000, 100_000], [100_000, 100_000]]
    run(*asked, "--kind", "position", "--pdf", str(tmp_path / "position.pdf"))
    assert (tmp_path / "position.pdf").read_bytes().startswith(b"%PDF")
    for wrong in (("--kind", "account", "--account", "9999"), ("--from", "1/11/2567")):
        with pytest.raises(CommandError, match=r"[ก-๙]"):
            run(*asked, *wrong)


def test_all_funds_of_the_computer_together_are_in_balance():
    Begun().opening("money", "--treasurer", "1000")
    *_, total = run("books", "together").splitlines()
    assert total.split()[0] == total.split()[1] != "0.00"
    with pytest.raises(CommandError, match="--fund"):
        run("books", "trial-balance")
