"""The press: letters that the font has, words in both languages, PDFs that archives and screen readers can use."""
import re
import tomllib
from concurrent.futures import ThreadPoolExecutor

import pytest

from ombun.papers.letters import LetterKind
from ombun.papers.press import TEMPLATES, UNPRINTABLE, Press, _letters, printable
from ombun.papers.receipts import PaperSize, receipt_contents, receipts_pdf
from ombun.papers.wording import Wording
from tests.papers.examples import FUND, HOSTILE, RECEIPT, pages

WORDS = tomllib.loads((TEMPLATES / "words.toml").read_text())


def test_every_letter_is_one_that_the_font_has():
    kept = printable(HOSTILE + "ก็ น้ำ ๆ ฯ ฤๅ ญี่ปุ่น ฿ – “ ” … 漢 \u0e3f \ue000")
    assert set(kept) <= _letters() | {" "}
    assert kept.count(UNPRINTABLE) == 2  # 😀 and 漢; what cannot be seen is gone without a trace
    assert "#eval(" in kept and "น้ำ" in kept


def test_every_word_of_the_papers_is_there_in_both_languages_in_letters_that_the_font_has():
    for key, said in WORDS.items():
        assert set(said) == {"th", "en"}, key
        for words in said.values():
            assert words.strip() and printable(words) == words, key


def test_every_word_that_a_template_asks_for_is_there_and_none_is_left_over():
    sources = "\n".join(path.read_text() for path in TEMPLATES.glob("*.typ"))
    asked = set(re.findall(r'"([a-z_]+)"', sources))
    assert set(re.findall(r'say\("([a-z_]+)"\)', sources)) <= set(WORDS)
    letters = {key for key in WORDS if re.fullmatch("letter_[a-z]+_(?:title|first|second|wish)", key)}
    assert set(WORDS) - letters <= asked
    assert {key.split("_")[1] for key in letters} == {kind.value for kind in LetterKind}


def test_letters_written_in_the_templates_are_in_the_font():
    for path in TEMPLATES.glob("*.typ"):
        written = set(path.read_text()) - {"\n"}
        assert written <= _letters() | {" "}, (path.name, written - _letters())


def test_a_paper_is_an_archive_file_that_can_be_read_aloud():
    pdf = receipts_pdf(fund=FUND, receipts=[RECEIPT])
    assert b"pdfaid:part>2<" in pdf and b"pdfuaid:part>1<" in pdf
    assert b"/StructTreeRoot" in pdf and b"/Lang" in pdf


def test_papers_are_printed_side_by_side():
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: receipts_pdf(fund=FUND, receipts=[RECEIPT]), range(8)))
    assert len(set(made)) == 1


def test_one_press_prints_each_time_what_it_is_told():
    press = Press("receipts")
    for count in (2, 5, 1):
        told = receipt_contents(fund=FUND, receipts=[RECEIPT] * count, size=PaperSize.A6, language="th")
        assert pages(press.printed(told)) == count


@pytest.mark.parametrize(("satang", "thai", "english"), [
    (0, "ศูนย์บาทถ้วน", "Zero baht"), (1, "หนึ่งสตางค์", "One satang"), (100, "หนึ่งบาทถ้วน", "One baht"),
    (100_000, "หนึ่งพันบาทถ้วน", "One thousand baht"),
    (1125, "สิบเอ็ดบาทยี่สิบห้าสตางค์", "Eleven baht and twenty-five satang"),
    (210_000_000, "สองล้านหนึ่งแสนบาทถ้วน", "Two million one hundred thousand baht"),
    (-100, "ลบหนึ่งบาทถ้วน", "minus one baht")])
def test_amounts_in_words(satang, thai, english):
    assert Wording(language="th").amount_in_words(satang) == thai
    assert Wording(language="en").amount_in_words(satang) == english
