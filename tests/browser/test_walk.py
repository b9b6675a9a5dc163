"""The main job in a real browser, on a phone and on a laptop: register, collection day, claim, books.

Every stop leaves a picture in docs/pictures, so that the manual shows what a person sees.
"""
import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
from django.core.cache import cache
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from ombun.jobs.demo.sign_ins import PASSWORD
from ombun.primitives.days import thai_day

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
WORKBOOK = Path(__file__).parents[1] / "data" / "workbooks" / "A_donkaeo.xlsx"
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking",
         "--no-first-run"]
SIZES = {"phone": {"width": 390, "height": 844}, "laptop": {"width": 1280, "height": 800}}
FEW_DAYS_AGO = thai_day(timezone.localdate() - timedelta(days=5), short=True)

pytestmark = pytest.mark.browser


TOO_SMALL = """() => [...document.querySelectorAll("main a, main button, main summary")]
  .filter(one => one.offsetParent && one.getBoundingClientRect().height < 44).map(one => one.outerHTML)"""


def come_in(page: Page, address: str, username: str, password: str) -> None:
    """Sign somebody in and wait until they are: whoever opens the next page sooner would go there unsigned. All the
    visitors of a run come from one address, whose number of sign-ins a minute is limited: it begins anew."""
    cache.clear()
    page.goto(f"{address}/sign-in/login/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", password)
    page.click("form.card button")
    page.wait_for_url(lambda url: "/sign-in/" not in url)


class Visitor:
    """Somebody at a screen of one size, signed in at a desk; takes a picture of each stop."""

    def __init__(self, page: Page, address: str, size: str) -> None:
        self.page, self.address, self.size = page, address.rstrip("/"), size

    def open(self, path: str) -> Page:
        """A page of the demo fund."""
        answer = self.page.goto(f"{self.address}/f/demo/{path}")
        assert answer is not None and answer.status == 200, path
        return self.page

    def picture(self, name: str) -> None:
        """What the screen shows, in few colours so that it weighs little; nothing may stick out at the side, and what
        stands alone to be pressed has room for a thumb."""
        assert not self.page.evaluate("document.documentElement.scrollWidth > innerWidth"), f"{name} is too wide"
        assert self.page.evaluate(TOO_SMALL) == [], name
        image = Image.open(io.BytesIO(self.page.screenshot()))
        image.convert("RGB").quantize(48).save(PICTURES / f"{name}-{self.size}.png", optimize=True)

    def pages_of(self, link: str) -> int:
        """How many pages the PDF behind a link has."""
        href = self.page.locator(link).first.get_attribute("href")
        answer = self.page.request.get(f"{self.address}{href}")
        assert answer.status == 200 and answer.headers["content-type"] == "application/pdf"
        return len(pypdfium2.PdfDocument(answer.body()))


@pytest.fixture(params=list(SIZES))
def signed_in(request, demo, address, chromium, settings):
    """A function that signs somebody in at a desk of the demo fund, on a phone and on a laptop."""
    settings.OMBUN_IS_DEMO = True
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)

        def sign_in(username: str) -> Visitor:
            page = browser.new_context(viewport=SIZES[request.param], locale="th-TH").new_page()
            page.set_default_timeout(20_000)
            come_in(page, address, username, PASSWORD)
            return Visitor(page, address, request.param)

        yield sign_in
        browser.close()


SignIn = Callable[[str], Visitor]


def someone_in_the_register(registrar: Visitor) -> str:
    """The path of the first member whom the register's page shows to somebody of that desk."""
    shown = registrar.open("register/").locator("main li a.row.plain").first.get_attribute("href")
    assert shown is not None
    return shown.partition("/f/demo/")[2]


def test_the_home_page_says_what_is_there_and_what_waits_for_whom(signed_in: SignIn) -> None:
    somsri = signed_in("treasurer")
    expect(somsri.page.get_by_role("heading", level=1)).to_contain_text("สวัสดี")
    somsri.picture("treasurer-home")
    for path, name in (("books/", "trial-balance"), ("books/income/", "income"), ("committee/rules/", "rule-book")):
        somsri.open(path)
        somsri.picture(name)


def test_a_workbook_comes_in_and_goes_out_again(signed_in: SignIn) -> None:
    orathai = signed_in("registrar")
    page = orathai.open("register/imports/")
    page.set_input_files("input[type=file]", WORKBOOK)
    page.click("form.card button.wide")
    expect(page.locator(".tabs")).to_contain_text("รับเข้าใหม่")
    orathai.picture("import-preview")
    page.click("form[action$='commit/'] button")
    expect(page.locator(".heading .badge")).to_contain_text("รับเข้าแล้ว")
    page.click("form[action$='undo/'] summary")
    page.check("form[action$='undo/'] input[name=sure]")
    page.click("form[action$='undo/'] button")
    expect(page.locator(".heading .badge")).to_contain_text("ถอนออกแล้ว")


