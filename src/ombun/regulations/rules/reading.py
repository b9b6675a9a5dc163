"""Reading a clause from JSON: all its faults at once, each with its path; a word it does not know is refused.

The dataclasses of the vocabulary say what may be written; the same walk over them makes the JSON Schema (`schema.py`).
"""
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from ombun.primitives.money import SATANG_MAX
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.thai import tidy
from ombun.regulations.rules.vocabulary import (
    BenefitRule,
    FixedSum,
    ForWhom,
    Grant,
    PerUnit,
    RuleYear,
    TenureTiers,
    Things,
    Tier,
)

COUNT_MAX = 100_000
YEAR_MIN, YEAR_MAX = 1800, 2399  # a later year is Buddhist, and refused
_NEVER_WRITTEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
YEARS_MAX, VILLAGE_MAX, GRADE_MAX, CERTIFIERS_MAX = 120, 99, 400, 9
GRANTS: Mapping[str, type[Grant]] = {
    "fixed_sum": FixedSum, "per_unit": PerUnit, "tenure_tiers": TenureTiers, "things": Things}
_FROM_NOTHING = {"waiting_days", "min_membership_years", "min_age_years", "max_age_years", "min_grade_hundredths",
                 "deadline_days", "certifiers", "base_satang", "each_further_year_satang", "worth_satang",
                 "earmark_left_satang"}
_AT_MOST = {"min_membership_years": YEARS_MAX, "min_age_years": YEARS_MAX, "max_age_years": YEARS_MAX,
            "below_years": YEARS_MAX, "year_starts_month": 12, "months": 12, "villages": VILLAGE_MAX,
            "min_grade_hundredths": GRADE_MAX, "certifiers": CERTIFIERS_MAX}


def number_range(*, shape: type, name: str) -> tuple[int, int]:
    """The smallest and the largest whole number that this word of the vocabulary takes."""
    least = 0 if name in _FROM_NOTHING or (name == "amount_satang" and shape is not FixedSum) else 1
    return least, _AT_MOST.get(name, SATANG_MAX if name.endswith("_satang") else COUNT_MAX)


_Choice = TypeVar("_Choice", bound=StrEnum)
_Shape = TypeVar("_Shape")


class RuleRefused(Refused):
    """The rule cannot be read; every fault is listed with its path."""


class Written(dict[str, object]):
    """A JSON object as it was written, with the keys that it says twice."""

    def __init__(self, pairs: Iterable[tuple[str, object]]) -> None:
        pairs = list(pairs)
        super().__init__(pairs)
        self.twice = [key for key, times in Counter(key for key, _ in pairs).items() if times > 1]


def parsed(*, text: str) -> object:
    """JSON as it was written, so that what is said twice is not read as if it were said once.

    Raises ValueError (what is not finite is no JSON either) or RecursionError.
    """
    return json.loads(text, object_pairs_hook=Written, parse_constant=_refuse_constant)


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


