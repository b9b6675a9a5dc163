"""How a judged row is kept between preview and commit: as plain values that JSON can hold, and back."""
from collections.abc import Mapping
from dataclasses import fields
from uuid import UUID

from ombun.imports.rules.register_row import Reason, RegisterRow
from ombun.imports.rules.told_life import read_life
from ombun.imports.rules.verdicts import SheetSeen
from ombun.members.rules import kept_values
from ombun.members.rules.beneficiaries import NewBeneficiary
from ombun.members.rules.life import ToldMember


def row_as_kept(*, row: RegisterRow) -> dict[str, object]:
    """A register row as JSON keeps it."""
    return {f.name: kept_values.kept(value=getattr(row, f.name)) for f in fields(RegisterRow)}


def reason_as_kept(*, reason: Reason) -> dict[str, object]:
    """A reason as JSON keeps it."""
    return {"code": reason.code, "severity": reason.severity.value, "column": reason.column, "written": reason.written,
            "facts": {name: kept_values.kept(value=value) for name, value in reason.facts.items()}}


def sheet_as_kept(*, seen: SheetSeen) -> dict[str, object]:
    """What was made of a sheet as JSON keeps it."""
    return {"file": seen.file, "sheet": seen.sheet, "role": seen.role.value, "rows": seen.row_count,
            "is_taken": seen.is_taken, "may_be_told": seen.may_be_told, "unread": list(seen.unread_headings)}


def new_member(*, kept_row: Mapping[str, object], centre_of: Mapping[int, UUID]) -> ToldMember:
    """The person a kept row describes. What is empty stays empty; an unknown village is none."""
    row = {name: kept_values.restored(name=name, value=value) for name, value in kept_row.items()}
    moo = row["moo"]
    return ToldMember(
        member_no=str(row["member_no"] or ""), name_title=str(row["name_title"]), first_name=str(row["first_name"]),
        last_name=str(row["last_name"]), national_id=row["national_id"],  # type: ignore[arg-type]
        born_on=row["born_on"], birth_precision=row["birth_precision"],  # type: ignore[arg-type]
        joined_on=row["joined_on"], left_on=row["left_on"], left_reason=row["left_reason"],  # type: ignore[arg-type]
        no_id_reason=row.get("no_id_reason"), stated_sex=row.get("stated_sex"),  # type: ignore[arg-type]
        life=read_life(written=str(row.get("life") or "")) or (),
        kind=row["kind"], centre_id=centre_of.get(moo) if isinstance(moo, int) else None,  # type: ignore[arg-type]
        house_no=str(row["house_no"] or ""), phone=str(row["phone"] or ""),
        beneficiaries=(NewBeneficiary(name=str(row["beneficiary_name"]), relation=str(row["relation"] or "")),)
        if row["beneficiary_name"] else ())


def fields_of(*, changes: Mapping[str, object], centre_of: Mapping[int, UUID]) -> dict[str, object]:
    """Kept changes of a row as fields of a member's entry."""
    fields = {name: kept_values.restored(name=name, value=value) for name, value in changes.items()}
    if "moo" in fields:
        moo = fields.pop("moo")
        fields["centre_id"] = centre_of.get(moo) if isinstance(moo, int) else None
    if "relation" in fields:
        fields["beneficiary_relation"] = fields.pop("relation")
    return fields
