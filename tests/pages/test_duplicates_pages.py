"""The registrar looks at similar names: a list, two side by side, one person or two, and back again."""
from uuid import uuid4

import pytest

from ombun.access.cards import card_token
from ombun.members import queries
from ombun.members.operations import end_membership, merge_members, write_members
from ombun.members.rules.membership import BirthPrecision, LeftReason, NewMember
from ombun.primitives.transactions import fund_transaction
from tests.pages.house import NOW, START, TODAY, hidden, text_of
from tests.people import Cast

WRITING = {"somsri", "orathai"}
BORN = {"born_on": START.replace(year=1950), "birth_precision": BirthPrecision.DAY}


def write(house, *people):
    with fund_transaction(fund_id=house.actor.fund_id):
        return write_members(actor=house.actor, recorded_at=NOW, rows=[(uuid4(), NewMember(**{
            "member_no": f"20{n}", "name_title": "นาง", "first_name": "คำ", "last_name": "แพง", "joined_on": START,
            "centre_id": house.centre, **more})) for n, more in enumerate(people)])


@pytest.fixture
def two(house):
    """One person written twice."""
    return write(house, {**BORN, "national_id": "9100500012345"},
                 {**BORN, "last_name": "แพ็ง", "phone": "0812345678", "centre_id": house.other_centre})


def reading(house, query, **about):
    with fund_transaction(fund_id=house.actor.fund_id, read_only=True):
        return query(fund_id=house.actor.fund_id, **about)


def test_the_pages_work_for_who_writes_the_register_in_both_languages(quiet_house, other_house):
    one, other = quiet_house.members[:2]
    for path in ("register/alike/", f"register/alike/{one}/{other}/"):
        for name in ("somsri", "boonmee", "udom", "orathai", "boonma"):
            status = quiet_house.at(name).get(quiet_house.url(path)).status_code
            assert status == (200 if name in WRITING else 403), name
        assert '<html lang="en">' in text_of(quiet_house.at("somsri", language="en").get(quiet_house.url(path)))
        assert other_house.at("somsri").get(quiet_house.url(path)).status_code == 404
        assert quiet_house.at("somsri").put(quiet_house.url(path)).status_code == 405
    alien = quiet_house.url(f"register/alike/{one}/{other_house.members[0]}/")
    assert quiet_house.at("orathai").get(alien).status_code == 404
    assert quiet_house.at("orathai").post(f"{alien}two/", {"deed": uuid4()}).status_code == 404
    assert "ไม่มีรายชื่อที่คล้ายกันเหลืออยู่" in text_of(quiet_house.at("orathai").get(quiet_house.url("register/alike/")))


def test_two_are_compared_merged_found_by_both_numbers_and_set_apart(house, two):
    orathai, url = house.at("orathai"), house.url(f"register/alike/{two[0]}/{two[1]}/")
    assert house.url("register/alike/") in text_of(orathai.get(house.url("register/")))
    queue = text_of(orathai.get(house.url("register/alike/")))
    assert url in queue and "น่าจะเป็นคนเดียวกัน" not in queue and "เกิดวันเดียวกัน" in queue and "รอดู 1 คู่" in queue
    shown = orathai.get(url)
    page = text_of(shown)
    assert "9100500012345" not in page
    assert 'name="phone"' not in page and 'name="national_id"' not in page  # only one of the two knows: nothing to ask
    assert f'name="village" value="{two[0]}" checked' in page
    deed = hidden(shown, "deed")
    fields = {"deed": deed, "kept": two[0], "village": two[1], "name": two[0]}
    sent = [orathai.post(url, fields) for _ in range(2)]
    assert [(page.status_code, page.url) for page in sent] == [(302, house.url(f"register/{two[0]}/"))] * 2
    kept = reading(house, queries.member_card, member_id=two[0])
    assert (kept.phone, kept.moo, kept.last_name) == ("0812345678", 5, "แพง")
    for text in ("200", "201"):
        assert house.url(f"register/{two[0]}/") in text_of(orathai.get(house.url(f"register/?q={text}")))
    for old in (f"register/{two[1]}/", f"register/alike/{two[1]}/{two[0]}/"):
        assert orathai.get(house.url(old), follow=True).status_code == 200
    member = text_of(house.at("boonmee").get(house.url(f"register/{two[0]}/")))
    assert "รายการที่รวมเข้ากับคนนี้" in member and "แยกคืน</button>" not in member
    merge = reading(house, queries.merges_of, member_id=two[0])[0].id
    assert f"merges/{merge}/undo/" in text_of(orathai.get(house.url(f"register/{two[0]}/")))
    undo = house.url(f"register/merges/{merge}/undo/")
    assert house.at("boonmee").post(undo).status_code == 403
    assert [orathai.post(undo).url for _ in range(2)] == [house.url(f"register/{two[0]}/")] * 2
    assert reading(house, queries.member_card, member_id=two[1]).phone == "0812345678"
    assert reading(house, queries.member_card, member_id=two[0]).phone == ""


