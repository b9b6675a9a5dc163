"""Which sentence codes a room can say: those with words in both languages."""
import re
from functools import cache
from pathlib import Path

ROOMS = Path(__file__).parents[1] / "src" / "ombun"


@cache
def spoken_codes(room: str) -> frozenset[str]:
    """The codes for which a room has a Thai and an English sentence."""
    files = [ROOMS / room / "locale" / language / "LC_MESSAGES" / "django.po" for language in ("th", "en")]
    thai, english = (set(re.findall(r'^msgid "(.+)"$', file.read_text("utf-8"), re.MULTILINE)) for file in files)
    assert thai == english, thai ^ english
    return frozenset(thai)
