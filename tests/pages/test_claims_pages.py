"""A claim on its way through the pages: filed, certified, approved, paid, each by the right people."""
from datetime import timedelta
from uuid import uuid4

import pytest

from ombun.claims.states import ClaimState
from ombun.funds.operations import NewHolder, elect_holders
from ombun.funds.rules import Office
from ombun.ledger.operations import hand_over_cash, name_bank_account
from ombun.ledger.rules import NewBankAccount
from ombun.primitives.days import thai_day
from ombun.primitives.money import Satang
from tests.pages.house import NOW, START, TODAY, hidden, text_of
from tests.pages.welfare import DAY, WelfareHouse

LATER = TODAY - timedelta(days=10 * (TODAY.month == 10 and TODAY.day < 4))  # both days lie in one fiscal year
EARLIER = LATER - timedelta(days=3)


@pytest.fixture
def house():
    """A fund for one test."""
    return WelfareHouse()


def test_a_claim_goes_the_whole_way_and_the_books_show_it(house):
    address = house.paid()
    page = text_of(house.at("boonmee").get(address))
    for said in ("600", "ข้อ 17.2", "ดาว", "นายบุญมี", "ใบสำคัญจ่าย", "กองทุนขอเป็นกำลังใจ"):
        assert said in page
    assert (house.balances()["5102"], house.balances()["1110"]) == (60_000, 440_000)
    assert [line.state for line in house.claims()] == [ClaimState.PAID]


def test_a_claim_is_paid_by_transfer_from_an_account_that_was_named(house):
    bank = uuid4()
    name_bank_account(actor=house.actor, bank_account_id=bank, recorded_at=NOW, new=NewBankAccount(
        bank="ธ.ก.ส.", account_no="020000000001", owner_name="กองทุน", resolution_no="3/2569", resolved_on=START,
        signed_by=house.people["boonmee"], promptpay_kind=None, promptpay_no=""))
    hand_over_cash(actor=house.actor, handover_id=uuid4(), from_account="1110", to_account="1200", handed_on=TODAY,
                   amount_satang=Satang(100_000), given_by=house.people["somsri"], received_by=house.people["boonmee"],
                   recorded_at=NOW)
    address = house.approved()
    assert str(bank) in text_of(house.at("somsri").get(address))
    fields = {"step": "pay", "paid_on": DAY, "payee_name": "นางมาลี ใจบุญ", "paid_by": str(house.people["somsri"])}
    assert house.sign(address, **fields, paid_from="not an account").status_code == 422
    house.sign(address, **fields, paid_from=str(bank))
    assert "โอนจากบัญชี ธ.ก.ส. 020000000001" in text_of(house.at("somsri").get(address))
    assert house.balances()["1200"] == 9_040_000
    assert house.at("somsri").get(f"{address}voucher.pdf").content.startswith(b"%PDF")


def test_the_amount_is_explained_line_by_line_before_anything_is_written(house):
    page = house.send("check", units="5")
    assert page.status_code == 200
    for said in ("600", "ข้อ 17.2", "5 คืน คืนละ 200.00 บาท เป็น 1,000.00 บาท", "ครั้งหนึ่งไม่เกิน 600.00 บาท"):
        assert said in text_of(page)
    assert house.claims() == ()
    again = house.at("somsri").post(house.form(), {
        "deed": hidden(page, "deed"), "happened_on": DAY, "filed_on": DAY, "units": "5", "step": "edit"})
    assert 'value="5"' in text_of(again)


def test_a_claim_sent_twice_is_one_claim(house):
    deed = str(uuid4())
    assert house.filed(deed=deed) == house.filed(deed=deed)
    assert len(house.claims()) == 1
    page = house.send("file", deed=deed, units="2")
    assert page.status_code == 422
    assert "เนื้อหาที่ต่างกัน" in text_of(page)


