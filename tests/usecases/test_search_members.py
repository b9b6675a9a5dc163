"""Finding a member: by two letters, number, house, phone, whole ID; misspelt; in Thai order; two statements."""
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ombun.claims.queries import benefits_open, entitlements
from ombun.contributions.queries import standings
from ombun.members.operations import write_members
from ombun.members.queries import member_cards, members_meant, search
from ombun.members.rules.membership import NewMember
from ombun.primitives.transactions import fund_transaction
from tests.people import FOUNDED, NOW, Cast
from tests.usecases.welfare_house import WelfareHouse

PEOPLE = [
    ("อ-1", "นาย", "ไพบูลย์", "ศรีสวัสดิ์", "12/3", "081-234-5678", "9100500012345"),
    ("อ-2", "นาง", "เกสร", "แก้วใส", "7", "", None), ("อ-3", "นาง", "กาญจนา", "50% ดี", "7/1", "", None),
    ("อ-4", "น.ส.", "แก้ว", "สีสวัสดี", "12", "", None), ("อ-5", "นาย", "ข้าว", "งาม", "", "", None)]


@pytest.fixture(scope="module")
def cast(_database_is_open):
    """A fund whose people are named above and nobody else."""
    made = Cast(members=0)
    with fund_transaction(fund_id=made.id):
        write_members(actor=made.somsri, recorded_at=NOW, rows=[(uuid4(), NewMember(
            member_no=no, name_title=title, first_name=first, last_name=last, house_no=house, phone=phone,
            national_id=national_id, joined_on=FOUNDED, centre_id=made.centres[4 if no < "อ-5" else 5]))
            for no, title, first, last, house, phone, national_id in PEOPLE])
    return made


@pytest.mark.parametrize(("text", "found"), [
    ("", ["กาญจนา", "เกสร", "แก้ว", "ข้าว", "ไพบูลย์"]), ("กา", ["กาญจนา"]), ("แก้ว", ["เกสร", "แก้ว"]),
    ("นาง แก้ว", ["เกสร"]), ("อ-3", ["กาญจนา"]), ("12/3", ["ไพบูลย์"]), ("7", ["เกสร"]), ("2345678", ["ไพบูลย์"]),
    ("081 234", ["ไพบูลย์"]), ("9-1005-00012-34-5", ["ไพบูลย์"]), ("91005000", []), ("%", ["กาญจนา"]), ("_", []),
    ("\\", []), ("สีสวัส", ["แก้ว", "ไพบูลย์"]), ("ไพบูล สีสวัส", ["ไพบูลย์"]),
    ("สวัด", ["แก้ว", "ไพบูลย์"]), ("ศรีสวัสดี", ["แก้ว", "ไพบูลย์"]), ("ไพบูน", ["ไพบูลย์"]),
    ("ข่าว", ["ข้าว"]), ("ก่", []), ("นายเข้า", []), ("SMITH", []),
])
def test_who_is_found(cast, text, found):
    with cast.reading(), CaptureQueriesContext(connection) as captured:
        cards = search(fund_id=cast.id, text=text)
    assert [card.first_name for card in cards] == found
    assert len(captured) == 2


def test_the_member_whose_number_it_is_comes_first():
    made = Cast(members=0)
    with fund_transaction(fund_id=made.id):
        write_members(actor=made.somsri, recorded_at=NOW, rows=[(uuid4(), NewMember(
            member_no=no, name_title="นาง", first_name=first, last_name="งาม", joined_on=FOUNDED,
            centre_id=made.centres[4])) for no, first in (("a-23", "อร"), ("A-230", "กานดา"), ("A-231", "ขวัญ"))])
    with made.reading():
        assert [card.member_no for card in search(fund_id=made.id, text="A-23")] == ["A-230", "A-231"]
        found = [card.member_no for card in search(fund_id=made.id, text="23")]
        assert found == ["A-230", "A-231", "a-23"]  # nobody's whole number: in Thai order
        assert search(fund_id=made.id, text="A-231")[0].member_no == "A-231"
        assert search(fund_id=made.id, text="a-23")[0].member_no == "a-23"


def test_in_one_village_and_leaf_by_leaf(cast):
    with cast.reading():
        assert [c.first_name for c in search(fund_id=cast.id, text="", centre_id=cast.centres[5])] == ["ข้าว"]
        leaves = [search(fund_id=cast.id, text="", page=page, page_size=2) for page in (1, 2, 3, 4)]
    assert [[c.first_name for c in leaf] for leaf in leaves] == [["กาญจนา", "เกสร"], ["แก้ว", "ข้าว"], ["ไพบูลย์"], []]


def test_a_whole_number_means_one_member(cast):
    with cast.reading():
        assert [c.first_name for c in members_meant(fund_id=cast.id, text="อ-1")] == ["ไพบูลย์"]
        assert len(members_meant(fund_id=cast.id, text="อ-")) == 5


def test_nobody_of_another_fund_is_found(cast):
    other = Cast(members=1)
    with other.reading():
        assert search(fund_id=other.id, text="ศรีสวัสดิ์") == ()


def test_what_each_may_ask_for_takes_as_many_statements_for_many_as_for_one():
    house, on = WelfareHouse(), date(2026, 11, 25)
    ids = list(house.members.values())
    with fund_transaction(fund_id=house.fund_id, read_only=True):
        cards = list(member_cards(fund_id=house.fund_id, member_ids=ids).values())
        until = {i: one.paid_until for i, one in standings(fund_id=house.fund_id, member_ids=ids, on=on).items()}
        told = benefits_open(fund_id=house.fund_id, cards=cards, paid_until=until, on=on)
        for i in ids:
            alone = [clause.benefit for clause, assessment in entitlements(fund_id=house.fund_id, member_id=i, on=on)
                     if assessment.amount_satang and clause.benefit != "death"]
            assert [clause.benefit for clause in told[i]] == alone
        for asked in (cards[:1], cards):
            with CaptureQueriesContext(connection) as captured:
                benefits_open(fund_id=house.fund_id, cards=asked, paid_until=until, on=on)
            assert len(captured) == 3
    assert "hospital" in {clause.benefit for clause in told[house.members["malee"]]}
