"""A collection day at the table: everybody paid but those unticked; looked over, recorded once, no gap in receipts."""
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test.utils import CaptureQueriesContext

from ombun.contributions import queries
from ombun.funds.operations import close_month
from ombun.members.operations import write_members
from ombun.members.rules.membership import NewMember
from ombun.primitives.days import add_months, thai_day
from ombun.primitives.transactions import fund_transaction
from tests.pages.house import MONTH, NOW, START, TODAY, House, hidden, text_of


def sheet(house, who="somsri", **changes):
    """The fields of the sheet as the page shows them: everybody ticked, thirty baht each."""
    page = house.at(who).get(house.url("collect/4/"))
    fields = {"step": "check", "deed": hidden(page, "deed"), "on": thai_day(TODAY, short=True),
              "by": str(house.people["boonma"])}
    for member in house.members:
        fields |= {f"pay-{member}": "on", f"amount-{member}": "30"}
    return {name: value for name, value in (fields | changes).items() if value is not None}


def recorded(house):
    with fund_transaction(fund_id=house.actor.fund_id, read_only=True):
        return queries.collections_in(
            fund_id=house.actor.fund_id, from_on=add_months(MONTH, -1), until_on=add_months(MONTH, 1))


def looked_over(house, client, **changes):
    """The confirmation page, and the fields it sends on."""
    fields = sheet(house, **changes)
    page = client.post(house.url("collect/4/"), fields)
    return page, {"step": "record", "deed": fields["deed"], "on": fields["on"], "by": fields["by"],
                  "payments": hidden(page, "payments")}


def test_all_paid_but_one(house):
    client = house.at("boonma")
    page, fields = looked_over(house, client, **{f"pay-{house.members[1]}": None, f"amount-{house.members[0]}": "๑๒๐"})
    said = text_of(page)
    assert "180.00" in said and "3 คน" in said and "เลขที่ 101–103" in said
    assert "บุญมี" in said.split("ไม่ได้จ่าย 1 คน")[1]
    assert recorded(house) == ()

    done = client.post(house.url("collect/4/"), fields, follow=True)
    assert [(c.total_satang, c.first_number, c.last_number) for c in recorded(house)] == [(18000, 101, 103)]
    assert "เลขที่ 101" in text_of(done) and "180.00" in text_of(done)
    assert house.balances()["4100"] == -18000


def test_one_receipt_has_one_number(house):
    client = house.at("boonma")
    page, fields = looked_over(house, client, **{f"pay-{member}": None for member in house.members[1:]})
    done = client.post(house.url("collect/4/"), fields, follow=True)
    assert "เลขที่ 101" in text_of(page) and "เลขที่ 101" in text_of(done)
    for said in (page, done, client.get(house.url("collect/"))):
        assert "101–101" not in text_of(said)


def test_a_double_click_records_once(house):
    client = house.at("somsri")
    _, fields = looked_over(house, client)
    first, again = (client.post(house.url("collect/4/"), fields) for _ in range(2))
    assert first.status_code == again.status_code == 302
    assert first.url == again.url
    assert len(recorded(house)) == 1


def test_going_back_keeps_what_was_filled_in(house):
    client = house.at("somsri")
    _, fields = looked_over(house, client, **{f"pay-{house.members[2]}": None, f"amount-{house.members[0]}": "45.50"})
    page = text_of(client.post(house.url("collect/4/"), fields | {"step": "edit"}))
    assert f'name="amount-{house.members[0]}" value="45.50"' in page
    assert f'name="pay-{house.members[0]}" checked' in page
    assert f'name="pay-{house.members[2]}" checked' not in page
    assert fields["deed"] in page


def test_every_mistake_is_told_at_once_and_nothing_is_written(house):
    page = house.at("somsri").post(house.url("collect/4/"), sheet(house, on="25/11/69", by="nobody", **{
        f"amount-{house.members[0]}": "สามสิบ", f"amount-{house.members[1]}": "-5"}))
    assert page.status_code == 422
    said = text_of(page)
    assert "4 เรื่องต้องแก้" in said
    for word in ("25/11/69", "ผู้เก็บเงิน: เลือกหนึ่งอย่าง", "สามสิบ", "-5"):
        assert word in said
    assert recorded(house) == ()


