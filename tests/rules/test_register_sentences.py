"""Every reason and refusal of the import has its sentence in Thai and English, with the facts it names."""
import gettext
import io
import re
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import ombun.imports
from ombun.imports.rules import reasons
from ombun.imports.rules.bounds import WorkbookRefused
from tests.rules.register_files import judged_whole

ROOM = Path(ombun.imports.__file__).parent
CODES_OF_FILES = sorted(set(re.findall(r'(?:because\(|: )"((?:workbook|not_a)_\w+)"', "".join(
    (ROOM / "rules" / name).read_text() for name in ("cells.py", "zipped_parts.py", "old_workbooks.py")))))
languages = pytest.mark.parametrize("language", ["th", "en"])


def _sentences(language: str) -> gettext.NullTranslations:
    compiled = io.BytesIO()
    with (ROOM / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as written:
        write_mo(compiled, read_po(written))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@languages
def test_every_code_has_a_sentence(language: str) -> None:
    said = _sentences(language)
    assert len(CODES_OF_FILES) == 6
    for code in (*reasons.SEVERITIES, *reasons.BOOK_SEVERITIES, *CODES_OF_FILES, "no_register_sheet"):
        assert said.gettext(f"imports.{code}") != f"imports.{code}", code


@languages
def test_facts_fill_the_sentences(language: str) -> None:
    said = _sentences(language)
    for key in ("A", "B"):
        for row in judged_whole(key).rows:
            for reason in row.reasons:
                assert "%" not in said.gettext(f"imports.{reason.code}") % reason.facts
    for code in CODES_OF_FILES:
        refusal = WorkbookRefused.because(code, file="ทะเบียน.xlsx").refusals[0]
        assert "ทะเบียน.xlsx" in said.gettext(refusal.code) % refusal.facts
