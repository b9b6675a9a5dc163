"""The whole regulations on paper: chapters, clauses, the vote; a draft says that it is one."""
from dataclasses import replace

import pytest

from ombun.papers.regulations import (
    RegulationChapter,
    RegulationClause,
    RegulationPaper,
    regulation_contents,
    regulation_pdf,
)
from ombun.regulations.queries import library, ready_provisions
from tests.papers.examples import DAY, FUND, HOSTILE, pages, size_mm, text

BOOK = RegulationPaper(
    title="ระเบียบกองทุน พ.ศ. 2569", number=2, meeting="ประชุมใหญ่ 2569", resolution="มติที่ 4", voted_on=DAY,
    in_force_from=DAY, printed_on=DAY, chapters=[
        RegulationChapter(title="บททั่วไป", clauses=[RegulationClause(
            clause_no=one.clause_no, title=one.title_th, text=one.text_th) for one in ready_provisions()]),
        RegulationChapter(title="สวัสดิการ", clauses=[RegulationClause(
            clause_no=f"17.{n}", title=one.title_th, text=one.text_th) for n, one in enumerate(library(), start=1)])])


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_whole_regulations_stand_on_some_sheets(language):
    pdf = regulation_pdf(fund=FUND, regulation=BOOK, language=language)
    assert size_mm(pdf) == (210, 297) and 2 <= pages(pdf) <= 6
    said = text(pdf)
    assert ("DRAFT" in said, "ร่าง" in said) == (False, False)
    draft = text(regulation_pdf(fund=FUND, regulation=replace(BOOK, voted_on=None), language=language))
    assert ("DRAFT" if language == "en" else "ร่าง") in draft


def test_figures_are_those_of_the_language_and_the_voted_words_stay_thai():
    told = regulation_contents(fund=FUND, regulation=BOOK, language="en")
    assert told["number"] == "2" and told["chapters"][1]["clauses"][0]["no"] == "๑๗.๑"
    assert "๑,๐๐๐ บาท" in told["chapters"][1]["clauses"][0]["text"]


def test_nothing_typed_becomes_an_instruction_and_an_empty_draft_prints():
    hostile = RegulationPaper(title=HOSTILE, printed_on=DAY, chapters=[RegulationChapter(
        title=HOSTILE, clauses=[RegulationClause(clause_no=HOSTILE, title=HOSTILE, text=HOSTILE)])])
    assert pages(regulation_pdf(fund=FUND, regulation=hostile)) == 1
    assert pages(regulation_pdf(fund=FUND, regulation=RegulationPaper(title="ร่าง", printed_on=DAY, chapters=[]))) == 1
