"""The page of member counts: any day, every side of the register, both languages, and a day nobody can mean."""
from datetime import timedelta

from ombun.primitives.days import thai_day
from tests.pages.house import START, TODAY, text_of


def test_the_counts_of_a_day_stand_in_tables_and_as_bars(quiet_house):
    url = quiet_house.url("register/counts/")
    for name in ("orathai", "somsri", "boonmee", "udom"):
        page = text_of(quiet_house.at(name).get(url))
        assert '<b class="amount large">4</b>' in page and "<svg viewBox=" in page
    assert quiet_house.at("boonma").get(url).status_code == 403
    before = quiet_house.at("orathai").get(url, {"on": thai_day(START - timedelta(days=901))})
    assert "ยังไม่มีสมาชิก" in text_of(before)
    since = text_of(quiet_house.at("orathai").get(url, {"from": thai_day(START - timedelta(days=900))}))
    assert '<th scope="row">เข้าใหม่</th><td class="num">4</td>' in since
    for side in ("หมู่ 4", "ชาย", "หญิง"):
        assert f'<th scope="row">{side}</th><td>เข้าใหม่ ' in since
    assert "Current members of each village" in text_of(quiet_house.at("orathai", language="en").get(url))


def test_a_day_that_cannot_be_read_or_a_span_backwards_is_told(quiet_house):
    url = quiet_house.url("register/counts/")
    wrong = quiet_house.at("orathai").get(url, {"on": "30/9/68"})
    assert wrong.status_code == 422 and 'value="30/9/68"' in text_of(wrong)
    backwards = quiet_house.at("orathai").get(url, {"on": thai_day(START), "from": thai_day(TODAY)})
    assert backwards.status_code == 422 and "หลังวันที่นับ" in text_of(backwards)
