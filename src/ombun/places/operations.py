"""Loading the official list of places."""
from dataclasses import dataclass
from typing import Any

import geothai
from django.db import transaction

from ombun.places.models import District, Province, Tambon
from ombun.places.queries import TambonCard

OWNER = "owner"  # the list is the same for every fund: pages read it, and only who migrates writes it


@dataclass(frozen=True, kw_only=True)
class PlacesLoaded:
    """How many places are known now, and which edition of the list they come from."""

    provinces: int
    districts: int
    tambons: int
    edition: str


def load_places() -> PlacesLoaded:
    """Write down every province, district and tambon of the country; loading again renews the names.

    Source: codes of the Department of Provincial Administration in the package geothai (data CC BY 4.0).
    """
    provinces = [Province(code=int(one.code), name_th=one.name_th, name_en=one.name_en) for one in geothai.provinces()]
    districts = [District(code=int(one.code), province_id=province.code, name_th=one.name_th, name_en=one.name_en)
                 for province in provinces for one in geothai.districts(f"{province.code:02}")]
    tambons = [Tambon(code=int(one.code), district_id=district.code, name_th=one.name_th, name_en=one.name_en)
               for district in districts for one in geothai.subdistricts(f"{district.code:04}")]
    renewed: dict[str, Any] = {"update_conflicts": True, "unique_fields": ["code"],
                               "update_fields": ["name_th", "name_en"]}
    with transaction.atomic(using=OWNER, durable=True):
        Province.objects.using(OWNER).bulk_create(provinces, **renewed)
        District.objects.using(OWNER).bulk_create(districts, **renewed)
        Tambon.objects.using(OWNER).bulk_create(tambons, **renewed)
    return PlacesLoaded(provinces=len(provinces), districts=len(districts), tambons=len(tambons),
                        edition=str(geothai.DATA_VERSION))


def write_tambon(*, place: TambonCard) -> None:
    """Write down a sub-district that the official list does not have, with the district and province of its code.

    For a tambon newly split off, and for the demo's made-up one (province 99). What is there already stays.
    """
    with transaction.atomic(using=OWNER, durable=True):
        province, _ = Province.objects.using(OWNER).get_or_create(
            code=place.code // 10_000, defaults={"name_th": place.province_th, "name_en": place.province_en})
        district, _ = District.objects.using(OWNER).get_or_create(code=place.code // 100, defaults={
            "province": province, "name_th": place.district_th, "name_en": place.district_en})
        Tambon.objects.using(OWNER).get_or_create(code=place.code, defaults={
            "district": district, "name_th": place.name_th, "name_en": place.name_en})