@pytest.mark.parametrize(("changes", "sentence"), [
    ({"on": thai_day(add_months(TODAY, 1))}, "ยังมาไม่ถึง"),
    ({"on": "1/1/2540", "due_on": "1997-01-01"}, "ไม่ได้เป็นสมาชิกในวันเก็บเงิน")])
def test_a_sheet_that_the_rules_refuse_is_refused_before_it_can_be_confirmed(house, changes, sentence):
    page = house.at("somsri").post(house.url("collect/4/"), sheet(house, **changes))
    assert page.status_code == 422
    assert sentence in text_of(page)
    assert recorded(house) == ()


def test_nobody_ticked_is_no_sheet(house):
    nobody = {f"pay-{member}": None for member in house.members}
    page = house.at("somsri").post(house.url("collect/4/"), sheet(house, **nobody))
    assert page.status_code == 422
    assert "ยังไม่มีใครถูกทำเครื่องหมายว่าจ่าย" in text_of(page)


def test_a_member_of_another_fund_cannot_be_put_on_the_sheet(house, other_house):
    stranger = other_house.members[0]
    page = house.at("somsri").post(house.url("collect/4/"), sheet(house, **{
        f"pay-{stranger}": "on", f"amount-{stranger}": "30"}))
    assert page.status_code == 422
    assert "ไม่พบสมาชิก" in text_of(page)


def test_an_old_page_is_asked_to_be_opened_again(house):
    page = house.at("somsri").post(house.url("collect/4/"), sheet(house, deed="x"))
    assert page.status_code == 422
    assert "เปิดใหม่แล้วทำอีกครั้ง" in text_of(page)


def test_a_collector_sees_only_the_days_of_their_village(house, other_house):
    client = house.at("boonma")
    _, fields = looked_over(house, client)
    done = client.post(house.url("collect/4/"), fields)
    assert client.get(done.url).status_code == 200
    assert house.at("udom").get(done.url).status_code == 200
    assert other_house.at("somsri").get(done.url).status_code == 404
    assert client.get(house.url(f"collect/day/{uuid4()}/")).status_code == 404
    assert "บ้านนาดี" not in text_of(client.get(house.url("collect/")))


def test_a_sheet_of_three_costs_as_many_statements_as_one_of_forty():
    from django.db import connection

    counts = []
    for members in (3, 40):
        house = House(members=members)
        client = house.at("somsri")
        client.get(house.url("collect/4/"))
        with CaptureQueriesContext(connection) as looked:
            client.get(house.url("collect/4/"))
        _, fields = looked_over(house, client)
        with CaptureQueriesContext(connection) as wrote:
            client.post(house.url("collect/4/"), fields)
        counts.append((len(looked), len(wrote)))
    assert counts[0] == counts[1]


def test_members_without_an_opening_position_are_not_ticked_and_the_page_says_why(house):
    with fund_transaction(fund_id=house.actor.fund_id):
        newcomer, = write_members(actor=house.actor, recorded_at=NOW, rows=[(uuid4(), NewMember(
            member_no="0900", name_title="นาง", first_name="แก้ว", last_name="เก่า", centre_id=house.centre,
            joined_on=add_months(MONTH, -60)))])
    page = text_of(house.at("somsri").get(house.url("collect/4/")))
    assert "1 คนค้างนานเกินสองปี" in page
    assert f'name="pay-{newcomer}">' in page
    assert f'name="pay-{house.members[0]}" checked>' in page


