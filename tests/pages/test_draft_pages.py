"""The editor of regulations: a draft is begun, clauses are taken from the library, changed, read back, and voted."""
import re

import pytest

from ombun.primitives.days import thai_day
from ombun.primitives.transactions import fund_transaction
from ombun.regulations import queries
from ombun.regulations.rules.reading import read_rule
from ombun.web.committee import rule_form
from tests.pages.drafting import AsShown
from tests.pages.house import TODAY, hidden, text_of
from tests.pages.welfare import WelfareHouse


class Editor(WelfareHouse):
    """The small fund at the secretary's table, with a draft that begins with the rules in force."""

    def __init__(self):
        super().__init__()
        self.begin()

    def begin(self, begins="in_force"):
        form = self.at("somsri").get(self.url("committee/rules/drafts/"))
        answer = self.at("somsri").post(self.url("committee/rules/drafts/"), {
            "deed": hidden(form, "deed"), "from": begins, "title": "ระเบียบใหม่"})
        assert answer.status_code == 302
        self.at_draft = answer.url

    def draft(self):
        with fund_transaction(fund_id=self.actor.fund_id, read_only=True):
            return queries.drafts(fund_id=self.actor.fund_id)[0]

    def get(self, address):
        page = self.at("somsri").get(address)
        assert page.status_code == 200
        return page

    def clause_page(self, benefit):
        clause = next(one for one in self.draft().clauses if one.benefit == benefit)
        return f"{self.at_draft}clauses/{clause.id}/"

    def from_library(self, benefit):
        listed = text_of(self.get(f"{self.at_draft}library/"))
        return re.search(rf'href="([^"]+\?from={benefit})"', listed)[1]

    def send(self, address, step, **changes):
        shown = AsShown(text_of(self.get(address)), having="text_th").found
        return self.at("somsri").post(address.partition("?")[0], shown | {"step": step} | changes)


@pytest.fixture
def house():
    return Editor()


def test_a_draft_begins_with_the_rules_in_force_the_example_or_nothing(house):
    assert [one.benefit for one in house.draft().clauses] == ["birth", "hospital", "elderly", "death"]
    assert all(one.text_th[:40] in text_of(house.get(house.at_draft)) for one in house.draft().clauses)
    house.begin("library")
    assert len(house.draft().clauses) == 15 and "หมวด 1 บททั่วไป" in text_of(house.get(house.at_draft))
    house.begin("nothing")
    assert house.draft().clauses == ()
    assert "ระเบียบใหม่" in text_of(house.get(house.url("committee/rules/drafts/")))


@pytest.mark.parametrize("benefit", [one.benefit for one in queries.library()])
def test_a_ready_clause_opened_and_saved_is_the_very_same_rule(house, benefit):
    house.begin("nothing")
    address = house.from_library(benefit)
    assert house.send(address, "save").status_code == 302
    (written,) = house.draft().clauses
    ready = queries.ready_clause(benefit=benefit)
    assert read_rule(data=written.rule) == read_rule(data=ready.rule)
    assert (written.text_th, written.benefit, written.account_code) == (ready.text_th, benefit, ready.account_code)
    assert AsShown(text_of(house.get(house.clause_page(benefit))), having="text_th").found["title_th"] == ready.title_th


def test_figures_are_changed_and_read_back_before_anything_is_written(house):
    address = house.clause_page("hospital")
    looked = house.send(address, "look", **{"grant.rate_satang": "300", "limits.cap_per_year_satang": "๑,๕๐๐"})
    said = text_of(looked)
    assert looked.status_code == 200 and "ให้คืนละ 300.00 บาท" in said and "ปีหนึ่งให้ไม่เกิน 1,500.00 บาท" in said
    assert next(c for c in house.draft().clauses if c.benefit == "hospital").rule["grant"]["rate_satang"] == 20_000
    filled = house.send(address, "fill", **{"grant.rate_satang": "300"})
    assert "ให้คืนละ 300 บาท ครั้งหนึ่งให้ไม่เกิน 600 บาท" in text_of(filled)
    assert house.send(address, "save", **{"grant.rate_satang": "300"}).status_code == 302
    assert next(c for c in house.draft().clauses if c.benefit == "hospital").rule["grant"]["rate_satang"] == 30_000


def reasons(page):
    """What the page says against the form, above it."""
    return text_of(page).partition('class="refusals"')[2].partition("</section>")[0]


