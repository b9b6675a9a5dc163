"""A meeting votes the regulations: whole or not at all, one version a day, nothing that cannot be read."""
from datetime import date
from uuid import uuid4

import pytest
from django.db import connections

from ombun.jobs import checking
from ombun.ledger.rules import CHART
from ombun.primitives.actors import Role
from ombun.regulations import checks, queries
from ombun.regulations.operations import AdoptionRefused, adopt_version
from ombun.regulations.rules.clauses import NewClause
from ombun.regulations.rules.vocabulary import Document, Payee
from tests.usecases.planted import refusing_constraint, written_past_python
from tests.usecases.welfare_house import NOW, WelfareHouse, codes, first_version
from tests.words import spoken_codes

SUM = {"grant": {"kind": "fixed_sum", "amount_satang": 500_00}}


@pytest.fixture
def house():
    return WelfareHouse(adopts=False)


def calving(**more):
    """A clause of a fund where a buffalo calving is an occasion."""
    return NewClause(**{"clause_no": "18", "benefit": "calving", "title_th": "ควายออกลูก",
                        "title_en": "A buffalo has calved", "text_th": "ควายของสมาชิกออกลูก ได้ 500 บาท",
                        "account_code": "5107", "rule": SUM, **more})


def adopt(house, *, actor=None, **more):
    return adopt_version(actor=actor or house.actor, version=first_version(**more), recorded_at=NOW)


def everything(house):
    with house.reading():
        return queries.versions(fund_id=house.fund_id), queries.clauses_on(fund_id=house.fund_id, day=date(2026, 11, 1))


def refused_with(house, **more):
    before = everything(house)
    with pytest.raises(AdoptionRefused) as refused:
        adopt(house, **more)
    assert everything(house) == before
    assert {r.code for r in refused.value.refusals} <= spoken_codes("regulations")
    return refused


def test_the_first_rule_book_holds_from_its_day(house):
    adopted = adopt(house)
    assert (adopted.number, adopted.clauses, adopted.was_already_recorded) == (1, 4, False)
    with house.reading():
        clauses = queries.clauses_on(fund_id=house.fund_id, day=date(2015, 1, 1))
        assert queries.clauses_on(fund_id=house.fund_id, day=date(2014, 12, 31)) == ()
        death = queries.clause_on(fund_id=house.fund_id, benefit="death", day=date(2026, 11, 1))
        assert queries.clause_by_id(fund_id=house.fund_id, clause_id=death.id) == death
        assert queries.benefit_titles(fund_id=house.fund_id)["birth"] == ("รับขวัญบุตรแรกเกิด", "A child is born")
    assert [(c.clause_no, c.benefit) for c in clauses] == [
        ("17.1", "birth"), ("17.2", "hospital"), ("17.3", "elderly"), ("17.4", "death")]
    assert (death.rule.payee, death.rule.documents) == (Payee.BENEFICIARY, (Document.DEATH_CERTIFICATE,))


def test_the_words_of_the_first_rule_book_say_its_figures():
    names = {line.code: line.name_th for line in CHART}
    for clause, said in zip(queries.first_rule_book(), (
            ("1,000",), ("200", "600", "1,000"), ("200", "60 ปี", "3 ปี"),
            ("1,500", "3,000", "6,000", "10,000", "12,000", "20,000", "500", "30,000")), strict=True):
        assert all(figure in clause.text_th for figure in said), clause.clause_no
        assert names[clause.account_code].startswith("สวัสดิการ")
    assert {f"regulations.document_{document}" for document in Document} <= spoken_codes("regulations")


def test_sent_twice_the_first_answer_comes_again(house):
    version_id = uuid4()
    adopt(house, id=version_id)
    before = everything(house)
    assert adopt(house, id=version_id).was_already_recorded and everything(house) == before
    assert codes(refused_with(house, id=version_id, title="อื่น")) == ["same_id_other_version"]


def test_the_version_before_ends_when_the_next_begins(house):
    adopt(house)
    adopt(house, number=2, in_force_from=date(2026, 10, 1), clauses=(calving(clause_no="9.10"), *[
        calving(clause_no="9.2", benefit="birth")]))
    with house.reading():
        newest, first = queries.versions(fund_id=house.fund_id)
        assert queries.version_on(fund_id=house.fund_id, day=date(2026, 9, 30)).number == 1
        assert queries.version_on(fund_id=house.fund_id, day=date(2026, 10, 1)).number == 2
        clauses = queries.clauses_on(fund_id=house.fund_id, day=date(2026, 10, 1))
    assert (first.in_force_until, newest.in_force_until) == (date(2026, 10, 1), None)
    assert [c.clause_no for c in clauses] == ["9.2", "9.10"]


def test_an_older_version_may_be_written_down_later(house):
    adopt(house, number=2)
    assert codes(refused_with(house, number=1, in_force_from=date(2012, 1, 1))) == ["version_overlaps"]
    adopt(house, number=1, in_force_from=date(2012, 1, 1), in_force_until=date(2015, 1, 1))
    with house.reading():
        numbers = [queries.version_on(fund_id=house.fund_id, day=date(year, 6, 1)).number for year in (2014, 2015)]
    assert numbers == [1, 2]


