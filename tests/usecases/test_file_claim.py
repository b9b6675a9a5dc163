"""A member asks for a benefit: the rule book answers, the committee decides later."""
from datetime import date
from uuid import uuid4

import pytest

from ombun.claims import operations, queries, rules
from ombun.claims.operations import FilingRefused, OpeningUseRefused, UsedBefore
from ombun.claims.states import ClaimState
from ombun.members.operations import end_membership
from ombun.members.rules.membership import LeftReason
from ombun.primitives.actors import Role
from ombun.primitives.money import Satang
from ombun.regulations import queries as rule_book
from ombun.regulations.operations import adopt_version
from tests.usecases.welfare_house import NOW, WelfareHouse, codes, first_version
from tests.words import spoken_codes


@pytest.fixture(scope="module")
def quiet(django_db_blocker):
    """A fund in which nothing gets written."""
    with django_db_blocker.unblock():
        return WelfareHouse()


@pytest.fixture
def house():
    return WelfareHouse()


def test_three_nights_are_explained_line_by_line(house):
    filed = house.file()
    assert (filed.year, filed.claim_no, filed.assessed_satang, filed.was_already_recorded) == (2027, 1, 600_00, False)
    card = house.card(filed.claim_id)
    assert (card.state, card.clause_no, card.version_number) == (ClaimState.FILED, "17.2", 1)
    assert [step.code.removeprefix("regulations.") for step in card.steps] == [
        "has_waited", "paid_up", "per_night", "granted"]
    assert card.steps[2].facts == {"units": 3, "rate_satang": 200_00, "amount_satang": 600_00}
    assert card.steps[0].facts["joined_on"] == date(2015, 5, 1)
    assert {step.clause_no for step in card.steps} == {"17.2"}
    assert card.details == {"place": "โรงพยาบาลหนองบัว"}


def test_numbers_run_through_the_fiscal_year_and_start_anew(house):
    def number(day):
        filed = house.file(happened_on=day, filed_on=day)
        return filed.year, filed.claim_no
    assert [number(date(2026, 9, 29)), number(date(2026, 9, 30)), number(date(2026, 10, 1))] == [
        (2026, 1), (2026, 2), (2027, 1)]


def test_sent_twice_the_first_answer_comes_again(house):
    claim_id = uuid4()
    first, again = house.file(claim_id), house.file(claim_id)
    assert (again.claim_no, again.assessed_satang, again.was_already_recorded) == (first.claim_no, 600_00, True)
    before = house.everything()
    with pytest.raises(FilingRefused) as refused:
        house.file(claim_id, units=4)
    assert codes(refused) == ["same_id_other_claim"]
    assert house.everything() == before


def test_nothing_due_is_filed_too_because_the_committee_says_no(house):
    filed = house.file(member_id=house.members["thong"], benefit="elderly", units=None)
    assert filed.assessed_satang == 0
    last = [step.code for step in house.card(filed.claim_id).steps][-2:]
    assert last == ["regulations.too_young", "regulations.granted"]


def test_a_fact_that_is_not_known_leaves_the_amount_open(house):
    filed = house.file(member_id=house.members["nai"], benefit="elderly", units=None)
    card = house.card(filed.claim_id)
    assert (filed.assessed_satang, card.missing) == (None, ("regulations.missing_born_on",))


def test_a_member_files_for_themselves_only(house):
    malee = house.as_(Role.MEMBER, member_id=house.members["malee"])
    assert house.file(actor=malee).claim_no == 1
    with pytest.raises(FilingRefused) as refused:
        house.file(actor=malee, member_id=house.members["thong"])
    assert codes(refused) == ["only_for_yourself"]


def test_two_desks_cannot_file_the_same_event_twice_but_a_rejected_one_may_be_asked_again(house):
    first = house.file()
    with pytest.raises(FilingRefused) as refused:
        house.file()
    assert codes(refused) == ["asked_already"]
    house.reject(first.claim_id)
    assert house.file().claim_no == 2


def test_the_version_in_force_on_the_day_of_the_event_answers(house):
    double = [c if c.benefit != "hospital" else type(c)(**{**vars(c), "rule": {
        **c.rule, "grant": {**c.rule["grant"], "rate_satang": 250_00}}}) for c in first_version().clauses]
    adopt_version(actor=house.actor, recorded_at=NOW, version=first_version(
        number=2, in_force_from=date(2026, 11, 1), voted_on=date(2026, 10, 20), clauses=tuple(double)))
    assert house.file(happened_on=date(2026, 10, 31), units=1).assessed_satang == 200_00
    assert house.file(happened_on=date(2026, 11, 1), units=1).assessed_satang == 250_00


def test_on_the_day_of_death_a_member_is_one(house):
    end_membership(actor=house.actor, member_id=house.members["malee"], left_on=date(2026, 11, 2),
                   reason=LeftReason.DECEASED, recorded_at=NOW)
    assert house.file(benefit="death", units=None).assessed_satang == 12_000_00


