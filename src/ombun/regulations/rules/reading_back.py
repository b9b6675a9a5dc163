"""A rule read back line by line: what it will do, in sentences that everybody at the meeting understands. Pure."""
from collections.abc import Iterable, Mapping

from ombun.regulations.rules.assessment import Step
from ombun.regulations.rules.vocabulary import (
    BenefitRule,
    FixedSum,
    Limits,
    OpenTier,
    PerUnit,
    RuleYear,
    TenureTiers,
    Things,
    Tier,
)

_LIMITS = ("cap_per_event_satang", "cap_per_year_satang", "cap_per_life_satang", "times_per_year", "times_per_life",
           "household_times_per_year", "household_cap_per_year_satang", "budget_per_year_satang")
_OF_UNITS = ("units_per_event", "units_per_year", "units_per_life", "household_units_per_year")
_CONDITIONS = ("waiting_days", "min_membership_years", "min_age_years", "max_age_years")


def read_back(*, rule: BenefitRule, clause_nos: Mapping[str, str] | None = None) -> tuple[Step, ...]:
    """What a rule does, line by line: what it gives, up to how much, to whom, when, on which papers, who decides.

    `clause_nos` gives the numbers of the clauses whose benefits are counted together with this one.
    """
    lines = [*_grant(rule), *_limits(rule, clause_nos or {}), *_people(rule), *_way(rule)]
    return tuple(lines)


def _line(code: str, **facts: object) -> Step:
    return Step(code=f"regulations.reads_{code}", facts=facts, clause_no="")


def _words(prefix: str, values: Iterable[object]) -> list[str]:
    """Codes of words, which the sentence strings together."""
    return [f"regulations.{prefix}_{value}" for value in values]


def _grant(rule: BenefitRule) -> list[Step]:
    grant = rule.grant
    if isinstance(grant, FixedSum):
        return [_line("fixed_sum", amount_satang=grant.amount_satang)]
    if isinstance(grant, Things):
        return [_line("things", what=grant.what, worth_satang=grant.worth_satang)]
    if isinstance(grant, PerUnit):
        return [_line(f"per_{grant.unit}", rate_satang=grant.rate_satang)]
    return [*(_tier(tier) for tier in grant.tiers), *_last(grant, grant.last)]


def _tier(tier: Tier) -> Step:
    nothing = "" if tier.amount_satang else "_nothing"
    if tier.below_days is not None:
        return _line(f"tier_days{nothing}", below_days=tier.below_days, amount_satang=tier.amount_satang)
    return _line(f"tier_years{nothing}", below_years=tier.below_years, amount_satang=tier.amount_satang)


def _last(grant: TenureTiers, last: OpenTier) -> list[Step]:
    from_years = grant.from_years
    lines = [_line("tier_from" if from_years else "tier_after", from_years=from_years, base_satang=last.base_satang)]
    if last.each_further_year_satang:
        lines.append(_line("tier_further", from_years=from_years, each_satang=last.each_further_year_satang))
    if last.ceiling_satang is not None:
        lines.append(_line("tier_ceiling", ceiling_satang=last.ceiling_satang))
    return lines


def _limits(rule: BenefitRule, clause_nos: Mapping[str, str]) -> list[Step]:
    limits: Limits = rule.limits
    lines = [_line(f"{name}_{rule.unit}", most=getattr(limits, name)) for name in _OF_UNITS
             if getattr(limits, name) is not None]
    for name in _LIMITS:
        most = getattr(limits, name)
        if most is not None:
            lines.append(_line(name.removesuffix("_satang"), **{"most_satang" if "satang" in name else "most": most}))
    if limits.together_with:
        clauses = ", ".join(clause_nos.get(benefit, benefit) for benefit in limits.together_with)
        lines.append(_line("together_with", clauses=clauses))
    if limits.counts_a_year:
        lines.append(_line("year_fund", month_numbers=[rule.year_starts_month]) if rule.year == RuleYear.FUND
                     else _line(f"year_{rule.year}"))
    return lines


def _people(rule: BenefitRule) -> list[Step]:
    lines = [_line(f"for_{rule.for_whom}")]
    lines += [_line(name, most=getattr(rule, name)) for name in _CONDITIONS if getattr(rule, name)]
    if rule.sex is not None:
        lines.append(_line(f"sex_{rule.sex}"))
    if rule.kinds:
        lines.append(_line("kinds", kind_words=_words("kind", rule.kinds)))
    if rule.villages:
        lines.append(_line("villages", villages=", ".join(map(str, rule.villages))))
    if rule.months:
        lines.append(_line("months", month_numbers=list(rule.months)))
    if rule.min_grade_hundredths:
        grade = rule.min_grade_hundredths
        lines.append(_line("min_grade", grade=f"{grade // 100}.{grade % 100:02}"))
    if rule.relative is not None:
        lines.append(_line(f"relative_{rule.relative}"))
    lines.append(_line("paid_up" if rule.needs_paid_up else "not_paid_up"))
    return lines


def _way(rule: BenefitRule) -> list[Step]:
    lines = [_line("deadline", days=rule.deadline_days)] if rule.deadline_days else []
    if rule.documents:
        lines.append(_line("documents", document_words=_words("document", rule.documents)))
    if rule.attachments:
        lines.append(_line("attachments", document_words=_words("document", rule.attachments)))
    lines.append(_line("certifiers" if rule.certifiers else "no_certifiers", persons=rule.certifiers))
    if rule.chair_up_to_satang is not None:
        lines.append(_line("chair_up_to", most_satang=rule.chair_up_to_satang))
    if rule.at_once is not None:
        papers = _words("document", rule.at_once.documents)
        lines.append(_line("at_once_on_papers" if papers else "at_once", most_satang=rule.at_once.limit_satang,
                           document_words=papers))
    if rule.earmark is not None:
        lines.append(_line(f"earmark_{rule.earmark}"))
    lines.append(_line(f"payee_{rule.payee}"))
    return lines
