"""The fields of a person in the register, typed into a form and read out of it; for new members and for mending."""
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ombun.members.rules.membership import BirthPrecision, NewMember
from ombun.primitives.national_id import digits_of
from ombun.primitives.sentences import day_in_words
from ombun.primitives.thai import arabic_digits
from ombun.web.registrar.beneficiary_form import read_beneficiaries
from ombun.web.registrar.words import KINDS, NO_ID, SEXES
from ombun.web.typed import EARLIEST_YEAR, Typed

_TEXTS = {"name_title": _("คำนำหน้า"), "last_name": _("นามสกุล"), "house_no": _("บ้านเลขที่"), "phone": _("โทรศัพท์")}
BUDDHIST_YEARS = 543
T = TypeVar("T")


def read_person(
    *, form: Typed, centre_of: Mapping[str, UUID], known: NewMember | None = None, is_applicant: bool = False,
    kept_number: str | None = None
) -> NewMember:
    """A person as typed; what the register never knew of a `known` one may stay empty. Mistakes are kept in `form`.

    An applicant has no member number and no day of joining yet. An ID number that is kept is not shown in the form:
    left empty it stays, unless a reason says that there is none.
    """
    is_known = known is not None
    born_on, precision = _birth(form, known)
    texts = {name: form.text(name, label, is_optional=True) for name, label in _TEXTS.items()}
    person = NewMember(
        member_no="" if is_applicant else form.text("member_no", _("เลขทะเบียนสมาชิก"), is_optional=is_known),
        first_name=form.text("first_name", _("ชื่อ"), is_optional=is_known),
        joined_on=None if is_applicant else _day(form, "joined_on", _("วันเข้าเป็นสมาชิก"), is_optional=is_known),
        centre_id=form.one_of("moo", _("หมู่บ้าน"), centre_of) if form.fields.get("moo") or not is_known else None,
        kind=form.one_of("kind", _("ประเภทสมาชิก"), {k.value: k for k in KINDS})
        if form.fields.get("kind") or not is_known else None,
        stated_sex=_chosen(form, "stated_sex", _("เพศ"), {s.value: s for s in SEXES},
                           known.stated_sex if known else None),
        no_id_reason=_chosen(form, "no_id_reason", _("เหตุที่ไม่มีเลขประจำตัว"), {r.value: r for r in NO_ID},
                             known.no_id_reason if known else None),
        national_id=_number(form, kept_number),
        born_on=born_on, birth_precision=precision, name_title=texts["name_title"], last_name=texts["last_name"],
        house_no=texts["house_no"], phone=texts["phone"],
        beneficiaries=() if is_known else read_beneficiaries(form=form))
    if known is None or known.left_reason is None:
        return person
    return replace(person, left_reason=known.left_reason,
                   left_on=_day(form, "left_on", _("วันที่พ้นจากสมาชิก"), is_optional=True))


def written_person(*, person: NewMember, moo: int | None) -> dict[str, str]:
    """The form as it is shown for somebody in the register."""
    return {
        **{name: getattr(person, name) for name in ("member_no", "first_name", *_TEXTS)},
        "national_id": "", "moo": str(moo or ""), "kind": person.kind or "",
        "stated_sex": person.stated_sex or "", "no_id_reason": person.no_id_reason or "",
        "joined_on": day_in_words(person.joined_on, short=True) if person.joined_on else "",
        "left_on": day_in_words(person.left_on, short=True) if person.left_on else "",
        "born_on": _written_birth(person)}


def _number(form: Typed, kept: str | None) -> str | None:
    written = digits_of(form.text("national_id", "", is_optional=True))
    return written or (None if form.fields.get("no_id_reason") else kept)


def _written_birth(person: NewMember) -> str:
    if person.born_on is None:
        return ""
    if person.birth_precision == BirthPrecision.DAY:
        return day_in_words(person.born_on, short=True)
    return str(person.born_on.year + BUDDHIST_YEARS)


def _birth(form: Typed, known: NewMember | None) -> tuple[date | None, BirthPrecision]:
    """A whole day, or only a year of the Buddhist era; what was not touched keeps its precision."""
    written = arabic_digits(form.text("born_on", _("วันเกิด"), is_optional=True))
    if known is not None and written == _written_birth(known):
        return known.born_on, known.birth_precision
    if not written:
        return None, BirthPrecision.NONE
    if len(written) == 4 and written.isdecimal():
        year = int(written) - BUDDHIST_YEARS
        if year >= EARLIEST_YEAR:
            return date(year, 1, 1), BirthPrecision.YEAR
    return form.day("born_on", _("วันเกิด")), BirthPrecision.DAY


def _chosen(
    form: Typed, name: str, label: object, among: Mapping[str, T], unasked: T | None
) -> T | None:
    """What was chosen, nothing where the empty line was; as it was where the form did not ask."""
    if name not in form.fields:
        return unasked
    return form.one_of(name, str(label), among) if form.fields[name] else None


def _day(form: Typed, name: str, label: object, *, is_optional: bool) -> date | None:
    return form.day(name, str(label)) if form.fields.get(name, "").strip() or not is_optional else None
