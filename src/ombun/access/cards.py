"""The code on a member card: to the fund's own people it names a member, to everybody else it tells nothing."""
from base64 import b32encode

from django.utils.crypto import constant_time_compare, salted_hmac

from ombun.primitives.thai import whole_number

MEMBER_ID_MAX = 2**31 - 1
BYTES_KEPT = 10  # eighty bits cannot be guessed, and leave the picture coarse enough for an old phone


def card_token(*, fund_id: int, member_id: int) -> str:
    """What stands on a member's card: "12-mfzgk43ulbxhe2ds". It stays the same for good."""
    signed = salted_hmac("ombun.member-card", f"{fund_id}:{member_id}", algorithm="sha256").digest()[:BYTES_KEPT]
    return f"{member_id}-{b32encode(signed).decode().lower()}"


def member_of_card(*, fund_id: int, token: str) -> int | None:
    """The member whose card of this fund was read, or None for a code that is not ours."""
    member_id = whole_number(token.partition("-")[0], most=MEMBER_ID_MAX)
    if member_id is None or not constant_time_compare(token, card_token(fund_id=fund_id, member_id=member_id)):
        return None
    return member_id