def test_a_collector_learns_nothing_of_another_village_and_writes_nothing_for_it(house):
    with fund_transaction(fund_id=house.actor.fund_id):
        neighbour, = write_members(actor=house.actor, recorded_at=NOW, rows=[(uuid4(), NewMember(
            member_no="5001", name_title="นาง", first_name="บัวลอย", last_name="แดนไกล", joined_on=MONTH,
            centre_id=house.other_centre))])
    client = house.at("boonma")
    for there in (neighbour, 999_999):
        seen = client.post(house.url("collect/4/"), sheet(house, "boonma", **{
            f"pay-{there}": "on", f"amount-{there}": "0"}))
        assert seen.status_code == 422 and f"ไม่พบสมาชิก {there} ในกองทุน" in text_of(seen)
        assert "บัวลอย" not in text_of(seen)
        fields = sheet(house, "boonma") | {"step": "record", "payments": f"{there}:3000"}
        assert client.post(house.url("collect/4/"), fields).status_code == 422
    assert recorded(house) == ()


def test_a_collector_does_not_speak_for_the_treasurer(house):
    treasurer = str(house.people["somsri"])
    assert treasurer not in text_of(house.at("boonma").get(house.url("collect/4/")))
    assert house.at("boonma").post(house.url("collect/4/"), sheet(house, by=treasurer)).status_code == 422
    assert house.at("somsri").post(house.url("collect/4/"), sheet(house, by=treasurer)).status_code == 200


def test_another_day_counts_what_was_due_then_and_keeps_what_was_changed_by_hand(house):
    client, before = house.at("somsri"), add_months(MONTH, -1)
    later = sheet(house, step="day", on=thai_day(add_months(MONTH, 0), short=True))
    assert text_of(client.post(house.url("collect/4/"), later)).count('value="30"') == len(house.members)
    fields = sheet(house, **{f"amount-{house.members[0]}": "120", f"pay-{house.members[1]}": None})
    moved = fields | {"due_on": TODAY.isoformat(), "on": thai_day(before, short=True)}
    page = client.post(house.url("collect/4/"), moved)  # "check" with another day than the amounts are of
    said = text_of(page)
    assert "ตรวจดูก่อนบันทึก" in said and "ถูกต้อง บันทึกเลย" not in said
    assert hidden(page, "due_on") == before.isoformat()
    assert re.search(rf'name="amount-{house.members[0]}" value="120"', said)
    assert not re.search(rf'name="pay-{house.members[1]}" checked', said)
    assert recorded(house) == ()


def test_what_is_due_later_is_asked_for_neither_before(house):
    client = house.at("somsri")
    lapsed = house.url("collect/4/")
    nothing_due = {"step": "day", "deed": str(uuid4()), "by": str(house.people["boonma"]),
                   "due_on": TODAY.isoformat(), "on": thai_day(add_months(MONTH, -1), short=True)}
    for member in house.members:
        nothing_due |= {f"pay-{member}": "on", f"amount-{member}": "30"}
    page = text_of(client.post(lapsed, nothing_due))
    assert " checked" not in page and "จ่ายแล้ว" in page  # paid until this month at the start
    ahead = client.post(lapsed, nothing_due | {"on": thai_day(add_months(MONTH, 2))})
    assert ahead.status_code == 422 and "ยังมาไม่ถึง" in text_of(ahead)


def test_a_day_of_a_closed_month_says_when_it_is_booked(house):
    close_month(actor=house.actor, close_id=uuid4(), month=START, closed_by=house.people["somsri"], closed_on=TODAY,
                recorded_at=NOW)
    client, day = house.at("somsri"), START + timedelta(days=4)
    fields = sheet(house, on=thai_day(day), due_on=day.isoformat())
    page = client.post(house.url("collect/4/"), fields)
    booked = f"ลงวันที่ {thai_day(add_months(START, 1))}"
    assert booked in text_of(page)
    done = client.post(house.url("collect/4/"), {
        "step": "record", "deed": fields["deed"], "on": fields["on"], "by": fields["by"],
        "payments": hidden(page, "payments")}, follow=True)
    assert thai_day(day) in text_of(done) and f"<dd>{thai_day(add_months(START, 1))}</dd>" in text_of(done)
