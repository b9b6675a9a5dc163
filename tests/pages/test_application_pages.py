"""Applications and the committee's decisions at the registrar's desk, from the paper form to the register."""
import re
from datetime import timedelta
from uuid import uuid4

import pytest

from ombun.contributions import queries as contributions
from ombun.contributions.operations import vote_arrears_clause, vote_plan
from ombun.contributions.rules import ArrearsClause, Plan
from ombun.members import queries
from ombun.primitives.days import add_months, thai_day
from ombun.primitives.money import Satang
from ombun.primitives.transactions import fund_transaction
from tests.pages.house import MONTH, NOW, START, TODAY, hidden, text_of

DAY = thai_day(TODAY)
FORM = {"moo": "4", "name_title": "นาย", "first_name": "คำ", "last_name": "แพง", "kind": "GENERAL",
        "no_id_reason": "NOT_SEEN", "stated_sex": "", "applied_on": DAY}
MEETING = {"committee_no": "3", "meeting_no": "๑๑", "met_on": DAY, "clause": "ข้อ 6"}


def applied(house, **more):
    """The address of an application that was taken up."""
    page = house.at("orathai").get(house.url("register/applications/new/"))
    sent = house.at("orathai").post(house.url("register/applications/new/"), {
        **FORM, "deed": hidden(page, "deed"), **more})
    assert sent.status_code == 302, re.findall(r"<li>.*?</li>", text_of(sent))
    return sent.url


def certified(house, url):
    """The application certified by Boonma, whose village it is."""
    sent = house.at("orathai").post(url, {"certified_on": DAY, f"by-{house.people['boonma']}": "on"})
    assert sent.status_code == 302
    return url


def current(house):
    with fund_transaction(fund_id=house.actor.fund_id, read_only=True):
        return queries.counts(fund_id=house.actor.fund_id, on=TODAY).members_current


def meeting(house, **more):
    return {**MEETING, "signed_by": str(house.people["boonmee"]), **more}


def test_from_the_paper_form_to_the_register_many_at_one_meeting(house):
    orathai, before = house.at("orathai"), current(house)
    first, second = certified(house, applied(house)), certified(house, applied(house, first_name="บัว"))
    third = applied(house, first_name="ดวง")
    assert "รอศูนย์รับรอง" in text_of(orathai.get(third)) and "รอมติ" in text_of(orathai.get(first))
    resolve = house.url("register/applications/resolve/")
    page = text_of(orathai.get(resolve))
    assert 'value="0005"' in page and 'value="0006"' in page and current(house) == before
    ids = [url.rstrip("/").rsplit("/", 1)[1] for url in (first, second, third)]
    said = {f"say-{ids[0]}": "yes", f"number-{ids[0]}": "0005", f"say-{ids[1]}": "no", f"because-{ids[1]}": "",
            f"say-{ids[2]}": "", "joined_on": DAY}
    wrong = orathai.post(resolve, meeting(house, **said))
    assert wrong.status_code == 422 and current(house) == before
    sent = orathai.post(resolve, meeting(house, **said | {f"because-{ids[1]}": "อยู่นอกตำบล"}))
    assert sent.status_code == 302 and current(house) == before + 1
    assert "รับเป็นสมาชิกแล้ว" in text_of(orathai.get(first)) and "อยู่นอกตำบล" in text_of(orathai.get(second))
    assert "รอศูนย์รับรอง" in text_of(orathai.get(third))
    member = re.search(r'href="([^"]*/register/\d+/)"', text_of(orathai.get(first)))[1]
    assert "มติคณะกรรมการชุดที่ 3 ครั้งที่ 11" in text_of(orathai.get(member))


def test_whoever_left_asks_again_with_what_is_known(house):
    orathai, member = house.at("orathai"), house.members[1]
    orathai.post(house.url(f"register/{member}/leave/"), {"reason": "MOVED", "left_on": DAY})
    assert f"applications/new/?member={member}" in text_of(orathai.get(house.url(f"register/{member}/")))
    asking = house.url(f"register/applications/new/?member={member}")
    page = orathai.get(asking)
    assert 'value="มั่นคง"' in text_of(page) and "เคยเป็นสมาชิก" in text_of(page)
    url = orathai.post(asking, {**FORM, "deed": hidden(page, "deed")}).url
    certified(house, url)
    paper = url.rstrip("/").rsplit("/", 1)[1]
    before = current(house)
    assert orathai.post(house.url("register/applications/resolve/"), meeting(house, **{
        f"say-{paper}": "yes", f"number-{paper}": "0002", "joined_on": DAY})).status_code == 302
    page = text_of(orathai.get(house.url(f"register/{member}/")))
    assert current(house) == before + 1 and "กลับเข้าเป็นสมาชิก" in page and "ย้ายออกจากตำบล" in page


def test_mistakes_are_told_and_what_was_typed_stays(house):
    orathai = house.at("orathai")
    page = orathai.get(house.url("register/applications/new/"))
    wrong = orathai.post(house.url("register/applications/new/"), {
        **FORM, "deed": hidden(page, "deed"), "no_id_reason": "", "applied_on": "1/2/65"})
    assert wrong.status_code == 422 and 'value="แพง"' in text_of(wrong) and 'value="1/2/65"' in text_of(wrong)
    url = applied(house)
    assert orathai.post(url, {"certified_on": DAY}).status_code == 422
    assert orathai.post(url, {"certified_on": DAY, "by-x": "on"}).status_code == 422
    assert house.at("udom").get(url).status_code == 200
    assert house.at("udom").post(url, {"certified_on": DAY}).status_code == 403


