"""An authority of this copy's own, and the certificate of this computer: phones run the offline page over HTTPS only.

The authority is made once. It can vouch for nothing but local networks: that is written into it, and phones, browsers
and OpenSSL keep to it. Its key stays in this folder, in no backup; another computer makes another authority.
"""
import os
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, IPv4Network
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from ombun.jobs.machine.paths import COPY, HOME, for_owner_only, locked
from ombun.jobs.machine.words import no_right_to_write

FOLDER = HOME / "lan"
LOCAL_NETWORKS = [IPv4Network(one) for one in (
    "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16",
    "100.64.0.0/10",  # what some hotspots hand out
    "192.0.2.0/24",  # of nobody on the internet by its standard; machines that build and test have it
)]
AUTHORITY_DAYS, DAYS, LEAST_DAYS = 3650, 397, 60  # iPhones trust no certificate of more than 825 days
CLOCK_DAYS = 2  # a phone's clock may be behind


@dataclass(frozen=True, kw_only=True)
class Authority:
    """What phones are asked to trust, and the key that it signs with."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def file(self) -> bytes:
        """The certificate as phones and computers take it in: DER, named .crt. The key is not in it."""
        return self.certificate.public_bytes(serialization.Encoding.DER)


@dataclass(frozen=True, kw_only=True)
class Sealed:
    """The context that the server speaks TLS with, and the addresses that its certificate stood for before."""

    context: ssl.SSLContext
    before: frozenset[str]


def authority(*, now: datetime, name: str) -> Authority:
    """The authority of this copy; made when there is none or its days are counted. Raises Trouble."""
    with locked(FOLDER.with_suffix(".lock")), no_right_to_write(FOLDER):
        FOLDER.mkdir(mode=0o700, exist_ok=True)
        kept = FOLDER / "authority.pem"
        if kept.exists():
            pem = kept.read_bytes()
            found = Authority(certificate=x509.load_pem_x509_certificate(pem), key=_key_in(pem))
            if found.certificate.not_valid_after_utc > now + timedelta(days=DAYS):
                return found
        made = _authority(now=now, name=name)
        _write(kept, made.key, made.certificate)
        return made


def certificate(
    authority: Authority, *, addresses: Sequence[str], name: str, now: datetime, context: ssl.SSLContext | None = None
) -> Sealed:
    """TLS for this computer at these addresses and under this name.

    The kept certificate is taken while it fits and lasts, otherwise a new one is made. With a `context` that is in use
    already, new visitors get the certificate from then on. Raises Trouble.
    """
    with locked(FOLDER.with_suffix(".lock")), no_right_to_write(FOLDER):
        kept = FOLDER / "server.pem"
        found = x509.load_pem_x509_certificate(kept.read_bytes()) if kept.exists() else None
        before = _addresses_of(found) if found else frozenset()
        fits = (found is not None and found.issuer == authority.certificate.subject and before == frozenset(addresses)
                and _names_of(found) == {name} and found.not_valid_after_utc > now + timedelta(days=LEAST_DAYS))
        if not fits:
            key = ec.generate_private_key(ec.SECP256R1())
            _write(kept, key, _server(authority, key, addresses=addresses, name=name, now=now))
        context = context or ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(kept)
    return Sealed(context=context, before=before)


def _authority(*, now: datetime, name: str) -> Authority:
    key = ec.generate_private_key(ec.SECP256R1())
    own = _names(f"Ombun {name} {COPY[:6]} {now:%Y-%m-%d}")
    local = [x509.DNSName("local"), *(x509.IPAddress(network) for network in LOCAL_NETWORKS)]
    signs = x509.KeyUsage(digital_signature=False, content_commitment=False, key_encipherment=False,
                          data_encipherment=False, key_agreement=False, key_cert_sign=True, crl_sign=True,
                          encipher_only=False, decipher_only=False)
    made = (_begun(own, own, key, now=now, days=AUTHORITY_DAYS)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(signs, critical=True)
            .add_extension(x509.NameConstraints(permitted_subtrees=local, excluded_subtrees=None), critical=True))
    return Authority(certificate=made.sign(key, hashes.SHA256()), key=key)


def _server(
    authority: Authority, key: ec.EllipticCurvePrivateKey, *, addresses: Sequence[str], name: str, now: datetime
) -> x509.Certificate:
    stands_for = [x509.DNSName(name), *(x509.IPAddress(IPv4Address(address)) for address in addresses)]
    # The subject has a space: without one it would be taken for a name of the network, which the authority may not give
    return (_begun(_names("Ombun computer"), authority.certificate.subject, key, now=now, days=DAYS)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .add_extension(x509.SubjectAlternativeName(stands_for), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key()),
                           critical=False)
            .sign(authority.key, hashes.SHA256()))


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, *, now: datetime, days: int
) -> x509.CertificateBuilder:
    return (x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now.astimezone(UTC) - timedelta(days=CLOCK_DAYS))
            .not_valid_after(now.astimezone(UTC) + timedelta(days=days - CLOCK_DAYS))
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False))


def _names(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Ombun"),
                      x509.NameAttribute(NameOID.COMMON_NAME, common[:64])])


def _other_names(found: x509.Certificate) -> x509.SubjectAlternativeName:
    return found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value


def _addresses_of(found: x509.Certificate) -> frozenset[str]:
    return frozenset(map(str, _other_names(found).get_values_for_type(x509.IPAddress)))


def _names_of(found: x509.Certificate) -> set[str]:
    return set(_other_names(found).get_values_for_type(x509.DNSName))


def _key_in(pem: bytes) -> ec.EllipticCurvePrivateKey:
    key = serialization.load_pem_private_key(pem, password=None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return key


def _write(path: Path, key: ec.EllipticCurvePrivateKey, made: x509.Certificate) -> None:
    """Key and certificate in one file for its owner only, whole or not at all."""
    part = path.with_suffix(".part")
    with open(part, "wb", opener=for_owner_only) as file:
        file.write(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                                     serialization.NoEncryption()))
        file.write(made.public_bytes(serialization.Encoding.PEM))
    os.replace(part, path)