def test_each_step_sent_twice_is_one_step(house):
    address, three = house.filed(), {f"by-{house.people[name]}": "on" for name in ("dao", "kham", "lamai")}
    certify = {"step": "certify", "certified_on": DAY, **three}
    approve = {"step": "approve", "decided_on": DAY, "approved_satang": "600", "approved_by": house.people["boonmee"]}
    pay = {"step": "pay", "paid_on": DAY, "payee_name": "นางมาลี ใจบุญ", "paid_by": house.people["somsri"]}
    for fields in (certify, approve, pay):
        assert [house.sign(address, **fields).status_code for _ in range(2)] == [302, 302]
    assert house.balances()["5102"] == 60_000


def test_every_empty_field_is_told_at_once(house):
    page = text_of(house.send("check", happened_on="", units=""))
    assert "วันที่เข้าโรงพยาบาล: ยังไม่ได้ใส่" in page and "นอนกี่คืน: ยังไม่ได้ใส่" in page


def test_papers_that_nobody_has_seen_are_named_until_it_is_decided(house):
    unseen = "ยังไม่เห็นเอกสาร: ใบรับรองแพทย์"
    assert unseen in text_of(house.send("check"))
    assert "ยังไม่เห็นเอกสาร" not in text_of(house.send("check", **{"seen-medical_certificate": "on"}))
    approved = house.approved()
    assert "ยังไม่เห็นเอกสาร" not in text_of(house.at("somsri").get(approved))
    assert unseen in text_of(house.at("somsri").get(house.filed(member=1)))


@pytest.mark.parametrize(("changes", "sentence", "kept"), [
    ({"units": ""}, "นอนกี่คืน: ยังไม่ได้ใส่", "โรงพยาบาลหนองบัว"), ({"units": "มาก"}, "ไม่ใช่ตัวเลขที่ใช้ได้", "มาก"),
    ({"happened_on": "1/2/69"}, "อ่าน “1/2/69” เป็นวันที่ไม่ได้", "1/2/69"), ({"filed_on": ""}, "ยังไม่ได้ใส่", DAY),
    ({"happened_on": "1/1/2540"}, "ไม่มีสวัสดิการนี้", "1/1/2540")])
@pytest.mark.parametrize("step", ["check", "file"])
def test_a_form_that_cannot_be_filed_says_why_and_keeps_what_was_typed(house, step, changes, sentence, kept):
    page = house.send(step, **changes)
    assert page.status_code == 422
    assert sentence in text_of(page)
    assert f'value="{kept}"' in text_of(page)
    assert house.claims() == ()


def test_the_same_event_is_asked_for_once(house):
    house.filed()
    for step in ("check", "file"):
        page = house.send(step)
        assert page.status_code == 422
        assert "แล้ว คือคำขอที่ 1" in text_of(page)


def test_a_claim_to_which_the_rule_book_gives_nothing_is_for_the_committee_to_refuse(house):
    page = house.send("check", benefit="elderly", units="")
    assert "ยังไม่ถึงเกณฑ์ 3 ปี" in text_of(page) and "ให้กรรมการเป็นผู้ตัดสิน" in text_of(page)
    address = house.filed(benefit="elderly", units="")
    done = house.sign(address, "boonmee", step="reject", decided_on=DAY, because="อายุยังไม่ถึง 60 ปี",
                      rejected_by=house.people["boonmee"])
    assert done.status_code == 302
    page = text_of(house.at("udom").get(address))
    assert "อายุยังไม่ถึง 60 ปี" in page and "ไม่อนุมัติ" in page


@pytest.mark.parametrize(("names", "sentence"), [
    (("dao", "kham"), "ตอนนี้มี 2 คน"), (("dao", "kham", "prasit"), "นายประสิทธิ์ มีสุข ไม่ได้เป็นกรรมการศูนย์"),
    (("dao", "kham", "boonmee"), "นายบุญมี มั่นคง ไม่ได้เป็นกรรมการศูนย์")])