def test_the_story_of_a_person_tells_a_leaving_once_and_under_which_number_they_joined(house, two):
    merge_members(actor=house.actor, merge_id=uuid4(), kept_id=two[0], merged_id=two[1], recorded_at=NOW)
    end_membership(actor=house.actor, member_id=two[0], left_on=TODAY, reason=LeftReason.MOVED, recorded_at=NOW)
    page = text_of(house.at("orathai").get(house.url(f"register/{two[0]}/")))
    story = page[page.index("เรื่องราวการเป็นสมาชิก"):page.index("รายการที่รวมเข้ากับคนนี้")]
    assert story.count("ย้ายออกจากตำบล") == 1 and story.count("เข้าเป็นสมาชิก") == 2
    assert "กลับเข้าเป็นสมาชิก" not in story and "เลขสมาชิก 201" in story


def test_what_was_left_out_is_told_and_what_was_chosen_stays(house, two):
    orathai, url = house.at("orathai"), house.url(f"register/alike/{two[0]}/{two[1]}/")
    page = orathai.post(url, {"deed": "x", "village": two[1]})
    assert page.status_code == 422 and text_of(page).count("<li>") >= 2
    assert f'name="village" value="{two[1]}" checked' in text_of(page)
    dead = write(house, {**BORN, "member_no": "777", "left_on": TODAY, "left_reason": "DECEASED"})[0]
    shown = house.url(f"register/alike/{two[0]}/{dead}/")
    page = orathai.post(shown, {"deed": hidden(orathai.get(shown), "deed"), "kept": two[0]})
    assert page.status_code == 422 and "ถึงแก่กรรมแล้ว" in text_of(page)
    assert reading(house, queries.merges_of, member_id=two[0]) == ()


def test_two_persons_leave_the_list_until_they_are_asked_about_again(house, two):
    orathai, url = house.at("orathai"), house.url(f"register/alike/{two[0]}/{two[1]}/")
    assert orathai.post(f"{url}two/", {"deed": "x"}).status_code == 422
    for _ in range(2):
        sent = orathai.post(f"{url}two/", {"deed": hidden(orathai.get(url), "deed")})
        assert sent.url == house.url("register/alike/")
    queue = text_of(orathai.get(house.url("register/alike/")))
    assert "ตอบแล้วว่าเป็นสองคน" in queue and "รอดู" not in queue
    assert "ว่าเป็นสองคน" in text_of(orathai.get(url))
    for _ in range(2):
        assert orathai.post(f"{url}again/").url == url
    assert "รอดู 1 คู่" in text_of(orathai.get(house.url("register/alike/")))


def test_a_merge_that_cannot_be_undone_says_so_on_the_members_page(house):
    bare, known = write(house, {}, {"national_id": "9100500012345"})
    merge = uuid4()
    merge_members(actor=house.actor, merge_id=merge, kept_id=bare, merged_id=known, recorded_at=NOW)
    form = house.url(f"register/{bare}/correct/")
    orathai = house.at("orathai")
    fields = {"deed": hidden(orathai.get(form), "deed"), "member_no": "200", "moo": "4", "name_title": "นาง",
              "first_name": "คำ", "last_name": "แพง", "national_id": "9100500012345",
              "joined_on": f"{START.day}/{START.month}/{START.year + 543}"}
    assert orathai.post(form, fields).status_code == 302
    page = orathai.post(house.url(f"register/merges/{merge}/undo/"))
    assert page.status_code == 422 and "refus" in text_of(page)


def test_a_member_whose_login_stands_on_the_merged_entry_sees_the_persons_own_pages():
    fund = Cast(has_logins=True)
    kept, merged = fund.members[1], fund.malee
    merge_members(actor=fund.somsri, merge_id=uuid4(), kept_id=kept, merged_id=merged, recorded_at=NOW)
    malee = fund.at("malee")
    page = malee.get(f"/f/{fund.code}/me/")
    assert page.status_code == 200 and "มาลี2" in text_of(page) and "มาลี1" not in text_of(page)
    assert malee.get(f"/f/{fund.code}/me/claims/").status_code == 200
    assert malee.get(f"/f/{fund.code}/register/{kept}/").status_code == 403
    logins = text_of(fund.at("somsri").get(f"/f/{fund.code}/settings/logins/"))
    assert "มาลี2" in logins
    token = card_token(fund_id=fund.id, member_id=merged)  # the card that was printed before
    assert fund.at("orathai").get(f"/f/{fund.code}/register/card/{token}/", follow=True).status_code == 200
