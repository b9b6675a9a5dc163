"""Sealed pages for phones in the same network: who vouches for them, what they may vouch for, what goes unsealed."""
import http.client
import re
import socket
import ssl
import stat
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from ombun.jobs.machine import certificates, lan
from ombun.jobs.machine.certificates import Authority
from ombun.jobs.machine.server import serving
from tests.machine.homes import Home, Served

NOW = datetime.now(UTC)
NAME = "hall.local"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of its own for each test."""
    monkeypatch.setattr(certificates, "FOLDER", tmp_path / "lan")
    return tmp_path / "lan"


@pytest.fixture
def authority(folder: Path) -> Authority:
    return certificates.authority(now=NOW, name="hall")


def kept(folder: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate((folder / "server.pem").read_bytes())


def made(authority: Authority, *addresses: str, name: str = NAME, now: datetime = NOW) -> certificates.Sealed:
    return certificates.certificate(authority, addresses=addresses, name=name, now=now)


def test_keys_are_for_their_owner_only(folder: Path, authority: Authority):
    made(authority, "192.168.1.5")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert b"PRIVATE" not in authority.file


def test_the_authority_is_made_once_and_anew_before_its_end(authority: Authority):
    assert certificates.authority(now=NOW, name="hall").file == authority.file
    late = NOW + timedelta(days=certificates.AUTHORITY_DAYS - certificates.DAYS)
    assert certificates.authority(now=late, name="hall").file != authority.file


def test_the_certificate_stays_until_the_address_changes_or_it_grows_old(folder: Path, authority: Authority):
    made(authority, "192.168.1.5", "10.0.0.7")
    first = kept(folder)
    made(authority, "10.0.0.7", "192.168.1.5")
    assert kept(folder) == first
    assert made(authority, "192.168.1.9").before == {"192.168.1.5", "10.0.0.7"}
    second = kept(folder)
    assert second != first
    made(authority, "192.168.1.9", now=NOW + timedelta(days=certificates.DAYS - certificates.LEAST_DAYS))
    assert kept(folder) != second
    assert (second.not_valid_after_utc - second.not_valid_before_utc).days <= 398


def test_a_certificate_of_an_older_authority_is_made_anew(folder: Path, authority: Authority):
    made(authority, "192.168.1.5")
    (folder / "authority.pem").unlink()
    other = certificates.authority(now=NOW + timedelta(days=1), name="hall")
    made(other, "192.168.1.5")
    assert kept(folder).issuer == other.certificate.subject


@pytest.mark.parametrize("address", ["192.168.1.5", "10.200.0.1", "172.20.10.2", "169.254.7.7", NAME])
def test_what_is_near_is_vouched_for(folder: Path, authority: Authority, address: str):
    made(authority, "192.168.1.5", "10.200.0.1", "172.20.10.2", "169.254.7.7")
    assert verified(authority, kept(folder), address)


@pytest.mark.parametrize("elsewhere", ["8.8.8.8", "bank.example", "local.example"])
def test_with_the_key_nobody_can_pass_for_a_site_on_the_internet(authority: Authority, elsewhere: str):
    names = ([x509.IPAddress(IPv4Address(elsewhere))] if elsewhere[0].isdigit() else [x509.DNSName(elsewhere)])
    key = ec.generate_private_key(ec.SECP256R1())
    forged = (certificates._begun(certificates._names("a b"), authority.certificate.subject, key, now=NOW, days=90)
              .add_extension(x509.SubjectAlternativeName(names), critical=False)
              .sign(authority.key, hashes.SHA256()))
    with pytest.raises(VerificationError):
        verified(authority, forged, elsewhere)


def verified(authority: Authority, found: x509.Certificate, address: str) -> bool:
    subject = x509.IPAddress(IPv4Address(address)) if address[0].isdigit() else x509.DNSName(address)
    PolicyBuilder().store(Store([authority.certificate])).time(NOW).build_server_verifier(subject).verify(found, [])
    return True


def answering(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [environ["wsgi.url_scheme"].encode()]


@pytest.fixture
def sealed(authority: Authority) -> Iterator[tuple[int, ssl.SSLContext]]:
    """A port that speaks TLS for every address, and a visitor who trusts the authority."""
    context = made(authority, *lan.own_addresses()).context
    visitor = ssl.create_default_context(cadata=authority.file)
    with serving(answering, host="0.0.0.0", ports=[0], sealed_by=context) as port:
        yield port, visitor


def asked(port: int, visitor: ssl.SSLContext) -> bytes:
    connection = http.client.HTTPSConnection(lan.own_addresses()[0], port, context=visitor, timeout=5)
    try:
        connection.request("GET", "/")
        return connection.getresponse().read()
    finally:
        connection.close()


def test_whoever_trusts_the_authority_gets_through_and_nobody_else(sealed: tuple[int, ssl.SSLContext]):
    port, visitor = sealed
    assert asked(port, visitor) == b"https"
    with pytest.raises(ssl.SSLCertVerificationError):
        asked(port, ssl.create_default_context())


def test_a_phone_that_falls_silent_keeps_nobody_waiting(sealed: tuple[int, ssl.SSLContext]):
    port, visitor = sealed
    with socket.create_connection((lan.own_addresses()[0], port)):
        assert asked(port, visitor) == b"https"


@pytest.fixture
def served(home: Home) -> Iterator[Served]:
    if not lan.own_addresses():
        pytest.fail("this machine is in no local network: give it an address, such as ip addr add 10.9.9.9/32 dev lo")
    served = Served(home, "serve", "--lan", "--port", "0", "--no-browser")
    try:
        yield served
    finally:
        assert served.stop() == 0


def test_over_the_network_only_the_page_of_trust_goes_unsealed(served: Served):
    port, address = int(served.address.rstrip("/").rsplit(":")[-1]), lan.own_addresses()[0]
    assert served.status() == 200  # this computer itself works as ever
    trust = plain(address, port, "/trust/")
    assert trust.status == 200
    text = trust.read().decode()
    sealed = re.search(rf'href="https://{re.escape(address)}:(\d+)/"', text)
    assert sealed and "ombun.crt" in text
    for path in ("/", "/sign-in/login/?next=/", "/start/"):
        away = plain(address, port, path)
        assert (away.status, away.headers["Location"]) == (302, f"https://{address}:{sealed[1]}{path}")
    file = plain(address, port, "/trust/ombun.crt")
    assert file.headers["Content-Type"] == "application/x-x509-ca-cert"
    trusting = ssl.create_default_context(cadata=file.read())
    connection = http.client.HTTPSConnection(address, int(sealed[1]), context=trusting, timeout=20)
    for path in ("/start/", "/sign-in/login/?next=/"):  # the first is there until this copy has a fund
        connection.request("GET", path)
        answer = connection.getresponse()
        if answer.status == 200:
            break
        answer.read()
    cookies = answer.headers.get_all("Set-Cookie")
    assert answer.status == 200 and cookies and all("Secure" in cookie for cookie in cookies)
    assert answer.headers["Strict-Transport-Security"] is None


def plain(address: str, port: int, path: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(address, port, timeout=20)
    connection.request("GET", path)
    return connection.getresponse()


def test_behind_a_proxy_that_seals_there_is_no_second_seal(home: Home):
    refused = home.run("serve", "--lan", "--no-browser", OMBUN_HTTPS="1")
    assert refused.returncode == 2 and "with OMBUN_HTTPS=1 there is no --lan" in refused.stderr


def test_a_computer_that_moves_to_another_network_stays_open(monkeypatch: pytest.MonkeyPatch, settings, capsys):
    settings.ALLOWED_HOSTS = ["testserver"]
    monkeypatch.setattr(lan, "LOOKS_EVERY_SECONDS", 0.05)
    here, there = lan.own_addresses(), ("10.9.9.9",)
    with lan.open_to_phones(answering, plain_port=8000) as before:
        visitor = ssl.create_default_context(cadata=before.file)
        visitor.check_hostname = False
        assert {*here} == shown(before.port, visitor)
        monkeypatch.setattr(lan, "own_addresses", lambda: there)
        deadline = time.monotonic() + 20
        while lan.door() is before and time.monotonic() < deadline:
            time.sleep(0.05)
        assert shown(before.port, visitor) == {*there}
        moved = lan.door()
        assert moved and moved.address == f"https://10.9.9.9:{before.port}/" and moved.file == before.file
        assert {*here, *there, moved.name} < {*settings.ALLOWED_HOSTS}
    assert lan.door() is None
    assert here[0] in capsys.readouterr().err  # it says from which address it has moved away


def shown(port: int, visitor: ssl.SSLContext) -> set[str]:
    """The addresses that the certificate of this moment stands for."""
    with socket.create_connection(("127.0.0.1", port), timeout=5) as line, visitor.wrap_socket(line) as sealed:
        told = sealed.getpeercert()
    assert told
    return {str(value) for kind, value in told["subjectAltName"] if kind == "IP Address"}
