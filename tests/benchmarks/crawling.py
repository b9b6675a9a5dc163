"""Walking through the served pages as somebody with a browser: sign in, follow every link, weigh what comes."""
import html
import re
from collections import Counter, deque
from collections.abc import Iterator
from http.cookiejar import CookieJar
from time import perf_counter
from urllib.error import HTTPError
from urllib.parse import urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, Request, build_opener

from django.urls import Resolver404, resolve

ADDRESSES_OF_A_VIEW = 3
_LINK = re.compile(r'<a\b[^>]*?\bhref="([^"#]+)')
_PARTS = re.compile(r'<(?:link|script|img)\b[^>]*?\b(?:href|src)="(/static/[^"]+)"')
_PARTS_OF_STYLE = re.compile(r"url\([\"']?([^\"')]+\.woff2)[\"']?\)")


class Visitor:
    """A browser without pictures: keeps cookies, follows redirects, and remembers the links that led nowhere."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.broken: list[str] = []
        self.papers: set[str] = set()  # views that answer with something else than a page
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> tuple[str, bytes, str]:
        """Where one ends up after redirects, what came over the wire, and its content type."""
        asked = urljoin(self.address, path)
        with self._opener.open(asked, timeout=60) as answer:
            return urlsplit(answer.url).path, answer.read(), answer.headers.get_content_type()

    def sign_in(self, username: str, password: str) -> str:
        """Sign in with the form. Gives the address of the desk one comes to."""
        page = self.get("/sign-in/login/")[1].decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert token
        fields = f"csrfmiddlewaretoken={token[1]}&login={username}&password={password}"
        with self._opener.open(urljoin(self.address, "/sign-in/login/"), fields.encode(), timeout=60):
            pass
        return self.get("/")[0]

    def milliseconds(self, path: str) -> float:
        """From asking for a page until its last byte is there."""
        start = perf_counter()
        self.get(path)
        return (perf_counter() - start) * 1000

    def bytes_with_parts(self, path: str) -> int:
        """What a browser that was never here before loads: the page, and its styles, scripts and fonts, packed."""
        return sum(map(len, self._loaded(path)))

    def _loaded(self, path: str) -> Iterator[bytes]:
        content = self.get(path)[1]
        yield content
        parts = {html.unescape(found) for found in _PARTS.findall(content.decode())}
        for style in [part for part in parts if part.endswith(".css")]:
            parts |= {urljoin(style, font) for font in _PARTS_OF_STYLE.findall(self.get(style)[1].decode())}
        yield from map(self._packed, parts)

    def _packed(self, path: str) -> bytes:
        asked = Request(urljoin(self.address, path), headers={"Accept-Encoding": "gzip"})
        with self._opener.open(asked, timeout=60) as answer:
            return answer.read()

    def pages(self, first: str) -> dict[str, set[str]]:
        """Every page one can come to by links: some addresses of each view, by the view's name."""
        seen, tried, waiting = dict[str, set[str]](), Counter[str](), deque([first])
        met_on = {first: ""}
        while waiting:
            path = waiting.popleft()
            view = _view(path)
            if view is None or tried[view] >= (1 if view in self.papers else ADDRESSES_OF_A_VIEW):
                continue
            tried[view] += 1
            try:
                landed, content, kind = self.get(path)
            except HTTPError as error:
                self.broken.append(f"{met_on[path]} leads to {path}: {error.code}")
                continue
            if landed == urlsplit(path).path:
                seen.setdefault(view, set()).add(path)
            if kind != "text/html":
                self.papers.add(view)
            else:
                found = dict.fromkeys(urljoin(path, html.unescape(link)) for link in _LINK.findall(content.decode()))
                waiting.extend(link for link in found if link not in met_on)
                met_on |= {link: path for link in found if link not in met_on}
        return seen


def _view(path: str) -> str | None:
    """The name of the view behind an address of ours; None for what lies outside, and for the way out."""
    try:
        name = resolve(urlsplit(path).path).view_name if path.startswith("/") else None
    except Resolver404:
        return None
    return None if name == "account_logout" else name
