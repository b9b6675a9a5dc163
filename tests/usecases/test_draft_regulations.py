"""The next regulations are written clause by clause; voted, they are a version and can no more be changed."""
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from ombun.audit.queries import latest
from ombun.primitives.actors import Role
from ombun.regulations import queries
from ombun.regulations.operations import (
    AdoptionRefused,
    DraftRefused,
    adopt_draft,
    drop_clause,
    name_draft,
    start_draft,
    throw_away_draft,
    write_clause,
)
from ombun.regulations.rules.chapters import Chapter
from ombun.regulations.rules.drafts import CLAUSES_MAX, TEXT_MAX, DraftClause, drafted, next_no
from tests.usecases.welfare_house import NOW, WelfareHouse, codes
from tests.words import spoken_codes

FROM = date(2026, 12, 1)


class Drafting(WelfareHouse):
    """The small fund with a draft that begins with the first rule book and the ready provisions."""

    def __init__(self):
        super().__init__()
        self.draft_id = uuid4()
        self.start()

    def start(self, draft_id=None, **more):
        draft_id = draft_id or self.draft_id
        return start_draft(**{
            "actor": self.actor, "draft_id": draft_id, "title": "ระเบียบใหม่", "recorded_at": NOW, "clauses": drafted(
                draft_id=draft_id, clauses=queries.first_rule_book(), provisions=queries.ready_provisions()), **more})

    def draft(self, draft_id=None):
        with self.reading():
            return queries.draft(fund_id=self.fund_id, draft_id=draft_id or self.draft_id)

    def clause(self, no):
        return next(one for one in self.draft().clauses if one.clause_no == no)

    def write(self, clause, **more):
        write_clause(**{"actor": self.actor, "draft_id": self.draft_id, "clause": clause, "recorded_at": NOW, **more})

    def adopt(self, **more):
        return adopt_draft(**{
            "actor": self.actor, "draft_id": self.draft_id, "voted_on": date(2026, 11, 20), "meeting": "ประชุมใหญ่",
            "resolution": "มติที่ 5", "in_force_from": FROM, "recorded_at": NOW, **more})

    def refused(self, verb, *args, **more):
        before = self.draft()
        with pytest.raises(DraftRefused) as refused:
            verb(*args, **more)
        assert self.draft() == before
        assert set(codes(refused)) <= {code.removeprefix("regulations.") for code in spoken_codes("regulations")} | set(
            spoken_codes("regulations"))
        return [refusal.code for refusal in refused.value.refusals]


@pytest.fixture
def house():
    return Drafting()


def test_a_draft_begins_with_its_clauses_and_a_second_click_is_the_same_draft(house):
    assert [one.clause_no for one in house.draft().clauses] == [
        "1", "2", "3", "4", "5", "6", "7", "8", "9", "17.1", "17.2", "17.3", "17.4", "10", "11"]
    again = house.start()
    assert again.was_already_started and again.clauses == 15
    assert len(house.draft().clauses) == 15


def test_a_clause_is_written_and_written_anew(house):
    hospital = house.clause("17.2")
    house.write(replace(hospital, title_th="นอนโรงพยาบาล"))
    house.write(replace(hospital, title_th="นอนโรงพยาบาล"))
    assert house.clause("17.2").title_th == "นอนโรงพยาบาล" and len(house.draft().clauses) == 15
    wreath = queries.ready_clause(benefit="wreath")
    no = next_no(clauses=house.draft().clauses, chapter=Chapter.WELFARE)
    house.write(DraftClause(id=uuid4(), chapter=Chapter.WELFARE, clause_no=no, benefit="wreath", rule=wreath.rule,
                            title_th=wreath.title_th, title_en=wreath.title_en, text_th=wreath.text_th,
                            account_code=wreath.account_code))
    assert no == "17.5" and house.clause("17.5").rule == wreath.rule
    with house.reading():
        told = [event.action for event in latest(fund_id=house.fund_id)]
    assert told[:2] == ["regulations.draft_clause_written"] * 2


def test_a_clause_is_taken_out_once(house):
    for _ in range(2):
        drop_clause(actor=house.actor, draft_id=house.draft_id, clause_id=house.clause("11").id if _ == 0 else uuid4(),
                    recorded_at=NOW)
    assert len(house.draft().clauses) == 14


def test_every_reason_against_a_clause_is_told_at_once(house):
    hospital = house.clause("17.2")
    assert sorted(house.refused(house.write, replace(
        hospital, id=uuid4(), title_th="", account_code="1110", chapter=Chapter.MEMBERS, text_th="ก" * (TEXT_MAX + 1),
        rule={"grant": {"kind": "wish"}}))) == [
            "regulations.benefit_stands_under_welfare", "regulations.benefit_twice", "regulations.clause_no_twice",
            "regulations.clause_text_too_long", "regulations.clause_title_th_missing", "regulations.not_an_expense",
            "regulations.rule_word_unknown"]
    words = house.clause("4")
    assert house.refused(house.write, replace(words, text_th=" ")) == ["regulations.clause_text_th_missing"]
    other = uuid4()
    house.start(other)
    assert house.refused(house.write, replace(words, title_th="ก"), draft_id=other) == [
        "regulations.clause_no_twice", "regulations.clause_of_another_draft"]


