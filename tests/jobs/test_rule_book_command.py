"""A fund's own rule book comes from a file; every mistake in it is told at once, and nothing is changed."""
import json
import re
from contextlib import suppress
from dataclasses import fields
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from ombun.jobs.machine import commands
from ombun.jobs.machine.paths import ROOT
from ombun.ledger.rules import CHART, AccountKind
from ombun.regulations import queries
from ombun.regulations.rules import vocabulary
from ombun.regulations.rules.cases import Case, CasePerson, Earlier
from ombun.regulations.rules.clauses import NewClause
from tests.usecases.welfare_house import WelfareHouse

DOCUMENT = (ROOT / "docs" / "reference" / "rule-book.md").read_text("utf-8")
EXAMPLE = re.search(r"```json\n(.*?)```", DOCUMENT, re.DOTALL)[1]


@pytest.fixture
def house():
    """A fund whose rule book, the first, is in force since 2015."""
    return WelfareHouse()


@pytest.fixture
def adopt(house, tmp_path):
    """Adopt what is written in a file; gives what is printed."""
    def run(content, *more, language="th", **changed):
        file = tmp_path / "ระเบียบ.json"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        words = {"fund": house.code, "from": "1/12/2569", "voted": "20/11/2569", "meeting": "ประชุมใหญ่ 2569",
                 "resolution": "มติที่ 2"} | changed
        out = StringIO()
        with translation.override(language):
            call_command("regulations", "load", words.pop("file", str(file)),
                         *(w for name, value in words.items() for w in (f"--{name}", value)), *more, stdout=out)
        return out.getvalue().strip()
    return run


def books(house):
    """The versions of the fund, the newest first: number, first day, benefits."""
    with house.reading():
        return [(book.version.number, book.version.in_force_from.isoformat(), [c.benefit for c in book.clauses])
                for book in queries.rule_books(fund_id=house.fund_id)]


def test_a_fund_adopts_its_own_rule_book_and_the_same_again_is_the_same(house, adopt):
    assert adopt(EXAMPLE) == adopt("\ufeff" + EXAMPLE) == "ใช้ระเบียบฉบับที่ 2 แล้ว 2 ข้อ"
    assert books(house)[0] == (2, "2026-12-01", ["hospital", "death"]) and books(house)[1][0] == 1


def test_every_mistake_is_told_at_once_with_its_clause(house, adopt):
    hospital, death = json.loads(EXAMPLE)
    del hospital["title_en"]
    hospital["colour"], hospital["account_code"] = "ฟ้า", 5102
    death["rule"] |= {"waiting_days": "นาน"}
    death["account_code"] = "1100"
    with pytest.raises(CommandError) as refused:
        adopt(json.dumps([hospital, death, "ข้อสุดท้าย"]))
    told = str(refused.value).splitlines()
    assert [line.split(":")[0] for line in told] == [
        "9.1.title_en", "9.1.account_code", "9.1.colour", "#3", "ข้อ 9.2", "9.2 rule.waiting_days"]
    assert len(books(house)) == 1


@pytest.mark.parametrize(("content", "words"), [
    ("[{]", "บรรทัดที่ 1 ตัวที่ 3"), ('"ข้อ"', "ต้องเป็นชุดข้อมูลที่มีชื่อกำกับ"), ("[]", "ไม่มีข้อ"),
    (b"\xff\xfe\x00", "ไม่ใช่ระเบียบที่โปรแกรมอ่านได้"),
    ("[" * 100_000, "ไม่ใช่ระเบียบที่โปรแกรมอ่านได้"), ("[" + "9" * 5000 + "]", "ไม่ใช่ระเบียบที่โปรแกรมอ่านได้")])
def test_what_is_no_rule_book_is_one_sentence(house, adopt, content, words):
    with pytest.raises(CommandError) as refused:
        adopt(content)
    assert words in str(refused.value) and len(str(refused.value).splitlines()) == 1
    assert len(books(house)) == 1


def test_a_file_that_is_not_there_is_one_sentence(adopt):
    with pytest.raises(CommandError, match=r"^ไม่พบแฟ้ม /nowhere/x\.json$"):
        adopt("", file="/nowhere/x.json")


