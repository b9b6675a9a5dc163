"""The list of places is there from the set-up on."""
from ombun.places.models import District, Province, Tambon
from ombun.places.operations import load_places


def test_every_place_of_the_country_is_known():
    """77 provinces and 928 districts; 7,436 tambons and khwaeng by the count of the package (DOPA counts 7,435)."""
    loaded = load_places()
    assert (loaded.provinces, loaded.districts, loaded.tambons) == (77, 928, 7436)
    assert Province.objects.filter(code__range=(10, 96)).count() == 77
    assert District.objects.count() >= 928 and Tambon.objects.count() >= 7436  # a fund may add one
    assert Tambon.objects.get(code=100101).name_th == "พระบรมมหาราชวัง"


def test_loading_again_renews_the_names_and_adds_nothing():
    before = Tambon.objects.count()
    Province.objects.using("owner").filter(code=10).update(name_th="กรุงเก่า")
    first = load_places()
    assert load_places() == first
    assert Province.objects.get(code=10).name_th == "กรุงเทพมหานคร"
    assert Tambon.objects.count() == before
