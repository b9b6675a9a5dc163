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
_FINALS = ("ดทสชจ", "นล", "บพฟป", "กค")  # letters that sound the same at the end of a syllable: แม่กด แม่กน แม่กบ แม่กก
_UNHEARD_BUT_TYPED = re.compile("[ดท][ิุ]$")
SHORTEST = 3  # a shorter sound is in half of all names


def sound_key(*, text: str) -> str:
    """A name as it is heard: no tone marks or silent letters, one letter a sound, nothing doubled, no spaces."""
    heard = _UNHEARD.sub("", tidy(text))
    heard = _AT_THE_END.sub(r"\1น", heard)
    for written, sound in _WRITTEN_OTHERWISE:
        heard = heard.replace(written, sound)
    return _TWICE.sub(r"\1", _LEADING.sub(r"\1", heard).translate(_ALIKE | _CAPITALS))


def sounds_meant(*, text: str) -> tuple[str, ...]:
    """The keys that a misspelt name may have been meant to have: its own; those whose last letter sounds the same at
    the end of a syllable (สวัด, สวัส); and the one without a last syllable that others write silent (สวัสดี, สวัสดิ์).

    All of them begin with the shortest without its last letter. Source: the final consonants of Thai spelling
    (มาตราตัวสะกด); ร and ล, ศ and ษ are one letter of a key already.
    """
    key = sound_key(text=text)
    alike = next((letters for letters in _FINALS if key[-1:] and key[-1] in letters), "")
    silent = _UNHEARD_BUT_TYPED.sub("", key)
    return (key, *(key[:-1] + other for other in alike if other != key[-1]),
            *([silent] if silent != key and len(silent) >= SHORTEST else []))