def test_three_people_of_the_members_own_centre_certify(house, names, sentence):
    address = house.filed()
    page = house.sign(address, step="certify", certified_on=DAY, **{f"by-{house.people[n]}": "on" for n in names})
    assert page.status_code == 422
    assert sentence in text_of(page)
    assert f'name="by-{house.people["dao"]}" checked' in text_of(page)
    assert house.claims()[0].state == ClaimState.FILED


@pytest.mark.parametrize(("fields", "sentence"), [
    ({"approved_satang": "601"}, "ระเบียบให้ได้ไม่เกิน 600.00 บาท"), ({"approved_satang": "0"}, "ต้องมากกว่า 0 บาท"),
    ({"approved_by": "somsri"}, "ไม่ได้เป็นประธาน"), ({"approved_by": ""}, "เลือกหนึ่งอย่าง"),
    ({"decided_on": thai_day(TODAY.replace(year=TODAY.year + 1))}, "ยังมาไม่ถึง")])
def test_a_decision_that_cannot_be_is_refused_and_keeps_what_was_typed(house, fields, sentence):
    address = house.certified()
    chosen = {"approved_by": "boonmee", "approved_satang": "599", "decided_on": DAY} | fields
    chosen["approved_by"] = str(house.people.get(chosen["approved_by"], ""))
    page = house.sign(address, "boonmee", step="approve", **chosen)
    assert page.status_code == 422
    assert sentence in text_of(page)
    assert f'value="{chosen["approved_satang"]}"' in text_of(page)
    assert house.claims()[0].state == ClaimState.CERTIFIED


def test_whoever_certified_does_not_approve(house):
    elect_holders(actor=house.actor, recorded_at=NOW, holders=[NewHolder(
        id=uuid4(), person_id=house.people["dao"], name="น.ส.ดาว แสนดี", office=Office.VICE_CHAIR, from_on=START)])
    page = house.sign(house.certified(), "boonmee", step="approve", decided_on=DAY, approved_satang="600",
                      approved_by=house.people["dao"])
    assert page.status_code == 422
    assert "น.ส.ดาว แสนดี ลงชื่อในคำขอนี้แล้ว" in text_of(page)
    assert f'<option value="{house.people["dao"]}" selected>' in text_of(page)


def test_what_another_claim_has_used_up_is_told_before_the_decision(house):
    first, second = (house.certified(happened_on=thai_day(day)) for day in (LATER, EARLIER))
    page = text_of(house.at("boonmee").get(second))
    assert "ระเบียบให้ไม่เกิน 600 บาท" in page and "เปลี่ยนไปจากวันที่ยื่น" not in page
    house.sign(first, "boonmee", step="approve", decided_on=DAY, approved_satang="600",
               approved_by=house.people["boonmee"])
    page = text_of(house.at("boonmee").get(second))
    assert "ระเบียบให้ไม่เกิน 400 บาท" in page and "เปลี่ยนไปจากวันที่ยื่น" in page


def test_more_than_the_treasurer_has_in_hand_is_not_paid(house):
    address = house.certified(benefit="death", units="")
    house.sign(address, "boonmee", step="approve", decided_on=DAY, approved_satang="6000",
               approved_by=house.people["boonmee"])
    page = house.sign(address, step="pay", paid_on=DAY, payee_name="นายใจ ใจบุญ", paid_by=house.people["somsri"])
    assert page.status_code == 422
    assert "ให้เบิกจากธนาคารก่อน" in text_of(page) and 'value="นายใจ ใจบุญ"' in text_of(page)


def test_a_no_without_a_reason_is_no_decision(house):
    address = house.certified()
    page = house.sign(address, "boonmee", step="reject", decided_on=DAY, because=" ",
                      rejected_by=house.people["boonmee"])
    assert page.status_code == 422
    assert "เหตุผล: ยังไม่ได้ใส่" in text_of(page)
    assert "<details class=\"card more\" open>" in text_of(page)


