"""Collecting with the network really off: a village on the device, reloads, lost answers, a sign-in that ended."""
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, Route, expect, sync_playwright

from ombun.contributions import queries
from ombun.contributions.operations import wipe_device
from ombun.primitives.days import add_months
from ombun.primitives.transactions import fund_transaction
from tests.browser.test_walk import FLAGS, PICTURES, SIZES, come_in
from tests.pages.house import MONTH, PASSWORD, House

pytestmark = pytest.mark.browser
Collector = tuple[Page, BrowserContext, House]


@pytest.fixture(params=list(SIZES))
def collector(request, address: str, chromium: str) -> Iterator[Collector]:
    """Boonma at a device of one size, her village taken along, the network as yet on."""
    house = House()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        context = browser.new_context(viewport=SIZES[request.param], locale="th-TH")
        page = context.new_page()
        page.set_default_timeout(20_000)
        sign_in(page, address, house)
        page.goto(f"{address}{house.url('collect/offline/')}")
        page.click("[data-take]")
        expect(page.locator("small[data-people]")).to_contain_text("4 คน")
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        page.wait_for_function("navigator.serviceWorker.controller !== null")
        yield page, context, house
        browser.close()


def sign_in(page: Page, address: str, house: House) -> None:
    come_in(page, address, house.users["boonma"], PASSWORD)


def collections(house: House) -> list[tuple[int, UUID]]:
    """What the books have: satang and deed of each collection day. Asked in a thread: the browser has this one."""
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(_collections, house).result()


def _collections(house: House) -> list[tuple[int, UUID]]:
    with fund_transaction(fund_id=house.actor.fund_id, read_only=True):
        found = queries.collections_in(
            fund_id=house.actor.fund_id, from_on=add_months(MONTH, -1), until_on=add_months(MONTH, 1))
    connection.close()
    return [(card.total_satang, card.deed_id) for card in found]


def all_but_one_pay(page: Page) -> None:
    """The sheet of the village, finished: everybody but the first."""
    page.click("[data-open]")
    page.locator("[data-rows] input[type=checkbox]").first.uncheck()
    page.click("form button.btn:not([type=button])")


def says(page: Page, word: str) -> None:
    expect(page.locator("[data-sheets] .badge").first).to_have_text(word, timeout=20_000)


def test_a_village_is_collected_without_a_signal_and_arrives_once(collector: Collector) -> None:
    page, context, house = collector
    context.set_offline(True)
    page.reload()
    page.click("[data-open]")
    page.locator("[data-rows] input[type=checkbox]").first.uncheck()
    page.locator("[data-rows] .money").nth(1).fill("๑๒๐")
    page.wait_for_timeout(1_500)  # what was typed is sealed and written
    page.reload()  # the phone went off in between
    says(page, "ยังเก็บไม่เสร็จ")
    page.click("[data-open]")
    expect(page.locator("[data-total]")).to_have_text("180.00")
    size = "phone" if page.viewport_size == SIZES["phone"] else "laptop"
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.screenshot(path=PICTURES / f"offline-sheet-{size}.png")
    page.click("form button.btn:not([type=button])")
    says(page, "รอส่ง")
    assert collections(house) == []
    page.screenshot(path=PICTURES / f"offline-list-{size}.png")
    context.set_offline(False)
    says(page, "ส่งถึงแล้ว")
    expect(page.locator("[data-sheets]")).to_contain_text("เล่มที่ 9001 เลขที่ 1–3")
    assert [satang for satang, _ in collections(house)] == [18000]
    kept = page.evaluate("""() => new Promise((done) => { const asked = indexedDB.open(`ombun ${offline.dataset.base}`);
      asked.onsuccess = () => { const rows = asked.result.transaction("sheets").objectStore("sheets").getAll();
      rows.onsuccess = () => done(JSON.stringify(rows.result)); }; })""")
    assert '"payments"' not in kept and "มาลี" not in kept


