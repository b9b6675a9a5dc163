"""Finding somebody by whatever is known of them, misspelt names too."""
from uuid import UUID

from django.db import connection

from ombun.members.queries.people import PAGE_SIZE_MAX, MemberCard, member_cards, members_numbered
from ombun.members.rules.sound import SHORTEST, sound_key
from ombun.primitives.national_id import digits_of

PHONE_SHORTEST = 3
# A fund is a few thousand narrow rows: to look at each of them costs less than an index of all pairs of letters would.
_MATCHES = """(
  {m}.full_name LIKE ALL(%(parts)s) OR {m}.member_no LIKE %(part)s OR {m}.member_no LIKE %(capital_part)s
  OR {m}.house_no = %(text)s OR {m}.national_id = %(digits)s OR translate({m}.phone, ' -', '') LIKE %(phone)s)"""
_HIT = f"""({_MATCHES.format(m="m")} OR m.id IN (
  SELECT e.merged_into FROM members_member e
  WHERE e.fund_id = %(fund_id)s AND e.merged_into IS NOT NULL AND {_MATCHES.format(m="e")}))"""
_FOUND = f"""
SELECT m.id FROM members_member m CROSS JOIN LATERAL (SELECT %(text)s = '' OR coalesce({_HIT}, false) AS hit) h
WHERE m.fund_id = %(fund_id)s AND m.withdrawn_by IS NULL AND m.merged_into IS NULL
  AND (%(centre_id)s::uuid IS NULL OR m.centre_id = %(centre_id)s)
  AND (h.hit OR m.name_sound LIKE ALL(%(sounds)s::text[]))
ORDER BY NOT h.hit, m.name_key, m.id LIMIT %(limit)s OFFSET %(offset)s"""


def search(
    *, fund_id: int, text: str, centre_id: UUID | None = None, page: int = 1, page_size: int = PAGE_SIZE_MAX
) -> tuple[MemberCard, ...]:
    """Members whose name, number or phone contains the text, or whose house or national ID it is, in Thai order; then
    those whose name only sounds like it. What stands on an entry that was merged finds the person too. Two statements.
    """
    words = text.split()
    with connection.cursor() as cursor:
        cursor.execute(_FOUND, {
            "fund_id": fund_id, "text": text, "centre_id": centre_id, "limit": page_size,
            "offset": (page - 1) * page_size, "digits": digits_of(text), "part": _containing(text),
            "capital_part": _containing(text.upper()) if text != text.upper() else None,
            "parts": [_containing(word) for word in words], "phone": _phone(text), "sounds": _sounds(words)})
        ids = [row[0] for row in cursor.fetchall()]
    cards = member_cards(fund_id=fund_id, member_ids=ids)
    return tuple(cards[i] for i in ids)


def members_meant(*, fund_id: int, text: str) -> tuple[MemberCard, ...]:
    """The member with exactly this number, or else everybody whom a search for the text finds."""
    return members_numbered(fund_id=fund_id, member_no=text) or search(fund_id=fund_id, text=text)


def _containing(text: str) -> str:
    return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"


def _phone(text: str) -> str | None:
    """Digits that a phone number has somewhere in it; None, which fits nothing, where they are too few to say."""
    digits = digits_of(text)
    return f"%{digits}%" if digits.isdecimal() and len(digits) >= PHONE_SHORTEST else None


def _sounds(words: list[str]) -> list[str] | None:
    """The sound of each word; None, which fits no name, where a word is too short to be misspelt."""
    keys = [sound_key(text=word) for word in words]
    return [_containing(key) for key in keys] if min(map(len, keys), default=0) >= SHORTEST else None
