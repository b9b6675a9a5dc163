"""The opening position, people in office, logins, receipt books and dues: written through their pages."""
from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client

from ombun.contributions import queries as contributions
from ombun.funds import queries as funds
from ombun.funds.operations import NewHolder, elect_holders
from ombun.funds.rules import Office
from ombun.ledger import queries as ledger
from ombun.members import queries as members
from ombun.members.operations import write_members
from ombun.members.rules.membership import NewMember
from ombun.primitives.days import add_months, thai_month
from ombun.primitives.transactions import fund_transaction
from tests.pages.house import MONTH, NOW, START, TODAY, hidden, text_of

DAY = f"{TODAY.day}/{TODAY.month}/{TODAY.year + 543}"


def ask(house, question, **facts):
    with fund_transaction(fund_id=house.actor.fund_id, read_only=True):
        return question(fund_id=house.actor.fund_id, **facts)


def post(house, path, fields, who="somsri"):
    return house.at(who).post(house.url(path), fields)


def test_one_month_for_the_whole_village_and_the_exceptions(house):
    with fund_transaction(fund_id=house.actor.fund_id):
        first, second = write_members(actor=house.actor, recorded_at=NOW, rows=[(uuid4(), NewMember(
            member_no=no, name_title="นาง", first_name=name, last_name="ใหม่", joined_on=START, centre_id=house.centre))
            for no, name in (("0101", "แก้ว"), ("0102", "คำแพง"))])
    done = post(house, "opening/4/", {"month": thai_month(add_months(START, -1)), f"month-{second}": "x"})
    assert done.status_code == 422
    assert "เดือนไม่ได้" in text_of(done)
    assert ask(house, contributions.opening_standings, member_ids=[first, second]) == {}
    exception = add_months(START, -3)
    done = post(house, "opening/4/", {"month": thai_month(add_months(START, -1)),
                                      f"month-{second}": f"{exception.month}/{exception.year + 543}"})
    assert done.status_code == 302
    assert ask(house, contributions.opening_standings, member_ids=[first, second]) == {
        first: START, second: add_months(START, -2)}


def joined(house, joined_on, *names):
    with fund_transaction(fund_id=house.actor.fund_id):
        return write_members(actor=house.actor, recorded_at=NOW, rows=[(uuid4(), NewMember(
            member_no=name, name_title="นาง", first_name=name, last_name="ใหม่", joined_on=joined_on,
            centre_id=house.centre)) for name in names])


def test_who_joined_after_the_start_is_not_on_the_page_of_the_start(house):
    later, = joined(house, START + timedelta(days=1), "เพ็ญ")
    page = text_of(house.at("somsri").get(house.url("opening/4/")))
    assert "เพ็ญ" not in page and "มาลี" in page
    assert post(house, "opening/4/", {"month": thai_month(START), f"month-{later}": "1/2560"}).status_code == 302
    assert ask(house, contributions.opening_standings, member_ids=[later]) == {}


def test_an_exception_for_somebody_whom_a_colleague_wrote_meanwhile_is_not_dropped(house):
    first, second = joined(house, START, "แก้ว", "คำแพง")
    before = thai_month(add_months(START, -1))
    assert post(house, "opening/4/", {"month": before}, who="somsri").status_code == 302
    third, = [*joined(house, START, "เพ็ญ")]
    page = post(house, "opening/4/", {"month": before, f"month-{second}": "1/2568"})
    assert page.status_code == 422
    assert "คำแพง ใหม่: บันทึกยอดยกมาไว้แล้ว" in text_of(page)
    assert ask(house, contributions.opening_standings, member_ids=[third]) == {}
    assert post(house, "opening/4/", {"month": before, f"month-{second}": before}).status_code == 302
    assert ask(house, contributions.opening_standings, member_ids=[first, second, third]) == dict.fromkeys(
        [first, second, third], START)


def test_the_opening_money_is_written_once_and_shown(house):
    entry = ask(house, ledger.opening_entry)
    page = house.at("somsri").get(house.url("opening/money/"))
    assert page.url == house.url(f"books/entry/{entry.id}/")
    page = post(house, "opening/money/", {"deed": str(uuid4()), "treasurer": "5"})
    assert page.status_code == 422
    assert "บันทึกยอดยกมาไปแล้ว" in text_of(page)


