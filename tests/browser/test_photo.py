"""A photo of what somebody gave, on a phone: made small before it is sent; it stands for a witness, script or not."""
import random
from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Page, expect, sync_playwright

from tests.browser.test_walk import FLAGS, SIZES, TOO_SMALL, come_in
from tests.pages.house import PASSWORD, House
from tests.pages.test_things_pages import vote

pytestmark = pytest.mark.browser


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def phone(request, address: str, chromium: str) -> Iterator[Page]:
    """Boonma where things are taken in, at the size of a phone."""
    house = House()
    vote(house)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_context(
            viewport=SIZES["phone"], locale="th-TH", java_script_enabled=request.param).new_page()
        page.set_default_timeout(20_000)
        come_in(page, address, house.users["boonma"], PASSWORD)
        page.goto(f"{address}{house.url('collect/4/things/')}")
        yield page
        browser.close()


def as_a_phone_takes_it() -> FilePayload:
    """Twelve million points, some megabytes, held upright, with the place written into it."""
    points = Image.frombytes("RGB", (500, 375), random.Random(1).randbytes(562_500)).resize((4000, 3000))
    exif, file = Image.Exif(), BytesIO()
    exif[0x0112], exif[0x010F] = 6, "Phone of Somchai"
    points.save(file, "JPEG", quality=90, exif=exif)
    return {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


def test_a_photo_is_taken_made_small_sent_and_shown(phone: Page, request) -> None:
    has_script = request.node.callspec.id == "script"
    photo = as_a_phone_takes_it()
    assert len(photo["buffer"]) > 1_000_000
    phone.locator("[name=photo-0]").set_input_files(photo)
    if has_script:
        expect(phone.locator(".photo img")).to_be_visible()
        size, head = phone.evaluate("""async () => { const [file] = document.querySelector("[name=photo-0]").files;
          return [file.size, new TextDecoder("latin1").decode(await file.arrayBuffer())]; }""")
        assert size < 400_000 and "Somchai" not in head
        assert phone.evaluate(TOO_SMALL) == []
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    phone.select_option("[name=witness]", "")
    phone.fill("[name=member-0]", "0001")
    phone.fill("[name=quantity-0]", "2.5")
    phone.click("button.wide")
    phone.click("a:has-text('ดูรูป')")
    shown = phone.locator("img.photo-shown")
    expect(shown).to_be_visible()
    if has_script:
        assert shown.evaluate("one => [one.naturalWidth, one.naturalHeight]") == [960, 1280]
