"""A line that breaks at every point of the exchange, a thousand times: each sheet stands in the books exactly once."""
import json
import socket
import struct
from http.cookies import SimpleCookie
from itertools import pairwise
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client

from ombun.contributions import queries
from ombun.primitives.days import add_months
from ombun.primitives.transactions import fund_transaction
from tests.pages.house import BACKEND, MONTH, TODAY, House

SHEETS, CUTS_A_SHEET = 125, 8
AT_ONCE = struct.pack("ii", 1, 0)  # SO_LINGER: the other side sees a line that broke, not one that was closed


class Device:
    """A phone on a bad line: speaks to the real server, byte by byte if it must."""

    def __init__(self, house: House, address: str) -> None:
        host, _, port = address.removeprefix("http://").rstrip("/").partition(":")
        self.there, self.house, self.host = (host, int(port)), house, f"{host}:{port}"
        client = Client(enforce_csrf_checks=True)
        client.force_login(User.objects.get(username=house.users["boonma"]), backend=BACKEND)
        self.token, self.id = client.get(house.url("collect/offline/signed-in/")).json()["token"], str(uuid4())
        self.book = client.post(
            house.url("collect/offline/village/4/"), json.dumps({"device": self.id}), "application/json",
            headers={"x-csrftoken": self.token}).json()["book"]
        self.cookies: SimpleCookie = client.cookies

    def request(self, sheet: dict[str, object]) -> bytes:
        """The whole question as it goes over the line."""
        body = json.dumps(sheet).encode()
        cookies = "; ".join(f"{name}={self.cookies[name].value}"
                            for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME))
        head = (f"POST {self.house.url('collect/offline/sheets/')} HTTP/1.1\r\nHost: {self.host}\r\n"
                f"Cookie: {cookies}\r\nX-CSRFToken: {self.token}\r\n"
                f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
                "Connection: close\r\n\r\n")
        return head.encode() + body

    def cut(self, request: bytes, *, sent: int, heard: int) -> None:
        """Send so many bytes, hear so many of the answer, and break the line."""
        with socket.create_connection(self.there, timeout=30) as line:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
            line.sendall(request[:sent])
            if heard:
                line.recv(heard)

    def whole(self, request: bytes) -> dict[str, Any]:
        """Send it all and hear it all."""
        with socket.create_connection(self.there, timeout=30) as line:
            line.sendall(request)
            parts = iter(lambda: line.recv(65_536), b"")
            head, _, body = b"".join(parts).partition(b"\r\n\r\n")
        assert head.split()[1] == b"200", head
        answer: dict[str, Any] = json.loads(body)
        return answer


def test_a_thousand_cuts_and_every_sheet_stands_once(address):
    house, paid, first = House(), 0, 1
    device, answers = Device(house, address), []
    for n in range(SHEETS):
        payments = [[member, 3000 + 100 * n] for member in house.members[:1 + n % len(house.members)]]
        request = device.request({
            "id": str(uuid4()), "centre": str(house.centre), "collected_on": TODAY.isoformat(),
            "collected_by": str(house.people["boonma"]), "payments": payments, "device": device.id,
            "book": device.book["no"], "first": first})
        first += len(payments)
        for cut in range(CUTS_A_SHEET - 2):  # at other places for each sheet, from the first byte to the last
            device.cut(request, sent=len(request) * (cut * SHEETS + n) // ((CUTS_A_SHEET - 2) * SHEETS), heard=0)
        device.cut(request, sent=len(request), heard=0)
        device.cut(request, sent=len(request), heard=1 + n)
        answers.append(device.whole(request))
        paid += sum(satang for _, satang in payments)
    with fund_transaction(fund_id=house.actor.fund_id, read_only=True):
        found = queries.collections_in(
            fund_id=house.actor.fund_id, from_on=add_months(MONTH, -1), until_on=add_months(MONTH, 1))
    numbers = sorted(found, key=lambda card: card.first_number)
    assert len(found) == SHEETS and sum(card.counted_satang for card in found) == paid
    balances = house.balances()  # of the same day and people: all but their first receipts wait for the treasurer
    assert balances["4100"] + balances["2900"] == -paid
    assert [answer["first"] for answer in answers] == [card.first_number for card in numbers]
    assert numbers[0].first_number == 1 and numbers[-1].last_number == first - 1
    assert all(after.first_number == before.last_number + 1 for before, after in pairwise(numbers))