def test_the_document_names_every_word_that_a_file_may_have():
    kinds = [vocabulary.Things, vocabulary.AtOnce, vocabulary.BenefitRule, vocabulary.Limits,
             vocabulary.FixedSum, vocabulary.PerUnit, vocabulary.Tier, vocabulary.OpenTier,
             vocabulary.TenureTiers, NewClause]
    words = {field.name for kind in kinds for field in fields(kind)}
    words |= {word.value for kind in (
        vocabulary.Unit, vocabulary.Payee, vocabulary.RuleYear, vocabulary.Document, vocabulary.ForWhom,
        vocabulary.Sex, vocabulary.Kind, vocabulary.Relative, vocabulary.Earmark) for word in kind}
    assert {word for word in words if f"`{word}`" not in DOCUMENT} == set()


def test_every_account_that_the_document_names_is_there_to_be_paid_from():
    told = re.findall(r"\b(5\d{3})\b", DOCUMENT)
    assert len(set(told)) > 10 and set(told) <= {line.code for line in CHART if line.kind == AccountKind.EXPENSE}


def test_what_is_typed_goes_before_what_the_file_says_and_nothing_typed_is_what_it_says(house, tmp_path):
    document = tmp_path / "doc.json"
    document.write_text(json.dumps({"format": 1, "clauses": json.loads(EXAMPLE), "title": "ระเบียบ 2569",
                                    "meeting": "ประชุมใหญ่ 2569", "resolution": "มติที่ 9", "voted_on": "2026-11-20"}))
    typed = ["--meeting", "วิสามัญ", "--voted", "21/11/2569"]
    for day, more in (("2026-12-01", []), ("2027-12-01", typed)):
        call_command("regulations", "load", str(document), "--fund", house.code, "--from", day, *more,
                     stdout=StringIO())
    call_command("regulations", "load", "--fund", house.code, "--from", "2028-12-01", "--meeting", "ประชุม 2571",
                 "--resolution", "มติที่ 1", "--voted", "21/11/2569", stdout=StringIO())
    with house.reading():
        found = [(v.title, v.meeting, v.resolution, v.voted_on.day) for v in queries.versions(fund_id=house.fund_id)]
    assert found[:3] == [("ระเบียบกองทุน ฉบับที่ 4", "ประชุม 2571", "มติที่ 1", 21),
                         ("ระเบียบ 2569", "วิสามัญ", "มติที่ 9", 21), ("ระเบียบ 2569", "ประชุมใหญ่ 2569", "มติที่ 9", 20)]


def test_a_document_is_loaded_and_tried_on_cases_and_a_bad_line_spoils_no_other(house, tmp_path):
    document, cases, out = tmp_path / "doc.json", tmp_path / "cases.jsonl", StringIO()
    document.write_text(json.dumps({"format": 1, "clauses": json.loads(EXAMPLE), "meeting": "ประชุมใหญ่ 2569"}))
    for _ in range(2):
        call_command("regulations", "load", str(document), "--fund", house.code, "--from", "2026-12-01", stdout=out)
    assert books(house)[0] == (2, "2026-12-01", ["hospital", "death"])
    asked = {"case": "ป้าแก้ว", "benefit": "hospital", "event_on": "2026-12-02", "units": 9, "member": {
        "joined_on": "2017-01-01", "paid_up_to": "2026-11-30"}}
    cases.write_text("\n".join([json.dumps(asked), "", "{", json.dumps(asked | {"event_on": "2026-11-02", "case": 2})]))
    out = StringIO()
    with pytest.raises(CommandError, match="บรรทัดที่ 3"):
        call_command("regulations", "assess", "--fund", house.code, "--cases", str(cases), "--json", stdout=out)
    new, bad, old = map(json.loads, out.getvalue().splitlines())
    assert (new["case"], new["amount_satang"], new["units"], new["clauses"]) == ("ป้าแก้ว", 500_00, 5, ["9.1"])
    assert (old["case"], old["amount_satang"], old["clauses"]) == (2, 600_00, ["17.2"])
    assert (bad["line"], bad["amount_satang"], bad["refusals"][0]["path"]) == (3, None, "case")


