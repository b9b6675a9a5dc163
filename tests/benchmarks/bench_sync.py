"""Sheets of devices through the real server: signed in, judged, booked, answered; from eight senders at once."""
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from http.client import HTTPConnection
from itertools import count
from uuid import uuid4

from bench_collections import DAY, SENDERS, Village, analyze
from django.contrib.auth.models import User
from django.test import Client
from figures import Figure, median_seconds

from ombun.jobs.machine.server import serving, wait_until_it_answers
from ombun.wsgi import application

SHEETS, PAYERS = 10, 100


class Device:
    """A phone that is signed in and has a receipt book; every sheet of it is 100 payments."""

    def __init__(self, village: Village, port: int) -> None:
        self.village, self.id = village, str(uuid4())
        client = Client(enforce_csrf_checks=True, SERVER_NAME="127.0.0.1")
        client.force_login(User.objects.get(username=village.code), backend="ombun.access.passwords.SigningIn")
        self.base = f"/f/{village.code}/collect/offline/"
        token = client.get(f"{self.base}signed-in/").json()["token"]
        self.head = {"Content-Type": "application/json", "X-CSRFToken": token,
                     "Cookie": "; ".join(f"{name}={one.value}" for name, one in client.cookies.items())}
        book = client.post(f"{self.base}village/1/", json.dumps({"device": self.id}), "application/json",
                           headers={"x-csrftoken": token}).json()["book"]
        self.book, self.next, self.line = book["no"], book["next"], HTTPConnection("127.0.0.1", port, timeout=60)
        self.days = count(DAY.toordinal(), -1)

    def send(self) -> None:
        """Ten sheets of days of their own, one after the other, over one line."""
        for _ in range(SHEETS):
            day = date.fromordinal(next(self.days))
            told = {"id": str(uuid4()), "device": self.id, "book": self.book, "first": self.next,
                    "centre": str(self.village.centre_id), "collected_on": day.isoformat(),
                    "collected_by": str(self.village.person_id),
                    "payments": [[member, 3000] for member in self.village.member_ids[:PAYERS]]}
            self.line.request("POST", f"{self.base}sheets/", json.dumps(told), self.head)
            answer = self.line.getresponse()
            told = json.loads(answer.read())
            assert answer.status == 200 and told["set_aside"] == 0, told
            self.next += PAYERS


def run() -> Iterator[Figure]:
    """Payments a second, devices and server on this one machine and in one process."""
    villages = [Village(PAYERS) for _ in range(SENDERS)]
    analyze()
    with serving(application, ports=[0]) as port, ThreadPoolExecutor(SENDERS) as pool:
        wait_until_it_answers(port)
        devices = [Device(village, port) for village in villages]
        seconds = median_seconds(lambda: list(pool.map(Device.send, devices)))
    payments = SENDERS * SHEETS * PAYERS
    yield Figure(name="sync_payments_8_senders", figure=round(payments / seconds), unit="payments/s", goal=">=5000",
                 n=payments)