def test_amounts_of_the_opening_money_are_read_or_refused_all_together(house):
    entry = ask(house, ledger.opening_entry)
    house.at("somsri").post(house.url(f"books/entry/{entry.id}/take-back/"), {
        "deed": str(uuid4()), "day": f"{START.day}/{START.month}/{START.year + 543}", "why": "ผิด"})
    assert house.balances() == {}
    elect_holders(actor=house.actor, recorded_at=NOW, holders=[NewHolder(
        id=uuid4(), person_id=house.people["somsri"], name="นางสมศรี ใจบุญ", office=Office.COLLECTOR, from_on=START,
        centre_id=house.other_centre)])
    collector = house.people["boonma"]
    page = post(house, "opening/money/", {
        "deed": str(uuid4()), "treasurer": "ห้า", "bank": "x", f"held-{collector}": "?"})
    assert page.status_code == 422
    assert "3 เรื่องต้องแก้" in text_of(page)
    form = house.at("somsri").get(house.url("opening/money/"))
    assert text_of(form).count('name="held-') == 1  # whoever is treasurer has a till, and is no carrier beside it
    deed = hidden(form, "deed")
    done = post(house, "opening/money/", {"deed": deed, "treasurer": "50", "bank": "1,000", f"held-{collector}": "20"})
    assert done.status_code == 302
    assert house.balances() == {"1110": 5000, "1130-01": 2000, "1200": 100_000, "3100": -107_000}


def villages_of(house):
    return [(c.moo, c.name, c.address) for c in ask(house, funds.centres)]


def test_a_village_is_added_and_renamed_and_one_that_is_there_is_not_added_again(house):
    before, deed = villages_of(house), hidden(house.at("somsri").get(house.url("settings/villages/")), "deed")
    new = {"what": "new", "deed": deed, "moo": "๑๓", "name": "บ้านใหม่พัฒนา", "address": ""}
    assert post(house, "settings/villages/", new).status_code == 302
    assert villages_of(house) == [*before, (13, "บ้านใหม่พัฒนา", "")]
    assert post(house, "settings/villages/", new).status_code == 302  # a second click is the same deed
    again = post(house, "settings/villages/", new | {"deed": str(uuid4()), "name": "บ้านอื่น"})
    assert again.status_code == 422 and "หมู่ 13 มีอยู่แล้ว" in text_of(again) and 'value="บ้านอื่น"' in text_of(again)
    other = post(house, "settings/villages/", new | {"moo": "14"})
    assert other.status_code == 422 and "เปิดหน้านี้ใหม่" in text_of(other)
    renamed = {"moo": "13", "name": "บ้านใหม่สุขสันต์", "address": "ศาลาวัด"}
    assert post(house, "settings/villages/", renamed).status_code == 302
    assert villages_of(house)[-1] == (13, "บ้านใหม่สุขสันต์", "ศาลาวัด")


@pytest.mark.parametrize(("changes", "sentence"), [
    ({"moo": "0"}, "หมู่ที่"), ({"moo": "1000"}, "หมู่ที่"), ({"name": " "}, "ชื่อหมู่บ้าน: ยังไม่ได้ใส่"),
    ({"name": "ก" * 201}, "ยาวเกิน 200")])
def test_a_village_that_cannot_be_is_refused(house, changes, sentence):
    before, deed = villages_of(house), hidden(house.at("somsri").get(house.url("settings/villages/")), "deed")
    page = post(house, "settings/villages/", {
        "what": "new", "deed": deed, "moo": "13", "name": "บ้านใหม่", "address": ""} | changes)
    assert page.status_code == 422 and sentence in text_of(page)
    assert villages_of(house) == before


def elect(house, **changes):
    page = house.at("boonmee").get(house.url("settings/people/"))
    fields = {"deed": hidden(page, "deed"), "person": hidden(page, "person"), "known": "", "name": "นางคำแพง เพชรดี",
              "office": "CENTRE_MEMBER", "moo": "4", "from": DAY}
    return post(house, "settings/people/", fields | changes, who="boonmee")


def in_office(house):
    return {(h.name, str(h.office), h.moo) for h in ask(house, funds.office_holders, on=TODAY)}


def test_somebody_is_elected_and_leaves_again(house):
    assert elect(house).status_code == 302
    assert ("นางคำแพง เพชรดี", "CENTRE_MEMBER", 4) in in_office(house)
    holder = next(h for h in ask(house, funds.office_holders, on=TODAY) if h.name == "นายอุดม แสนดี")
    assert post(house, "settings/people/", {"end": str(holder.id), "until": DAY}).status_code == 302
    assert not [one for one in in_office(house) if one[0] == "นายอุดม แสนดี"]


