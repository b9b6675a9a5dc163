"""Names on the screen for what has a code: offices, desks, accounts, holders of cash."""
from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ombun.primitives.actors import Role

ROLES: dict[Role, str | Promise] = {
    Role.TREASURER: _("เหรัญญิก"), Role.REGISTRAR: _("ฝ่ายทะเบียน"), Role.CHAIR: _("ประธาน"),
    Role.SECRETARY: _("เลขานุการ"), Role.COLLECTOR: _("ผู้เก็บเงินของหมู่บ้าน"), Role.AUDITOR: _("กรรมการตรวจสอบ"),
    Role.MEMBER: _("สมาชิก"), Role.PROVINCE: _("ผู้ประสานงานจังหวัด")}

BAHT = _("บาท")
DAY_HINT = _("วัน เดือน ปี พ.ศ. เช่น 25 พ.ย. 2569 หรือ 25/11/2569")


class _Named(Protocol):
    @property
    def name_th(self) -> str: ...
    @property
    def name_en(self) -> str: ...


def named(thing: _Named) -> str:
    """The name of an account in the language of the page."""
    return thing.name_en if get_language() == "en" else thing.name_th
