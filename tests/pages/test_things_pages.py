"""Things instead of money: the list by resolution, the day of weighing, the passbook; works without a script."""
import re
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from ombun.contributions.operations import forget_photos
from ombun.primitives.sentences import day_in_words
from tests.pages.house import NOW, START, TODAY, hidden, text_of
from tests.photos import picture

LIST, DAY = "settings/things/", "collect/4/things/"


def vote(house, **more):
    page = house.at("somsri").get(house.url(LIST))
    day = day_in_words(START, short=True)
    return house.at("somsri").post(house.url(LIST), {
        "deed": hidden(page, "deed"), "item": "ขวดพลาสติก", "unit": "กก.", "worth": "8", "is_kept": "on", "from_on": day,
        "committee_no": "1", "meeting_no": "3", "met_on": day, "signed_by": str(house.people["boonmee"]), **more})


def bring(house, *, by="boonma", **more):
    page = house.at(by).get(house.url(DAY))
    rate = text_of(page).split('<option value="')
    rate = next(one.split('"')[0] for one in rate if "ขวดพลาสติก" in one)
    return house.at(by).post(house.url(DAY), {
        "deed": hidden(page, "deed"), "on": day_in_words(TODAY, short=True), "witness": str(house.people["boonma"]),
        "member-0": "0001", "rate-0": rate, "quantity-0": "๒.๕", "rate-1": rate, **more})


def test_without_a_resolution_nothing_is_taken_in(house):
    assert "ยังไม่มีมติ" in text_of(house.at("boonma").get(house.url(DAY)))


def test_weighed_it_is_credited_and_stands_in_the_passbook_until_taken_back(house):
    assert vote(house).status_code == 302
    assert "Plastic bottles" in text_of(house.at("somsri", language="en").get(house.url(LIST)))
    assert bring(house).status_code == 302
    page = house.at("boonma").get(house.url(DAY))
    assert "ขวดพลาสติก 2.5 กก." in text_of(page) and "20.00" in text_of(page)
    register = house.url(f"register/{house.members[0]}/")
    assert "ขวดพลาสติก 2.5 กก." in text_of(house.at("orathai").get(register))
    pdf = house.at("orathai").get(house.url(f"register/{house.members[0]}/passbook.pdf"))
    assert pdf.content.startswith(b"%PDF")
    income = text_of(house.at("udom").get(house.url(
        f"books/income/?period=days&from={day_in_words(TODAY)}&to={day_in_words(TODAY)}")))
    assert "สมทบด้วยสิ่งของและแรงงาน" in income
    taken = house.at("boonma").post(house.url(DAY), {
        "take_back": hidden(page, "take_back"), "deed": hidden(page, "deed")})
    assert taken.status_code == 302
    assert "ยกเลิกแล้ว" in text_of(house.at("boonma").get(house.url(DAY)))
    assert "ขวดพลาสติก 2.5 กก." not in text_of(house.at("orathai").get(register))


def test_what_is_wrong_is_told_and_kept(house):
    assert vote(house, worth="0").status_code == 422
    vote(house)
    wrong = bring(house, **{"quantity-0": "มาก", "member-1": "ไม่มีคนนี้", "quantity-1": "1"})
    assert wrong.status_code == 422
    assert "ใส่จำนวนมากกว่า 0" in text_of(wrong) and 'value="ไม่มีคนนี้"' in text_of(wrong)


def sent_photo(content=None):
    return SimpleUploadedFile("photo.jpg", content or picture(size=(2000, 1000)), content_type="image/jpeg")


def see(page):
    """The address of the page that shows the first photo of a list."""
    return re.search(r'href="([^"]+/things/[0-9a-f-]{36}/)"', text_of(page)).group(1)


def test_a_photo_stands_in_for_the_witness_and_is_shown_to_whoever_collects_there(house):
    vote(house)
    assert bring(house, witness="").status_code == 422
    assert bring(house, witness="", **{"photo-0": sent_photo()}).status_code == 302
    page = see(house.at("boonma").get(house.url(DAY)))
    shown = text_of(house.at("boonma").get(page))
    assert "ขวดพลาสติก 2.5 กก." in shown and "พยาน" not in shown
    photo = house.at("somsri").get(f"{page}photo.jpg")
    assert photo["Content-Type"] == "image/jpeg" and photo["X-Content-Type-Options"] == "nosniff"
    assert photo["Cache-Control"] == "private, no-store"
    assert photo.content.startswith(b"\xff\xd8\xff") and len(photo.content) < 150_000
    assert house.at("somsri").get(f"{page.replace('/4/', '/7/')}photo.jpg").status_code == 404
    assert "มีรูปถ่าย" in text_of(house.at("orathai").get(house.url(f"register/{house.members[0]}/")))
    assert house.at("orathai").get(f"{page}photo.jpg").status_code == 403


def test_what_is_no_photo_is_told_with_its_line_and_photos_have_to_be_chosen_again(house):
    vote(house)
    answer = bring(house, **{"photo-1": sent_photo(b"<svg onload=alert(1)>")})
    assert answer.status_code == 422
    assert "อ่านรูปบรรทัดที่ 2 ไม่ได้" in text_of(answer) and "เลือกใหม่ก่อนบันทึก" in text_of(answer)


def test_a_photo_that_is_kept_no_longer_is_not_there(house):
    vote(house)
    bring(house, **{"photo-0": sent_photo()})
    page = see(house.at("boonma").get(house.url(DAY)))
    forget_photos(actor=house.actor, forgotten_at=NOW + timedelta(days=732))
    assert "รูปถูกลบไปแล้ว" in text_of(house.at("boonma").get(page))
    assert house.at("boonma").get(f"{page}photo.jpg").status_code == 404