@pytest.mark.parametrize(("change", "found"), [
    ({"member_id": 10**9}, ["unknown_member"]),
    ({"benefit": "calving"}, ["no_such_benefit_that_day"]),
    ({"happened_on": date(2014, 12, 31)}, ["no_such_benefit_that_day"]),
    ({"units": None}, ["how_many_night"]),
    ({"units": 0}, ["units_out_of_range"]),
    ({"units": 367}, ["units_out_of_range"]),
    ({"benefit": "birth"}, ["counts_no_units"]),
    ({"filed_on": date(2026, 11, 1)}, ["filed_before_it_happened"]),
    ({"filed_on": date(2026, 11, 26)}, ["day_to_come"]),
    ({"details": {"illness": "x"}}, ["unknown_detail"]),
    ({"details": {"place": "ก" * 501}}, ["text_too_long"]),
    ({"documents_seen": ["horoscope"]}, ["unknown_document"]),
    ({"member_id": 10**9, "units": None, "filed_on": date(2027, 1, 1), "happened_on": date(2027, 1, 2)},
     ["filed_before_it_happened", "day_to_come", "how_many_night", "unknown_member"]),
])
def test_every_reason_is_told_at_once_and_nothing_is_written(quiet, change, found):
    before = quiet.everything()
    with pytest.raises(FilingRefused) as refused:
        quiet.file(**change)
    assert codes(refused) == found
    assert {r.code for r in refused.value.refusals} <= spoken_codes("claims")
    assert quiet.everything() == before


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.PROVINCE])
def test_other_desks_do_not_record(quiet, role):
    with pytest.raises(FilingRefused) as refused:
        quiet.file(actor=quiet.as_(role))
    assert codes(refused) == ["may_not_record"]


def test_a_collector_files_for_their_own_village_only(house):
    near, far = (house.as_(Role.COLLECTOR, centre_id=house.centres[moo]) for moo in (4, 5))
    assert house.file(actor=near).assessed_satang == 600_00
    for collector in (far, house.as_(Role.COLLECTOR)):
        for name in ("thong", "duang"):
            with pytest.raises(FilingRefused) as refused:
                house.file(actor=collector, member_id=house.members[name])
            assert codes(refused) == ["not_of_your_village"]


def test_what_was_used_before_the_books_began_counts_in_its_year(house):
    malee = house.members["malee"]
    used = [UsedBefore(member_id=malee, benefit="hospital", times=1, units=2, amount_satang=Satang(400_00)),
            UsedBefore(member_id=malee, benefit="elderly", times=1, amount_satang=Satang(200_00))]
    assert [operations.write_opening_uses(actor=house.actor, uses=used, recorded_at=NOW) for _ in range(2)] == [2, 0]
    assert house.file(happened_on=date(2026, 9, 30), units=5).assessed_satang == 600_00
    assert house.file(happened_on=date(2026, 9, 29), benefit="elderly", units=None).assessed_satang == 0
    assert house.file(happened_on=date(2026, 10, 1), benefit="elderly", units=None).assessed_satang == 200_00
    with house.reading():
        rule = rule_book.clause_on(fund_id=house.fund_id, benefit="hospital", day=date(2026, 9, 1)).rule
        had = rules.used(
            had=queries.benefits_had(fund_id=house.fund_id, member_ids=[malee]), member_id=malee, household=None,
            fund=rules.FundHad(by_month={}, earmarks_left={}), benefit="hospital", rule=rule, on=date(2026, 9, 1),
            joined_on=None)
    assert (had.times_this_year, had.units_this_year, had.satang_this_year, had.times_in_life) == (1, 2, 400_00, 1)


def test_an_opening_use_is_refused_with_every_reason(house):
    malee = house.members["malee"]
    operations.write_opening_uses(actor=house.actor, recorded_at=NOW, uses=[
        UsedBefore(member_id=malee, benefit="hospital", times=1, amount_satang=Satang(1))])
    wrong = [UsedBefore(member_id=malee, benefit="hospital", times=1, amount_satang=Satang(2)),
             UsedBefore(member_id=10**9, benefit="calving", times=0, amount_satang=Satang(-1)),
             UsedBefore(member_id=malee, benefit="birth", times=1, amount_satang=Satang(1)),
             UsedBefore(member_id=malee, benefit="birth", times=1, amount_satang=Satang(1))]
    with pytest.raises(OpeningUseRefused) as refused:
        operations.write_opening_uses(actor=house.as_(Role.AUDITOR), uses=wrong, recorded_at=NOW)
    assert codes(refused) == ["may_not_record", "opening_use_already_written", "unknown_member", "unknown_benefit",
                              "opening_use_not_positive", "opening_use_twice", "opening_use_twice"]
    assert {r.code for r in refused.value.refusals} <= spoken_codes("claims")