class Reader:
    """One JSON object: each key is asked for by name, and what nobody asked for is a fault."""

    def __init__(self, value: object, path: str, found: list[Refusal]) -> None:
        self.path, self.found = tidy(path), found
        self.is_object = isinstance(value, Mapping)
        self.left: dict[object, object] = dict(value) if isinstance(value, Mapping) else {}
        if not self.is_object:
            self.refuse("rule_not_an_object", self.path)
        for key in value.twice if isinstance(value, Written) else ():
            self.refuse("rule_key_twice", self.at(key))

    def refuse(self, code: str, path: str, **facts: object) -> None:
        self.found.append(Refusal(code=f"regulations.{code}", about=path, facts={"path": path, **facts}))

    def at(self, key: str) -> str:
        return f"{self.path}.{tidy(key)}"

    def take(self, key: str, *, is_needed: bool = False) -> object:
        value = self.left.pop(key, None)
        if value is None and is_needed and self.is_object:
            self.refuse("rule_key_missing", self.at(key))
        return value

    def part(self, key: str, *, is_needed: bool = False) -> "Reader | None":
        value = self.take(key, is_needed=is_needed)
        return None if value is None else Reader(value, self.at(key), self.found)

    def whole(self, value: object, path: str, *, least: int, most: int) -> int | None:
        if isinstance(value, bool) or not isinstance(value, int):
            self.refuse("rule_not_a_whole_number", path)
            return None
        if not least <= value <= most:
            self.refuse("rule_number_out_of_range", path, least=least, most=most)
            return None
        return value

    def choice(self, key: str, choices: type[_Choice], *, is_needed: bool = False) -> _Choice | None:
        value = self.take(key, is_needed=is_needed)
        return None if value is None else self.word(value, choices, self.at(key))

    def word(self, value: object, choices: type[_Choice], path: str) -> _Choice | None:
        if isinstance(value, str) and value in set(choices):
            return choices(value)
        self.refuse("rule_word_unknown", path, choices=", ".join(choices))
        return None

    def text(self, key: str) -> str:
        value = self.take(key, is_needed=True)
        return self.written(value, self.at(key)) if value is not None else ""

    def written(self, value: object, path: str) -> str:
        if isinstance(value, str) and not _NEVER_WRITTEN.search(value):
            return tidy(value)
        self.refuse("rule_not_text", path)
        return ""

    def truth(self, key: str) -> bool | None:
        value = self.take(key)
        if value is None or isinstance(value, bool):
            return value
        self.refuse("rule_not_yes_or_no", self.at(key))
        return None

    def day(self, key: str, *, is_needed: bool = False) -> date | None:
        value = self.take(key, is_needed=is_needed)
        if value is None:
            return None
        if isinstance(value, str) and _ISO_DAY.fullmatch(value) and YEAR_MIN <= int(value[:4]) <= YEAR_MAX:
            with suppress(ValueError):  # no such day
                return date.fromisoformat(value)
        self.refuse("rule_not_a_day", self.at(key))
        return None

    def items(self, key: str, *, is_needed: bool = False) -> list[object]:
        value = self.take(key, is_needed=is_needed)
        if value is None:
            return []
        if not isinstance(value, list):
            self.refuse("rule_not_a_list", self.at(key))
            return []
        return value

    def close(self) -> None:
        for key in self.left:
            self.refuse("rule_key_unknown", self.at(str(key)))


def read_rule(*, data: object) -> BenefitRule:
    """Read what a clause grants from its JSON. Raises RuleRefused with every fault and its path."""
    found: list[Refusal] = []
    reader = Reader(data, "rule", found)
    names_a_month = reader.left.get("year_starts_month") is not None
    rule = read_shape(reader=reader, shape=BenefitRule)
    _refuse_what_contradicts(reader, rule, names_a_month)
    if found:
        raise RuleRefused(*found)
    return rule


_HINTS: dict[type, dict[str, Any]] = {}  # Python finds them anew each time, which takes longer than reading a clause


def read_shape(*, reader: Reader, shape: type[_Shape]) -> _Shape:
    """One object of the vocabulary; where something is wrong it is noted and the value means nothing."""
    hints = _HINTS.get(shape) or _HINTS.setdefault(shape, get_type_hints(shape))
    read: dict[str, Any] = {}
    for one in fields(shape):  # type: ignore[arg-type]
        value = _value(reader, one, hints[one.name], shape)
        if value is not None:
            read[one.name] = value
        elif one.default is MISSING and one.default_factory is MISSING:
            read[one.name] = None
    reader.close()
    return shape(**read)


def _value(reader: Reader, one: Field[Any], hint: Any, shape: type) -> object:
    key, is_needed = one.name, one.default is MISSING and one.default_factory is MISSING
    if get_origin(hint) is UnionType and type(None) in get_args(hint):
        hint = get_args(hint)[0]
    if hint == Grant or is_dataclass(hint):
        part = reader.part(key, is_needed=is_needed)
        return part and (_grant(part) if hint == Grant else read_shape(reader=part, shape=hint))
    if get_origin(hint) is tuple:
        is_said = is_needed or key in reader.left
        return tuple(_items(reader, key, get_args(hint)[0], shape, is_needed)) if is_said else None
    if hint is bool:
        return reader.truth(key)
    if hint is str:
        return _words(reader, key)
    if hint is date:
        return reader.day(key, is_needed=is_needed)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return reader.choice(key, hint, is_needed=is_needed)
    least, most = number_range(shape=shape, name=key)
    value = reader.take(key, is_needed=is_needed)
    return None if value is None else reader.whole(value, reader.at(key), least=least, most=most)