def test_all_refusals_come_at_once_each_at_its_field(house):
    page = house.send(house.clause_page("death"), "save", clause_no="", **{
        "tier-0-below": "ไม่นาน", "grant.last.base_satang": "", "min_age_years": "แก่", "min_grade_hundredths": "5.00",
        "villages": "1, ใต้", "sex": "ม้า"})
    assert page.status_code == 422
    for word in ("เป็นสมาชิกไม่ถึง", "เป็นสมาชิกนานกว่านั้น ได้", "อายุอย่างน้อยกี่ปี", "เกรดเฉลี่ยอย่างน้อย", "เฉพาะหมู่ที่", "เพศ", "ข้อที่"):
        assert word in reasons(page), word
    assert 'value="แก่"' in text_of(page)
    again = house.send(house.clause_page("death"), "save", **{"grant.last.ceiling_satang": "1", "tier-0-below": "4000"})
    assert again.status_code == 422 and "รวมแล้วไม่เกิน: เพดานต้องไม่ต่ำกว่า" in reasons(again)
    assert "ขั้นตามอายุการเป็นสมาชิก: ขั้นต้องเรียง" in reasons(again) and "rule." not in reasons(again)


def test_how_it_is_reckoned_can_be_changed_and_a_clause_of_our_own_written(house):
    listed = text_of(house.get(f"{house.at_draft}library/"))
    for kind in rule_form.KINDS_OF_GRANT:
        address = re.search(rf'href="([^"]+\?kind={kind})"', listed)[1]
        assert 'name="kind"' in text_of(house.get(address))
    changed = house.send(address, "kind", kind="per_unit")
    assert changed.status_code == 200 and 'name="grant.rate_satang"' in text_of(changed)
    fields = AsShown(text_of(changed), having="text_th").found
    sent = fields | {"step": "save", "title_th": "รถรับส่ง", "text_th": "รับส่งครั้งละ 100 บาท", "grant.unit": "visit",
                     "grant.rate_satang": "100", "limits.units_per_year": "4"}
    assert house.at("somsri").post(address.partition("?")[0], sent).status_code == 302
    mine = next(one for one in house.draft().clauses if one.title_th == "รถรับส่ง")
    assert mine.benefit.startswith("own_") and mine.title_en == "รถรับส่ง" and mine.account_code == "5190"
    assert read_rule(data=mine.rule).limits.units_per_year == 4


def test_words_alone_stand_in_their_chapter(house):
    listed = text_of(house.get(house.at_draft))
    address = re.search(r'href="([^"]+\?words=members)"', listed)[1]
    assert house.send(address, "save").status_code == 422
    assert house.send(address, "save", title_th="ผู้เป็นสมาชิก", text_th="คนในตำบลทุกคน").status_code == 302
    assert "หมวด 1 สมาชิก" in text_of(house.get(house.at_draft))
    (mine,) = [one for one in house.draft().clauses if not one.grants]
    house.at("somsri").post(f"{house.at_draft}clauses/{mine.id}/", {"step": "drop"})
    assert all(one.grants for one in house.draft().clauses)


def test_the_vote_makes_it_the_regulations(house):
    house.send(house.clause_page("birth"), "save", text_th="คลอดบุตรได้ 1,000 บาท")
    address, draft = f"{house.at_draft}adopt/", house.draft()
    house.get(address)
    assert house.at("somsri").post(address, {"meeting": "ประชุม"}).status_code == 422
    resolved = {"meeting": "ประชุมใหญ่", "resolution": "มติที่ 9", "voted_on": thai_day(TODAY), "from_on": thai_day(TODAY)}
    for _ in range(2):
        assert house.at("boonmee").post(address, resolved).status_code == 302
    assert "คลอดบุตรได้ 1,000 บาท" in text_of(house.get(house.url("committee/rules/")))
    with fund_transaction(fund_id=house.actor.fund_id, read_only=True):
        assert queries.version_on(fund_id=house.actor.fund_id, day=TODAY).id == draft.id
    assert house.at("somsri").get(house.at_draft).status_code == 404


def test_a_draft_is_named_and_thrown_away(house):
    assert house.at("somsri").post(house.at_draft, {"step": "name", "title": ""}).status_code == 422
    assert house.at("somsri").post(house.at_draft, {"step": "name", "title": "ระเบียบ 2570"}).status_code == 302
    assert house.draft().title == "ระเบียบ 2570"
    assert house.at("somsri").post(house.at_draft, {"step": "throw_away"}).status_code == 302
    assert "ระเบียบ 2570" not in text_of(house.get(house.url("committee/rules/drafts/")))


def test_examples_are_reckoned_and_doubts_told_before_the_vote(house):
    page = house.send(house.clause_page("hospital"), "look", **{"limits.cap_per_event_satang": "100"})
    said = text_of(page)
    assert "ป้าแก้ว" in said and "เป็นสมาชิก 179 วัน" in said and 'id="examples"' in said
    assert "เพดาน 100.00 บาท ต่ำกว่าที่ให้หนึ่งหน่วย" in said
    house.send(house.clause_page("hospital"), "save", **{"limits.cap_per_event_satang": "100"})
    draft = text_of(house.get(house.at_draft))
    assert 'id="doubts"' in draft and "เพดาน 100.00 บาท" in draft
    assert house.at("somsri").get(f"{house.at_draft}adopt/").status_code == 200