@pytest.mark.parametrize("lost", ["question", "answer"])
def test_what_is_lost_on_the_way_is_sent_again_and_counted_once(collector: Collector, lost: str) -> None:
    page, context, house = collector

    cuts: list[bool] = []

    def cut(route: Route) -> None:
        if lost == "answer":
            cuts.append(route.fetch().ok)
        else:
            cuts.append(False)
        route.abort()

    context.route("**/offline/sheets/", cut)
    with page.expect_event("requestfailed"):
        all_but_one_pay(page)
    says(page, "รอส่ง")
    assert set(cuts) == {lost == "answer"} and len(collections(house)) == (lost == "answer")
    context.unroute("**/offline/sheets/")
    page.click("[data-send]")
    says(page, "ส่งถึงแล้ว")
    assert [satang for satang, _ in collections(house)] == [9000]


def test_a_sign_in_that_ended_keeps_the_sheet_and_sends_it_after_the_next(
    collector: Collector, address: str
) -> None:
    page, context, house = collector
    context.clear_cookies()
    page.reload()  # still opens
    all_but_one_pay(page)
    says(page, "รอส่ง")
    expect(page.locator("p[data-sign-in]")).to_be_visible()
    sign_in(page, address, house)
    page.goto(f"{address}{house.url('collect/offline/')}")
    says(page, "ส่งถึงแล้ว")
    assert [satang for satang, _ in collections(house)] == [9000]


def test_a_sheet_finished_twice_at_once_has_its_numbers_once(collector: Collector) -> None:
    page, _, house = collector
    page.click("[data-open]")
    page.locator("[data-rows] input[type=checkbox]").first.uncheck()
    page.evaluate("""() => { const form = document.querySelector("form[data-part=sheet]");
      form.requestSubmit(); form.requestSubmit(); }""")
    says(page, "ส่งถึงแล้ว")
    expect(page.locator("[data-sheets]")).to_contain_text("เล่มที่ 9001 เลขที่ 1–3")
    assert [satang for satang, _ in collections(house)] == [9000]


def test_what_cannot_be_is_said_before_a_receipt_has_its_number(collector: Collector) -> None:
    page, context, house = collector
    context.set_offline(True)
    page.click("[data-open]")
    for wrong in ("99999999", "สามสิบ", "0"):
        page.locator("[data-rows] .money").nth(0).fill(wrong)
        page.click("form button.btn:not([type=button])")
        expect(page.locator("[data-reasons] li")).to_have_count(1)
    page.locator("[data-rows] .money").nth(0).fill("30")
    page.click("form button.btn:not([type=button])")
    context.set_offline(False)
    says(page, "ส่งถึงแล้ว")
    expect(page.locator("[data-sheets]")).to_contain_text("เล่มที่ 9001 เลขที่ 1–4")
    assert [satang for satang, _ in collections(house)] == [12000]


def test_what_the_server_refuses_is_mended_and_keeps_its_numbers(collector: Collector) -> None:
    page, context, house = collector
    answers = iter([True])
    context.route("**/offline/sheets/", lambda route: route.fulfill(
        status=422, json={"reasons": ["ตรวจอีกครั้ง"]}) if next(answers, False) else route.continue_())
    all_but_one_pay(page)
    says(page, "ต้องแก้")
    page.click("[data-sheets] button")
    expect(page.locator("[data-reasons] li")).to_have_text("ตรวจอีกครั้ง")
    page.locator("[data-rows] input[type=checkbox]").first.check()
    page.click("form button.btn:not([type=button])")
    says(page, "ส่งถึงแล้ว")
    expect(page.locator("[data-sheets]")).to_contain_text("เล่มที่ 9001 เลขที่ 1–4")
    assert [satang for satang, _ in collections(house)] == [12000]


