"""The library of ready clauses: every one runs, in Thai and English, and its words say its figures."""
import re
from collections import Counter

import pytest

from ombun.ledger.rules import CHART, AccountKind
from ombun.primitives.money import baht
from ombun.regulations import queries
from ombun.regulations.rules.chapters import Chapter
from ombun.regulations.rules.clauses import NewClause, refusals_of_clause
from ombun.regulations.rules.reading import read_rule
from ombun.regulations.rules.reading_back import read_back

THAI = re.compile(r"[\u0e00-\u0e7f]")
BESIDES = {"ordination", "conscription", "marriage", "sick_visit", "newborn_gift", "wreath", "calving"}
LIBRARY = queries.library()
ready = pytest.mark.parametrize("one", LIBRARY, ids=[one.benefit for one in LIBRARY])


def test_all_sixteen_national_kinds_are_there_and_what_funds_add():
    assert {one.national_kind for one in LIBRARY} == set(range(1, 17))
    assert {one.benefit for one in LIBRARY} >= BESIDES
    assert set(Counter(one.benefit for one in LIBRARY).values()) == {1}


@ready
def test_every_ready_clause_may_be_adopted(one):
    clause = NewClause(clause_no="17.1", benefit=one.benefit, title_th=one.title_th, title_en=one.title_en,
                       text_th=one.text_th, account_code=one.account_code, rule=one.rule)
    assert refusals_of_clause(clause=clause) == []
    assert next(line for line in CHART if line.code == one.account_code).kind == AccountKind.EXPENSE
    assert one.account_code == f"51{one.national_kind:02}"
    assert THAI.search(one.text_th) and not THAI.search(one.text_en)


@ready
def test_the_words_of_a_ready_clause_say_the_figures_of_its_rule(one):
    for line in read_back(rule=read_rule(data=one.rule)):
        for name, value in line.facts.items():
            if not isinstance(value, int) or isinstance(value, bool) or name == "persons":
                continue
            figure = baht(value).removesuffix(".00") if name.endswith("_satang") else str(value)
            if figure not in {"0", "1"}:  # once goes without saying
                assert figure in one.text_th and figure in one.text_en, (one.benefit, line.code, figure)


def test_the_ready_provisions_make_a_whole_regulation_around_the_benefits():
    ready_words = queries.ready_provisions()
    assert {one.chapter for one in ready_words} >= set(Chapter) - {Chapter.WELFARE, Chapter.OTHER}
    assert len({one.clause_no for one in ready_words}) == len(ready_words)