def test_a_draft_and_the_version_in_force_stand_side_by_side(house):
    house.send(house.clause_page("hospital"), "save", **{"grant.rate_satang": "300"})
    house.at("somsri").post(house.clause_page("birth"), {"step": "drop"})
    house.send(house.clause_page("elderly"), "save", account_code="5190")
    house.send(house.from_library("wreath"), "save")
    said = text_of(house.get(house.url(f"committee/rules/compare/?after={house.draft().id}")))
    for word in ("เพิ่มใหม่", "ตัดออก", "แก้ไข", "<del>ให้คืนละ 200.00 บาท</del>", "<ins>ให้คืนละ 300.00 บาท</ins>",
                 "ข้อที่เหมือนเดิม 1 ข้อ", "<ins>ต่อไปลงบัญชีเป็นสวัสดิการประเภทอื่น</ins>"):
        assert word in said, word
    same = text_of(house.at("malee").get(house.url("committee/rules/compare/")))
    assert "เหมือนกันทุกข้อ" in same and "ร่าง:" not in same
    assert house.at("malee").get(house.url(f"committee/rules/compare/?after={house.draft().id}")).status_code == 404
    assert house.at("somsri").get(house.url("committee/rules/compare/?before=x")).status_code == 404


def test_a_clause_of_another_fund_is_copied_once_it_is_shown(house):
    other = Editor()
    rules = other.url("committee/rules/show-others/")
    library = f"{house.at_draft}library/"
    assert "ข้อที่กองทุนอื่นเปิดให้ดู" not in text_of(house.get(library)) or other.code not in text_of(house.get(library))
    with fund_transaction(fund_id=house.actor.fund_id, read_only=True):
        before = {one.id for one in queries.published_clauses(without_fund_id=house.actor.fund_id)}
    assert other.at("boonma").post(rules, {"step": "show"}).status_code == 403
    assert other.at("somsri").post(rules, {"step": "show"}).status_code == 302
    assert "เปิดให้กองทุนอื่นดูแล้ว" in text_of(other.get(other.url("committee/rules/")))
    house.begin("nothing")
    with fund_transaction(fund_id=house.actor.fund_id, read_only=True):
        death = next(one for one in queries.published_clauses(without_fund_id=house.actor.fund_id)
                     if one.benefit == "death" and one.id not in before)
    listed = text_of(house.get(f"{house.at_draft}library/"))
    address = re.search(rf'href="([^"]+\?copy={death.id})"', listed)[1]
    assert house.send(address, "save").status_code == 302
    (mine,) = house.draft().clauses
    assert (mine.text_th, read_rule(data=mine.rule)) == (death.text_th, read_rule(data=death.rule))
    assert other.at("somsri").post(rules, {"step": "withdraw"}).status_code == 302
    assert house.at("somsri").get(address).status_code == 200  # what was copied is ours
    with fund_transaction(fund_id=house.actor.fund_id, read_only=True):
        assert death.id not in {one.id for one in queries.published_clauses(without_fund_id=house.actor.fund_id)}


def test_two_people_at_one_clause_do_not_write_over_each_other(house):
    address = house.clause_page("hospital")
    first = AsShown(text_of(house.get(address)), having="text_th").found | {"step": "save"}
    assert house.at("boonmee").post(address, first | {"title_th": "ของประธาน"}).status_code == 302
    late = house.at("somsri").post(address, first | {"title_th": "ของเหรัญญิก"})
    assert late.status_code == 422 and "มีคนอื่นแก้" in reasons(late) and 'value="ของเหรัญญิก"' in text_of(late)


def test_the_other_chapters_stand_with_the_rules_in_force(house):
    house.begin("library")
    resolved = {"meeting": "ประชุม", "resolution": "1", "voted_on": thai_day(TODAY), "from_on": thai_day(TODAY)}
    assert house.at("somsri").post(f"{house.at_draft}adopt/", resolved).status_code == 302
    said = text_of(house.at("malee").get(house.url("committee/rules/")))
    assert "หมวดอื่นของระเบียบ" in said and "ผู้เป็นสมาชิก" in said
    with fund_transaction(fund_id=house.actor.fund_id, read_only=True):
        version = queries.version_on(fund_id=house.actor.fund_id, day=TODAY)
    printed = house.at("malee").get(house.url(f"committee/rules/versions/{version.id}/regulations.pdf"))
    assert printed.status_code == 200 and printed.content.startswith(b"%PDF")
