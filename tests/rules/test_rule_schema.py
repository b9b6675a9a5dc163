"""The published JSON Schema and the reader say the same; a document of a newer program is not read at all."""
import json
import re
from copy import deepcopy
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from ombun.jobs.machine.paths import ROOT
from ombun.regulations.queries import FIRST_RULE_BOOK
from ombun.regulations.rules.clauses import NewVersion, read_clauses, read_document, refusals_to_adopt
from ombun.regulations.rules.reading import RuleRefused, parsed, read_rule
from ombun.regulations.rules.schema import schema
from tests.words import spoken_codes

PUBLISHED = ROOT / "docs" / "reference" / "rule-document.schema.json"
TOGETHER = {"rule_key_missing", "rule_month_without_fund_year", "rule_counts_no_units", "rule_nobody_is_of_this_age",
            "rule_budget_needs_one_year", "rule_for_members_only", "rule_tier_needs_days_or_years",
            "rule_ceiling_below_base", "rule_tiers_out_of_order"}  # what no single word is wrong in


def allowed(said):
    """Anything that a part of the schema allows."""
    if "oneOf" in said and "type" not in said:
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


# What an independent reader of JSON Schema says, and ours.
VALIDATOR = Draft202012Validator(schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)
FIRST = {"format": 1, "meeting": "ประชุมใหญ่", "voted_on": "2026-11-20", "clauses": [
    *json.loads(FIRST_RULE_BOOK.read_text("utf-8")), *json.loads((ROOT / "tests/spec/real_clauses.json").read_text(
        "utf-8"))["clauses"]]}
ODD = st.one_of(
    st.booleans(), st.integers(-1, 10**16), st.floats(), st.text(max_size=3), st.lists(st.integers(0, 3)),
    st.sampled_from(["night", "fund", "membership", "others", "2026-11-25", "2569-11-25", "5102", "x\0", "\ud800"]),
    st.dictionaries(st.sampled_from(["kind", "unit", "amount_satang", "below_days"]), st.integers(0, 9), max_size=3))


def refused(document):
    """Every fault that keeps a document from being put in force: code and path."""
    if found := faults(read_document, document):
        return found
    version = NewVersion(
        id=UUID(int=1), number=1, title="ระเบียบ", voted_on=date(2026, 1, 1), meeting="ประชุม", resolution="มติ",
        in_force_from=date(2026, 1, 1), clauses=read_document(data=document).clauses)
    return [(r.code, r.about) for r in refusals_to_adopt(version=version, there=(), today=date(2026, 1, 1))]


def places(document, path=()):
    """Every place of a document, by the keys that lead there."""
    yield path
    inside = document.items() if isinstance(document, dict) else enumerate(document) if isinstance(
        document, list) else ()
    for key, value in inside:
        yield from places(value, (*path, key))


def changed(document, path, value):
    """The document with another value at a place."""
    if not path:
        return value
    found = deepcopy(document)
    part = found
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = value
    return found


def test_the_rule_books_that_we_have_are_what_the_schema_says():
    Draft202012Validator.check_schema(schema())
    assert [error.message for error in VALIDATOR.iter_errors(FIRST)] == []
    assert {code for code, _ in refused(FIRST)} <= {"regulations.benefit_twice", "regulations.clause_no_twice"}


@settings(max_examples=300)
@given(st.sampled_from(list(places(FIRST))), ODD)
def test_what_the_schema_refuses_is_never_put_in_force(path, value):
    document = changed(FIRST, path, value)
    found = {(code, about) for code, about in refused(document) if not code.endswith("_twice")}
    assert all(about for _, about in found)
    assert found or VALIDATOR.is_valid(document)


def test_what_is_said_twice_is_refused_wherever_it_stands():
    rules = FIRST_RULE_BOOK.read_text("utf-8").replace('"rate_satang"', '"rate_satang": 1, "rate_satang"', 1)
    assert faults(read_document, parsed(text='{"format": 1, "format": 1, "clauses": ' + rules + "}")) == [
        ("rule_key_twice", "document.format"), ("rule_key_twice", "17.2.rule.grant.rate_satang")]


def test_a_fault_of_the_head_hides_none_of_the_clauses():
    book = deepcopy(FIRST) | {"title": 7}
    book["clauses"][1]["rule"]["grant"]["unit"] = "furlong"
    assert faults(read_document, book) == [
        ("rule_not_text", "document.title"), ("rule_word_unknown", "17.2.rule.grant.unit")]


@pytest.mark.parametrize("text", ["x\0", "\ud800 y", "a\x7fb"])
def test_what_no_database_can_keep_is_refused(text):
    rule = {"grant": {"kind": "things", "what": text, "worth_satang": 1}, "limits": {"together_with": [text]}}
    assert faults(read_rule, rule) == [
        ("rule_not_text", "rule.grant.what"), ("rule_not_text", "rule.limits.together_with[0]")]
    assert faults(read_rule, {"grant": {"kind": "fixed_sum", "amount_satang": 1}, text: 1})[0][1].isprintable()
