"""A phone in the same network: at an address that is not localhost, over HTTPS, with the line really cut."""
import base64
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from django.conf import settings
from playwright.sync_api import expect, sync_playwright

from ombun.jobs.machine import certificates, lan
from ombun.jobs.machine.server import serving
from ombun.wsgi import application
from tests.browser.test_offline import Collector, all_but_one_pay, collections, says, sign_in
from tests.browser.test_walk import FLAGS, PICTURES, SIZES
from tests.pages.house import House

pytestmark = pytest.mark.browser


@dataclass(frozen=True, kw_only=True)
class Nearby:
    """The doors as `serve --lan` opens them, and the hash by which Chromium knows the key of this very computer."""

    plain: str
    sealed: str
    key_hash: str
    file: bytes


@pytest.fixture(scope="module")
def nearby(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nearby]:
    """Doors of a copy of its own at this machine's address in a network."""
    own, hosts = lan.own_addresses(), settings.ALLOWED_HOSTS
    assert own, "this machine is in no local network: give it an address, such as ip addr add 10.9.9.9/32 dev lo"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(certificates, "FOLDER", tmp_path_factory.mktemp("phones") / "lan")
        patch.setattr(settings, "ALLOWED_HOSTS", [*hosts])
        with (serving(application, host="0.0.0.0", ports=[0]) as plain,
              lan.open_to_phones(application, plain_port=plain) as door):
            own_key = x509.load_pem_x509_certificate((certificates.FOLDER / "server.pem").read_bytes()).public_key()
            shown = own_key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
            yield Nearby(plain=f"http://{own[0]}:{plain}", sealed=door.address.rstrip("/"), file=door.file,
                         key_hash=base64.b64encode(sha256(shown).digest()).decode())


@pytest.fixture(params=list(SIZES))
def phone(request: pytest.FixtureRequest, nearby: Nearby, chromium: str) -> Iterator[Collector]:
    """A browser that takes this one key as vouched for. It has no store that a test may add the authority to: that the
    chain holds for whoever trusts the authority is verified by itself below."""
    house = House()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=[
            *FLAGS, f"--ignore-certificate-errors-spki-list={nearby.key_hash}"])
        context = browser.new_context(viewport=SIZES[request.param], locale="th-TH")
        page = context.new_page()
        page.set_default_timeout(20_000)
        yield page, context, house
        browser.close()


def test_a_village_is_collected_on_a_phone_in_the_same_network(phone: Collector, nearby: Nearby) -> None:
    page, context, house = phone
    page.goto(f"{nearby.plain}/trust/")
    assert not page.evaluate("isSecureContext")  # so nothing could be kept here
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    size = "phone" if page.viewport_size == SIZES["phone"] else "laptop"
    page.screenshot(path=PICTURES / f"trust-{size}.png", full_page=True)
    page.get_by_role("link", name="เปิดออมบุญ").click()
    page.wait_for_url(f"{nearby.sealed}/**")
    sign_in(page, nearby.sealed, house)
    page.goto(f"{nearby.sealed}{house.url('collect/offline/')}")
    assert page.evaluate("isSecureContext") and "127.0.0.1" not in page.url and "localhost" not in page.url
    page.click("[data-take]")
    expect(page.locator("small[data-people]")).to_contain_text("4 คน")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    assert {cookie["secure"] for cookie in context.cookies()} == {True}
    context.set_offline(True)
    page.reload()
    all_but_one_pay(page)
    says(page, "รอส่ง")
    assert collections(house) == []
    context.set_offline(False)
    says(page, "ส่งถึงแล้ว")
    assert [satang for satang, _ in collections(house)] == [9000]


def test_the_chain_holds_for_whoever_trusts_the_file(nearby: Nearby) -> None:
    host, port = nearby.sealed.removeprefix("https://").split(":")
    trusts = ssl.create_default_context(cadata=nearby.file)
    with socket.create_connection((host, int(port)), timeout=20) as line, trusts.wrap_socket(
            line, server_hostname=host) as sealed:
        assert sealed.version() in ("TLSv1.2", "TLSv1.3")
        told = sealed.getpeercert()
    assert told and ("IP Address", host) in told["subjectAltName"]  # type: ignore[operator]


def test_without_the_file_the_browser_does_not_come_in(nearby: Nearby, chromium: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        with pytest.raises(Exception, match="ERR_CERT_AUTHORITY_INVALID"):
            browser.new_page().goto(nearby.sealed)
        browser.close()
