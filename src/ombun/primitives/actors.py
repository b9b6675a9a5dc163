"""Who acts. Built only by `ombun.access`."""
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """The desks of a fund, and the two that look in from outside."""

    TREASURER = "TREASURER"
    REGISTRAR = "REGISTRAR"
    CHAIR = "CHAIR"
    SECRETARY = "SECRETARY"
    COLLECTOR = "COLLECTOR"
    AUDITOR = "AUDITOR"
    MEMBER = "MEMBER"
    PROVINCE = "PROVINCE"


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who is at the keyboard, in which fund, in which role, for which centre (collector) or member (member's page)."""

    user_id: int
    fund_id: int
    role: Role
    person_id: UUID | None = None
    centre_id: UUID | None = None
    member_id: int | None = None
