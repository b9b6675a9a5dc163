"""Vouchers: who stands for a payment, and which papers are kept with it. Pure."""
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from ombun.funds.rules import Holding, Office, holds
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal

SECONDS = frozenset({Office.CHAIR, Office.VICE_CHAIR, Office.SECRETARY, Office.COMMITTEE})
"""Who may agree to a payment beside the treasurer. Auditors look at it afterwards, so they do not agree before."""
ATTACHMENT_MAX = 3_000_000  # bytes: a photo from a phone, made smaller by it
ATTACHMENTS_MAX = 10  # of one entry


class Way(StrEnum):
    """Which way money goes by a voucher."""

    IN = "IN"
    OUT = "OUT"


class Media(StrEnum):
    """What an attachment is, by its content."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    PDF = "application/pdf"


@dataclass(frozen=True, kw_only=True)
class NewAttachment:
    """A picture or a PDF, as somebody sent it."""

    id: UUID
    content: bytes

    @property
    def digest(self) -> str:
        """What tells it from every other one."""
        return sha256(self.content).hexdigest()


def media_of(*, content: bytes) -> Media | None:
    """What a content is, whatever its name says: by the first bytes of its format; None for anything else."""
    if content.startswith(b"\xff\xd8\xff"):
        return Media.JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return Media.PNG
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return Media.WEBP
    return Media.PDF if content.startswith(b"%PDF-") else None


def refusals_to_attach(*, new: Collection[NewAttachment], there: Collection[str] = ()) -> list[Refusal]:
    """Every reason not to keep these with an entry that has the digests `there` already: none of our kinds, too large,
    too many, the same twice."""
    found = [Refusal(code="ledger.not_a_picture", about="attachment") for one in new
             if media_of(content=one.content) is None][:1]
    if any(len(one.content) > ATTACHMENT_MAX for one in new):
        found.append(Refusal(code="ledger.attachment_too_large", about="attachment", facts={
            "megabytes": ATTACHMENT_MAX // 1_000_000}))
    if len(new) + len(there) > ATTACHMENTS_MAX:
        found.append(Refusal(code="ledger.too_many_attachments", about="attachment", facts={"most": ATTACHMENTS_MAX}))
    digests = [*there, *(one.digest for one in new)]
    if len(set(digests)) < len(digests):
        found.append(Refusal(code="ledger.attached_already", about="attachment"))
    return found


def refusals_of_second(
    *, paid_satang: Satang, limit_satang: Satang | None, first: UUID | None, second: UUID | None,
    holdings: Collection[Holding], names: Mapping[UUID, str], on: date
) -> list[Refusal]:
    """Every reason why a payment does not stand on enough persons: above the voted amount a second one agrees, who is
    in office that day and is somebody else. `paid_satang` is nothing where money came in."""
    if second is None:
        return [Refusal(code="ledger.needs_second_person", about="second", facts={"limit_satang": limit_satang})] if (
            limit_satang is not None and paid_satang > limit_satang) else []
    if second == first:
        return [Refusal(code="ledger.same_person", about="second")]
    if not holds(holdings=holdings, person_id=second, offices=list(SECONDS), on=on):
        return [Refusal(code="ledger.may_not_agree", about="second", facts={
            "name": names.get(second, "–"), "day": on})]
    return []
