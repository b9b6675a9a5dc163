"""Receipts of the whole fund: made part by part in the background; a page says how far; files are forgotten."""
import os
from threading import Event
from uuid import uuid4

import pypdfium2
import pytest

from ombun.contributions.operations import record_collection
from ombun.contributions.rules import Payment
from ombun.papers import printing as press
from ombun.papers.printing import Part, Printing
from ombun.primitives.days import thai_day
from ombun.primitives.money import Satang
from ombun.web.collect import printing as page
from tests.pages.house import NOW, TODAY, House, hidden, text_of


@pytest.fixture
def printed(settings, tmp_path, monkeypatch):
    """A house whose four members have paid; what is to be done in the background waits in a list."""
    settings.OMBUN_PRINTING = tmp_path
    monkeypatch.setattr("ombun.papers.gathering.receipts.PART_RECEIPTS", 3)
    house, house.waits = House(), []
    monkeypatch.setattr(page, "_go_on", lambda fund, folder: house.waits.append((fund, folder)))
    record_collection(
        actor=house.actor, collection_id=uuid4(), centre_id=house.centre, collected_on=TODAY,
        collected_by=house.people["boonma"], received_on=TODAY, recorded_at=NOW,
        payments=[Payment(member_id=i, amount_satang=Satang(3000)) for i in house.members])
    return house


def begin(house, **more):
    """Asked for at the treasurer's desk; gives the browser and the answer."""
    client, address = house.at("somsri"), house.url("collect/receipts/")
    fields = {"deed": hidden(client.get(address), "deed"), "from": thai_day(TODAY), "until": thai_day(TODAY),
              "size": "a6"} | more
    return client, client.post(address, fields)


def test_a_page_tells_how_far_it_has_come_and_parts_are_there_as_soon_as_they_are_ready(printed):
    client, answer = begin(printed)
    said = text_of(client.get(answer.url))
    assert "ทำแล้ว 0 จาก 4 ใบ" in said and "หยุดไปก่อนเสร็จ" in said and client.get(f"{answer.url}0.pdf").status_code == 404
    (fund, folder), = printed.waits

    def only_one(printing, part):
        seen.append(text_of(client.get(answer.url)))
        if len(seen) > 1:
            raise KeyboardInterrupt
        return b"%PDF"

    seen = []
    with pytest.raises(KeyboardInterrupt):
        press.work(folder=folder, printed=only_one)
    assert 'http-equiv="refresh"' in seen[0] and "กำลังทำ" in seen[0] and "ทำแล้ว 3 จาก 4 ใบ" in seen[1]
    assert client.get(f"{answer.url}0.pdf").content == b"%PDF"
    assert "ทำต่อจากที่ค้าง" in text_of(client.get(answer.url))
    assert client.post(answer.url).status_code == 302 and len(printed.waits) == 2
    page._work(fund, folder)
    said = text_of(client.get(answer.url))
    assert "เสร็จแล้ว" in said and 'http-equiv="refresh"' not in said
    assert client.get(f"{answer.url}0.pdf").content == b"%PDF"  # what was ready is not made again
    assert len(pypdfium2.PdfDocument(client.get(f"{answer.url}1.pdf").content)) == 1
    assert oct((folder / "0000.pdf").stat().st_mode)[-3:] == "600" and oct(folder.stat().st_mode)[-3:] == "700"


@pytest.mark.parametrize("is_copy", [False, True])
def test_what_is_printed_again_says_copy_and_a_second_click_begins_nothing_new(printed, is_copy):
    client, answer = begin(printed, **({"copy": "on"} if is_copy else {}))
    fund, folder = printed.waits[0]
    page._work(fund, folder)
    pages = pypdfium2.PdfDocument(client.get(f"{answer.url}0.pdf").content)
    words = "".join(one.get_textpage().get_text_range() for one in pages)
    assert ("สำเนา" in words) == is_copy and "มาลี" in words
    assert (folder.name in text_of(client.get(printed.url("collect/receipts/"))))


def test_days_without_receipts_and_nonsense_are_told(printed):
    for wrong in ({"from": "1/10/2560", "until": "2/10/2560"}, {"from": "x"}, {"size": "a3"}, {"deed": "x"}):
        assert begin(printed, **wrong)[1].status_code == 422
    assert printed.waits == []


def test_a_printing_of_another_fund_is_not_there(printed):
    _, answer = begin(printed)
    other = House()
    path = answer.url.replace(printed.code, other.code)
    assert other.at("somsri").get(path).status_code == 404
    for who in ("boonma", "udom"):
        assert printed.at(who).get(answer.url).status_code == 403


def test_two_at_once_print_each_part_once_and_old_ones_are_forgotten(tmp_path):
    parts = tuple(Part(deed=str(uuid4()), moo=4, day="2026-11-05", book_no=4, first_number=n, last_number=n)
                  for n in range(1, 4))
    folder = press.folder_of(root=tmp_path, fund_id=1, printing_id=uuid4())
    press.begin(folder=folder, printing=Printing(title="", size="a5", language="th", is_copy=False, parts=parts))
    made, second = [], Event()

    def printed(printing, part):
        if not made:
            from threading import Thread
            worker = Thread(target=lambda: (press.work(folder=folder, printed=printed), second.set()))
            worker.start()
        made.append(part.first_number)
        assert not second.is_set()
        return b"x"

    press.work(folder=folder, printed=printed)
    assert second.wait(10) and made == [1, 2, 3]
    press.forget(folders=tmp_path.glob("*/*-*"), begun_before=folder.stat().st_mtime)
    assert folder.exists()
    os.utime(folder, (1, 1))
    press.forget(folders=tmp_path.glob("*/*-*"), begun_before=1_000)
    assert not folder.exists()
