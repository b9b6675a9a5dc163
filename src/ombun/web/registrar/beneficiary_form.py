"""Whom a member names to receive on their death: a list of lines, typed into a form and read out of it."""
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from ombun.members.rules.beneficiaries import BENEFICIARIES_MAX, WHOLE_PERCENT, NewBeneficiary
from ombun.web.typed import Typed

_FIELDS = {"name": _("ชื่อผู้รับผลประโยชน์"), "relation": _("ความเกี่ยวข้อง"), "phone": _("โทรศัพท์"), "share": _("ร้อยละ")}
_SHOWN_MIN = 2


def read_beneficiaries(*, form: Typed) -> tuple[NewBeneficiary, ...]:
    """The list as typed, without the lines that were left empty; mistakes are kept in `form`."""
    return tuple(_line(form, place) for place in range(1, BENEFICIARIES_MAX + 1)
                 if any(form.fields.get(_name(place, field), "").strip() for field in _FIELDS))


def _line(form: Typed, place: int) -> NewBeneficiary:
    texts = {field: form.text(_name(place, field), label, is_optional=field != "name")
             for field, label in _FIELDS.items() if field != "share"}
    has_share = form.fields.get(_name(place, "share"), "").strip()
    return NewBeneficiary(**texts, share_percent=form.number(
        _name(place, "share"), _FIELDS["share"], most=WHOLE_PERCENT) if has_share else None)


def _name(place: int, field: str) -> str:
    return f"beneficiary_{place}_{field}"


def written_beneficiaries(*, named: Sequence[NewBeneficiary]) -> dict[str, str]:
    """The list as a form shows it, every line that is left over empty."""
    lines = (*named, *[NewBeneficiary(name="")] * (BENEFICIARIES_MAX - len(named)))
    return {_name(place, field): value for place, one in enumerate(lines, start=1) for field, value in (
        ("name", one.name), ("relation", one.relation), ("phone", one.phone), ("share", str(one.share_percent or "")))}


def beneficiary_lines(*, typed: dict[str, str]) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """The lines of the form as the names of their fields: those that are seen at once, and those behind a fold."""
    filled = [place for place in range(1, BENEFICIARIES_MAX + 1)
              if any(typed.get(_name(place, field)) for field in _FIELDS)]
    lines = [{"place": str(place), **{field: _name(place, field) for field in _FIELDS}}
             for place in range(1, BENEFICIARIES_MAX + 1)]
    seen = max(_SHOWN_MIN, max(filled, default=0))
    return lines[:seen], lines[seen:]
