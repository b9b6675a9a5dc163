"""Bringing a register in, as somebody types it: what to look at is told row by row, in words."""
import json
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from ombun.members.queries import search

WORKBOOKS = Path(__file__).parents[1] / "data" / "workbooks"
NONG_SARAI = str(WORKBOOKS / "B_nongsarai.xlsx")


def run(*words, language="th"):
    """What a command prints."""
    out = StringIO()
    with translation.override(language):
        call_command(*words, stdout=out, stderr=StringIO())
    return out.getvalue().strip()


@pytest.mark.parametrize("language", ["th", "en"])
def test_a_dry_run_tells_every_row_to_look_at_with_its_reasons_and_then_the_totals(fund, language):
    words = ("import", "workbook", NONG_SARAI, "--fund", fund.code, "--dry-run")
    lines, rows = run(*words, language=language).splitlines(), json.loads(run(*words, "--json"))["rows"]
    doubtful = [row for row in rows if row["verdict"] in ("questioned", "refused")]
    assert {row["verdict"] for row in doubtful} == {"questioned", "refused"}
    places = [line for line in lines if line.startswith("B_nongsarai.xlsx")]
    assert [int(re.search(r"(?:แถว|row) (\d+):", line)[1]) for line in places] == [row["row"] for row in doubtful]
    assert len([line for line in lines if line.startswith("    ")]) >= sum(len(row["reasons"]) for row in doubtful)
    assert f"{len(rows):,}" in lines[-8] and ("ยังไม่ได้บันทึก" in lines[-1] or "nothing was written" in lines[-1])
    assert not re.search(r"members\.\w|%\(|questioned|not_data", "\n".join(lines))


def test_a_file_that_is_no_register_is_one_sentence(fund, tmp_path):
    wrong = tmp_path / "จดหมาย.xlsx"
    wrong.write_text("สวัสดี")
    with pytest.raises(CommandError, match=r"^[^\n]*จดหมาย\.xlsx[^\n]*$"):
        run("import", "workbook", str(wrong), "--fund", fund.code, "--dry-run")


def test_programs_get_every_row_and_totals_that_add_up_from_any_file(fund, tmp_path):
    register, benefits = tmp_path / "ทะเบียน.csv", tmp_path / "สวัสดิการ.csv"
    register.write_bytes("ที่;เลขสมาชิก;ชื่อ-สกุล;หมู่;วันที่สมัคร\n1;ก-1;นายแดง ใจใหม่;4;1/2/2560\n2;ก-2;นางดำ ใจใหม่;77;1/2/2560\n"
                         .encode("cp874"))
    benefits.write_text("เลขสมาชิก,ชื่อ-สกุล,วันที่จ่าย,เกิด,เจ็บ\nก-1,นายแดง ใจใหม่,5/3/2560,500,200\n", encoding="utf-8")
    words = ("import", "workbook", str(register), str(benefits), "--fund", fund.code, "--json")
    for words_now in ((*words, "--dry-run"), words):
        told = json.loads(run(*words_now))
        assert set(told) == {"rows", "totals"}
        assert [row for row in told["rows"] if row["verdict"] != "not_data"] == [
            {"file": "ทะเบียน.csv", "sheet": "ทะเบียน", "row": 2, "verdict": "created", "reasons": [], "member": "ก-1"},
            {"file": "ทะเบียน.csv", "sheet": "ทะเบียน", "row": 3, "verdict": "questioned",
             "reasons": ["unknown_village"], "member": "ก-2"},
            {"file": "สวัสดิการ.csv", "sheet": "สวัสดิการ", "row": 2, "verdict": "created", "reasons": [], "member": None}]
        assert told["totals"] == {"rows": 5, "created": 2, "updated": 0, "unchanged": 0, "questioned": 1, "refused": 0,
                                  "not_data": 2}
    again = json.loads(run(*words))["totals"]
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, 3)


def test_what_came_in_last_goes_out_again(fund, tmp_path):
    register = tmp_path / "ทะเบียน.csv"
    register.write_text("เลขสมาชิก,ชื่อ-สกุล,หมู่,วันที่สมัคร\nก-1,นายแดง ใจใหม่,4,1/2/2560\n", encoding="utf-8")
    run("import", "workbook", str(register), "--fund", fund.code)
    assert run("import", "undo", "--fund", fund.code) == "ถอนแล้ว: ทะเบียน.csv คนที่ถูกถอน 1 คน คืนค่าเดิม 0 คน"
    with fund.reading():
        assert search(fund_id=fund.id, text="แดง ใจใหม่") == ()
    with pytest.raises(CommandError, match="ไม่มีแฟ้มที่นำเข้าแล้วให้ถอน"):
        run("import", "undo", "--fund", fund.code)


def test_without_a_file_nothing_comes_in(fund):
    with pytest.raises(CommandError, match="ไม่พบแฟ้ม"):
        run("import", "workbook", "--fund", fund.code)