@pytest.mark.parametrize(("fields", "sentence"), [
    ({"payee_name": ""}, "ผู้รับเงิน: ยังไม่ได้ใส่"), ({"paid_by": "boonmee"}, "นายบุญมี มั่นคง"),
    ({"paid_on": "เมื่อวาน"}, "เป็นวันที่ไม่ได้")])
def test_a_payment_that_cannot_be_is_refused_and_the_books_stay(house, fields, sentence):
    address = house.approved()
    chosen = {"paid_by": "somsri", "paid_on": DAY, "payee_name": "นางมาลี ใจบุญ"} | fields
    chosen["paid_by"] = str(house.people[chosen["paid_by"]])
    page = house.sign(address, step="pay", **chosen)
    assert page.status_code == 422
    assert sentence in text_of(page)
    assert "5102" not in house.balances()


def test_a_collector_sees_and_files_for_their_own_village_only(house):
    address = house.filed(who="boonma")
    assert house.at("boonma").get(address).status_code == 200
    assert house.sign(address, "boonma", step="certify", certified_on=DAY).status_code == 403
    listed = text_of(house.at("boonma").get(house.url("committee/claims/file/")))
    assert "สุดา" in listed


def test_the_list_says_who_waits_for_whom_and_finds_by_name_and_number(house):
    house.filed()
    house.certified(member=1)
    page = text_of(house.at("udom").get(house.url("committee/claims/")))
    assert "รอศูนย์รับรอง" in page and "รอประธานอนุมัติ" in page and "ยื่นคำขอใหม่" not in page
    for text, there, not_there in (("มาลี", "มาลี", "บุญมี"), ("๒", "บุญมี", "มาลี"), ("0002", "บุญมี", "มาลี")):
        found = text_of(house.at("udom").get(house.url("committee/claims/"), {"q": text}))
        found = found[found.index("ผลการค้นหา"):].partition("</section>")[0].replace(f'value="{text}"', "")
        assert there in found and not_there not in found, text
    assert "ไม่พบคำขอ" in text_of(house.at("udom").get(house.url("committee/claims/"), {"q": "ไม่มีชื่อนี้"}))


def test_the_list_is_leafed_through(house):
    house.filed()
    for asked, there in (("1", True), ("2", False), ("x", True), ("9" * 30, True)):
        page = house.at("udom").get(house.url("committee/claims/"), {"page": asked})
        assert page.status_code == 200
        listed = text_of(page)[text_of(page).index("คำขอล่าสุด"):]
        assert ("มาลี" in listed) == there, asked


def test_a_step_that_does_not_exist_is_not_there(house):
    assert house.sign(house.filed(), step="sing").status_code == 404


def test_a_chair_elected_through_the_settings_cannot_approve_her_own_claim(house):
    """What keeps two people apart must hold in a fund that a committee set up by itself, through the pages."""
    address = house.certified(member=2)  # the claim of นางทองใบ มั่นคง
    page = house.at("somsri").get(house.url("settings/people/"))
    fields = {"deed": hidden(page, "deed"), "person": hidden(page, "person"), "name": "นางทองใบ มั่นคง",
              "office": "CHAIR", "from": thai_day(START, short=True)}
    asked = house.at("somsri").post(house.url("settings/people/"), fields)
    assert asked.status_code == 422 and "ตรงกับสมาชิกในทะเบียน" in text_of(asked)
    done = house.at("somsri").post(house.url("settings/people/"), fields | {"member": "0003"})
    assert done.status_code == 302
    decision = {"step": "approve", "decided_on": DAY, "approved_satang": "600", "approved_by": fields["person"]}
    page = house.sign(address, **decision)
    assert page.status_code == 422 and "เป็นเจ้าของคำขอนี้เอง" in text_of(page)
    assert house.sign(address, **decision | {"approved_by": house.people["boonmee"]}).status_code == 302


