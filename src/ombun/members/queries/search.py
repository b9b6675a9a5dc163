"""Finding somebody by whatever is known of them, misspelt names too."""
from uuid import UUID

from django.db import connection

from ombun.members.queries.people import PAGE_SIZE_MAX, MemberCard, member_cards, members_numbered
from ombun.members.rules.sound import SHORTEST, sounds_meant
from ombun.primitives.national_id import digits_of

PHONE_SHORTEST, ID_LENGTH = 3, 13
_EVERYBODY = """
SELECT m.id FROM members_member m
WHERE m.fund_id = %(fund_id)s AND m.withdrawn_by IS NULL AND m.merged_into IS NULL
  AND (%(centre_id)s::uuid IS NULL OR m.centre_id = %(centre_id)s)
ORDER BY m.name_key, m.id LIMIT %(limit)s OFFSET %(offset)s"""
# A fund is a few thousand narrow rows: to look at each of them costs less than an index of all pairs of letters would.
# OFFSET 0 keeps the planner from asking twice whether a row fits.
_FOUND = """
SELECT id FROM (
  SELECT m.id, m.name_key, 
    coalesce(m.member_no IN (%(text)s, %(capitals)s), false) AS is_number, coalesce({hit} OR m.id IN (
      SELECT m.merged_into FROM members_member m
      WHERE m.fund_id = %(fund_id)s AND m.merged_into IS NOT NULL AND {hit}), false) AS is_hit, {sounds} AS sounds_alike
  FROM members_member m
  WHERE m.fund_id = %(fund_id)s AND m.withdrawn_by IS NULL AND m.merged_into IS NULL
    AND (%(centre_id)s::uuid IS NULL OR m.centre_id = %(centre_id)s) OFFSET 0) looked_at
WHERE is_hit OR sounds_alike
ORDER BY is_number DESC, NOT is_hit, name_key, id LIMIT %(limit)s OFFSET %(offset)s"""
_SOUNDS = """strpos(m.name_sound, %(stem_{n})s) > 0 AND EXISTS (
  SELECT FROM unnest(%(sounds_{n})s::text[]) meant WHERE strpos(m.name_sound, meant) > 0)"""


def search(
    *, fund_id: int, text: str, centre_id: UUID | None = None, page: int = 1, page_size: int = PAGE_SIZE_MAX
) -> tuple[MemberCard, ...]:
    """Members whose name, number or phone contains the text, or whose house or national ID it is, in Thai order; first
    of all the one whose number it is, at last those whose name only sounds like it. What stands on an entry that was
    merged finds the person too. Two statements.
    """
    sql, facts = _question(text) if text else (_EVERYBODY, {})
    with connection.cursor() as cursor:
        cursor.execute(sql, facts | {
            "fund_id": fund_id, "centre_id": centre_id, "limit": page_size, "offset": (page - 1) * page_size})
        ids = [row[0] for row in cursor.fetchall()]
    cards = member_cards(fund_id=fund_id, member_ids=ids)
    return tuple(cards[i] for i in ids)


def _question(text: str) -> tuple[str, dict[str, str | list[str]]]:
    """The statement that finds a text and what to fill in; what the text cannot be is not looked for."""
    words, digits = text.split(), digits_of(text)
    facts: dict[str, str | list[str]] = {"text": text, "capitals": text.upper(), "digits": digits}
    hits, sounds = ["strpos(m.member_no, %(text)s) > 0"], "false"
    if text != text.upper():
        hits.append("strpos(m.member_no, %(capitals)s) > 0")
    if any(letter.isdecimal() for letter in text):
        hits.append("m.house_no = %(text)s")
    if digits.isdecimal() and len(digits) >= PHONE_SHORTEST:
        hits.append("strpos(translate(m.phone, ' -', ''), %(digits)s) > 0")
    if len(digits) == ID_LENGTH:
        hits.append("m.national_id = %(digits)s")
    if not digits.isdecimal():
        name, sounds, words_of_name = _name(words)
        hits, facts = [*hits, name], facts | words_of_name
    return _FOUND.format(hit=f"({' OR '.join(hits)})", sounds=f"({sounds})"), facts


def _name(words: list[str]) -> tuple[str, str, dict[str, str | list[str]]]:
    """What is asked of a name: that it has every word, or that it sounds like them; and the words to fill in."""
    meant = [list(sounds_meant(text=word)) for word in words]
    facts: dict[str, str | list[str]] = {f"word_{n}": word for n, word in enumerate(words)}
    facts |= {f"sounds_{n}": keys for n, keys in enumerate(meant)}
    facts |= {f"stem_{n}": min(keys, key=len)[:-1] for n, keys in enumerate(meant)}
    has_every_word = " AND ".join(f"strpos(m.full_name, %(word_{n})s) > 0" for n in range(len(words)))
    can_be_misspelt = min(len(keys[0]) for keys in meant) >= SHORTEST
    sounds = " AND ".join(_SOUNDS.format(n=n) for n in range(len(words)))
    return f"({has_every_word})", sounds if can_be_misspelt else "false", facts


def members_meant(*, fund_id: int, text: str) -> tuple[MemberCard, ...]:
    """The member with exactly this number, or else everybody whom a search for the text finds."""
    return members_numbered(fund_id=fund_id, member_no=text) or search(fund_id=fund_id, text=text)
