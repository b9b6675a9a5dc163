"""What a clause wants to know of a member, their house, the fund and the event is gathered, and holds for claims."""
from contextlib import suppress
from datetime import date
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connections

from ombun.claims.operations import DecisionRefused, FilingRefused
from ombun.ledger import operations as ledger
from ombun.ledger.rules import LOCAL_MATCHING, TREASURER_CASH, Posting
from ombun.members.operations import found_household, move_in
from ombun.primitives.actors import Role
from ombun.primitives.money import Satang
from ombun.regulations.operations import adopt_version
from ombun.regulations.rules.clauses import NewClause
from tests.usecases.welfare_house import NOW, WelfareHouse, codes, first_version
from tests.words import spoken_codes

DAY = date(2026, 11, 2)


def house_with(**rule):
    """A fund whose regulations have one clause: 500 baht, under these conditions."""
    house = WelfareHouse(adopts=False)
    sum_of_money = {"grant": {"kind": "fixed_sum", "amount_satang": 500_00}, "needs_paid_up": False}
    adopt_version(actor=house.actor, recorded_at=NOW, version=first_version(clauses=(NewClause(
        clause_no="9", benefit="help", title_th="ช่วยเหลือ", title_en="Help", text_th="ช่วยเหลือ 500 บาท",
        account_code="5190", rule=sum_of_money | rule),)))
    return house


def ask(house, name="malee", *, on=DAY, filed_on=date(2026, 11, 4), claim_id=None, **details):
    """Somebody asks for help; what the rule book grants, or None while something is missing."""
    return house.file(claim_id, member_id=house.members[name], benefit="help", happened_on=on, units=None,
                      filed_on=filed_on, details=details, agreed=None).assessed_satang


def missing(house):
    """What is missing in the last claim."""
    return [code for row in house.everything()[0] for code in row["assessment"]["missing"]]


@pytest.mark.parametrize(("rule", "granted"), [
    ({"sex": "female"}, 500_00), ({"sex": "male"}, 0), ({"villages": [4]}, 500_00), ({"villages": [5]}, 0),
    ({"kinds": ["general"]}, None), ({"min_age_years": 74, "max_age_years": 74}, 500_00), ({"max_age_years": 73}, 0),
    ({"months": [11]}, 500_00), ({"months": [4, 10]}, 0), ({"relative": "mother"}, None),
    ({"min_grade_hundredths": 350}, None), ({"deadline_days": 2}, 500_00), ({"deadline_days": 1}, 0)])
def test_what_the_register_and_the_claim_tell_decides(rule, granted):
    house = house_with(**rule)
    assert ask(house) == granted
    assert bool(missing(house)) == (granted is None)
    assert set(missing(house)) <= spoken_codes("regulations")


@pytest.mark.parametrize(("rule", "details", "granted"), [
    ({"relative": "mother"}, {"relative": "นางทองใบ ใจบุญ"}, 500_00), ({"relative": "mother"}, {"relative": "-"}, 0),
    ({"min_grade_hundredths": 350}, {"grade": "3.5"}, 500_00), ({"min_grade_hundredths": 350}, {"grade": "3.49"}, 0),
    ({"deadline_days": 1}, {"late_because": "เพิ่งออกจากโรงพยาบาล"}, 500_00)])
def test_what_the_claim_tells_besides_decides(rule, details, granted):
    assert ask(house_with(**rule), **details) == granted


def test_only_the_committee_excuses_and_a_grade_is_a_number():
    house = house_with(deadline_days=1, min_grade_hundredths=350)
    member = house.as_(Role.MEMBER, member_id=house.members["malee"])
    with pytest.raises(FilingRefused) as refused:
        house.file(actor=member, benefit="help", units=None, agreed=None, details={
            "late_because": "ลืม", "grade": "ดีมาก"})
    assert codes(refused) == ["only_the_committee_excuses", "not_a_grade"]
    assert {r.code for r in refused.value.refusals} <= spoken_codes("claims")


def approved(house, name, *, on=DAY, satang=500_00):
    """A claim asked for, certified and approved."""
    claim = uuid4()
    ask(house, name, on=on, claim_id=claim)
    house.certify(claim)
    house.approve(claim, satang=satang)
    return claim


def test_what_others_in_the_house_had_counts():
    house = house_with(limits={"household_times_per_year": 1})
    assert ask(house) is None
    assert missing(house) == ["regulations.missing_household"]
    home = uuid4()
    found_household(actor=house.actor, household_id=home, centre_id=house.centres[4], house_no="12", recorded_at=NOW)
    move_in(actor=house.actor, deed_id=uuid4(), household_id=home, from_on=date(2020, 1, 1), recorded_at=NOW,
            member_ids=[house.members["malee"], house.members["thong"]])
    approved(house, "thong")
    assert ask(house, on=date(2026, 11, 1)) == 0
    assert ask(house, on=date(2026, 9, 30)) == 500_00


def test_a_budget_is_the_whole_funds():
    house = house_with(limits={"budget_per_year_satang": 700_00})
    approved(house, "malee")
    assert ask(house, "thong") == 200_00
    assert ask(house, "nai", on=date(2026, 9, 30)) == 500_00


def test_an_earmark_gives_what_came_for_it():
    house = house_with(earmark="local_government")
    assert ask(house) == 0
    ledger.book_receipt_or_payment(
        actor=house.actor, deed_id=uuid4(), happened_on=date(2026, 11, 1), memo="เงินสมทบจาก อบต.", recorded_at=NOW,
        postings=[Posting(account_code=TREASURER_CASH, amount_satang=Satang(800_00)),
                  Posting(account_code=LOCAL_MATCHING, amount_satang=Satang(-800_00))])
    approved(house, "thong")
    assert ask(house, on=date(2026, 11, 1)) == 300_00


def test_two_desks_at_the_same_moment_cannot_overspend_the_budget():
    house = house_with(limits={"budget_per_year_satang": 700_00})
    claims = {name: uuid4() for name in ("malee", "thong")}
    for name, claim in claims.items():
        ask(house, name, claim_id=claim)
        house.certify(claim)
    together = Barrier(2)

    def approve(claim):
        together.wait()
        with suppress(DecisionRefused):
            house.approve(claim, satang=500_00)
        connections.close_all()

    desks = [Thread(target=approve, args=[claim]) for claim in claims.values()]
    for desk in desks:
        desk.start()
    for desk in desks:
        desk.join()
    assert sum(row["approved_satang"] or 0 for row in house.everything()[0]) == 500_00
