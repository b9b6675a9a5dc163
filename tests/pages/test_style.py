"""The page that shows every piece of the design."""
import pytest
from django.test import Client

from tests.pages.house import text_of


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_pieces_are_shown_to_anybody(language):
    page = Client(headers={"accept-language": language}).get("/style/")
    assert page.status_code == 200
    assert f'lang="{language}"' in text_of(page)
    assert 'aria-invalid="true"' in text_of(page)


def test_no_page_needs_an_inline_style_or_script():
    page = Client().get("/style/")
    assert " style=" not in text_of(page) and "<script>" not in text_of(page)
    assert "style-src 'self'" in page.headers["Content-Security-Policy"]
