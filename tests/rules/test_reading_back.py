"""A rule read back: every word of the vocabulary has its sentence, in Thai and in English."""
from dataclasses import fields, replace
from enum import StrEnum
from types import UnionType
from typing import get_args, get_origin, get_type_hints

import pytest
from django.utils.translation import override

from ombun.primitives.money import Satang
from ombun.primitives.sentences import sentence
from ombun.regulations import queries
from ombun.regulations.rules.reading import read_rule
from ombun.regulations.rules.reading_back import read_back
from ombun.regulations.rules.vocabulary import (
    AtOnce,
    BenefitRule,
    Document,
    FixedSum,
    Limits,
    OpenTier,
    PerUnit,
    RuleYear,
    TenureTiers,
    Things,
    Tier,
    Unit,
)
from tests.words import spoken_codes

PLAIN = BenefitRule(grant=FixedSum(amount_satang=Satang(10_000)), limits=Limits(times_per_year=1))
NIGHTS = PerUnit(unit=Unit.NIGHT, rate_satang=Satang(20_000))
TIERS = TenureTiers(tiers=(Tier(below_days=180, amount_satang=Satang(0)),
                           Tier(below_years=5, amount_satang=Satang(300_000))),
                    last=OpenTier(base_satang=Satang(500_000), each_further_year_satang=Satang(0)))


def values_of(shape, name):
    """Some other values that a word of the vocabulary may take: of a closed list every one."""
    hint = get_type_hints(shape)[name]
    if get_origin(hint) is UnionType:
        hint = next(arg for arg in get_args(hint) if arg is not type(None))
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        return [(one,) for one in inner] if issubclass(inner, StrEnum) else [(4,) if inner is int else ("death",)]
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return list(hint)
    if hint is bool:
        return [True, False]
    if hint is AtOnce:
        return [AtOnce(limit_satang=Satang(700)), AtOnce(limit_satang=Satang(700), documents=(Document.PHOTOGRAPH,))]
    return ["ข้าว"] if hint is str else [7]


def variations():
    """Every word of the vocabulary said once, beside the same rule without it."""
    for name in (one.name for one in fields(BenefitRule) if one.name not in {"grant", "limits", "year_starts_month"}):
        for value in values_of(BenefitRule, name):
            if value != getattr(PLAIN, name):
                yield f"{name}-{value}", PLAIN, replace(PLAIN, **{name: value})
    fund_year = replace(PLAIN, year=RuleYear.FUND)
    yield "year_starts_month", fund_year, replace(fund_year, year_starts_month=4)
    for name in (one.name for one in fields(Limits)):
        for unit in Unit:
            base = replace(PLAIN, grant=replace(NIGHTS, unit=unit), limits=Limits())
            yield f"{name}-{unit}", base, replace(base, limits=Limits(**{name: values_of(Limits, name)[0]}))
    for unit in Unit:
        yield f"per-{unit}", PLAIN, replace(PLAIN, grant=replace(NIGHTS, unit=unit))
    yield "rate", replace(PLAIN, grant=NIGHTS), replace(PLAIN, grant=replace(NIGHTS, rate_satang=Satang(1)))
    yield "amount", PLAIN, replace(PLAIN, grant=FixedSum(amount_satang=Satang(7)))
    rice = Things(what="ข้าว", worth_satang=Satang(700))
    yield "what", replace(PLAIN, grant=rice), replace(PLAIN, grant=replace(rice, what="พวงหรีด"))
    yield "worth", replace(PLAIN, grant=rice), replace(PLAIN, grant=replace(rice, worth_satang=Satang(1)))
    tenure = replace(PLAIN, grant=TIERS)
    for name in (one.name for one in fields(OpenTier)):
        changed = replace(TIERS.last, **{name: Satang(900_000)})
        yield f"last-{name}", tenure, replace(tenure, grant=replace(TIERS, last=changed))
    for place, tier in ((0, Tier(below_days=90, amount_satang=Satang(0))),
                        (0, Tier(below_days=180, amount_satang=Satang(1))),
                        (1, Tier(below_years=6, amount_satang=Satang(300_000))),
                        (1, Tier(below_years=5, amount_satang=Satang(0)))):
        tiers = (*TIERS.tiers[:place], tier, *TIERS.tiers[place + 1:])
        yield f"tier-{place}-{tier.amount_satang}", tenure, replace(tenure, grant=replace(TIERS, tiers=tiers))


VARIATIONS = list(variations())


@pytest.mark.parametrize(("without", "said"), [v[1:] for v in VARIATIONS], ids=[v[0] for v in VARIATIONS])
def test_every_word_of_the_vocabulary_is_read_back(without, said):
    lines = read_back(rule=said)
    assert lines != read_back(rule=without)
    codes = {line.code for line in lines} | {
        word for line in lines for name, words in line.facts.items() if name.endswith("_words") for word in words}
    assert codes <= spoken_codes("regulations"), codes - spoken_codes("regulations")
    spoken = {}
    for language in ("th", "en"):
        with override(language):
            spoken[language] = [sentence(line) for line in lines]
        assert not any("%(" in one or "regulations." in one for one in spoken[language])
    assert not set(spoken["th"]) & set(spoken["en"])


def test_every_grant_of_the_vocabulary_was_tried():
    assert {name for name, *_ in VARIATIONS} >= {f"per-{unit}" for unit in Unit}
    assert len(VARIATIONS) > 130


def test_the_first_rule_book_reads_like_its_own_words():
    with override("th"):
        hospital = [sentence(line) for line in read_back(rule=read_rule(data=queries.first_rule_book()[1].rule))]
    assert hospital[:4] == ["ให้คืนละ 200.00 บาท", "ครั้งหนึ่งให้ไม่เกิน 600.00 บาท", "ปีหนึ่งให้ไม่เกิน 1,000.00 บาท",
                            "นับปีตั้งแต่ 1 ตุลาคม ถึง 30 กันยายน"]