def test_the_committee_suspends_reinstates_and_lets_lapse_by_a_list(house):
    orathai, url = house.at("orathai"), house.url("register/decide/{}/")
    assert "ไม่มีใครที่ต้องพิจารณา" in text_of(orathai.get(url.format("reinstate")))
    page = orathai.get(url.format("suspend"), {"q": "มาลี"})
    assert f'name="member-{house.members[0]}"' in text_of(page)
    sent = meeting(house, deed=hidden(page, "deed"), happened_on=DAY, because="ขาดส่ง")
    assert orathai.post(url.format("suspend"), sent).status_code == 422
    chosen = {f"member-{member}": "on" for member in house.members[:2]}
    assert orathai.post(url.format("suspend"), sent | chosen).status_code == 302
    assert orathai.post(url.format("suspend"), sent | chosen).status_code == 302
    member = text_of(orathai.get(house.url(f"register/{house.members[0]}/")))
    assert "พักสิทธิ" in member and "ขาดส่ง" in member and current(house) == len(house.members)
    page = orathai.get(url.format("reinstate"))
    assert f'name="member-{house.members[1]}"' in text_of(page)
    assert orathai.post(url.format("reinstate"), meeting(
        house, deed=hidden(page, "deed"), happened_on=DAY, **{f"member-{house.members[0]}": "on"})).status_code == 302
    page = orathai.get(url.format("lapse"))
    assert orathai.post(url.format("lapse"), meeting(
        house, deed=hidden(page, "deed"), happened_on=DAY, **{f"member-{house.members[1]}": "on"})).status_code == 302
    assert current(house) == len(house.members) - 1
    assert "ค้นหาชื่อสมาชิกก่อน" in text_of(orathai.get(url.format("expel")))
    assert orathai.get(url.format("praise")).status_code == 404


@pytest.mark.parametrize("path", ["applications/", "applications/new/", "applications/resolve/", "decide/suspend/",
                                  "decide/lapse/?moo=4", "decide/expel/?q=มาลี", "exempt/?q=มาลี"])
def test_the_pages_work_in_english(quiet_house, path):
    page = quiet_house.at("orathai", language="en").get(quiet_house.url(f"register/{path}"))
    assert page.status_code == 200 and '<html lang="en">' in text_of(page)


def test_whoever_owes_stands_on_the_list_of_arrears(house):
    assert add_months(START, 3) <= TODAY  # the opening position was written up to this month
    page = text_of(house.at("boonmee").get(house.url("register/decide/suspend/")))
    assert page.count('name="member-') == len(house.members)


def test_of_whom_the_regulations_speak_is_marked_on_the_list_and_told_by_age(house):
    assert "เข้าเกณฑ์ตามระเบียบ" not in text_of(house.at("boonmee").get(house.url("register/decide/lapse/")))
    vote_arrears_clause(actor=house.actor, clause_id=uuid4(), recorded_at=NOW, clause=ArrearsClause(
        from_on=START, clause_no="7.4", words="", lapse_after_days=30))
    vote_plan(actor=house.actor, plan_id=uuid4(), recorded_at=NOW, plan=Plan(
        amount_satang=Satang(3000), every_months=1, from_on=MONTH, due_day=1))
    later = add_months(MONTH, 3)
    with fund_transaction(fund_id=house.actor.fund_id, read_only=True):
        late = contributions.arrears_of(fund_id=house.actor.fund_id, member_ids=house.members, on=later)
    assert {one.due_on for one in late.values()} == {MONTH}
    page = text_of(house.at("boonmee").get(house.url("arrears/"), {"moo": "4"}))
    assert ("ขาดส่ง 1 งวด" in page) == (TODAY > MONTH) and "ข้อ 7.4" in page


def test_the_committee_frees_members_of_dues_by_a_list_and_ends_it(house):
    orathai, url = house.at("orathai"), house.url("register/exempt/")
    page = orathai.get(url, {"q": "มาลี"})
    assert f'name="member-{house.members[0]}"' in text_of(page)
    sent = meeting(house, deed=hidden(page, "deed"), happened_on=DAY, ground="HARDSHIP")
    assert orathai.post(url, sent).status_code == 422
    chosen = sent | {f"member-{house.members[0]}": "on"}
    assert orathai.post(url, chosen | {"ground": "x"}).status_code == 422
    assert orathai.post(url, chosen).status_code == 302
    assert "ยกเว้นเงินสมทบ" in text_of(orathai.get(house.url(f"register/{house.members[0]}/")))
    assert "ยกเว้นเงินสมทบ" in text_of(house.at("boonma").get(house.url("collect/4/")))
    page = orathai.get(url, {"q": "มาลี"})
    assert "ยากลำบาก" in text_of(page) and f'name="member-{house.members[0]}"' not in text_of(page)
    ended = orathai.post(url, {"end": hidden(page, "end")})
    assert ended.status_code in (302, 422)  # not on its first day


def test_where_somebody_stood_on_a_past_day(house):
    udom, page = house.at("udom"), house.url(f"register/{house.members[0]}/")
    joined = START - timedelta(days=900)
    assert f"วันที่ {thai_day(joined)}: เป็นสมาชิก" in text_of(udom.get(page, {"on": thai_day(joined)}))
    early = joined - timedelta(days=1)
    assert f"วันที่ {thai_day(early)}: ยังไม่ได้เป็นสมาชิก" in text_of(udom.get(page, {"on": thai_day(early)}))
    wrong = udom.get(page, {"on": "1/2/69"})
    assert wrong.status_code == 422 and "เป็นวันที่ไม่ได้" in text_of(wrong)