def test_the_page_says_whose_membership_nobody_knows(house):
    address = house.filed()
    page = text_of(house.at("somsri").get(address))
    assert "โปรแกรมจึงดูไม่ออกว่าเป็นคำขอของตัวเองหรือไม่" in page and '<b><span class="nowrap">น.ส.ดาว' in page
    assert "ระบุที่หน้ากรรมการและผู้เก็บเงิน" in page
    assert "ผู้ลงชื่อที่ยังไม่รู้ว่าเป็นสมาชิกคนไหน" in text_of(house.at("udom").get(house.paid(member=1)))


def test_each_page_names_the_day_by_what_happened_and_the_nights_by_their_own_label(house):
    assert "วันที่เข้าโรงพยาบาล" in text_of(house.at("somsri").get(house.filed()))
    assert "นอนกี่คืน: “มาก”" in text_of(house.send("check", units="มาก"))
    for page in (house.at("somsri").get(house.filed(member=1)), house.at("somsri").get(house.form(benefit="elderly"))):
        assert "เกิดเหตุ" not in text_of(page)


def test_what_was_rejected_is_asked_again_on_its_page(house):
    first = house.certified()
    house.sign(first, "boonmee", step="reject", decided_on=DAY, because="ยังไม่ชัดเจน",
               rejected_by=str(house.people["boonmee"]))
    assert "ยื่นขอให้พิจารณาใหม่" in text_of(house.at("somsri").get(first))
    deed = str(uuid4())
    assert house.sign(first, step="appeal", deed=deed, filed_on=DAY, because="").status_code == 422
    house.sign(first, step="appeal", deed=deed, filed_on=DAY, because="มีใบรับรองแพทย์แล้ว")
    [again] = [claim for claim in house.claims() if claim.state == ClaimState.FILED]
    shown = text_of(house.at("somsri").get(house.url(f"committee/claims/{again.id}/")))
    assert "มีใบรับรองแพทย์แล้ว" in shown and first in shown
    assert str(again.id) in text_of(house.at("somsri").get(first))
    assert str(again.id) in text_of(house.at("malee").get(first.replace("/committee/", "/me/")))


def test_what_was_paid_wrongly_comes_back_on_its_page(house):
    address = house.paid()
    fields = {"step": "agree", "deed": str(uuid4()), "payer_name": "นางมาลี ใจบุญ", "because": "นอนคืนเดียว", "parts": "2",
              "recovery_satang": "400", "first_due_on": DAY, "agreed_on": DAY,
              "agreed_by": str(house.people["boonmee"])}
    assert house.sign(address, **fields | {"parts": "0"}).status_code == 422
    house.sign(address, **fields)
    house.sign(address, step="repay", deed=str(uuid4()), repaid_satang="150", repaid_on=DAY,
               received_by=str(house.people["somsri"]))
    shown = text_of(house.at("somsri").get(address))
    assert "ข้อตกลงส่งคืน" in shown and "250" in shown
    assert house.balances()["1500"] == 25_000
    assert "ตกลงส่งคืน ยังมาไม่ครบ" in text_of(house.at("somsri").get(house.url("committee/claims/")))


def test_a_letter_goes_with_the_money_and_there_is_none_before(house):
    address = house.approved()
    assert house.at("somsri").get(f"{address}letter.pdf").content.startswith(b"%PDF")
    waiting = house.certified(member=1)
    assert house.at("somsri").get(f"{waiting}letter.pdf").status_code == 404


def test_the_auditor_looks_at_a_question_and_writes_what_was_seen(house):
    house.paid()
    house.paid(member=1, payee_name="x")
    page = house.at("udom").get(house.url("committee/claims/questions/"))
    shown = text_of(page)
    assert "ใช้ใบเสร็จใบเดียวกันหรือเปล่า" in shown
    fields = {name: hidden(page, name) for name in ("deed", "kind", "claim", "other")}
    assert house.at("udom").post(page.wsgi_request.path, fields | {"because": ""}).status_code == 422
    assert house.at("udom").post(page.wsgi_request.path, fields | {"because": "คนละใบ"}).status_code == 302
    assert "คนละใบ" in text_of(house.at("udom").get(page.wsgi_request.path))
