"""What must always hold in the rule book. Every answer is a list of what does not; empty is good."""
import json
from dataclasses import replace

from ombun.primitives.findings import Finding, findings
from ombun.regulations.rules.reading import RuleRefused, read_rule


def clauses_whose_rule_cannot_be_read(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Clauses with a rule that this program does not understand, and at which places."""
    clauses = findings(check="regulations.clauses_whose_rule_cannot_be_read", fund_id=fund_id, sql="""
        SELECT fund_id, 'clause:' || id AS about, rule::text AS rule FROM regulations_clause""")
    return tuple(replace(clause, facts={"paths": paths}) for clause in clauses if (paths := _faults(clause)))


def _faults(clause: Finding) -> list[str]:
    try:
        read_rule(data=json.loads(str(clause.facts["rule"])))
    except RuleRefused as refused:
        return [refusal.about for refusal in refused.refusals]
    return []


def versions_that_overlap(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Versions of the regulations that hold on the same day."""
    return findings(check="regulations.versions_that_overlap", fund_id=fund_id, sql="""
        SELECT a.fund_id, 'version:' || a.number AS about, b.number AS other_number, b.in_force_from AS other_begins_on
        FROM regulations_regulationversion a JOIN regulations_regulationversion b
          ON b.fund_id = a.fund_id AND b.id <> a.id AND (a.in_force_from, a.number) < (b.in_force_from, b.number)
          AND (a.in_force_until IS NULL OR a.in_force_until > b.in_force_from)""")


def versions_without_a_clause(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Versions of the regulations that grant nothing at all."""
    return findings(check="regulations.versions_without_a_clause", fund_id=fund_id, sql="""
        SELECT v.fund_id, 'version:' || v.number AS about, v.in_force_from AS begins_on
        FROM regulations_regulationversion v WHERE NOT EXISTS (
          SELECT 1 FROM regulations_clause c WHERE c.fund_id = v.fund_id AND c.version_id = v.id)""")


def published_clauses_that_differ(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Clauses that a fund shows to others and that are not what was voted."""
    return findings(check="regulations.published_clauses_that_differ", fund_id=fund_id, sql="""
        SELECT p.fund_id, 'clause:' || p.id AS about, p.clause_no FROM regulations_publishedclause p
        LEFT JOIN regulations_clause c ON c.fund_id = p.fund_id AND c.id = p.id
          AND (c.clause_no, c.benefit, c.title_th, c.title_en, c.text_th, c.rule, c.account_code)
            = (p.clause_no, p.benefit, p.title_th, p.title_en, p.text_th, p.rule, p.account_code)
        WHERE c.id IS NULL""")