def test_the_schema_is_printed_for_whoever_writes_rules_elsewhere():
    out = StringIO()
    call_command("regulations", "schema", stdout=out)
    assert json.loads(out.getvalue())["$defs"]["rule"]["properties"]["waiting_days"] == {
        "type": "integer", "minimum": 0, "maximum": 100_000}


def test_the_manual_names_every_word_of_a_case():
    manual = (ROOT / "docs" / "reference" / "trying-rules.md").read_text("utf-8")
    words = {field.name for kind in (Case, CasePerson, Earlier) for field in fields(kind)}
    assert {word for word in words if f"`{word}`" not in manual} == set()


GOOD = {"case": "ดี", "benefit": "death", "event_on": "2026-11-02", "member": {"joined_on": "2020-01-01"}}


def tried(house, tmp_path, *lines):
    """The answers to lines of a file, whatever the command says at its end."""
    cases, out = tmp_path / "cases.jsonl", StringIO()
    cases.write_bytes(b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines))
    with suppress(CommandError):
        call_command("regulations", "assess", "--fund", house.code, "--cases", str(cases), "--json", stdout=out)
    out.getvalue().encode()  # what is said can be written
    return [json.loads(line, parse_constant=pytest.fail) for line in out.getvalue().strip().split("\n")]


@pytest.mark.parametrize(("line", "paths"), [
    (GOOD | {"event_on": "9999-12-31"}, ["case.event_on"]), (GOOD | {"event_on": "2569-11-02"}, ["case.event_on"]),
    (GOOD | {"member": {"paid_up_to": "9999-12-31"}}, ["case.member.paid_up_to"]),
    (json.dumps(GOOD)[:-1].encode() + b', "benefit": "birth"}', ["case.benefit"]), (b'{"case": "\xff"}', ["case"]),
    (b'{"case": NaN, "benefit": "death", "event_on": "2026-11-02", "member": {}}', ["case"]),
    (GOOD | {"\ud800": 1, "units": 10**30}, ["case.units", "case."]), (b"[" * 100_000, ["case"]),
    (GOOD | {"units": 1.0, "member": {"sex": "F"}}, ["case.member.sex", "case.units"])])
def test_a_hostile_line_has_its_own_refusal_and_the_others_are_answered(house, tmp_path, line, paths):
    bad, good = tried(house, tmp_path, line, GOOD)
    assert [refusal["path"] for refusal in bad["refusals"]] == paths
    assert all(refusal["code"] not in (refusal["th"], refusal["en"]) for refusal in bad["refusals"])
    assert (good["amount_satang"], good["missing"]) == (10_000_00, [])


def test_a_case_may_be_called_anything(house, tmp_path):
    names = ["\ud800", "a\u2028b", ["ก", 1], None, ""]
    told = tried(house, tmp_path, *(json.dumps(GOOD | {"case": name}, ensure_ascii=name == "\ud800").encode()
                                   for name in names))
    assert [one["case"] for one in told] == names and {one["amount_satang"] for one in told} == {10_000_00}


def test_every_reason_has_its_facts_and_a_birthday_may_be_a_year_wide(house, tmp_path):
    [told] = tried(house, tmp_path, GOOD)
    tier = next(one for one in told["reasons"] if one["code"].startswith("regulations.tier"))
    assert tier["facts"] == {"joined_on": "2020-01-01", "days": 2497, "years": 6, "below_years": 8,
                             "amount_satang": 10_000_00}
    member = {"joined_on": "2015-01-01", "paid_up_to": "2026-10-31"}
    found = tried(house, tmp_path, *(GOOD | {"benefit": "elderly", "member": member | {
        "born_on": f"{year}-01-01", "born_latest_on": f"{year}-12-31"}} for year in (1965, 1966, 1967)))
    assert [(one["amount_satang"], one["missing"]) for one in found] == [(200_00, []), (None, ["born_on"]), (0, [])]


def test_the_schema_needs_no_data(capfd, monkeypatch):
    monkeypatch.setattr(commands, "opened", pytest.fail)
    assert commands.run(["regulations", "schema"]) == 0
    assert json.loads(capfd.readouterr().out)["$schema"].startswith("https://json-schema.org/")
