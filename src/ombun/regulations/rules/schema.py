"""The JSON Schema of a rule document, made from the vocabulary itself. Pure: no database, no clock.

Source: JSON Schema, draft 2020-12.
"""
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import StrEnum
from inspect import getdoc
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from ombun.regulations.rules.clauses import EXPENSES, HEAD, PLAIN, TEXTS
from ombun.regulations.rules.reading import GRANTS, number_range
from ombun.regulations.rules.vocabulary import FORMAT, BenefitRule, Grant, RuleYear, Tier

Schema = dict[str, Any]
_DAY = {"type": "string", "format": "date", "pattern": "^(1[89]|2[0-3])[0-9]{2}-[0-9]{2}-[0-9]{2}$"}
_TOGETHER: dict[type, Schema] = {  # what words say of one another
    Tier: {"oneOf": [{"required": ["below_days"]}, {"required": ["below_years"]}]},
    BenefitRule: {"if": {"properties": {"year": {"const": RuleYear.FUND.value}}, "required": ["year"]},
                  "then": {"required": ["year_starts_month"]}, "else": {"properties": {"year_starts_month": False}}}}


def schema() -> Schema:
    """What a rule document may say: its head, its clauses, and every word of the vocabulary."""
    text = {"type": "string", "minLength": 1}
    clause = _object({**dict.fromkeys(TEXTS, text), "benefit": {"type": "string", "pattern": f"^{PLAIN.pattern}$"},
                      "account_code": {"enum": sorted(EXPENSES)}, "rule": {"$ref": "#/$defs/rule"}}, [*TEXTS, "rule"])
    clauses = {"type": "array", "items": {"$ref": "#/$defs/clause"}}
    head = {"format": {"type": "integer", "minimum": 1, "maximum": FORMAT}, **{
        name: {"type": "string"} for name in HEAD}, "voted_on": _DAY, "clauses": clauses}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Ombun rule document",
            "anyOf": [_object(head, ["format", "clauses"]), clauses],
            "$defs": {"clause": clause, "rule": shape_schema(shape=BenefitRule)}}


def shape_schema(*, shape: type) -> Schema:
    """The schema of one dataclass of the vocabulary: its words, which of them are needed, and what each may be."""
    hints = get_type_hints(shape)
    needed = [one.name for one in fields(shape) if one.default is MISSING and one.default_factory is MISSING]
    said = _object({one.name: _of(hints[one.name], shape, one.name) for one in fields(shape)}, needed)
    return {"description": _told(shape), **said, **_TOGETHER.get(shape, {})}


def _told(shape: type) -> str:
    """What a part of the vocabulary says of itself."""
    return " ".join((getdoc(shape) or "").split())


def _object(properties: Schema, required: list[str]) -> Schema:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _of(hint: Any, shape: type, name: str) -> Schema:
    if get_origin(hint) is UnionType and type(None) in get_args(hint):
        hint = get_args(hint)[0]
    if hint == Grant:
        return {"oneOf": [_kind(kind, one) for kind, one in GRANTS.items()]}
    if get_origin(hint) is tuple:
        plain = {"type": "string", "pattern": f"^{PLAIN.pattern}$"} if name == "together_with" else None
        return {"type": "array", "items": plain or _of(get_args(hint)[0], shape, name)}
    if is_dataclass(hint) and isinstance(hint, type):
        return shape_schema(shape=hint)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return {"description": _told(hint), "enum": [word.value for word in hint]}
    if hint is bool or hint is str:
        return {"type": "boolean"} if hint is bool else {"type": "string", "minLength": 1}
    if hint is date:
        return _DAY
    least, most = number_range(shape=shape, name=name)
    return {"type": "integer", "minimum": least, "maximum": most}


def _kind(kind: str, shape: type) -> Schema:
    found = shape_schema(shape=shape)
    return {"description": found["description"],
            **_object({"kind": {"const": kind}, **found["properties"]}, ["kind", *found["required"]])}
