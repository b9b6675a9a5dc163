"""The treasurer's button: the file that the browser keeps brings everything back on the command line."""
import re
import urllib.error
import urllib.parse
import urllib.request
from email.message import Message
from http.cookiejar import CookieJar
from pathlib import Path

from tests.machine.homes import Home, Served

FUND = ("fund", "new", "--code", "hall", "--name", "กองทุนสวัสดิการชุมชนตำบลโสน", "--tambon", "330505", "--founded",
        "2005-01-01", "--starts", "1/10/2567", "--villages", "4 บ้านหนองบัว", "--treasurer", "นางสมศรี ใจบุญ")


class Browser:
    """Keeps cookies and fills the hidden field of a form."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def post(self, path: str, **fields: str) -> tuple[Message, bytes]:
        """Open a page and send its form; gives what comes back."""
        page = self.opener.open(self.address + path, timeout=60).read().decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert token
        sent = urllib.parse.urlencode(fields | {"csrfmiddlewaretoken": token[1]}).encode()
        answer = self.opener.open(self.address + path, sent, timeout=60)
        return answer.headers, answer.read()


def test_what_the_button_gives_can_be_restored(home: Home, tmp_path: Path):
    assert home.run(*FUND).returncode == 0
    made = home.run("user", "new", "somsri", "--fund", "hall", "--role", "treasurer")
    password = made.stdout.split()[-1]
    served = Served(home, "serve", "--port", "0", "--no-browser")
    try:
        browser = Browser(served.address)
        browser.post("sign-in/login/", login="somsri", password=password)
        headers, content = browser.post("f/hall/settings/copy/")
    finally:
        served.stop()
    name = headers.get_filename() or ""
    assert re.fullmatch(r"ombun-hall-25\d\d-\d\d-\d\d\.backup", name)
    (tmp_path / name).write_bytes(content)
    assert not list(home.folder.glob("copy-*"))

    assert home.run("user", "new", "later", "--fund", "hall", "--role", "treasurer").returncode == 0
    assert "later" in home.run("user", "list").stdout
    restored = home.run("restore", str(tmp_path / name), "--replace")
    assert restored.returncode == 0, restored.stderr
    assert re.findall(r"^hall +(\w+)", home.run("user", "list").stdout, re.MULTILINE) == ["somsri"]
    assert home.run("check", "--json").stdout.strip() == "[]"