def test_only_who_records_the_rules_writes_drafts_and_only_into_one_that_is_there(house):
    collector = replace(house.actor, role=Role.COLLECTOR)
    for refuse in (lambda: house.start(uuid4(), actor=collector),
                   lambda: house.write(replace(house.clause("4"), title_th="ก"), actor=collector),
                   lambda: drop_clause(actor=collector, draft_id=house.draft_id, clause_id=house.clause("4").id,
                                       recorded_at=NOW),
                   lambda: name_draft(actor=collector, draft_id=house.draft_id, title="ก", recorded_at=NOW),
                   lambda: throw_away_draft(actor=collector, draft_id=house.draft_id, recorded_at=NOW)):
        assert house.refused(refuse) == ["regulations.may_not_record"]
    assert house.refused(house.write, house.clause("4"), draft_id=uuid4()) == ["regulations.no_such_draft"]
    assert house.refused(house.start, uuid4(), title=" ") == ["regulations.title_missing"]
    assert house.refused(house.start, uuid4(), title="ก" * 201) == ["regulations.title_too_long"]


def test_a_draft_is_called_something_else(house):
    for _ in range(2):
        name_draft(actor=house.actor, draft_id=house.draft_id, title=" ระเบียบ 2570 ", recorded_at=NOW)
    assert house.draft().title == "ระเบียบ 2570"


def test_voted_the_draft_is_the_next_version_with_its_words_and_is_gone(house):
    house.write(replace(house.clause("17.1"), text_th="คลอดบุตรได้ 1,000 บาท"))
    before = house.draft()
    adopted = house.adopt()
    assert (adopted.version.number, adopted.version.clauses, adopted.version.was_already_recorded) == (2, 4, False)
    assert house.draft() is None
    with house.reading():
        assert queries.version_on(fund_id=house.fund_id, day=FROM).id == house.draft_id
        assert drafted(
            draft_id=house.draft_id,
            clauses=queries.clauses_as_written(fund_id=house.fund_id, version_id=house.draft_id),
            provisions=queries.provisions_of(fund_id=house.fund_id, version_id=house.draft_id)) == before.clauses
    again = house.adopt()
    assert again.version.was_already_recorded and again.version.clauses == 4
    with pytest.raises(DraftRefused):
        house.write(before.clauses[0])


def test_a_draft_that_cannot_be_adopted_stays_as_it_was(house):
    before = house.draft()
    with pytest.raises(AdoptionRefused) as refused:
        house.adopt(meeting=" ", in_force_from=date(2014, 1, 1), voted_on=date(2027, 1, 1))
    assert {r.code for r in refused.value.refusals} >= {
        "regulations.meeting_missing", "regulations.version_overlaps", "regulations.voted_in_the_future"}
    assert house.draft() == before


def test_a_draft_is_thrown_away_with_its_clauses(house):
    throw_away_draft(actor=house.actor, draft_id=house.draft_id, recorded_at=NOW)
    assert house.draft() is None
    with pytest.raises(DraftRefused):
        throw_away_draft(actor=house.actor, draft_id=house.draft_id, recorded_at=NOW)


def test_there_are_not_more_drafts_and_clauses_than_anybody_can_read(house):
    for _ in range(19):
        house.start(uuid4(), clauses=())
    assert house.refused(house.start, uuid4()) == ["regulations.too_many_drafts"]
    words = house.clause("4")
    many = [replace(words, id=uuid4(), clause_no=str(n)) for n in range(CLAUSES_MAX + 1)]
    throw_away_draft(actor=house.actor, draft_id=house.draft_id, recorded_at=NOW)
    with pytest.raises(DraftRefused) as refused:
        house.start(clauses=many)
    assert {r.code for r in refused.value.refusals} == {"regulations.draft_is_full"}


def test_nobody_writes_over_what_they_have_not_seen(house):
    seen = house.clause("17.2")
    house.write(replace(seen, title_th="นอนโรงพยาบาล"), seen=seen.mark)
    assert house.refused(house.write, replace(seen, text_th="อื่น"), seen=seen.mark) == [
        "regulations.clause_changed_meanwhile"]
    assert house.refused(house.write, replace(seen, text_th="อื่น"), seen="") == ["regulations.clause_changed_meanwhile"]
    now = house.clause("17.2")
    house.write(now, seen="")  # what is there already is the first answer again
    house.write(replace(now, text_th="อื่น"), seen=now.mark)
    assert house.clause("17.2").text_th == "อื่น"
