"""Reading a clause from JSON: all its faults at once, each with its path; a word it does not know is refused."""
from collections.abc import Mapping
from enum import StrEnum
from itertools import pairwise
from typing import TypeVar

from ombun.primitives.money import SATANG_MAX, Satang
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.thai import tidy
from ombun.regulations.rules.vocabulary import (
    BenefitRule,
    Document,
    FixedSum,
    Grant,
    Limits,
    OpenTier,
    Payee,
    PerUnit,
    RuleYear,
    TenureTiers,
    Tier,
    Unit,
)

COUNT_MAX = 100_000
_Choice = TypeVar("_Choice", bound=StrEnum)


class RuleRefused(Refused):
    """The rule cannot be read; every fault is listed with its path."""


class Reader:
    """One JSON object: each key is asked for by name, and what nobody asked for is a fault."""

    def __init__(self, value: object, path: str, found: list[Refusal]) -> None:
        self.path, self.found = path, found
        self.is_object = isinstance(value, Mapping)
        self.left: dict[object, object] = dict(value) if isinstance(value, Mapping) else {}
        if not self.is_object:
            self.refuse("rule_not_an_object", path)

    def refuse(self, code: str, path: str, **facts: object) -> None:
        self.found.append(Refusal(code=f"regulations.{code}", about=path, facts={"path": path, **facts}))

    def at(self, key: str) -> str:
        return f"{self.path}.{key}"

    def take(self, key: str, *, is_needed: bool = False) -> object:
        value = self.left.pop(key, None)
        if value is None and is_needed and self.is_object:
            self.refuse("rule_key_missing", self.at(key))
        return value

    def part(self, key: str, *, is_needed: bool = False) -> "Reader":
        value = self.take(key, is_needed=is_needed)
        if value is None:
            nothing = Reader({}, self.at(key), self.found)
            nothing.is_object = not is_needed
            return nothing
        return Reader(value, self.at(key), self.found)

    def whole(self, key: str, *, least: int = 0, most: int = COUNT_MAX, is_needed: bool = False) -> int | None:
        value = self.take(key, is_needed=is_needed)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            self.refuse("rule_not_a_whole_number", self.at(key))
            return None
        if not least <= value <= most:
            self.refuse("rule_number_out_of_range", self.at(key), least=least, most=most)
            return None
        return value

    def satang(self, key: str, *, least: int = 0) -> Satang:
        return Satang(self.whole(key, least=least, most=SATANG_MAX, is_needed=True) or 0)

    def satang_or_none(self, key: str) -> Satang | None:
        value = self.whole(key, least=1, most=SATANG_MAX)
        return None if value is None else Satang(value)

    def choice(self, key: str, choices: type[_Choice], default: _Choice, *, is_needed: bool = False) -> _Choice:
        value = self.take(key, is_needed=is_needed)
        if value is None:
            return default
        if isinstance(value, str) and value in set(choices):
            return choices(value)
        self.refuse("rule_word_unknown", self.at(key), choices=", ".join(choices))
        return default

    def text(self, key: str) -> str:
        value = self.take(key, is_needed=True)
        if value is None or isinstance(value, str):
            return tidy(value or "")
        self.refuse("rule_not_text", self.at(key))
        return ""

    def truth(self, key: str, default: bool) -> bool:
        value = self.take(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.refuse("rule_not_yes_or_no", self.at(key))
            return default
        return value

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
    year = reader.choice("year", RuleYear, RuleYear.FISCAL)
    starts_month = reader.whole("year_starts_month", least=1, most=12, is_needed=year == RuleYear.FUND)
    if starts_month is not None and year != RuleYear.FUND:
        reader.refuse("rule_month_without_fund_year", reader.at("year_starts_month"))
    grant = _read_grant(reader.part("grant", is_needed=True))
    limits = _read_limits(reader.part("limits"), grant=grant)
    rule = BenefitRule(
        grant=grant, limits=limits, year=year, year_starts_month=starts_month or 10,
        payee=reader.choice("payee", Payee, Payee.MEMBER), waiting_days=reader.whole("waiting_days") or 0,
        min_membership_years=reader.whole("min_membership_years", most=120) or 0,
        min_age_years=reader.whole("min_age_years", most=120) or 0,
        needs_paid_up=reader.truth("needs_paid_up", True), documents=_read_documents(reader))
    reader.close()
    if found:
        raise RuleRefused(*found)
    return rule


def _read_grant(reader: Reader) -> Grant:
    kind = reader.choice("kind", _GrantKind, _GrantKind.FIXED_SUM, is_needed=True)
    grant: Grant
    if kind == _GrantKind.PER_UNIT:
        grant = PerUnit(unit=reader.choice("unit", Unit, Unit.NIGHT, is_needed=True),
                        rate_satang=reader.satang("rate_satang", least=1))
    elif kind == _GrantKind.TENURE_TIERS:
        grant = _read_tiers(reader)
    else:
        grant = FixedSum(amount_satang=reader.satang("amount_satang", least=1))
    reader.close()
    return grant


class _GrantKind(StrEnum):
    FIXED_SUM = "fixed_sum"
    PER_UNIT = "per_unit"
    TENURE_TIERS = "tenure_tiers"


def _read_tiers(reader: Reader) -> TenureTiers:
    tiers = []
    for number, item in enumerate(reader.items("tiers", is_needed=True)):
        part = Reader(item, f"{reader.path}.tiers[{number}]", reader.found)
        days, years = part.whole("below_days", least=1), part.whole("below_years", least=1, most=120)
        if part.is_object and (days is None) == (years is None):
            part.refuse("rule_tier_needs_days_or_years", part.path)
        tiers.append(Tier(amount_satang=part.satang("amount_satang"), below_days=days, below_years=years))
        part.close()
    part = reader.part("last", is_needed=True)
    last = OpenTier(base_satang=part.satang("base_satang"), ceiling_satang=part.satang_or_none("ceiling_satang"),
                    each_further_year_satang=part.satang("each_further_year_satang"))
    part.close()
    if last.ceiling_satang is not None and last.ceiling_satang < last.base_satang:
        part.refuse("rule_ceiling_below_base", part.at("ceiling_satang"))
    lengths = [tier.below_days or (tier.below_years or 0) * 366 for tier in tiers]
    if any(not earlier < later for earlier, later in pairwise(lengths)):
        reader.refuse("rule_tiers_out_of_order", reader.at("tiers"))
    return TenureTiers(tiers=tuple(tiers), last=last)


def _read_limits(reader: Reader, *, grant: Grant) -> Limits:
    for key in ("units_per_event", "units_per_year"):
        if key in reader.left and not isinstance(grant, PerUnit):
            reader.refuse("rule_counts_no_units", reader.at(key))
    limits = Limits(
        units_per_event=reader.whole("units_per_event", least=1),
        units_per_year=reader.whole("units_per_year", least=1),
        cap_per_event_satang=reader.satang_or_none("cap_per_event_satang"),
        cap_per_year_satang=reader.satang_or_none("cap_per_year_satang"),
        times_per_year=reader.whole("times_per_year", least=1), times_per_life=reader.whole("times_per_life", least=1))
    reader.close()
    return limits


def _read_documents(reader: Reader) -> tuple[Document, ...]:
    codes = reader.items("documents")
    known = set(Document)
    for number, code in enumerate(codes):
        if not isinstance(code, str) or code not in known:
            reader.refuse("rule_word_unknown", f"{reader.at('documents')}[{number}]", choices=", ".join(Document))
    return tuple(dict.fromkeys(Document(code) for code in codes if isinstance(code, str) and code in known))
