"""The printing press: a Typst template and some data become a PDF that archives keep (PDF/A-2a, PDF/UA-1).

Data reach a template as JSON, never as markup, so that nothing a person typed can become an instruction. The same data
give the same bytes.
"""
import json
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import fontpkg_sarabun
import typst
from fontTools.ttLib import TTFont

TEMPLATES = Path(__file__).parent / "typst"
UNPRINTABLE = "?"
_FONT_FILES = fontpkg_sarabun.ROOT / "files"
_REMEMBERED_RUNS = 11  # of the compiler's memory of its own work (comemo), as of Typst 0.15
_DROPPED = {"Cc", "Cf", "Cn", "Co", "Cs"}  # control, invisible, unassigned, private

Contents = Mapping[str, Any]


class Press:
    """One template, ready to print many papers: fonts and template are read once, memory stays flat."""

    def __init__(self, template: str) -> None:
        self._compiler = typst.Compiler(
            TEMPLATES / f"{template}.typ", root=TEMPLATES, font_paths=_fonts(), ignore_system_fonts=True)

    def printed(self, contents: Contents) -> bytes:
        """The PDF of these contents: strings, numbers, lists and mappings of them. Every string is made printable."""
        text = json.dumps(_printable_throughout(contents), ensure_ascii=False)
        pdf = self._compiler.compile(format="pdf", sys_inputs={"data": text}, pdf_standards=["a-2a", "ua-1"])
        assert isinstance(pdf, bytes)
        return pdf

    def printed_and_forgotten(self, contents: Contents, *, small: Contents) -> bytes:
        """The PDF of these contents, for long work part after part: Typst remembers what its last runs needed, so small
        papers are printed until it has forgotten a large one."""
        pdf = self.printed(contents)
        for _ in range(_REMEMBERED_RUNS):
            self.printed(small)
        return pdf


def printable(text: str) -> str:
    """The text in letters that the font has: what cannot be seen is left out, any other strange letter becomes "?"."""
    letters, kept = _letters(), []
    for letter in unicodedata.normalize("NFC", text):
        if letter in letters:
            kept.append(letter)
        elif letter.isspace():
            kept.append(" ")
        elif unicodedata.category(letter) not in _DROPPED:
            kept.append(UNPRINTABLE)
    return "".join(kept)


def _printable_throughout(contents: Any) -> Any:
    if isinstance(contents, str):
        return printable(contents)
    if isinstance(contents, Mapping):
        return {name: _printable_throughout(value) for name, value in contents.items()}
    if isinstance(contents, list | tuple):
        return [_printable_throughout(value) for value in contents]
    return contents


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[_FONT_FILES])


@cache
def _letters() -> frozenset[str]:
    """The letters that both weights on our papers have."""
    weights = [TTFont(_FONT_FILES / f"Sarabun-{weight}.ttf", lazy=True) for weight in ("Regular", "Bold")]
    codes = set.intersection(*(set(font.getBestCmap()) for font in weights))
    return frozenset(letter for letter in map(chr, codes) if unicodedata.category(letter) not in _DROPPED)