@pytest.mark.parametrize(("changes", "sentence"), [
    ({"name": ""}, "ชื่อ–สกุล: ยังไม่ได้ใส่"), ({"office": ""}, "ตำแหน่ง: เลือกหนึ่งอย่าง"), ({"moo": ""}, "เลือกหมู่บ้านด้วย"),
    ({"from": "เมื่อวาน"}, "เป็นวันที่ไม่ได้"), ({"known": "BOONMA", "office": "COLLECTOR"}, "ดำรงตำแหน่งนี้อยู่แล้ว")])
def test_an_election_that_cannot_be_is_refused(house, changes, sentence):
    before = in_office(house)
    if changes.get("known"):
        changes = changes | {"known": str(house.people["boonma"])}
    page = elect(house, **changes)
    assert page.status_code == 422
    assert sentence in text_of(page)
    assert in_office(house) == before


def register(house):
    with fund_transaction(fund_id=house.actor.fund_id, read_only=True):
        return {card.id: card for card in members.all_members(fund_id=house.actor.fund_id)}


def behind(house, name):
    """The number of the member that somebody in office is."""
    found = {one.name: one.member_id for one in ask(house, funds.people)}[name]
    return found and register(house)[found].member_no


def test_somebody_in_office_is_said_to_be_a_member_and_a_wrong_number_is_mended(house):
    chair = str(house.people["boonmee"])
    page = text_of(house.at("somsri").get(house.url("settings/people/")))
    assert "ยังไม่รู้ว่าเป็นสมาชิกคนไหน" in page and "ชื่อตรงกับในทะเบียน" in page and 'value="0002"' in page
    assert "5 คนยังไม่รู้ว่าเป็นสมาชิกคนไหน" in text_of(house.at("somsri").get(house.url("settings/")))
    for typed, sentence in (("9999", "ไม่พบสมาชิก"), ("มั่นคง", "0003 นางทองใบ มั่นคง, 0002 นายบุญมี มั่นคง")):
        page = post(house, "settings/people/", {"link": chair, "member_no": typed})
        assert page.status_code == 422 and sentence in text_of(page) and f'value="{typed}"' in text_of(page)
    assert post(house, "settings/people/", {"link": chair, "member_no": "ทองใบ"}).status_code == 302
    assert behind(house, "นายบุญมี มั่นคง") == "0003"
    page = post(house, "settings/people/", {"link": str(house.people["udom"]), "member_no": "0003"})
    assert page.status_code == 422 and "สมาชิกคนนี้คือ นายบุญมี มั่นคง อยู่แล้ว" in text_of(page)
    page = post(house, "settings/people/", {"link": chair, "member_no": ""}, who="boonmee")
    assert page.status_code == 422 and "ให้กรรมการคนอื่นบันทึก" in text_of(page)
    assert post(house, "settings/people/", {"link": chair, "member_no": "๐๐๐๒"}).status_code == 302
    assert behind(house, "นายบุญมี มั่นคง") == "0002"
    assert post(house, "settings/people/", {"link": chair, "member_no": ""}).status_code == 302
    assert behind(house, "นายบุญมี มั่นคง") is None


def test_one_human_is_not_written_down_twice_without_asking(house):
    page = elect(house, name="นาง ทองใบ มั่นคง")
    assert page.status_code == 422 and "ตรงกับสมาชิกในทะเบียน: 0003 นางทองใบ มั่นคง" in text_of(page)
    assert 'name="another"' in text_of(page)
    assert elect(house, name="นาง ทองใบ มั่นคง", member="0003").status_code == 302
    assert behind(house, "นาง ทองใบ มั่นคง") == "0003"
    again = elect(house, name="นางทองใบ มั่นคง", office="COMMITTEE", moo="")
    assert again.status_code == 422 and "มี นาง ทองใบ มั่นคง อยู่ในรายชื่อแล้ว" in text_of(again)
    other = elect(house, name="ป้าใบ", office="COMMITTEE", moo="", member="0002")  # the chair, not yet linked
    assert other.status_code == 422 and "มี นายบุญมี มั่นคง อยู่ในรายชื่อแล้ว" in text_of(other)
    assert elect(house, name="นางทองใบ มั่นคง", office="COMMITTEE", moo="", another="on").status_code == 302
    assert len([one for one in ask(house, funds.people) if "ทองใบ" in one.name]) == 2


def test_somebody_known_is_linked_when_elected_again(house):
    known = {"known": str(house.people["udom"]), "name": "", "office": "COMMITTEE", "moo": ""}
    assert elect(house, **known, member="0004").status_code == 302
    assert behind(house, "นายอุดม แสนดี") == "0004"