def test_every_fault_is_told_at_once_with_its_path(house):
    adopt(house)
    wrong = (calving(rule={"grant": {"kind": "lottery"}}),
             calving(benefit="Calving!", account_code="1110", text_th=" "),
             calving(clause_no="", title_th="", title_en="", rule={**SUM, "code": "import os"}))
    refused = refused_with(house, actor=house.as_(Role.REGISTRAR), title="", meeting=" ", resolution="",
                           voted_on=date(2026, 12, 1), in_force_from=date(2015, 1, 1),
                           in_force_until=date(2014, 1, 1), clauses=wrong)
    assert codes(refused) == [
        "ends_before_it_begins", "voted_in_the_future", "version_number_taken", "title_missing", "meeting_missing",
        "resolution_missing", "clause_no_twice", "benefit_twice", "rule_word_unknown",
        "clause_text_th_missing", "benefit_not_plain", "not_an_expense", "clause_clause_no_missing",
        "clause_title_th_missing", "clause_title_en_missing", "rule_key_unknown", "may_not_record"]
    assert refused.value.refusals[8].about == "18.rule.grant.kind"
    assert codes(refused_with(house, number=2, in_force_from=date(2016, 1, 1), clauses=())) == ["no_clauses"]


@pytest.mark.parametrize(("begins", "ends"), [
    (date(2015, 1, 1), None), (date(2014, 1, 1), None), (date(2014, 1, 1), date(2015, 1, 2)),
    (date(2015, 1, 1), date(2015, 1, 2))])
def test_two_versions_never_hold_on_the_same_day(house, begins, ends):
    adopt(house)
    assert codes(refused_with(house, number=2, in_force_from=begins, in_force_until=ends)) == ["version_overlaps"]


CLAUSE = ("INSERT INTO regulations_clause (fund_id, id, version_id, clause_no, benefit, title_th, title_en, text_th, "
          "rule, account_code) VALUES (%(fund)s, %(new)s, %(version)s, '{}', '{}', '', '', '', '{{}}', '{}')")
VERSION = ("INSERT INTO regulations_regulationversion (fund_id, id, number, title, voted_on, meeting, resolution, "
           "in_force_from, in_force_until, digest, recorded_by, recorded_at) "
           "VALUES (%(fund)s, %(new)s, {}, '', now(), '', '', '{}', '{}', '', 0, now())")


@pytest.mark.parametrize(("constraint", "statement"), [
    ("regulation_one_version_a_day", VERSION.format(9, "2014-01-01", "2015-01-02")),
    ("regulation_version_number_once", VERSION.format(1, "2001-01-01", "2002-01-01")),
    ("regulation_version_holds_for_a_day", VERSION.format(9, "2001-01-01", "2001-01-01")),
    ("regulation_version_stays", "DELETE FROM regulations_regulationversion"),
    ("clause_stays", "UPDATE regulations_clause SET text_th = ''"),
    ("clause_no_once_a_version", CLAUSE.format("17.1", "calving", "5107")),
    ("clause_one_per_benefit", CLAUSE.format("18", "birth", "5107")),
    ("clause_benefit_plain", CLAUSE.format("18", "Calving!", "5107")),
    ("clause_account", CLAUSE.format("18", "calving", "9999")),
    ("clause_version", CLAUSE.format("18", "calving", "5107").replace("%(version)s", "%(new)s")),
])
def test_the_database_refuses(house, constraint, statement):
    adopted = adopt(house)
    assert refusing_constraint(fund_id=house.fund_id, statements=[statement], fund=house.fund_id, new=uuid4(),
                               version=adopted.version_id) == constraint


@pytest.mark.parametrize("column", ["number", "title", "voted_on", "in_force_from", "digest"])
def test_those_who_work_write_no_more_than_the_end_of_a_version(column):
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT has_column_privilege('ombun_app', 'regulations_regulationversion', %s, 'UPDATE')", [column])
        assert cursor.fetchone() == (False,)


BREAKS = {
    "clauses_whose_rule_cannot_be_read": [
        "ALTER TABLE regulations_clause DISABLE TRIGGER USER",
        "UPDATE regulations_clause SET rule = rule || '{\"moon\": \"full\"}' WHERE benefit = 'birth'"],
    "versions_that_overlap": [
        "ALTER TABLE regulations_regulationversion DROP CONSTRAINT regulation_one_version_a_day",
        VERSION.format(9, "2014-01-01", "2015-01-02")],
    "versions_without_a_clause": [VERSION.format(9, "2001-01-01", "2002-01-01")],
}


@pytest.mark.parametrize("check", BREAKS)
def test_a_check_finds_what_was_planted(house, check):
    adopt(house)
    assert getattr(checks, check)(fund_id=house.fund_id) == ()
    with written_past_python(fund_id=house.fund_id, statements=BREAKS[check], fund=house.fund_id, new=uuid4()):
        found = getattr(checks, check)(fund_id=house.fund_id)
    assert [(f.check, f.fund_id) for f in found] == [(f"regulations.{check}", house.fund_id)]
    assert found[0].check in spoken_codes("regulations")
    if check == "clauses_whose_rule_cannot_be_read":
        assert found[0].facts == {"paths": ["rule.moon"]}


def test_every_check_of_the_room_was_tried():
    assert {name for name in checking.checks() if name.startswith("regulations.")} == {
        f"regulations.{check}" for check in [*BREAKS, "published_clauses_that_differ"]}  # this one in tests/guards


def test_a_limit_counts_only_benefits_that_these_regulations_have(house):
    counted = calving(rule={**SUM, "limits": {"cap_per_year_satang": 100, "together_with": ["hospital"]}})
    refused = refused_with(house, clauses=(counted,))
    assert codes(refused) == ["together_with_unknown"]
