"""Finding a place by what people type."""
import re
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, Value, When

from ombun.places.models import Province, Tambon
from ombun.primitives.thai import tidy

FOUND_MAX = 30
_TITLE = re.compile(r"^(?:ตำบล|แขวง|อำเภอ|เขต|จังหวัด|[ตอจข]\.)\s*")


@dataclass(frozen=True, kw_only=True)
class TambonCard:
    """A sub-district with the district and province it lies in."""

    code: int
    name_th: str
    district_th: str
    province_th: str
    name_en: str
    district_en: str
    province_en: str


def tambons_named(*, text: str) -> tuple[TambonCard, ...]:
    """Sub-districts that fit what was typed, the closest first; at most 30.

    Every word has to occur in the name of the tambon, its district or its province ("หนองบัว นครสวรรค์",
    "ต.หนองบัว อ.หนองบัว", "Nong Bua"); one of them in the tambon's own name. Too short a text finds nothing.
    """
    words = [word for part in tidy(text).split() if (word := _TITLE.sub("", part))]
    if not words or len("".join(words)) < 2:
        return ()
    fits, own = Q(), Q()
    for word in words:
        named = Q(name_th__icontains=word) | Q(name_en__icontains=word)
        own |= named
        fits &= (named | Q(district__name_th__icontains=word) | Q(district__name_en__icontains=word)
                 | Q(district__province__name_th__icontains=word) | Q(district__province__name_en__icontains=word))
    closeness = Case(When(Q(name_th=words[0]) | Q(name_en__iexact=words[0]), then=Value(0)),
                     When(name_th__startswith=words[0], then=Value(1)), default=Value(2), output_field=IntegerField())
    rows = Tambon.objects.filter(fits & own).select_related("district__province").order_by(closeness, "code")
    return tuple(_card(row) for row in rows[:FOUND_MAX])


def tambon(*, code: int) -> TambonCard | None:
    """The sub-district with this code, or None."""
    row = Tambon.objects.filter(code=code).select_related("district__province").first()
    return None if row is None else _card(row)


def is_province(*, code: int) -> bool:
    """Whether there is a province with this two-digit code."""
    return Province.objects.filter(code=code).exists()


def _card(row: Tambon) -> TambonCard:
    district = row.district
    return TambonCard(
        code=row.code, name_th=row.name_th, district_th=district.name_th, province_th=district.province.name_th,
        name_en=row.name_en, district_en=district.name_en, province_en=district.province.name_en)
