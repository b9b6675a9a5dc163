"""Who is asked about as perhaps one person, and the answer "two persons": once, for good, and taken back."""
from datetime import date
from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext

from ombun.audit.queries import history
from ombun.members.operations import ask_again, say_two_persons, write_members
from ombun.members.queries import alike, two_persons
from ombun.members.rules.membership import BirthPrecision
from ombun.primitives.transactions import fund_transaction
from tests.people import NOW, Cast
from tests.refusing import nothing_written, refused

DAY, YEAR = BirthPrecision.DAY, BirthPrecision.YEAR


def write(fund, *people):
    """People in the register, by what is known of each besides a number of their own."""
    with fund_transaction(fund_id=fund.id):
        return write_members(actor=fund.somsri, recorded_at=NOW, rows=[
            (uuid4(), fund.new_member(200 + n, **{"first_name": "คำ", "last_name": "แพง", **more}))
            for n, more in enumerate(people)])


def asked(fund):
    """The pairs that wait, and how sure each is."""
    with fund.reading():
        return {(pair.one_id, pair.other_id): pair.likeness.score for pair in alike(fund_id=fund.id)}


def say(fund, one, other, deed=None):
    return say_two_persons(actor=fund.somsri, answer_id=deed or uuid4(), one_id=one, other_id=other, recorded_at=NOW)


def test_who_is_asked_about_the_surest_first(fund):
    born = {"born_on": date(1950, 2, 3), "birth_precision": DAY}
    a, b, c, d, e, f, g, h = write(
        fund, born, {**born, "last_name": "แพ็ง", "centre_id": fund.centres[5]},  # written otherwise, in two villages
        {"first_name": "บัว", "phone": "081-111 1111", "house_no": "3"},
        {"first_name": "บัว", "phone": "0811111111", "house_no": "3", "last_name": "ใหม่"},  # married since
        {"first_name": "ทอง", "last_name": "หนึ่ง", "house_no": "8"},
        {"first_name": "ทอง", "last_name": "หนึ่ง", "house_no": "8"},
        {"first_name": "สี", "last_name": "สอง"}, {"first_name": "สี", "last_name": "สอง"})  # a name alone
    found = asked(fund)
    assert list(found) == [(a, b), (e, f)]
    assert found[a, b] == 75 and found[e, f] == 60
    assert (c, d) not in found and (g, h) not in found


def test_twins_and_people_with_other_ids_are_not_asked_about(fund):
    born = {"born_on": date(1980, 1, 1), "birth_precision": DAY, "house_no": "5", "phone": "0822222222"}
    write(fund, {**born, "first_name": "มานะ"}, {**born, "first_name": "มารศรี"}, {**born, "first_name": "ชูใจ"})
    write(fund, *({"member_no": number, "born_on": date(1960, 1, 1), "birth_precision": YEAR, "first_name": "ปิติ",
                   "national_id": number, "house_no": "6"} for number in ("9100500012345", "9100500099998")))
    assert asked(fund) == {}


def test_two_persons_are_not_asked_about_again_until_it_is_taken_back(fund):
    one, other = write(fund, {"house_no": "1"}, {"house_no": "1"})
    deed = uuid4()
    assert not say(fund, other, one, deed).was_already_recorded
    assert asked(fund) == {}
    with fund.reading():
        assert [(two.id, two.one_id, two.other_id) for two in two_persons(fund_id=fund.id)] == [(deed, one, other)]
        event = history(fund_id=fund.id, subject=f"member:{one}")[-1]
    assert (event.action, event.facts) == ("members.two_persons", {"other": other})
    with nothing_written(fund.id):
        assert say(fund, one, other, deed).was_already_recorded
        assert say(fund, one, other).was_already_recorded
    ask_again(actor=fund.somsri, answer_id=deed, recorded_at=NOW)
    assert list(asked(fund)) == [(one, other)]
    with nothing_written(fund.id):
        assert ask_again(actor=fund.somsri, answer_id=deed, recorded_at=NOW).was_already_recorded
    assert not say(fund, one, other).was_already_recorded


def test_what_makes_no_sense_is_refused(fund, other_fund):
    deed = uuid4()
    say(fund, *fund.members[:2], deed)
    with refused(fund, "members.same_id_other_answer"):
        say(fund, *fund.members[1:3], deed)
    with refused(fund, "members.merged_with_itself"):
        say(fund, fund.malee, fund.malee)
    with refused(fund, "members.unknown_member"), nothing_written(other_fund.id):
        say(fund, fund.malee, other_fund.malee)
    with refused(fund, "members.unknown_answer"), nothing_written(other_fund.id):
        ask_again(actor=fund.somsri, answer_id=uuid4(), recorded_at=NOW)


def test_as_many_statements_for_a_pair_as_for_many():
    counted = []
    for pairs_there in (1, 20):
        fund = Cast(members=1)
        write(fund, *({"house_no": str(n), "first_name": f"คำ{'กขคงจฉชซญฐ'[n % 10]}{n // 10}"}
                      for n in range(pairs_there) for _ in range(2)))
        with CaptureQueriesContext(connection) as captured:
            assert len(asked(fund)) >= pairs_there
        counted.append(len(captured))
    assert counted[0] == counted[1]
