"""The regulations: as they were at the founding, and as the members' meeting changed them two years into the story."""
import json
from dataclasses import replace
from pathlib import Path

from ombun.jobs.demo.needs import SECOND_RULE_BOOK_MONTH
from ombun.jobs.demo.seed import Calendar, fixed_id
from ombun.jobs.demo.tambon import FOUNDED_ON, FUND_NAME
from ombun.primitives.days import thai_day, year_be
from ombun.regulations.queries import first_rule_book, ready_clause, ready_provisions
from ombun.regulations.rules.clauses import NewClause, NewVersion
from ombun.regulations.rules.drafts import DraftClause, drafted

_AT_ONCE = {
    "death": (300_000, ("death_certificate",),
              "กรรมการสองคนลงชื่อจ่ายก่อนได้ทันทีไม่เกิน 3,000 บาทเมื่อเห็นใบมรณบัตร คำรับรองตามมาทีหลัง"),
    "disaster": (100_000, (), "กรรมการสองคนลงชื่อจ่ายก่อนได้ทันทีไม่เกิน 1,000 บาทเมื่อไปเห็นบ้านแล้ว คำรับรองตามมาทีหลัง")}
_MORE = Path(__file__).with_name("more_clauses.json")


def first_version() -> NewVersion:
    """The first rule book."""
    return NewVersion(
        id=fixed_id("rule-book", 1), number=1, title=f"ระเบียบ{FUND_NAME} พ.ศ. {year_be(FOUNDED_ON)}",
        voted_on=FOUNDED_ON, meeting="ประชุมก่อตั้งกองทุน", resolution="มติที่ประชุมสมาชิกเห็นชอบทั้งฉบับ",
        in_force_from=FOUNDED_ON, clauses=first_rule_book())


def second_version(calendar: Calendar) -> NewVersion:
    """The same with more a year for nights in hospital, and four more clauses."""
    voted_on = calendar.day(SECOND_RULE_BOOK_MONTH - 1, 25)
    more = tuple(NewClause(**clause) for clause in json.loads(_MORE.read_text("utf-8")))
    return NewVersion(
        id=fixed_id("rule-book", 2), number=2, voted_on=voted_on, meeting=f"ประชุมใหญ่สมาชิก {thai_day(voted_on)}",
        title=f"ระเบียบ{FUND_NAME} แก้ไขเพิ่มเติม พ.ศ. {year_be(voted_on)}",
        resolution="มติเอกฉันท์ เพิ่มเพดานค่านอนโรงพยาบาลต่อปี และเพิ่มสวัสดิการสี่ข้อ",
        in_force_from=calendar.month(SECOND_RULE_BOOK_MONTH),
        clauses=tuple(_helped_at_once(_more_for_the_sick(clause)) for clause in (*first_rule_book(), *more)))


def _helped_at_once(clause: NewClause) -> NewClause:
    """A family in mourning, and whoever lost a house, are helped at once."""
    if (allowed := _AT_ONCE.get(clause.benefit)) is None:
        return clause
    limit_satang, papers, words = allowed
    return replace(clause, text_th=f"{clause.text_th} {words}", rule={
        **clause.rule, "at_once": {"limit_satang": limit_satang, "documents": list(papers)}})


def _more_for_the_sick(clause: NewClause) -> NewClause:
    if clause.benefit != "hospital":
        return clause
    limits = {"cap_per_event_satang": 60_000, "cap_per_year_satang": 120_000}
    return replace(clause, text_th=clause.text_th.replace("1,000 บาทในปีหนึ่ง", "1,200 บาทในปีหนึ่ง"),
                   rule={**clause.rule, "limits": limits})


def next_draft(calendar: Calendar) -> tuple[DraftClause, ...]:
    """What the committee is writing for the next meeting: a dearer night, a wreath, and chapters of words."""
    wreath = ready_clause(benefit="wreath")
    assert wreath is not None
    return drafted(draft_id=fixed_id("draft"), provisions=ready_provisions(), clauses=(
        *(_dearer(clause) for clause in second_version(calendar).clauses),
        NewClause(clause_no="17.9", benefit=wreath.benefit, title_th=wreath.title_th, title_en=wreath.title_en,
                  text_th=wreath.text_th, account_code=wreath.account_code, rule=wreath.rule)))


def _dearer(clause: NewClause) -> NewClause:
    if clause.benefit != "hospital":
        return clause
    grant = {"kind": "per_unit", "unit": "night", "rate_satang": 30_000}
    limits = {"cap_per_event_satang": 90_000, "cap_per_year_satang": 180_000}
    text = clause.text_th.replace("คืนละ 200", "คืนละ 300").replace("ไม่เกิน 600", "ไม่เกิน 900")
    return replace(clause, text_th=text.replace("1,200 บาทในปีหนึ่ง", "1,800 บาทในปีหนึ่ง"),
                   rule={**clause.rule, "grant": grant, "limits": limits})
