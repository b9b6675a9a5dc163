"""A rule as a plain form: every word of the vocabulary is a question in Thai, and what is answered is the rule again.

A question is named by the place of its word in the rule: `limits.cap_per_year_satang`. So a fault of the rule finds its
field, and its label stands in the sentence in the place of the path.
"""
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from django.utils.dates import MONTHS
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ombun.primitives.money import baht
from ombun.primitives.refusals import Refusal
from ombun.primitives.thai import arabic_digits, whole_number
from ombun.regulations.rules.reading import GRADE_MAX, GRANTS
from ombun.regulations.rules.vocabulary import (
    BenefitRule,
    Document,
    Earmark,
    ForWhom,
    Kind,
    Payee,
    Relative,
    RuleYear,
    Sex,
    Unit,
)
from ombun.web.typed import Typed

Label = str | Promise
BLANK_TIERS, TIERS_MAX = 2, 30
DAYS, YEARS = "below_days", "below_years"
KINDS_OF_GRANT: Mapping[str, Label] = {
    "fixed_sum": _("จำนวนเท่ากันทุกครั้ง"), "per_unit": _("คูณจำนวนที่นับ เช่น คืน คน ตัว ไร่"),
    "tenure_tiers": _("เป็นขั้นตามอายุการเป็นสมาชิก"), "things": _("สิ่งของหรือบริการแทนเงิน")}


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question of the form: its name, its label, how it is answered, and among what."""

    name: str
    label: Label
    kind: str  # baht, number, grade, choice, ticks, numbers, yes, text
    options: Sequence[tuple[str, Label]] = ()
    hint: Label = ""
    is_needed: bool = False

    @property
    def ticks(self) -> list[tuple[str, Label]]:
        """The names of its boxes and what stands beside them."""
        return [(f"{self.name}-{value}", label) for value, label in self.options]


def _options(prefix: str, choices: Iterable[StrEnum]) -> list[tuple[str, str]]:
    return [(str(one), gettext(f"regulations.{prefix}_{one}")) for one in choices]


def _q(name: str, label: Label, kind: str = "number", **more: Any) -> Question:
    return Question(name=name, label=label, kind=kind, **more)


def grant_questions(*, kind: str) -> list[Question]:
    """What a kind of grant asks; of the tiers only the last one: the others are rows of a table."""
    sums = {"is_needed": True}
    if kind == "per_unit":
        return [_q("grant.unit", _("นับอะไร"), "choice", options=_options("unit", Unit), **sums),
                _q("grant.rate_satang", _("ให้หน่วยละ"), "baht", **sums)]
    if kind == "tenure_tiers":
        return [_q("grant.last.base_satang", _("เป็นสมาชิกนานกว่านั้น ได้"), "baht", **sums),
                _q("grant.last.each_further_year_satang", _("ทุกปีที่เกินจากนั้น เพิ่มอีกปีละ"), "baht",
                   hint=_("ไม่เพิ่ม ให้ใส่ 0"), **sums),
                _q("grant.last.ceiling_satang", _("รวมแล้วไม่เกิน"), "baht", hint=_("ไม่มีเพดาน ให้เว้นว่าง"))]
    if kind == "things":
        return [_q("grant.what", _("ให้สิ่งใด"), "text", hint=_("เช่น พวงหรีด ข้าวสาร รถรับส่งผู้ป่วย"), **sums),
                _q("grant.worth_satang", _("คิดเป็นมูลค่า"), "baht", **sums)]
    return [_q("grant.amount_satang", _("ให้ครั้งละ"), "baht", **sums)]


def limit_questions(*, counts_units: bool, others: Sequence[tuple[str, str]]) -> list[Question]:
    """Up to how much: every limit of the vocabulary; limits of units only where units are counted."""
    units = [_q("limits.units_per_event", _("ครั้งหนึ่งนับให้ไม่เกิน (หน่วย)")),
             _q("limits.units_per_year", _("ปีหนึ่งนับให้ไม่เกิน (หน่วย)")),
             _q("limits.units_per_life", _("ตลอดการเป็นสมาชิกนับให้ไม่เกิน (หน่วย)")),
             _q("limits.household_units_per_year", _("คนบ้านเดียวกันรวมกัน ปีหนึ่งนับให้ไม่เกิน (หน่วย)"))]
    return [
        _q("limits.cap_per_event_satang", _("ครั้งหนึ่งไม่เกิน"), "baht"),
        _q("limits.cap_per_year_satang", _("ปีหนึ่งไม่เกิน"), "baht"),
        _q("limits.cap_per_life_satang", _("ตลอดการเป็นสมาชิกไม่เกิน"), "baht"),
        _q("limits.times_per_year", _("ปีหนึ่งไม่เกินกี่ครั้ง")), _q("limits.times_per_life", _("ตลอดการเป็นสมาชิกไม่เกินกี่ครั้ง")),
        *(units if counts_units else ()),
        _q("limits.household_times_per_year", _("คนบ้านเดียวกันรวมกัน ปีหนึ่งไม่เกินกี่ครั้ง")),
        _q("limits.household_cap_per_year_satang", _("คนบ้านเดียวกันรวมกัน ปีหนึ่งไม่เกิน"), "baht"),
        _q("limits.budget_per_year_satang", _("ทั้งกองทุนให้เรื่องนี้ ปีหนึ่งไม่เกิน"), "baht"),
        *([_q("limits.together_with", _("นับรวมกับสวัสดิการ"), "ticks", options=others)] if others else ()),
        _q("year", _("ปีหนึ่งนับอย่างไร"), "choice", options=[
            *_options("reads_year", [year for year in RuleYear if year != RuleYear.FUND]),
            (str(RuleYear.FUND), gettext("ปีของกองทุน เริ่มเดือนที่บอกด้านล่าง"))]),
        _q("year_starts_month", _("ปีของกองทุนเริ่มเดือนที่"), hint=_("ใส่เฉพาะเมื่อเลือกปีของกองทุน เช่น 4 คือเมษายน"))]


def condition_questions() -> list[Question]:
    """Whom it helps and when."""
    months = [(str(n), str(MONTHS[n])) for n in range(1, 13)]
    return [
        _q("for_whom", _("ช่วยใคร"), "choice", options=_options("reads_for", ForWhom)),
        _q("waiting_days", _("ต้องเป็นสมาชิกครบกี่วัน")), _q("min_membership_years", _("ต้องเป็นสมาชิกครบกี่ปี")),
        _q("min_age_years", _("อายุอย่างน้อยกี่ปี")), _q("max_age_years", _("อายุไม่เกินกี่ปี")),
        _q("sex", _("เพศ"), "choice", options=[("", gettext("ทุกเพศ")), *_options("reads_sex", Sex)]),
        _q("relative", _("ใครต้องเป็นสมาชิกด้วย"), "choice",
           options=[("", gettext("ไม่ต้องมี")), *_options("reads_relative", Relative)]),
        _q("min_grade_hundredths", _("เกรดเฉลี่ยอย่างน้อย"), "grade", hint=_("เช่น 3.50")),
        _q("villages", _("เฉพาะหมู่ที่"), "numbers", hint=_("เช่น 1, 3, 5 ทุกหมู่ให้เว้นว่าง")),
        _q("needs_paid_up", _("ต้องไม่ค้างส่งเงินสมทบ"), "yes"),
        _q("kinds", _("เฉพาะสมาชิกประเภท (ไม่เลือกคือทุกประเภท)"), "ticks", options=_options("kind", Kind)),
        _q("months", _("ขอได้เฉพาะเดือน (ไม่เลือกคือทุกเดือน)"), "ticks", options=months)]


def way_questions() -> list[Question]:
    """On which papers, who signs, who receives it, out of which money."""
    papers = _options("document", Document)
    return [
        _q("documents", _("เอกสารที่ต้องแสดง"), "ticks", options=papers),
        _q("attachments", _("เอกสารที่ต้องแนบไว้"), "ticks", options=papers),
        _q("deadline_days", _("ต้องขอภายในกี่วัน"), hint=_("ไม่กำหนด ให้เว้นว่าง")),
        _q("certifiers", _("ศูนย์หมู่บ้านรับรองกี่คน"), is_needed=True),
        _q("chair_up_to_satang", _("ประธานอนุมัติเองได้ไม่เกิน"), "baht", hint=_("เกินนั้นเข้าที่ประชุมกรรมการ เว้นว่างคือไม่จำกัด")),
        _q("at_once.limit_satang", _("จ่ายทันทีได้ไม่เกิน"), "baht", hint=_("สองคนลงชื่อจ่ายก่อน แล้วทำเรื่องตามหลัง ไม่มีให้เว้นว่าง")),
        _q("at_once.documents", _("เอกสารที่เห็นแล้วจ่ายทันทีได้"), "ticks", options=papers),
        _q("earmark", _("จ่ายจากเงิน"), "choice",
           options=[("", gettext("เงินกองทุนทั่วไป")), *_options("reads_earmark", Earmark)]),
        _q("payee", _("มอบให้ใคร"), "choice", options=_options("reads_payee", Payee))]


def questions(*, kind: str, others: Sequence[tuple[str, str]] = ()) -> list[Question]:
    """Every question of a clause that grants in this way."""
    return [*grant_questions(kind=kind), *limit_questions(counts_units=kind == "per_unit", others=others),
            *condition_questions(), *way_questions()]


def as_typed(*, rule: BenefitRule) -> dict[str, str]:
    """A rule as the form shows it."""
    kind = next(name for name, shape in GRANTS.items() if isinstance(rule.grant, shape))
    typed = {"kind": kind}
    asked = questions(kind=kind, others=[(one, "") for one in rule.limits.together_with])
    for question in asked:
        typed |= _shown(question, _at(rule, question.name))
    if rule.year != RuleYear.FUND:
        typed.pop("year_starts_month", None)
    for place, tier in enumerate(getattr(rule.grant, "tiers", ())):
        typed |= {f"tier-{place}-below": str(tier.below_days or tier.below_years),
                  f"tier-{place}-of": DAYS if tier.below_days else YEARS,
                  f"tier-{place}-amount": baht(tier.amount_satang).removesuffix(".00")}
    return typed


def _at(thing: Any, path: str) -> Any:
    for name in path.split("."):
        thing = getattr(thing, name, None)
    return thing


def _shown(question: Question, value: Any) -> dict[str, str]:
    name = question.name
    if question.kind == "ticks":
        return {f"{name}-{one}": "on" for one in value or ()}
    if question.kind == "yes":
        return {name: "on"} if value else {}
    if value is None or value == "" or (value == 0 and not question.is_needed):
        return {}
    written = {"baht": lambda: baht(value).removesuffix(".00"), "grade": lambda: f"{value // 100}.{value % 100:02}",
               "numbers": lambda: ", ".join(map(str, value))}.get(question.kind, lambda: str(value))()
    return {name: written} if written else {}


def tiers_shown(*, typed: Mapping[str, str]) -> list[int]:
    """The places of the rows for tiers: those that say something, and blank ones after them."""
    said = [n for n in range(TIERS_MAX)
            if any(typed.get(f"tier-{n}-{what}", "").strip() for what in ("below", "amount"))]
    return list(range(min(TIERS_MAX, max(said, default=-1) + 1 + BLANK_TIERS)))


def rule_typed(*, typed: Typed, others: Sequence[tuple[str, str]]) -> dict[str, object]:
    """The rule that was answered, as JSON; what cannot be read is kept in `typed`."""
    kind = typed.fields.get("kind", "")
    if kind not in GRANTS:
        typed.refuse("web.choose_one", "kind", field=_("วิธีคิด"))
        kind = "fixed_sum"
    rule: dict[str, Any] = {"grant": {"kind": kind}}
    if kind == "tenure_tiers":
        rule["grant"] |= {"tiers": _tiers_typed(typed), "last": {}}
    for question in questions(kind=kind, others=others):
        value = _answered(typed, question)
        if value is not None:
            _put(rule, question.name, value)
    if not rule.get("at_once", {}).get("limit_satang"):
        rule.pop("at_once", None)
    return rule


def _put(rule: dict[str, Any], path: str, value: object) -> None:
    *folders, name = path.split(".")
    for folder in folders:
        rule = rule.setdefault(folder, {})
    rule[name] = value


def _answered(typed: Typed, question: Question) -> object:
    name, label = question.name, question.label
    if question.kind == "ticks":
        chosen = [value for value, _label in question.options if typed.fields.get(f"{name}-{value}")]
        return ([int(value) for value in chosen] if name == "months" else chosen) or None
    if question.kind == "yes":
        return bool(typed.fields.get(name))
    if question.kind == "choice":
        return typed.one_of(name, label, {value: value for value, _label in question.options}) or None
    written = typed.text(name, label, is_optional=not question.is_needed)
    return _read(typed, question, written) if written else None


def _read(typed: Typed, question: Question, written: str) -> object:
    name, label = question.name, question.label
    if question.kind == "baht":
        amount = typed.baht(name, label)
        return None if amount == 0 and not question.is_needed else amount
    if question.kind == "text":
        return written
    if question.kind == "numbers":
        parts = [whole_number(part.strip(), most=99) for part in written.split(",")]
        if not all(parts):
            typed.refuse("web.not_a_number", name, field=label, typed=written)
        return parts
    number = _grade(written) if question.kind == "grade" else whole_number(written, most=10**6)
    if number is None:
        typed.refuse("web.not_a_number", name, field=label, typed=written)
    return number or (0 if question.is_needed else None)


def _grade(written: str) -> int | None:
    whole, _dot, part = arabic_digits(written).partition(".")
    if not (whole.isdecimal() and (part or "0").isdecimal() and len(part) <= 2 and len(whole) == 1):
        return None
    hundredths = int(whole) * 100 + int((part + "00")[:2])
    return hundredths if hundredths <= GRADE_MAX else None


def _tiers_typed(typed: Typed) -> list[dict[str, object]]:
    tiers: list[dict[str, object]] = []
    for n in tiers_shown(typed=typed.fields):
        below, of, amount = f"tier-{n}-below", f"tier-{n}-of", f"tier-{n}-amount"
        if not any(typed.fields.get(name, "").strip() for name in (below, amount)):
            continue
        counted = typed.one_of(of, _("วันหรือปี"), {DAYS: DAYS, YEARS: YEARS}) or DAYS
        tiers.append({counted: typed.number(below, _("เป็นสมาชิกไม่ถึง"), most=100_000),
                      "amount_satang": typed.baht(amount, _("ได้"))})
    return tiers


def with_labels(*, refusals: Iterable[Refusal], kind: str, clause_no: str) -> list[Refusal]:
    """Faults of a rule beside their fields: the label of the question in the place of the path."""
    labels = {question.name: str(question.label) for question in questions(kind=kind)}
    labels |= {"grant": gettext("วิธีคิด"), "grant.tiers": gettext("ขั้นตามอายุการเป็นสมาชิก"), "limits": gettext("ไม่เกินเท่าใด")}
    found = []
    for refusal in refusals:
        about = refusal.about.partition("rule.")[2] or refusal.about.removeprefix(f"{clause_no}.")
        path = labels.get(about) or next((label for name, label in labels.items() if about.startswith(name)), about)
        facts = {**refusal.facts, "path": path} if "path" in refusal.facts else refusal.facts
        found.append(replace(refusal, about=about, facts=facts))
    return found
