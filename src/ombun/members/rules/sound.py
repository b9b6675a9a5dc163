"""The sound of a name, wide enough that whoever hears it finds it: ศรีสวัสดิ์ and สีสวัส are one key."""
import re

from ombun.primitives.thai import tidy

# The same steps as the database function `thai_sound` (audit/sql/guards.sql); a test compares the two.
_UNHEARD = re.compile(r"([ทตด]ร|[ก-ฮ])[ิุ]?์|[่้๊๋็ๆฯ. -]")
_WRITTEN_OTHERWISE = (
    ("รร", "ั"), ("ัฐ", "ัด"), ("ำ", "ัม"), ("ฤ", "ริ"), ("ทร", "ซ"), ("ศร", "ส"), ("สร", "ส"), ("ซร", "ส"))
_AT_THE_END = re.compile("([ัุิูา])ญ")
_LEADING = re.compile("ห([งญนมยรลว])")
_ALIKE = str.maketrans("ศษซณญฎฏตฐฑฒถธฬรภผฝฃขฅฆฌฉีืูใ", "สสสนยดดดทททททลลพพฟคคคคชชิึุไ")
_CAPITALS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")
_TWICE = re.compile(r"(.)\1+")
SHORTEST = 3  # a shorter sound is in half of all names


def sound_key(*, text: str) -> str:
    """A name as it is heard: no tone marks or silent letters, one letter a sound, nothing doubled, no spaces."""
    heard = _UNHEARD.sub("", tidy(text))
    heard = _AT_THE_END.sub(r"\1น", heard)
    for written, sound in _WRITTEN_OTHERWISE:
        heard = heard.replace(written, sound)
    return _TWICE.sub(r"\1", _LEADING.sub(r"\1", heard).translate(_ALIKE | _CAPITALS))
