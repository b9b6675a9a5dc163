"""Gifts: a receipt without a gap, money in the books, things thanked for, cancelled with its money."""
from datetime import date
from uuid import uuid4

from ombun.givers.operations import cancel_gift, receive_gift
from ombun.givers.queries import gift as gift_of
from ombun.givers.queries import gifts
from ombun.givers.rules import GiftKind, GiverKind, NewGift
from ombun.jobs.checking import everything_found
from ombun.primitives.money import Satang
from tests.people import NOW, TODAY
from tests.refusing import nothing_written, refused


def give(fund, gift_id=None, satang=20_000, **more):
    gift_id = gift_id or uuid4()
    done = receive_gift(actor=fund.somsri, gift_id=gift_id, recorded_at=NOW, gift=NewGift(**{
        "kind": GiftKind.DONATION, "giver_kind": GiverKind.TEMPLE, "giver_name": "วัดโพธิ์", "things": "",
        "amount_satang": Satang(satang), "into_account": "1110", "given_on": TODAY,
        "received_by": fund.persons["somsri"], **more}))
    return gift_id, done.number


def test_money_stands_in_the_books_and_things_are_thanked_for(fund):
    numbers = [
        give(fund)[1], give(fund, satang=0, things="ข้าวสาร 20 ถุง", giver_name="")[1],
        give(fund, satang=90_000, kind=GiftKind.GROUP_PROFIT, giver_kind=GiverKind.SAVINGS_GROUP,
             giver_name="กลุ่มออมทรัพย์", into_account="1200")[1]]
    assert numbers == [1, 2, 3]
    assert fund.balances() == {"1110": 20_000, "4800": -20_000, "1200": 90_000, "4600": -90_000}
    with fund.reading():
        given = gifts(fund_id=fund.id)
    assert [(one.number, one.as_given.giver_name, one.entry_id is None) for one in given] == [
        (3, "กลุ่มออมทรัพย์", False), (2, "", True), (1, "วัดโพธิ์", False)]
    assert everything_found(fund_id=fund.id) == ()


def test_sent_twice_it_is_written_once_and_the_same_id_is_one_gift(fund):
    gift, number = give(fund)
    with nothing_written(fund.id):
        assert give(fund, gift) == (gift, number)
    with refused(fund, "givers.same_id_other_gift"):
        give(fund, gift, satang=1)


def test_every_mistake_is_told_at_once(fund):
    with refused(fund, "givers.text_too_long", "givers.money_or_things", "givers.into_till_or_bank",
                 "givers.profit_is_money", "givers.day_to_come", "givers.receiver_without_office"):
        give(fund, things="ข้าว", giver_name="ก" * 201, into_account="4800", kind=GiftKind.GROUP_PROFIT,
             given_on=date(2025, 11, 26), received_by=uuid4())
    with refused(fund, "givers.group_has_a_name"):
        give(fund, giver_name="", kind=GiftKind.GROUP_PROFIT)
    with refused(fund, "givers.money_or_things"):
        give(fund, satang=0)


def test_cancelled_it_keeps_its_number_and_its_money_leaves_the_books(fund):
    gift, _ = give(fund)
    things, _ = give(fund, satang=0, things="ผ้าห่ม")
    with refused(fund, "givers.says_not_why"):
        cancel_gift(actor=fund.somsri, gift_id=gift, why="", recorded_at=NOW)
    for one in (gift, things, gift):
        cancel_gift(actor=fund.somsri, gift_id=one, why="พิมพ์ผิด", recorded_at=NOW)
    assert fund.balances() == {}
    assert give(fund)[1] == 3
    with fund.reading():
        assert gift_of(fund_id=fund.id, gift_id=gift).cancelled_on == TODAY
    assert everything_found(fund_id=fund.id) == ()


def test_money_that_went_on_is_not_given_back(fund):
    from ombun.ledger.operations import hand_over_cash

    gift, _ = give(fund)
    hand_over_cash(actor=fund.somsri, handover_id=uuid4(), from_account="1110", to_account="1200",
                   amount_satang=Satang(15_000), handed_on=TODAY, given_by=fund.persons["somsri"],
                   received_by=fund.persons["boonmee"], recorded_at=NOW)
    with refused(fund, "givers.money_went_on"):
        cancel_gift(actor=fund.somsri, gift_id=gift, why="พิมพ์ผิด", recorded_at=NOW)


def test_the_gift_of_another_fund_is_not_there(fund, other_fund):
    gift, _ = give(fund)
    with refused(other_fund, "givers.unknown_gift"):
        cancel_gift(actor=other_fund.somsri, gift_id=gift, why="x", recorded_at=NOW)
