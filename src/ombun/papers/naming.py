"""What offices and claims are called, on pages and on papers alike."""
from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ombun.funds.rules import Office
from ombun.givers.rules import GiftKind, GiverKind
from ombun.meetings.rules import MonthEnd
from ombun.papers.wording import Language
from ombun.primitives.days import BE_MINUS_CE

OFFICES: dict[Office, str | Promise] = {
    Office.CHAIR: _("ประธาน"), Office.VICE_CHAIR: _("รองประธาน"), Office.SECRETARY: _("เลขานุการ"),
    Office.TREASURER: _("เหรัญญิก"), Office.REGISTRAR: _("ฝ่ายทะเบียน"), Office.AUDITOR: _("กรรมการตรวจสอบ"),
    Office.COMMITTEE: _("กรรมการ"), Office.CENTRE_MEMBER: _("กรรมการศูนย์หมู่บ้าน"), Office.COLLECTOR: _("ผู้เก็บเงิน"),
    Office.ADVISER: _("ที่ปรึกษา")}
GIFTS: dict[GiftKind, str | Promise] = {
    GiftKind.DONATION: _("เงินหรือสิ่งของบริจาค"), GiftKind.GROUP_PROFIT: _("ผลกำไรของกลุ่ม")}
GIVERS: dict[GiverKind, str | Promise] = {
    GiverKind.PERSON: _("คนหรือครอบครัว"), GiverKind.SAVINGS_GROUP: _("กลุ่มออมทรัพย์"),
    GiverKind.VILLAGE_FUND: _("กองทุนหมู่บ้าน"), GiverKind.ENTERPRISE: _("วิสาหกิจชุมชน"), GiverKind.TEMPLE: _("วัด"),
    GiverKind.OTHER: _("อื่น ๆ")}

MONTH_END: dict[MonthEnd, str | Promise] = {
    MonthEnd.HANDED_OVER: _("เงินยังอยู่กับผู้เก็บเงิน"), MonthEnd.CASH_COUNTED: _("ยังไม่ได้นับเงินสด"),
    MonthEnd.BANK_RECONCILED: _("ยังไม่ได้ตรวจบัญชีธนาคาร"), MonthEnd.CLAIMS_PAID: _("สวัสดิการที่อนุมัติแล้วยังไม่จ่าย"),
    MonthEnd.CLARIFIED: _("เงินหรือใบเสร็จรอตรวจสอบ"), MonthEnd.COLLECTED: _("บางหมู่บ้านยังไม่ได้เก็บเงิน")}


class Titled(Protocol):
    """Something with a title in both languages."""

    @property
    def title_th(self) -> str: ...
    @property
    def title_en(self) -> str: ...


class Numbered(Protocol):
    """Something with the number of a claim."""

    @property
    def year(self) -> int: ...
    @property
    def claim_no(self) -> int: ...


class Paid(Protocol):
    """Something with the number of a payment voucher, once it is paid."""

    @property
    def voucher_year(self) -> int | None: ...
    @property
    def voucher_no(self) -> int | None: ...


def language() -> Language:
    """The language of whoever reads is the language of the paper."""
    return "en" if get_language() == "en" else "th"


def titled(thing: Titled) -> str:
    """The title of a benefit in the language of whoever reads."""
    return thing.title_en if language() == "en" else thing.title_th


def claim_number(claim: Numbered) -> str:
    """The number of a claim as people write it: 12/2570."""
    return f"{claim.claim_no}/{claim.year + BE_MINUS_CE}"


def voucher_number(claim: Paid) -> str:
    """The number of a payment voucher: 7/2570; nothing before it is paid."""
    return f"{claim.voucher_no}/{claim.voucher_year + BE_MINUS_CE}" if claim.voucher_year else ""