def test_a_collection_day_all_paid_but_three(signed_in: SignIn) -> None:
    somsri = signed_in("treasurer")
    page = somsri.open(f"collect/{4 if somsri.size == 'phone' else 6}/")
    ticked = page.locator(".sheet input[type=checkbox]:checked")
    before = ticked.count()
    for _ in range(3):
        ticked.first.uncheck()
    somsri.picture("collection-sheet")
    page.click(".action-bar button")
    expect(page.locator("main")).to_contain_text(f"{before - 3} คน")
    somsri.picture("collection-check")
    page.click("button[value=record]")
    expect(page.locator(".badge.done").first).to_be_visible()
    somsri.picture("collection-done")
    assert somsri.pages_of("a[href$='receipts.pdf'], a.btn.wide") == before - 3
    assert somsri.pages_of("ul.rows a.row") == 1


def test_three_nights_in_hospital_from_request_to_voucher(signed_in: SignIn) -> None:
    somsri = signed_in("treasurer")
    page = somsri.open("committee/claims/file/")
    page.fill("input[name=q]", "0444" if somsri.size == "phone" else "0360")
    page.click("form.card button")
    page.locator("ul.rows a.row").first.click()
    page.click("a[href$='/hospital/']")
    page.fill("[name=happened_on]", FEW_DAYS_AGO)
    page.fill("[name=units]", "3")
    page.fill("[name=place]", "โรงพยาบาลตัวอย่าง")
    if page.locator("[name=agreed]").count():  # whoever has agreed before is not asked again
        page.check("[name=agreed]")
    page.click("button[value=check]")
    expect(page.locator(".explanation")).to_contain_text("ข้อ 17.2")
    somsri.picture("claim-preview")
    page.click("button[value=file]")
    for number in range(3):
        page.locator("input[name^=by-]").nth(number).check()
    somsri.picture("claim-certify")
    page.click("button[value=certify]")
    page.locator("select[name=approved_by]").select_option(index=1)  # the chair signed on paper
    page.click("button[value=approve]")
    page.click("button[value=pay]")
    expect(page.locator(".badge").first).to_contain_text("จ่าย")
    somsri.picture("claim-paid")
    assert somsri.pages_of("a[href$='voucher.pdf']") == 1


def test_the_next_rules_are_written_tried_on_made_up_people_and_compared(signed_in: SignIn) -> None:
    wilai = signed_in("secretary")
    page = wilai.open("committee/rules/drafts/")
    page.locator("main a.row").first.click()
    expect(page.locator("#doubts")).to_contain_text("ข้อ")
    wilai.picture("draft")
    draft = page.url
    page.locator("main a.row", has_text="17.2").click()
    page.fill("[name='grant.rate_satang']", "350")
    page.click("button[value=look]")
    expect(page.locator("#reading")).to_contain_text("ให้คืนละ 350.00 บาท")
    expect(page.locator("#examples")).to_contain_text("ป้าแก้ว")
    page.locator("#examples summary").nth(1).click()
    page.locator("#examples").scroll_into_view_if_needed()
    wilai.picture("draft-clause")
    page.click("button[value=save]")
    assert page.url == draft
    assert wilai.pages_of("a[href$='regulations.pdf']") >= 2
    page.click("main a[href*='/rules/compare/']")
    expect(page.locator("main ins").first).to_be_visible()
    wilai.picture("draft-compared")


def test_a_member_reads_their_own_passbook_and_no_other(signed_in: SignIn) -> None:
    malee = signed_in("member")
    malee.picture("member-passbook")
    other = someone_in_the_register(signed_in("registrar"))
    answer = malee.page.goto(f"{malee.address}/f/demo/{other}")
    assert answer is not None and answer.status in (403, 404)


def test_a_month_is_closed_and_says_no_afterwards(signed_in: SignIn) -> None:
    somsri = signed_in("treasurer")
    page = somsri.open("books/close/")
    somsri.picture("close-month")
    if somsri.size == "laptop":  # the phone has closed it already
        return
    because = page.locator("input[name=because]")
    if because.count():
        because.fill("ธนาคารยังไม่ส่งรายการ")
    page.locator("select").first.select_option(index=1)
    page.locator("form.card button, form .btn.wide").last.click()
    expect(page.locator("main")).to_contain_text("เดือนที่ปิดแล้ว")


PAGES = {
    "treasurer": ("", "books/", "books/income/", "books/cash/", "books/days/", "books/close/", "books/handover/",
                  "books/voucher/in/", "collect/", "collect/4/", "committee/claims/", "opening/", "settings/",
                  "settings/people/", "settings/logins/", "settings/receipts/", "settings/dues/", "settings/copy/"),
    "secretary": ("committee/rules/", "committee/rules/drafts/", "committee/rules/compare/"),
    "registrar": ("register/", "register/new/", "register/imports/"),
    "member": ("me/", "me/claims/", "me/claims/file/hospital/")}


@pytest.mark.parametrize("language", ["th", "en"])
def test_nothing_sticks_out_at_the_side(signed_in: SignIn, language: str) -> None:
    for username, paths in PAGES.items():
        visitor = signed_in(username)
        if language == "en":
            visitor.page.click(".top-menu summary")
            visitor.page.click("button[name=language]")
        for path in (*paths, *([someone_in_the_register(visitor)] if username == "registrar" else ())):
            page = visitor.open(path)
            assert page.locator("html").get_attribute("lang") == language
            assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), path