def _words(reader: Reader, key: str) -> str | None:
    value = reader.take(key, is_needed=True)
    if isinstance(value, str) and not tidy(value):
        reader.refuse("rule_key_missing", reader.at(key))
    return None if value is None else reader.written(value, reader.at(key))


def _grant(reader: Reader) -> Grant | None:
    kind = reader.choice("kind", _GrantKind, is_needed=True)
    return read_shape(reader=reader, shape=GRANTS[kind]) if kind else None


class _GrantKind(StrEnum):
    FIXED_SUM = "fixed_sum"
    PER_UNIT = "per_unit"
    TENURE_TIERS = "tenure_tiers"
    THINGS = "things"


def _tier(reader: Reader) -> Tier:
    tier = read_shape(reader=reader, shape=Tier)
    if reader.is_object and (tier.below_days is None) == (tier.below_years is None):
        reader.refuse("rule_tier_needs_days_or_years", reader.path)
    return tier


def _items(reader: Reader, key: str, hint: Any, shape: type, is_needed: bool) -> list[Any]:
    read: list[Any] = []
    for number, item in enumerate(reader.items(key, is_needed=is_needed)):
        path = f"{reader.at(key)}[{number}]"
        if hint is Tier:
            read.append(_tier(Reader(item, path, reader.found)))
        elif is_dataclass(hint) and isinstance(hint, type):
            read.append(read_shape(reader=Reader(item, path, reader.found), shape=hint))
        elif hint is int:
            least, most = number_range(shape=shape, name=key)
            read.append(reader.whole(item, path, least=least, most=most))
        elif hint is str:
            read.append(reader.written(item, path))
        else:
            read.append(reader.word(item, hint, path))
    return read if is_dataclass(hint) else [item for item in dict.fromkeys(read) if item]


def _refuse_what_contradicts(reader: Reader, rule: BenefitRule, names_a_month: bool) -> None:
    """What each word allows by itself and all together do not."""
    if rule.year == RuleYear.FUND and not names_a_month:
        reader.refuse("rule_key_missing", "rule.year_starts_month")
    if rule.year != RuleYear.FUND and names_a_month:
        reader.refuse("rule_month_without_fund_year", "rule.year_starts_month")
    for key in ("units_per_event", "units_per_year", "units_per_life", "household_units_per_year"):
        if getattr(rule.limits, key) is not None and not isinstance(rule.grant, PerUnit):
            reader.refuse("rule_counts_no_units", f"rule.limits.{key}")
    if 0 < rule.max_age_years < rule.min_age_years:
        reader.refuse("rule_nobody_is_of_this_age", "rule.max_age_years")
    if rule.year == RuleYear.MEMBERSHIP and rule.limits.budget_per_year_satang is not None:
        reader.refuse("rule_budget_needs_one_year", "rule.limits.budget_per_year_satang")
    if rule.for_whom != ForWhom.MEMBERS:
        for path, is_said in (("rule.grant", isinstance(rule.grant, TenureTiers)),
                              ("rule.year", rule.year == RuleYear.MEMBERSHIP),
                              ("rule.limits", rule.limits.counts_a_household)):
            if is_said:
                reader.refuse("rule_for_members_only", path)
    if isinstance(rule.grant, TenureTiers):
        _refuse_tiers(reader, rule.grant)


def _refuse_tiers(reader: Reader, grant: TenureTiers) -> None:
    last = grant.last
    if last and last.ceiling_satang is not None and last.ceiling_satang < (last.base_satang or 0):
        reader.refuse("rule_ceiling_below_base", "rule.grant.last.ceiling_satang")
    lengths = [tier.below_days or (tier.below_years or 0) * 366 for tier in grant.tiers]
    if any(not earlier < later for earlier, later in pairwise(lengths)):
        reader.refuse("rule_tiers_out_of_order", "rule.grant.tiers")
