"""The page that collects without a signal, in Chromium: how soon it answers a key, its weight, how long it sends."""
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from statistics import quantiles
from typing import Any

from bench_collections import Village, analyze
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from figures import Figure
from playwright.sync_api import Page, sync_playwright

from ombun.jobs.machine.browser import chromium
from ombun.jobs.machine.server import serving
from ombun.wsgi import application

FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking"]
PHONE = {"width": 390, "height": 844}
ON_DEVICE, TO_INSTALL, TO_SEND = 3_000, 500, 300
SLOWER, KEYS = 4, 40
BYTES_PER_SECOND, LATENCY_MS = 400_000 / 8, 400
# From a key until what it changed is on the screen, as the browser itself counts it (Event Timing, in steps of 8 ms);
# a key that it does not tell of was answered within 16 ms.
WATCH = """() => { window.answered = new Map(); new PerformanceObserver((list) => { for (const one of list.getEntries())
  if (one.interactionId) answered.set(one.interactionId, Math.max(answered.get(one.interactionId) ?? 0, one.duration));
}).observe({ type: "event", durationThreshold: 16 }); }"""


class Weighed:
    """The pages, and how many bytes they gave away: heads and bodies as they go over the wire."""

    def __init__(self) -> None:
        self.sent = 0

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            self.sent += len(status) + 13 + sum(len(name) + len(value) + 4 for name, value in headers)
            return start_response(status, headers, *rest)

        answer = application(environ, start)
        try:
            for chunk in answer:
                self.sent += len(chunk)
                yield chunk
        finally:
            if hasattr(answer, "close"):
                answer.close()


def run() -> Iterator[Figure]:
    """All figures of this file; the database is asked in a thread, since the browser has this one."""
    with ThreadPoolExecutor(1) as aside:
        made = {people: aside.submit(_village, people).result() for people in (TO_INSTALL, TO_SEND, ON_DEVICE)}
        aside.submit(analyze).result()
    yield _installed(made[TO_INSTALL])
    yield _sent(made[TO_SEND])
    yield from _answered(made[ON_DEVICE])


def _village(people: int) -> tuple[str, str]:
    """A fund with one village of so many people: its code, and the session of its collector."""
    village, client = Village(people), Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get(username=village.code), backend="ombun.access.passwords.SigningIn")
    return village.code, client.cookies[settings.SESSION_COOKIE_NAME].value


@contextmanager
def _collecting(made: tuple[str, str], weighed: Weighed | None = None) -> Iterator[Page]:
    """A phone that was never here before, its village on it."""
    code, session = made
    with serving(weighed or application, ports=[0]) as port, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        context = browser.new_context(viewport=PHONE, locale="th-TH", has_touch=True)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": f"http://127.0.0.1:{port}"}])
        page = context.new_page()
        page.set_default_timeout(120_000)
        page.goto(f"http://127.0.0.1:{port}/f/{code}/collect/offline/")
        page.click("[data-take]")
        page.locator("[data-open]").wait_for(state="visible")
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        page.wait_for_timeout(2_000)  # the worker keeps the parts
        yield page
        browser.close()


def _installed(made: tuple[str, str]) -> Figure:
    weighed = Weighed()
    with _collecting(made, weighed):
        pass
    return Figure(name="offline_first_install", figure=round(weighed.sent / 1000, 1), unit="kB", goal="<=300",
                  n=TO_INSTALL)


def _sent(made: tuple[str, str]) -> Figure:
    """From "collected" until the server has answered that it has it, over a slow line."""
    with _collecting(made) as page:
        page.click("[data-open]")
        page.click("[data-tick=all]")
        page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", {
            "offline": False, "latency": LATENCY_MS, "downloadThroughput": BYTES_PER_SECOND,
            "uploadThroughput": BYTES_PER_SECOND})
        start = page.evaluate("performance.now()")
        page.click("form button.btn:not([type=button])")
        page.locator("[data-sheets] .badge.done").wait_for()
        seconds = (page.evaluate("performance.now()") - start) / 1000
    return Figure(name="offline_sync_400_kbit_400_ms", figure=round(seconds, 2), unit="s", goal="<=5", n=TO_SEND)


def _answered(made: tuple[str, str]) -> Iterator[Figure]:
    """Three ways of typing on the sheet of one village with everybody on it."""
    with _collecting(made) as page:
        page.click("[data-open]")
        page.locator("[data-rows] input[type=checkbox]").first.wait_for()
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        for name, field, keys in (
                ("tick", "[data-rows] input[type=checkbox]", ["Space", "ArrowDown"]),
                ("amount", "[data-rows] .money", ["1", "2", "Enter"]),
                ("find", "[name=find]", ["1", "2", "3", "Backspace"])):
            page.locator(field).first.focus()
            times = _milliseconds(page, [keys[n % len(keys)] for n in range(KEYS)])
            yield Figure(name=f"offline_key_{name}_p95", figure=round(quantiles(times, n=20)[-1]), unit="ms",
                         goal="<=50", n=len(times))


def _milliseconds(page: Page, keys: list[str]) -> list[float]:
    page.evaluate(WATCH)
    for key in keys:
        page.keyboard.press(key)
        page.wait_for_timeout(150)  # nobody types faster
    page.wait_for_timeout(1_000)
    told = page.evaluate("[...answered.values()]")
    return [*told, *[16.0] * (len(keys) - len(told))]
