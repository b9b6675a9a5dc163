"""The ways on from a desk: at most five, the same at the top on a laptop and at the bottom on a phone."""
from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ombun.primitives.actors import Role


class Way(NamedTuple):
    """One way on: where to, its icon (lucide), its name, and whether this page is it."""

    url: str
    icon: str
    label: str | Promise
    is_current: bool


_HOME = ("treasurer:home", "house", _("หน้าแรก"))
_COLLECT = ("collect:home", "hand-coins", _("รับเงิน"))
_MEMBERS = ("registrar:members", "users", _("สมาชิก"))
_IMPORTS = ("registrar:imports", "file-spreadsheet", _("นำเข้าทะเบียน"))
_CLAIMS = ("committee:claims", "heart-handshake", _("สวัสดิการ"))
_BOOKS = ("treasurer:books", "book-open", _("บัญชี"))

_WAYS: dict[Role, tuple[tuple[str, str, str | Promise], ...]] = {
    Role.TREASURER: (_HOME, _COLLECT, _MEMBERS, _CLAIMS, _BOOKS),
    Role.CHAIR: (_HOME, _CLAIMS, _MEMBERS, _BOOKS),
    Role.SECRETARY: (_HOME, _CLAIMS, _MEMBERS, _BOOKS),
    Role.REGISTRAR: (_MEMBERS, _IMPORTS, _CLAIMS),
    Role.COLLECTOR: (_COLLECT, _CLAIMS),
    Role.AUDITOR: (_HOME, _BOOKS, _CLAIMS, _MEMBERS),
    Role.MEMBER: (("member:home", "book-user", _("สมุดของฉัน")),
                  ("member:claims", "heart-handshake", _("สวัสดิการของฉัน"))),
}


def ways(*, role: Role, fund_code: str, path: str) -> list[Way]:
    """The ways on from a role's desk. The one whose address starts this page's address the longest is current."""
    urls = [(reverse(name, args=[fund_code]), icon, label) for name, icon, label in _WAYS.get(role, ())]
    here = max((url for url, _, _ in urls if path.startswith(url)), key=len, default="")
    return [Way(url, icon, label, url == here) for url, icon, label in urls]


def first_page(*, role: Role, fund_code: str) -> str:
    """Where a desk begins."""
    return reverse(_WAYS[role][0][0], args=[fund_code]) if _WAYS[role] else reverse("front")
