"""The page that shows every piece of the design."""
import re
from pathlib import Path

import pytest
from django.test import Client

from ombun.web import style
from ombun.web.templatetags.ombun import BADGES, STAGES
from ombun.web.templatetags.ombun import register as library
from tests.pages.house import browser, text_of


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_pieces_are_shown_to_anybody(language):
    page = browser(language).get("/style/")
    assert page.status_code == 200
    assert f'lang="{language}"' in text_of(page)
    assert 'aria-invalid="true"' in text_of(page)


def test_no_page_needs_an_inline_style_or_script():
    page = Client().get("/style/")
    assert " style=" not in text_of(page) and "<script>" not in text_of(page)
    assert "style-src 'self'" in page.headers["Content-Security-Policy"]


def test_every_piece_is_shown():
    """Whoever adds a piece to the library shows it here, so that the next desk finds it."""
    web = Path(style.__file__).parent / "templates" / "web"
    shown = "".join(f.read_text("utf-8") for f in web.glob("style*.html"))
    pieces = set(library.tags) - {"icon", "amount"}  # inside other pieces
    assert {p for p in pieces if not re.search(rf"{{% {p} ", shown)} == set()
    assert {"refusals", "money_field", "stage", "explanation", "pager", "bars"} <= pieces


def test_every_way_a_piece_can_look_is_shown():
    page = text_of(Client().get("/style/"))
    assert [s for s in BADGES if f'class="badge {s}"' not in page] == []
    assert [s for s in STAGES if f'class="stage {s}"' not in page] == []
