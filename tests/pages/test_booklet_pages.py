"""The passbook line printed onto the member's own booklet: measured once a fund, only new lines printed."""
from uuid import uuid4

import pypdfium2

from ombun.contributions.operations import record_collection
from ombun.contributions.rules import Payment
from ombun.funds import queries as funds
from ombun.funds.operations import measure_booklet
from ombun.funds.rules import Layout
from ombun.primitives.days import add_months
from ombun.primitives.money import Satang
from ombun.primitives.transactions import fund_transaction
from tests.pages.house import MONTH, NOW, TODAY, hidden, text_of


def measured(house):
    with fund_transaction(fund_id=house.actor.fund_id, read_only=True):
        return funds.booklet_layout(fund_id=house.actor.fund_id)


def words(answer):
    return "\n".join(one.get_textpage().get_text_range() for one in pypdfium2.PdfDocument(answer.content))


def test_only_the_lines_that_were_asked_for_are_printed(house):
    for satang, day in ((3100, add_months(MONTH, -1)), (4200, TODAY)):
        record_collection(
            actor=house.actor, collection_id=uuid4(), centre_id=house.centre, collected_on=day, received_on=TODAY,
            collected_by=house.people["boonma"], recorded_at=NOW,
            payments=[Payment(member_id=house.members[0], amount_satang=Satang(satang))])
    client, address = house.at("orathai", "en"), house.url(f"register/{house.members[0]}/booklet")
    page = text_of(client.get(f"{address}/"))
    newest = page.count("<option value=") - 1
    assert "42" in page and f'value="{newest}" selected' in page
    both, last, nonsense = (words(client.get(f"{address}.pdf?from={one}&line=3")) for one in (newest - 1, newest, "x"))
    assert "31.00" in both and "42.00" in both
    assert "31.00" not in last and "42.00" in last and nonsense == last
    assert client.get(f"{address}.pdf?from=99999&line=99").status_code == 200
    assert "ยังไม่มีบรรทัดให้พิมพ์" not in page
    assert "booklet" in text_of(client.get(house.url(f"register/{house.members[0]}/")))


def test_a_booklet_is_measured_once_a_fund_and_again_when_it_changes(house):
    client, address = house.at("somsri"), house.url("register/papers/booklet/")
    page = client.get(address)
    fields = {"deed": hidden(page, "deed"), "page_width": "105", "page_height": "148", "first_line": "๓๑.๕",
              "line_height": "7.2", "lines_a_page": "14", "day_left": "6", "words_left": "25", "paper_no_left": "0",
              "paid_left": "60", "received_left": "82"}
    for _ in range(2):
        assert client.post(address, fields).status_code == 302
    assert measured(house) == Layout(
        page_width=1050, page_height=1480, first_line=315, line_height=72, lines_a_page=14, day_left=60,
        words_left=250, paper_no_left=0, paid_left=600, received_left=820)
    assert 'value="31.5"' in text_of(client.get(address)) and 'value="105"' in text_of(client.get(address))
    for wrong, said in (({"line_height": "9"}, "ยาวเกินหน้าสมุด"), ({"day_left": "x"}, "ช่องวันที่"),
                        ({"received_left": "105"}, "ขอบขวา"), ({"page_width": "0"}, "มากกว่าศูนย์"),
                        ({"lines_a_page": ""}, "จำนวนบรรทัด")):
        answer = client.post(address, fields | {"deed": str(uuid4())} | wrong)
        assert answer.status_code == 422 and said in text_of(answer), wrong
    measure_booklet(actor=house.actor, layout_id=uuid4(), layout=Layout(), recorded_at=NOW)
    assert house.at("udom").get(address).status_code == 403
    assert measured(house).lines_a_page == 14  # the one that was recorded last
