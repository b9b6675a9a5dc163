"""The list of places is there from the set-up on."""
from ombun.places.models import District, Province, Tambon
from ombun.places.operations import load_places


def test_every_place_of_the_country_is_known():
    """77 provinces and 928 districts; 7,436 tambons and khwaeng by the count of the package (DOPA counts 7,435)."""
    country = Province.objects.exclude(code=99)  # other tests make a place of their own
    assert country.count() == 77
    assert District.objects.filter(province__in=country).count() == 928
    assert Tambon.objects.filter(district__province__in=country).count() == 7436
    assert Tambon.objects.get(code=100101).name_th == "พระบรมมหาราชวัง"


def test_loading_again_renews_the_names_and_adds_nothing():
    Province.objects.filter(code=10).update(name_th="กรุงเก่า")
    first = load_places()
    assert load_places() == first
    assert Province.objects.get(code=10).name_th == "กรุงเทพมหานคร"
    assert Tambon.objects.exclude(district__province_id=99).count() == first.tambons
