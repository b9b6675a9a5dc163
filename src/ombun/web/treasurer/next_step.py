"""What the fund should do next: one step, the most pressing one. Pure: facts in, a step out."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ombun.primitives.days import month_end, month_of
from ombun.primitives.money import baht
from ombun.primitives.sentences import month_in_words

SETTLING_DAYS = 7  # after a month ends, late sheets and hand-overs come in before it is time to close it


@dataclass(frozen=True, kw_only=True)
class Situation:
    """What the step depends on. Villages are village numbers; money is satang."""

    needs_opening: bool
    villages_without_book: Sequence[int]
    members: int
    claims_to_pay: int
    claims_to_pay_satang: int
    villages_to_collect: Sequence[int]
    with_collectors_satang: int
    month: date
    month_to_close: date | None


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step: its icon, what and why, the words on the button, the name of the page and what its address needs."""

    icon: str
    title: str
    why: str
    button: str
    url_name: str
    moo: int | None = None


def next_step(situation: Situation) -> Step | None:
    """The most pressing step, or None when everything is in order."""
    return _setting_up(situation) or _paying(situation) or _closing(situation) or _collecting(situation)


def month_to_close(*, books_closed_until: date, today: date) -> date | None:
    """The oldest open month, once it has been over for some days."""
    oldest = month_of(books_closed_until + timedelta(days=1))
    return oldest if month_end(oldest) + timedelta(days=SETTLING_DAYS) <= today else None


def _setting_up(now: Situation) -> Step | None:
    if now.members == 0:
        return Step(icon="file-spreadsheet", title=_("นำทะเบียนสมาชิกเข้า"), button=_("นำเข้าทะเบียน"),
                    why=_("ยังไม่มีสมาชิกในทะเบียน เลือกแฟ้ม Excel ที่กองทุนใช้อยู่ได้เลย"), url_name="registrar:imports")
    if now.needs_opening:
        return Step(icon="scale", title=_("บันทึกยอดยกมา"), button=_("เริ่มบันทึก"), url_name="treasurer:opening",
                    why=_("กองทุนตั้งมาก่อนเริ่มใช้บัญชีนี้ บอกก่อนว่าวันเริ่มมีเงินอยู่ที่ใคร และสมาชิกส่งถึงเดือนไหน"))
    if now.villages_without_book:
        return Step(icon="receipt-text", title=_("เปิดเล่มใบเสร็จ"), button=_("เปิดเล่ม"),
                    url_name="treasurer:receipt_books", why=_("หมู่ %(moos)s ยังไม่มีเล่มใบเสร็จ จึงยังเก็บเงินไม่ได้") % {
                        "moos": ", ".join(map(str, now.villages_without_book))})
    return None


def _paying(now: Situation) -> Step | None:
    if now.claims_to_pay == 0:
        return None
    title = ngettext("จ่ายสวัสดิการ %(count)s ราย", "จ่ายสวัสดิการ %(count)s ราย", now.claims_to_pay)
    return Step(icon="heart-handshake", title=title % {"count": now.claims_to_pay}, button=_("ไปจ่าย"),
                why=_("อนุมัติแล้ว รวม %(baht)s บาท สมาชิกรออยู่") % {"baht": baht(now.claims_to_pay_satang)},
                url_name="committee:claims")


def _collecting(now: Situation) -> Step | None:
    if now.villages_to_collect:
        left = ngettext("ยังเหลือ %(count)s หมู่บ้าน", "ยังเหลือ %(count)s หมู่บ้าน", len(now.villages_to_collect))
        return Step(icon="hand-coins", title=_("เก็บเงินเดือน%(month)s") % {"month": month_in_words(now.month)},
                    why=left % {"count": len(now.villages_to_collect)}, button=_("เก็บเงิน"), url_name="collect:home")
    if now.with_collectors_satang:
        return Step(icon="arrow-right-left", title=_("รับเงินจากผู้เก็บ"), button=_("รับเงิน"), url_name="treasurer:handover",
                    why=_("ผู้เก็บเงินถืออยู่ %(baht)s บาท ยังไม่ได้ส่งเหรัญญิก") % {"baht": baht(now.with_collectors_satang)})
    return None


def _closing(now: Situation) -> Step | None:
    if now.month_to_close is None:
        return None
    return Step(icon="calendar-check", title=_("ปิดบัญชีเดือน%(month)s") % {"month": month_in_words(now.month_to_close)},
                why=_("เดือนจบแล้ว ปิดบัญชีเพื่อไม่ให้ใครแก้ย้อนหลัง"), button=_("ไปปิดบัญชี"), url_name="treasurer:close")
