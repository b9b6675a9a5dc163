"""Names as volunteers write them: titles with or without space and dots, and one name in several spellings."""
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from ombun.primitives.thai import arabic_digits, tidy

# A vowel or tone mark may not follow a title: นางสาวิตรี is นาง สาวิตรี, and นายิกา has no title at all.
_END = r"(?![ะ-ฺๅ็-๎])"
_TITLES = (
    ("นางสาว", r"นางสาว|นาง สาว(?= )|น\. ?ส\.?|น ?ส\.|นส"),
    ("นาง", r"นาง"),
    ("นาย", r"นาย"),
    ("ด.ช.", r"เด็กชาย|ด\. ?ช\.?|ด ?ช\.|ดช"),
    ("ด.ญ.", r"เด็กหญิง|ด\. ?ญ\.?|ด ?ญ\.|ดญ"),
    ("พระ", r"พระภิกษุ|พระ"),
)
_RANKS = (
    "พระครู พระมหา พระอธิการ พระปลัด พระใบฎีกา พระสมุห์ เจ้าอธิการ สามเณร แม่ชี ดร. ผศ. รศ. ม.ล. ม.ร.ว. นพ. พญ. "
    "พล.ต. พล.ต.ต. พ.อ. พ.ท. พ.ต. ร.อ. ร.ท. ร.ต. จ.ส.อ. จ.ส.ท. จ.ส.ต. ส.อ. ส.ท. ส.ต. พ.ต.อ. พ.ต.ท. "
    "พ.ต.ต. ร.ต.อ. ร.ต.ท. ร.ต.ต. ด.ต. ส.ต.อ. ส.ต.ท. ส.ต.ต. พ.จ.อ. พ.จ.ท. พ.จ.ต. ร้อยตรี ร้อยโท ร้อยเอก พันตรี พันโท พันเอก"
).split()
_SAYS_NOTHING = re.compile(
    r"[-–—.…/?_* ]*|(?:(?:ไม่(?:ทราบ|มี|ระบุ|แน่ชัด|รู้|ได้ระบุ)|จำไม่ได้|ว่าง|n/?a|none|null)(?:วัน\S*|ข้อมูล|ปี\S*)?\W*)",
    re.IGNORECASE)


@lru_cache(maxsize=2**13)
def says_nothing(*, text: str) -> bool:
    """Whether a text is empty, a dash, or words such as "ไม่ทราบ"."""
    return bool(_SAYS_NOTHING.fullmatch(text))


def _title_pattern() -> re.Pattern[str]:
    ranks = "|".join(re.escape(rank).replace(r"\.", r"\. ?") for rank in sorted(_RANKS, key=len, reverse=True))
    ranks = f"(?:ว่าที่ ?)?(?:{ranks})(?:หญิง)?"
    titles = "|".join(f"(?P<t{index}>{writings})" for index, (_, writings) in enumerate(_TITLES))
    return re.compile(rf"(?:(?P<rank>{ranks})|{titles}){_END}[. ]*")


_TITLE = _title_pattern()
_STRAY = " .,-–—/*'\"()…_"
_NUMBER_BEFORE = re.compile(r"\d{1,4} ?[.)] ?(?=[ก-๙])")
_NICKNAME = re.compile(r"\([^()]*\) ?(?=\S)|(?<=\S) ?\([^()]*\)$")
_SAME_SOUND = str.maketrans("ศษณญฎฏฐฬีืูใ", "สสนยดตถลิึุไ")
_SILENT = re.compile(r"[ก-ฮ][ิุ]?์|[่้๊๋็ๆฯ. ]")


@dataclass(frozen=True, kw_only=True)
class NameReading:
    """A name as read: the title in one spelling (น.ส. is นางสาว), first and last name; empty where not written."""

    name_title: str = ""
    first_name: str = ""
    last_name: str = ""

    @property
    def full_name(self) -> str:
        """The name in one line, as the papers print it."""
        return f"{self.name_title}{self.first_name} {self.last_name}".strip()


def name(*, written: str, title: str = "", last: str | None = None) -> NameReading:
    """A person's name from one cell, or from separate cells for title, first and last name.

    A cell with only a title has no name; a number before it and a nickname in brackets are none of it. Everything after
    the first name is the last name (ณ อยุธยา). Beside a cell for the title a name may begin like another one (นาง,
    พระจันทร์); beside one for the last name it stays as it is written.
    """
    written = unnumbered(written=written)
    title_cell = "" if says_nothing(text=_line(title)) else _split_title(_line(title))[0] or _line(title)
    found, rest = _split_title(_line(written))
    if title_cell and found != title_cell and not _is_title_set_apart(_line(written)):
        found, rest = "", _line(written)
    if last and not says_nothing(text=last) and not says_nothing(text=rest):
        return NameReading(name_title=found or title_cell, first_name=rest, last_name=_line(last))
    first, _, more = rest.lstrip(_STRAY).partition(" ")
    first, more = first.strip(_STRAY), _NICKNAME.sub("", more)
    last_name = " ".join(part for part in (more.strip(_STRAY), _line(last or "").strip(_STRAY)) if part)
    if says_nothing(text=first):
        first = last_name = ""
    return NameReading(name_title=found or title_cell, first_name=first, last_name=last_name)


def unnumbered(*, written: str) -> str:
    """A name without the number that a list has before it: 1. นายแดง ใจดี."""
    return _NUMBER_BEFORE.sub("", _line(written), count=1) if written[:1].isdecimal() else written


def without_title(*, written: str) -> str:
    """First and last name alone, so that นางสาวดาว แสนดี and น.ส.ดาว แสนดี are one name."""
    read = name(written=written)
    return f"{read.first_name} {read.last_name}".strip()


def has_title(*, written: str) -> bool:
    """Whether a text begins with a person's title."""
    return bool(_split_title(_line(written))[0])


@lru_cache(maxsize=2**13)
def sounds(*, text: str) -> str:
    """A name as it sounds, near enough to see that ศรีสวัสดิ์ and สีสวัส may be one: no tone marks, no silent letters."""
    return _SILENT.sub("", tidy(text)).replace("ศร", "ส").replace("สร", "ส").replace("ทร", "ซ").translate(_SAME_SOUND)


def is_alike(*, one: str, other: str) -> bool:
    """Whether two names may be one name misspelt (บุญธรรม, บุยธรรม): a quarter of the letters may differ."""
    if one == other:
        return True
    a, b = sounds(text=one), sounds(text=other)
    if not a or not b:
        return False
    blocks = SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    return a == b or 8 * sum(block.size for block in blocks) >= 3 * (len(a) + len(b))


@lru_cache(maxsize=2**13)
def _line(text: str) -> str:
    return arabic_digits(tidy(text))


def _is_title_set_apart(text: str) -> bool:
    """Whether a text begins with a title and then a dot or a space."""
    match = _TITLE.match(text)
    return match is not None and match[0][-1] in ". "


@lru_cache(maxsize=2**13)
def _split_title(text: str) -> tuple[str, str]:
    match = _TITLE.match(text)
    if match is None:
        return "", text
    rest = text[match.end():]
    if match["rank"]:
        return match["rank"].replace(" ", ""), rest
    return _TITLES[int((match.lastgroup or "t0")[1:])][0], rest
