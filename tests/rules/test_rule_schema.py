"""The published JSON Schema and the reader say the same; a document of a newer program is not read at all."""
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ombun.jobs.machine.paths import ROOT
from ombun.regulations.rules.clauses import read_clauses, read_document
from ombun.regulations.rules.reading import RuleRefused, read_rule
from ombun.regulations.rules.schema import schema
from tests.words import spoken_codes

PUBLISHED = ROOT / "docs" / "reference" / "rule-document.schema.json"
TOGETHER = {"rule_key_missing", "rule_month_without_fund_year", "rule_counts_no_units", "rule_nobody_is_of_this_age",
            "rule_budget_needs_one_year", "rule_for_members_only", "rule_tier_needs_days_or_years",
            "rule_ceiling_below_base", "rule_tiers_out_of_order"}  # what no single word is wrong in


def allowed(said):
    """Anything that a part of the schema allows."""
    if "oneOf" in said:
        return st.one_of([allowed(one) for one in said["oneOf"]])
    if "const" in said or "enum" in said:
        return st.sampled_from(said.get("enum") or [said["const"]])
    if said["type"] == "object":
        words = {name: allowed(one) for name, one in said["properties"].items()}
        return st.fixed_dictionaries({name: words[name] for name in said["required"]}, optional={
            name: one for name, one in words.items() if name not in said["required"]})
    if said["type"] == "array":
        return st.lists(allowed(said["items"]), max_size=3)
    if said["type"] == "integer":
        return st.integers(said["minimum"], said["maximum"])
    return st.booleans() if said["type"] == "boolean" else st.text("กขค abc", min_size=1).filter(str.strip)


def faults(read, data):
    """What is refused, with its path; nothing where it is read."""
    try:
        read(data=data)
    except RuleRefused as refused:
        return [(refusal.code.removeprefix("regulations."), refusal.about) for refusal in refused.refusals]
    return []


RULE = schema()["$defs"]["rule"]


@given(allowed(RULE))
def test_what_the_schema_allows_is_read_or_contradicts_itself(data):
    found = faults(read_rule, data)
    assert {code for code, _ in found} <= TOGETHER
    assert all(path.startswith("rule.") for _, path in found)


@given(allowed(RULE), st.data())
def test_a_word_that_the_schema_has_not_is_refused_by_its_path(data, draw):
    where = draw.draw(st.sampled_from(["rule", "rule.grant", "rule.limits"]))
    part = data if where == "rule" else data.setdefault(where.removeprefix("rule."), {})
    part["lottery"] = 1
    with pytest.raises(RuleRefused) as refused:
        read_rule(data=data)
    assert ("regulations.rule_key_unknown", f"{where}.lottery") in {(r.code, r.about) for r in refused.value.refusals}


def test_the_published_schema_is_the_one_of_the_program():
    assert json.loads(PUBLISHED.read_text("utf-8")) == schema()


def test_the_example_of_the_manual_is_allowed_by_the_schema_word_by_word():
    clause = schema()["$defs"]["clause"]
    example = json.loads(re.search(r"```json\n(.*?)```", (ROOT / "docs/reference/rule-book.md").read_text("utf-8"),
                                   re.DOTALL)[1])
    for one in example:
        assert set(clause["required"]) <= set(one) <= set(clause["properties"])
        assert set(one["rule"]) <= set(RULE["properties"])
    assert len(read_clauses(data=example)) == len(example)


@pytest.mark.parametrize(("document", "told"), [
    ({"format": 2, "clauses": "in another way"}, [("document_newer", "format")]),
    ({"clauses": []}, [("rule_key_missing", "document.format")]),
    ({"format": True, "clauses": []}, [("rule_not_a_whole_number", "document.format")]),
    ({"format": 1, "clauses": {}, "votes": 12, "voted_on": "2026-02-30"},
     [("rule_not_a_day", "document.voted_on"), ("rule_key_unknown", "document.votes"), ("rule_not_a_list", "clauses")]),
])
def test_a_document_with_faults_is_refused_with_their_paths(document, told):
    with pytest.raises(RuleRefused) as refused:
        read_document(data=document)
    assert [(r.code.removeprefix("regulations."), r.about) for r in refused.value.refusals] == told
    assert {r.code for r in refused.value.refusals} <= spoken_codes("regulations")


anything = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=3), lambda inner: st.lists(
    inner, max_size=3) | st.dictionaries(st.sampled_from(["format", "clauses", "rule", "title"]), inner), max_leaves=9)


@given(anything)
def test_whatever_comes_as_a_document_is_read_or_refused(data):
    assert faults(read_document, data) or read_document(data=data).clauses == ()