def give(house, who="somsri", **fields):
    return post(house, "settings/logins/", {"password": "khao-niao-somtam-7", **fields}, who=who)


def signing_in(name):
    client = Client()
    assert client.post("/sign-in/login/", {"login": name, "password": "khao-niao-somtam-7"}).status_code == 302
    return client


def test_a_login_is_made_used_and_ended(house):
    name = f"new-{uuid4().hex[:8]}"
    fields = {"person": str(house.people["boonma"]), "role": "COLLECTOR", "moo": "4", "username": name}
    weak = give(house, **fields | {"password": "12345678"})
    assert weak.status_code == 422
    assert "เดาง่ายเกินไป" in text_of(weak) and "12345678" not in text_of(weak)
    demos = give(house, **fields | {"password": "onebahtaday"})
    assert demos.status_code == 422 and "รหัสผ่านของกองทุนตัวอย่างใครก็รู้" in text_of(demos)
    assert give(house, **fields).status_code == 302
    client = signing_in(name)
    assert client.get(house.url("collect/4/")).status_code == 200
    user = User.objects.get(username=name)
    assert post(house, "settings/logins/", {"end": str(user.pk), "end_role": "COLLECTOR"}).status_code == 302
    assert client.get(house.url("collect/4/")).status_code == 404
    assert give(house, **fields | {"username": "", "password": "", "known": name}).status_code == 302
    assert client.get(house.url("collect/4/")).status_code == 200


@pytest.mark.parametrize("username", ["s" * 200, "a b <script>", "สมศรี"])
def test_a_username_nobody_can_type_is_refused_plainly(house, username):
    page = give(house, person=str(house.people["boonma"]), role="COLLECTOR", moo="4", username=username)
    assert page.status_code == 422
    assert "ใช้อักษรอังกฤษ ตัวเลข" in text_of(page)


def test_a_desk_ends_with_the_office_in_open_sessions_and_at_the_next_sign_in(house):
    name = f"new-{uuid4().hex[:8]}"
    assert give(house, person=str(house.people["udom"]), role="AUDITOR", username=name).status_code == 302
    client = signing_in(name)
    assert client.get(house.url("books/")).status_code == 200
    holder = next(h for h in ask(house, funds.office_holders, on=TODAY) if h.name == "นายอุดม แสนดี")
    assert post(house, "settings/people/", {"end": str(holder.id), "until": DAY}).status_code == 302
    assert client.get(house.url("books/")).status_code == 404
    assert signing_in(name).get(house.url("books/")).status_code == 404
    assert "พ้นตำแหน่งแล้ว" in text_of(house.at("somsri").get(house.url("settings/logins/")))


def test_nobody_sits_down_at_a_desk_of_their_own_making(house):
    chair = str(house.people["boonmee"])
    for role, sentence in (("TREASURER", "ดำรงตำแหน่งนั้นอยู่"), ("CHAIR", "ให้โต๊ะทำงานกับตัวเองไม่ได้")):
        page = give(house, "boonmee", person=chair, role=role, username=f"new-{uuid4().hex[:8]}")
        assert page.status_code == 422 and sentence in text_of(page)
    page = elect(house, known=chair, name="", office="TREASURER", moo="", member="0002")
    assert page.status_code == 422 and "ให้กรรมการคนอื่นบันทึก" in text_of(page)


def test_a_member_gets_a_login_and_sees_her_own_page(house):
    name = f"new-{uuid4().hex[:8]}"
    for typed, sentence in (("", "ยังไม่ได้ใส่"), ("9999", "ไม่พบสมาชิก")):
        page = give(house, role="MEMBER", member=typed, username=name)
        assert page.status_code == 422 and sentence in text_of(page)
    assert give(house, role="MEMBER", member="0001", username=name).status_code == 302
    client = signing_in(name)
    assert "มาลี" in text_of(client.get(house.url("me/")))
    assert client.get(house.url("settings/")).status_code == 403
    page = text_of(house.at("somsri").get(house.url("settings/logins/")))
    assert f'<b>{name}</b> <span class="nowrap">นางมาลี</span>' in page


def test_nobody_ends_their_own_login(house):
    me = User.objects.get(username=house.users["somsri"])
    page = post(house, "settings/logins/", {"end": str(me.pk), "end_role": "TREASURER"})
    assert page.status_code == 422
    assert house.at("somsri").get(house.url()).status_code == 200