def test_people_on_the_device_are_sealed_and_a_wiped_device_forgets_them(collector: Collector) -> None:
    page, context, house = collector
    kept = """() => new Promise((done) => { const asked = indexedDB.open(`ombun ${offline.dataset.base}`);
      asked.onsuccess = () => { const rows = asked.result.transaction("villages").objectStore("villages").getAll();
      rows.onsuccess = () => done(JSON.stringify(rows.result)); }; })"""
    told = page.evaluate(kept)
    assert '"moo":4' in told and "มาลี" not in told and "บุญมา" not in told
    context.set_offline(True)
    all_but_one_pay(page)
    says(page, "รอส่ง")
    with ThreadPoolExecutor(1) as aside:
        aside.submit(_wipe, house).result()
    context.set_offline(False)
    says(page, "ส่งถึงแล้ว")  # first what was collected, then the people go
    expect(page.locator("[data-open]")).to_be_hidden()
    assert page.evaluate(kept) == "[]"
    page.click("[data-take]")  # a new device by now
    page.click("[data-open]")
    all_pay = page.locator("form button.btn:not([type=button])")
    all_pay.click()
    expect(page.locator("[data-sheets]")).to_contain_text("เล่มที่ 9002 เลขที่ 1")


def _wipe(house: House) -> None:
    with fund_transaction(fund_id=house.actor.fund_id, read_only=True):
        known = queries.devices(fund_id=house.actor.fund_id)
    for device in known:
        wipe_device(actor=house.actor, device_id=device.id, recorded_at=timezone.now())
    connection.close()


def test_who_signs_out_leaves_no_names_and_the_sheet_goes_on_afterwards(
    collector: Collector, address: str
) -> None:
    page, context, house = collector
    context.set_offline(True)
    page.click("[data-open]")
    page.locator("[data-rows] input[type=checkbox]").first.uncheck()
    page.click("[data-back]")
    context.set_offline(False)
    page.goto(f"{address}/sign-in/logout/")
    page.click("form.card button.btn")
    page.wait_for_function("""(name) => new Promise((done) => { const asked = indexedDB.open(name);
      asked.onsuccess = () => { const rows = asked.result.transaction("villages").objectStore("villages").count();
      rows.onsuccess = () => { asked.result.close(); done(rows.result === 0); }; }; })""",
        arg=f"ombun {house.url('collect/offline/')}")
    sign_in(page, address, house)
    page.goto(f"{address}{house.url('collect/offline/')}")
    says(page, "ยังเก็บไม่เสร็จ")
    page.locator("[data-sheets] button").click()  # the names come again with it
    expect(page.locator("[data-count]")).to_have_text("3")
    page.click("form button.btn:not([type=button])")
    says(page, "ส่งถึงแล้ว")
    assert [satang for satang, _ in collections(house)] == [9000]


def test_people_leave_the_device_only_after_every_sheet_has_arrived(collector: Collector) -> None:
    page, context, _ = collector
    context.set_offline(True)
    all_but_one_pay(page)
    page.click("[data-wipe]")
    expect(page.locator("[data-wipe-first]")).to_be_visible()
    with page.expect_download() as saved:
        page.click("[data-rescue]")
    rescued = json.loads(saved.value.path().read_text())
    assert [len(sheet["payments"]) for sheet in rescued["sheets"]] == [3]
    context.set_offline(False)
    says(page, "ส่งถึงแล้ว")
    page.click("[data-wipe]")
    expect(page.locator("[data-sheets] li")).to_have_count(0)
    expect(page.locator("[data-open]")).to_be_hidden()



def test_a_village_by_keyboard_alone(collector: Collector) -> None:
    page, *_ = collector
    page.click("[data-open]")
    page.locator("[data-rows] input[type=checkbox]").first.focus()
    for key in ("Space", "ArrowDown", "ArrowDown", "Space"):
        page.keyboard.press(key)
    expect(page.locator("[data-count]")).to_have_text("2")


def test_a_name_is_found_on_the_sheet_and_keys_go_from_one_found_to_the_next(collector: Collector) -> None:
    page, context, _ = collector
    context.set_offline(True)
    page.click("[data-open]")
    shown = page.locator("[data-rows] li:visible b")
    page.fill("[name=find]", "มั่นคง")
    expect(shown).to_have_count(2)
    page.locator("[data-rows] li:visible .money").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.type("45")
    expect(page.locator("[data-total]")).to_have_text("135.00")
    page.fill("[name=find]", "ไม่มีคนนี้")
    expect(shown).to_have_count(0)
    page.fill("[name=find]", "")
    expect(shown).to_have_count(4)
