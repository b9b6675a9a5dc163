"""The rule book on its page: what holds today, and how a fund without one begins."""
from ombun.primitives.days import thai_day
from ombun.primitives.transactions import fund_transaction
from ombun.regulations import queries
from tests.pages.house import START, TODAY, hidden, text_of
from tests.pages.welfare import WelfareHouse

RESOLVED = {
    "meeting": "ประชุมใหญ่ 1/2569", "resolution": "มติที่ 4", "voted_on": thai_day(START), "from_on": thai_day(START)}


def clauses(house):
    with fund_transaction(fund_id=house.actor.fund_id, read_only=True):
        return queries.clauses_on(fund_id=house.actor.fund_id, day=TODAY)


def test_every_clause_in_force_is_shown_to_everybody_of_the_fund(other_house):
    house = WelfareHouse()
    for who in ("somsri", "boonmee", "udom", "orathai", "boonma", "malee"):
        page = house.at(who).get(house.url("committee/rules/"))
        assert page.status_code == 200 and all(clause.text_th in text_of(page) for clause in clauses(house))
    assert other_house.at("somsri").get(house.url("committee/rules/")).status_code == 404
    assert house.at("boonma").get(house.url("committee/rules/first/")).status_code == 403


def test_a_fund_without_rules_begins_with_the_example_once(house):
    form = house.at("somsri").get(house.url("committee/rules/first/"))
    fields = RESOLVED | {"deed": hidden(form, "deed")}
    assert "rules/first/" in text_of(house.at("somsri").get(house.url("committee/rules/")))
    for _ in range(2):
        assert house.at("somsri").post(house.url("committee/rules/first/"), fields).status_code == 302
    assert [c.benefit for c in clauses(house)] == [c.benefit for c in queries.first_rule_book()]


def test_what_is_missing_is_told_and_nothing_is_adopted(house):
    form = house.at("boonmee").get(house.url("committee/rules/first/"))
    page = house.at("boonmee").post(house.url("committee/rules/first/"), {
        "deed": hidden(form, "deed"), "meeting": "ประชุม"})
    assert page.status_code == 422 and 'value="ประชุม"' in text_of(page)
    assert clauses(house) == ()
