"""The printed sheet, filled in by hand and typed in afterwards: the same as on a phone, apart from the numbers."""
import json
from uuid import uuid4

from ombun.contributions import queries
from ombun.ledger import queries as books
from ombun.primitives.days import add_months, thai_day
from ombun.primitives.transactions import fund_transaction
from tests.pages.house import MONTH, START, TODAY, House, hidden, text_of

PAID = {0: "30", 1: "12.50", 3: "90"}  # by place in the register: the usual, a part, three months; the third is absent


def by_phone(house):
    """The village taken along on a device, collected there and sent."""
    device = str(uuid4())
    village = house.at("boonma").post(house.url("collect/offline/village/4/"), json.dumps({"device": device}),
                                      "application/json").json()
    told = {"id": str(uuid4()), "device": device, "book": village["book"]["no"], "first": village["book"]["next"],
            "centre": village["centre"], "collected_on": TODAY.isoformat(), "collected_by": village["collector"],
            "payments": [[house.members[place], round(float(baht) * 100)] for place, baht in PAID.items()]}
    answer = house.at("boonma").post(house.url("collect/offline/sheets/"), json.dumps(told), "application/json")
    assert answer.status_code == 200 and answer.json()["set_aside"] == 0


def fields(house, **more):
    """What is typed from the paper: 102 is spoiled, and the last of the list got the first receipt."""
    page = house.at("boonma").get(house.url("collect/4/typed-in/"))
    assert 'name="first" type="text" value="101"' in text_of(page)
    told = {"step": "check", "deed": hidden(page, "deed"), "on": thai_day(TODAY, short=True),
            "by": str(house.people["boonma"]), "book": "4", "first": "๑๐๑", "spoiled": "102", "why": "เขียนผิด",
            f"number-{house.members[3]}": "101", "note-10000": "1", "note-2000": "1", "note-1000": "1", "note-200": "1",
            "note-50": "1"}
    told |= {f"pay-{house.members[place]}": "on" for place in PAID}
    return told | {f"amount-{house.members[place]}": baht for place, baht in PAID.items()} | more


def by_pen(house):
    """The same day typed in from the paper."""
    client, address = house.at("boonma"), house.url("collect/4/typed-in/")
    checked = client.post(address, fields(house))
    said = text_of(checked)
    assert "เลขที่ 101, 103–104" in said and "132.50" in said and "เงินที่นับได้" in said
    assert "มากกว่าใบนี้" not in said and "น้อยกว่าใบนี้" not in said
    carried = {name: hidden(checked, name) for name in (
        "deed", "on", "by", "due_on", "payments", "book", "first", "spoiled", "why")}
    edited = text_of(client.post(address, carried | {"step": "edit"}))
    assert f'name="number-{house.members[3]}" value="101"' in edited and 'value="102"' in edited
    for _ in range(2):  # a double click
        assert client.post(address, carried | {"step": "record"}).status_code == 302


def what_came_of_it(house):
    """Dues, books and receipts, without names and numbers of this fund."""
    place = {member: n for n, member in enumerate(house.members)}
    with fund_transaction(fund_id=house.actor.fund_id, read_only=True):
        where = queries.standings(fund_id=house.actor.fund_id, member_ids=house.members, on=TODAY)
        days = queries.collections_in(fund_id=house.actor.fund_id, from_on=START, until_on=add_months(MONTH, 1))
        lines = [line for card in days
                 for line in queries.receipts_of_collection(fund_id=house.actor.fund_id, collection_id=card.id)]
        ledger = [(row.account, row.debit_satang, row.credit_satang)
                  for row in books.trial_balance(fund_id=house.actor.fund_id, on=TODAY)]
        cash = books.cash_free(fund_id=house.actor.fund_id, on=TODAY)
    return ({place[member]: (one.paid_until, one.owed_satang, one.paid_satang) for member, one in where.items()},
            ledger, cash,
            {(place[one.member_id], one.amount_satang, one.collected_on, one.is_cancelled) for one in lines})


def test_the_sheet_typed_in_from_paper_is_the_same_as_on_the_phone():
    phone, pen = House(), House()
    by_phone(phone)
    by_pen(pen)
    assert what_came_of_it(phone) == what_came_of_it(pen)
    assert sum(satang for _, satang, *_ in what_came_of_it(pen)[3]) == 13250


def test_numbers_that_cannot_be_and_money_that_differs_are_told(house):
    client, address = house.at("somsri"), house.url("collect/4/typed-in/")
    for wrong, said in (({"first": "103"}, "ใบต่อไปของเล่มที่ 4 คือเลขที่ 101"), ({"spoiled": "x"}, "เลขที่เสีย"),
                        ({"spoiled": "1-999999999"}, "เลขที่เสีย"), ({"why": ""}, "เสียเพราะอะไร"),
                        ({"spoiled": "900"}, "900"), ({f"number-{house.members[0]}": "101"}, "สองครั้ง"),
                        ({"book": "5"}, "ไม่พบเล่มใบเสร็จ 5")):
        answer = client.post(address, fields(house, **wrong))
        assert answer.status_code == 422 and said in text_of(answer), wrong
    assert "น้อยกว่าใบนี้ 100.00" in text_of(client.post(address, fields(house, **{"note-10000": ""})))
    assert "มากกว่าใบนี้ 1,000.00" in text_of(client.post(address, fields(house, **{"note-100000": "1"})))
    uncounted = {f"note-{note}": "" for note in (10000, 2000, 1000, 200, 50)}
    assert "เงินที่นับได้" not in text_of(client.post(address, fields(house, **uncounted)))
    assert house.balances().get("4100", 0) == 0
