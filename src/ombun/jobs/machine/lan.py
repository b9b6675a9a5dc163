"""The fund on phones in the same network: HTTPS at this computer's addresses, kept right while it is open."""
import os
import re
import socket
import ssl
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from ipaddress import IPv4Address
from textwrap import wrap
from typing import TYPE_CHECKING

import psutil
import segno

from ombun.jobs.machine import certificates
from ombun.jobs.machine.words import Trouble, say

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

PORTS = range(8443, 8453)
LOOKS_EVERY_SECONDS = 20


@dataclass(frozen=True, kw_only=True)
class Door:
    """Where phones come in: this computer's addresses, the likeliest first, and the file that phones trust."""

    addresses: tuple[str, ...]
    name: str
    plain_port: int
    port: int
    file: bytes

    @property
    def trust_address(self) -> str:
        """Where a phone goes first, without a seal: what is to be trusted, and how."""
        return f"http://{self.addresses[0]}:{self.plain_port}/trust/"

    @property
    def address(self) -> str:
        """Where the fund is, sealed."""
        return f"https://{self.addresses[0]}:{self.port}/"

    @property
    def fingerprint(self) -> str:
        """What phones show of the file before they take it in (SHA-256, in fours)."""
        return " ".join(wrap(sha256(self.file).hexdigest().upper(), 4))


_open: list[Door] = []


def door() -> Door | None:
    """The door of this process, while it is open."""
    return _open[-1] if _open else None


def own_addresses() -> tuple[str, ...]:
    """This computer's addresses in local networks: the one that others most likely see comes first."""
    up = {name for name, one in psutil.net_if_stats().items() if one.isup}
    found = {one.address for name, all_of in psutil.net_if_addrs().items() if name in up
             for one in all_of if one.family == socket.AF_INET and _is_local(one.address)}
    return tuple(sorted(found, key=lambda address: (address != _towards_the_internet(), IPv4Address(address))))


def own_name() -> str:
    """This computer's name in a local network, as its certificate has it."""
    first = re.sub(r"[^a-z0-9-]", "-", socket.gethostname().partition(".")[0].lower()).strip("-")
    return f"{first or 'ombun'}.local"


def demand_a_network() -> None:
    """Said before anything is prepared. Raises Trouble."""
    if os.environ.get("OMBUN_HTTPS") == "1":
        raise Trouble("มี OMBUN_HTTPS=1 แล้วไม่ใช้ --lan: เครื่องที่เข้ารหัสให้อยู่ข้างหน้าแล้ว (ดู docs/server.md)",
                      "with OMBUN_HTTPS=1 there is no --lan: a proxy speaks HTTPS already (see docs/server.md)")
    if not own_addresses():
        raise Trouble("เครื่องนี้ยังไม่ได้ต่อเครือข่าย: ต่อ Wi-Fi เดียวกับโทรศัพท์ หรือเปิดฮอตสปอตจากโทรศัพท์เครื่องหนึ่ง แล้วสั่งใหม่",
                      "this computer is in no local network: join the Wi-Fi of the phones, or a phone's hotspot, "
                      "and try again")


@contextmanager
def open_to_phones(application: "WSGIApplication", *, plain_port: int) -> Iterator[Door]:
    """Serve sealed pages in this computer's networks. What the settings allow and the certificate follow its addresses.

    Raises Trouble.
    """
    from ombun.jobs.machine.server import serving

    addresses, name, now = own_addresses(), own_name(), datetime.now(UTC)
    authority = certificates.authority(now=now, name=name.removesuffix(".local"))
    sealed = certificates.certificate(authority, addresses=addresses, name=name, now=now)
    with serving(application, host="0.0.0.0", ports=PORTS, sealed_by=sealed.context) as port:
        opened = Door(addresses=addresses, name=name, plain_port=plain_port, port=port, file=authority.file)
        _enter(opened)
        if sealed.before - set(addresses):
            _say_that_addresses_changed(sealed.before)
        over = threading.Event()
        watch = threading.Thread(target=_follow, args=[authority, sealed.context, over], name="lan", daemon=True)
        watch.start()
        try:
            yield opened
        finally:
            over.set()
            watch.join()
            _open.clear()


def tell(opened: Door) -> None:
    """The address, and a code for the camera of a phone, in letters."""
    say(f"บนโทรศัพท์ในเครือข่ายเดียวกัน ส่องรหัสนี้ หรือเปิด {opened.trust_address}",
        f"on a phone in the same network, scan this code or open {opened.trust_address}")
    segno.make(opened.trust_address, error="m", micro=False).terminal(out=sys.stderr, compact=True)
    say(f"เครื่องที่เชื่อถือแล้วเปิด {opened.address}", f"a device that trusts this computer opens {opened.address}")


def _follow(authority: certificates.Authority, context: ssl.SSLContext, over: threading.Event) -> None:
    """Look now and then whether the computer has moved to another network or the certificate grows old."""
    while not over.wait(LOOKS_EVERY_SECONDS):
        opened, addresses = _open[-1], own_addresses() or _open[-1].addresses
        before = certificates.certificate(
            authority, addresses=addresses, name=opened.name, now=datetime.now(UTC), context=context).before
        if addresses != opened.addresses:
            moved = Door(addresses=addresses, name=opened.name, plain_port=opened.plain_port, port=opened.port,
                         file=opened.file)
            _enter(moved)
            _say_that_addresses_changed(before)
            tell(moved)


def _enter(opened: Door) -> None:
    from django.conf import settings

    _open[:] = [opened]
    settings.ALLOWED_HOSTS.extend({*opened.addresses, opened.name} - set(settings.ALLOWED_HOSTS))


def _say_that_addresses_changed(before: frozenset[str]) -> None:
    old = ", ".join(sorted(before))
    say(f"ที่อยู่ของเครื่องนี้เปลี่ยนไปจาก {old}: ใบเก็บเงินที่ยังไม่ส่งอยู่ในโทรศัพท์ใต้ที่อยู่เดิม "
        "ให้กลับไปต่อเครือข่ายเดิม หรือบันทึกแฟ้มสำรองจากโทรศัพท์มารับเข้า",
        f"this computer's address has changed from {old}: sheets that were not sent yet wait on the phones under the "
        "old address; return to that network, or bring the rescue file of the phone")


def _is_local(address: str) -> bool:
    return any(IPv4Address(address) in network for network in certificates.LOCAL_NETWORKS)


def _towards_the_internet() -> str:
    """The address that this computer would speak to the world with; nothing is sent for it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        try:
            line.connect(("203.0.113.1", 9))
        except OSError:
            return ""
        return str(line.getsockname()[0])