def test_a_login_of_another_fund_is_out_of_reach(house, other_house):
    stranger = User.objects.get(username=other_house.users["boonma"])
    post(house, "settings/logins/", {"end": str(stranger.pk), "end_role": "COLLECTOR"})
    assert other_house.at("boonma").get(other_house.url("collect/4/")).status_code == 200


def test_a_half_used_receipt_book_goes_on_from_its_number(house):
    fields = {"moo": "5", "book_no": "12", "first": "38", "last": "100"}
    assert post(house, "settings/receipts/", fields).status_code == 302
    book = next(b for b in ask(house, contributions.books_of_centres) if b.book_no == 12)
    assert (book.next_number, book.last_number) == (38, 100)
    for changes, sentence in (({"moo": "4"}, "เป็นของหมู่บ้านอื่น"), ({"last": "90"}, "เปิดไว้แล้วด้วยเลขอื่น"),
                              ({"book_no": "13", "first": "101"}, "ไม่เรียงกัน"), ({"book_no": "0"}, "ไม่ใช่ตัวเลข")):
        page = post(house, "settings/receipts/", fields | changes)
        assert page.status_code == 422
        assert sentence in text_of(page)


def test_the_meeting_votes_another_amount_and_takes_it_back_before_it_begins(house):
    page = house.at("boonmee").get(house.url("settings/dues/"))
    first = add_months(MONTH, 1)
    fields = {"deed": hidden(page, "deed"), "amount": "100", "every": "3", "first_month": "0", "due_day": "31",
              "from": f"1/{first.month}/{first.year + 543}"}
    seen = text_of(post(house, "settings/dues/", fields))
    assert "สมาชิก 4 คนต้องส่งเพิ่มขึ้น รวม 160 บาท" in seen and 'name="sure"' in seen
    assert [p.amount_satang for p in ask(house, contributions.plans)] == [3000]
    sure = fields | {"sure": "1"}
    assert post(house, "settings/dues/", sure).status_code == 302
    assert [(p.amount_satang, p.every_months) for p in ask(house, contributions.plans)] == [(3000, 1), (10000, 3)]
    again = post(house, "settings/dues/", sure | {"deed": str(uuid4()), "amount": "90"})
    assert again.status_code == 422
    assert "อยู่แล้ว" in text_of(again)
    for changes in ({"amount": "0", "every": "5"}, {"from": "1/1/2500"}, {"from": "1/1/2700"}, {"due_day": "32"},
                    {"first_month": "13"}, {"entrance": "x"}):
        assert post(house, "settings/dues/", fields | changes).status_code == 422
    plan_id = hidden(house.at("boonmee").get(house.url("settings/dues/")), "take_back")
    assert post(house, "settings/dues/", {"take_back": plan_id}, who="boonmee").status_code == 302
    assert [p.amount_satang for p in ask(house, contributions.plans)] == [3000]


def test_dues_by_the_day_in_fixed_months_and_on_entering_are_told_in_words(house):
    for fields, words in (
            ({"every": "1d", "amount": "1"}, "วันละ 1 บาท"), ({"every": "7d", "amount": "7"}, "สัปดาห์ละ 7 บาท"),
            ({"every": "6", "amount": "180", "first_month": "4", "due_day": "10", "entrance": "20"},
             "180 บาท ทุก 6 เดือน งวดเริ่มเดือนเมษายน ภายในวันที่ 10 · แรกเข้า 20 บาท")):
        first = add_months(MONTH, 1)
        fields = {"deed": str(uuid4()), "first_month": "0", "due_day": "31", "sure": "1",
                  "from": f"1/{first.month}/{first.year + 543}"} | fields
        assert post(house, "settings/dues/", fields).status_code == 302
        page = house.at("boonmee").get(house.url("settings/dues/"))
        assert words in " ".join(text_of(page).split())
        post(house, "settings/dues/", {"take_back": hidden(page, "take_back")})


def test_the_clause_about_arrears_is_written_down_and_tells_of_whom_the_committee_may_decide(house):
    fields = {"deed": str(uuid4()), "clause_no": "7.4", "from": "1/1/2560", "words": "ขาดส่งสามงวดให้พ้นสภาพ",
              "lapse_after_periods": "3", "suspend_after_days": "30"}
    assert post(house, "settings/arrears/", fields | {"lapse_after_periods": "many"}).status_code == 422
    assert post(house, "settings/arrears/", fields).status_code == 302
    assert "ขาดส่ง 3 งวด ให้พ้นสภาพได้" in text_of(house.at("somsri").get(house.url("settings/arrears/")))
    assert "ไม่มีใครค้างส่ง" in text_of(house.at("somsri").get(house.url("arrears/")))
