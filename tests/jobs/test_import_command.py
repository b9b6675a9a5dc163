"""Bringing a register in, as somebody types it: what to look at is told row by row, in words."""
import json
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

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
