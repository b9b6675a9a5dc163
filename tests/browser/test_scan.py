"""A member's card on the collection sheet: by camera, by a scanner that types, by hand; with and without a signal."""
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from ombun.access.cards import card_token
from tests.browser.test_offline import sign_in
from tests.browser.test_walk import FLAGS, SIZES, TOO_SMALL
from tests.pages.house import House

pytestmark = pytest.mark.browser
CAMERA = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
# A browser that reads codes, whatever stands before its camera.
READS_CODES = """globalThis.BarcodeDetector = class {
  static async getSupportedFormats() { return ["qr_code"]; }
  async detect() { return globalThis.shown ? [{ rawValue: globalThis.shown }] : []; } }"""
ON_THAI_KEYS = str.maketrans("1234567890-/.abcdefghijklmnopqrstuvwxyz", "ๅ/-ภถุึคตจขฝใฟิแกำดเ้ร่าสทืนยๆพหะีอไปัผ")
Desk = tuple[Page, BrowserContext, House]


@pytest.fixture(params=list(SIZES))
def boonma(request, address: str, chromium: str) -> Iterator[Desk]:
    """The collector of village 4 at a screen of one size, with a camera."""
    house = House()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=[*FLAGS, *CAMERA])
        context = browser.new_context(viewport=SIZES[request.param], locale="th-TH")
        context.add_init_script(READS_CODES)
        page = context.new_page()
        page.set_default_timeout(20_000)
        sign_in(page, address, house)
        yield page, context, house
        browser.close()


def card(house: House, member: int, code: str = "") -> str:
    """What a phone reads from the card of a member."""
    token = card_token(fund_id=house.actor.fund_id, member_id=house.members[member])
    return f"http://ombun.example:8000/f/{code or house.code}/register/card/{token}/"


def typed(page: Page, text: str) -> None:
    page.fill("#card", text)
    page.press("#card", "Enter")


def ticked(page: Page) -> list[str]:
    """The names of everybody who is marked as paid."""
    return page.locator(".sheet li:has(:checked) b").all_inner_texts()


def test_whoever_shows_a_card_has_paid(boonma: Desk, address: str) -> None:
    page, _, house = boonma
    page.goto(f"{address}{house.url('collect/4/')}")
    page.click("[data-tick=none]")
    typed(page, card(house, 0))
    expect(page.locator("[data-said]")).to_have_text("นางมาลี ใจบุญ จ่าย 30 บาท")
    typed(page, card(house, 1).translate(ON_THAI_KEYS))
    expect(page.locator("[data-said]")).to_contain_text("นายบุญมี มั่นคง จ่าย")
    typed(page, "๓")
    expect(page.locator("[data-said]")).to_contain_text("นางทองใบ มั่นคง จ่าย")
    typed(page, "0003")
    expect(page.locator("[data-said]")).to_contain_text("ทำเครื่องหมายไว้แล้ว")
    assert len(ticked(page)) == 3 and page.locator("[data-total]").inner_text() == "90.00"
    assert "/collect/4/" in page.url and page.locator("#card").input_value() == ""
    assert page.evaluate(TOO_SMALL) == []
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


@pytest.mark.parametrize(("what", "said"), [("stranger", "ไม่พบ"), ("other", "กองทุนอื่น"), ("99", "ไม่พบ"), ("x", "ไม่พบ")])
def test_a_card_of_somebody_else_marks_nobody(boonma: Desk, address: str, what: str, said: str) -> None:
    page, _, house = boonma
    page.goto(f"{address}{house.url('collect/4/')}")
    page.click("[data-tick=none]")
    token = card_token(fund_id=house.actor.fund_id, member_id=2_000_000_000)
    typed(page, {"stranger": card(house, 0).rpartition("card/")[0] + f"card/{token}/",
                 "other": card(house, 0, code="another")}.get(what, what))
    expect(page.locator("[data-said]")).to_contain_text(said)
    assert ticked(page) == []


def test_the_camera_reads_cards_without_a_signal_and_what_it_read_stays(boonma: Desk, address: str) -> None:
    page, context, house = boonma
    page.goto(f"{address}{house.url('collect/offline/')}")
    page.click("[data-take]")
    expect(page.locator("small[data-people]")).to_contain_text("4 คน")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    context.set_offline(True)
    page.reload()
    page.click("[data-open]")
    page.click("[data-tick=none]")
    page.click("[data-camera]")
    for member, name in ((0, "มาลี"), (3, "สุดา")):
        page.evaluate("(code) => { globalThis.shown = code; }", card(house, member))
        expect(page.locator("[data-said]")).to_contain_text(name)
    page.click("[data-camera]")
    expect(page.locator("[data-view]")).to_be_hidden()
    page.wait_for_timeout(1_000)  # what was typed is sealed and written
    page.reload()
    page.click("[data-open]")
    expect(page.locator("[data-total]")).to_have_text("60.00")
    assert [name.split()[0] for name in ticked(page)] == ["นางมาลี", "น.ส.สุดา"]
