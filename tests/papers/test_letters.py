"""The letter that goes with a benefit: one sheet, the right words for what happened, whoever it is for."""
from datetime import date

import pytest

from ombun.papers.letters import LetterKind, LetterPaper, letter_pdf
from tests.papers.examples import FUND, HOSTILE, pages, text


@pytest.mark.parametrize(("kind", "said"), [
    (LetterKind.DEATH, "sympathy"), (LetterKind.BIRTH, "joy"), (LetterKind.ILLNESS, "good wishes"),
    (LetterKind.OTHER, "thanks")])
def test_a_letter_is_one_sheet_with_its_own_words(kind, said):
    letter = LetterPaper(kind=kind, on=date(2026, 11, 25), to="Thong Jaiboon", member_name="Malee Jaiboon",
                         benefit="Nights in hospital", amount_satang=60_000, chair="Boonmee Mankhong")
    for language in ("th", "en"):
        assert pages(letter_pdf(fund=FUND, letter=letter, language=language)) == 1
    told = text(letter_pdf(fund=FUND, letter=letter, language="en"))
    assert said in told and "600.00" in told and "Boonmee" in told


def test_a_letter_bears_any_name():
    letter = LetterPaper(kind=LetterKind.OTHER, on=date(2026, 11, 25), to=HOSTILE, member_name=HOSTILE, benefit=HOSTILE,
                         amount_satang=1)
    assert letter_pdf(fund=FUND, letter=letter).startswith(b"%PDF")
