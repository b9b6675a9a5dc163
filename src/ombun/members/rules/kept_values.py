"""How a value of a member's entry is kept as JSON, and read back."""
from dataclasses import asdict
from datetime import date
from enum import Enum
from uuid import UUID

from ombun.members.rules.beneficiaries import NewBeneficiary
from ombun.members.rules.membership import BirthPrecision, LeftReason, MemberKind, NoIdReason, Sex

_DAYS = {"born_on", "joined_on", "left_on"}
_ENUMS = {"birth_precision": BirthPrecision, "kind": MemberKind, "left_reason": LeftReason, "stated_sex": Sex,
          "no_id_reason": NoIdReason}


def kept(*, value: object) -> object:
    """One value as JSON keeps it: days in ISO, enums by value, ids as text, a list of beneficiaries as such."""
    if isinstance(value, tuple):
        return [asdict(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    return value.value if isinstance(value, Enum) else value


def restored(*, name: str, value: object) -> object:
    """One value of a field as it was before it was kept."""
    if value is None:
        return None
    if name == "beneficiaries":
        return tuple(NewBeneficiary(**one) for one in value)  # type: ignore[attr-defined]
    if name in _DAYS:
        return date.fromisoformat(str(value))
    return _ENUMS[name](str(value)) if name in _ENUMS else value
