"""Every picture that a page asks for is in the picture book (lucide); a missing one would be a fault on that page."""
import re
from pathlib import Path

import pytest

from ombun.web.templatetags.ombun import icon
from ombun.web.treasurer.views.home import _WAITS_FOR

WEB = Path(__file__).parents[2] / "src/ombun/web"
TEXTS = [path.read_text("utf-8") for path in (*WEB.rglob("*.html"), *WEB.rglob("*.py"))]
ASKED = {name for text in TEXTS for name in re.findall(r'\bicon[ =]"([a-z0-9-]+)"', text)} | {
    name for _, _, name in _WAITS_FOR}


def test_many_are_asked_for():
    assert len(ASKED) > 35


@pytest.mark.parametrize("name", sorted(ASKED))
def test_the_picture_is_there(name):
    assert icon(name).startswith("<svg")
