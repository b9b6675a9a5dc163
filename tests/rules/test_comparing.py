"""Two versions side by side: what came, what went, what reads otherwise."""
from dataclasses import replace
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from ombun.regulations import queries
from ombun.regulations.rules.comparing import Change, compared
from ombun.regulations.rules.drafts import drafted, sorted_clauses

BOOK = drafted(draft_id=uuid4(), clauses=queries.first_rule_book(), provisions=queries.ready_provisions())


def by_no(book, no):
    return next(one for one in book if one.clause_no == no)


def test_the_same_is_the_same():
    assert {one.change for one in compared(before=BOOK, after=BOOK)} == {Change.SAME}
    assert {one.change for one in compared(before=(), after=BOOK)} == {Change.ADDED}
    assert {one.change for one in compared(before=BOOK, after=())} == {Change.DROPPED}


def test_a_figure_that_changed_is_marked_in_the_words_and_in_what_the_rule_does():
    hospital = by_no(BOOK, "17.2")
    limits = {"cap_per_event_satang": 60_000, "cap_per_year_satang": 120_000}
    dearer = replace(hospital, text_th=hospital.text_th.replace("1,000 บาท", "1,200 บาท"),
                     rule={**hospital.rule, "limits": limits})
    (one,) = [row for row in compared(before=BOOK, after=[dearer if c == hospital else c for c in BOOK])
              if row.change != Change.SAME]
    assert one.change == Change.CHANGED
    assert [p.words for p in one.words_before if p.is_other] == ["1,000"]
    assert [p.words for p in one.words_after if p.is_other] == ["1,200"]
    assert [(line.code, line.facts["most_satang"]) for line in (*one.no_more, *one.from_now_on)] == [
        ("regulations.reads_cap_per_year", 100_000), ("regulations.reads_cap_per_year", 120_000)]


def test_a_benefit_under_another_number_or_account_is_changed_not_new():
    birth = by_no(BOOK, "17.1")
    (moved,) = [row for row in compared(before=BOOK, after=[replace(birth, clause_no="20") if c == birth else c
                                                            for c in BOOK]) if row.change != Change.SAME]
    assert moved.change == Change.CHANGED and not moved.from_now_on
    (booked,) = compared(before=[birth], after=[replace(birth, account_code="5190")])
    assert booked.change == Change.CHANGED and booked.booked_otherwise


def test_what_was_dropped_stands_where_it_stood():
    rows = compared(before=BOOK, after=[c for c in BOOK if c.clause_no != "17.2"])
    assert [(row.before or row.after).clause_no for row in rows] == [c.clause_no for c in BOOK]
    assert next(row for row in rows if row.before.clause_no == "17.2").change == Change.DROPPED


PLACES = st.sets(st.integers(0, len(BOOK) - 1))


@given(PLACES, PLACES)
def test_every_clause_of_both_is_there_once_and_no_word_is_lost(before, after):
    before, after = (sorted_clauses(clauses=[BOOK[n] for n in places]) for places in (before, after))
    rows = compared(before=before, after=after)
    assert sorted(str(row.before.id) for row in rows if row.before) == sorted(str(c.id) for c in before)
    assert [row.after for row in rows if row.after] == list(after)
    for row in rows:
        for side, pieces in ((row.before, row.words_before), (row.after, row.words_after)):
            assert " ".join(piece.words for piece in pieces) == (" ".join(side.text_th.split()) if side else "")
