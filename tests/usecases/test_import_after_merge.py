"""Old books go on speaking of both entries of a person who was merged: nobody is made anew, news goes to the person."""
from datetime import date
from uuid import uuid4

from ombun.imports import queries as imports
from ombun.imports.operations import commit_import, preview_import, undo_import
from ombun.members.models import Member
from ombun.members.operations import merge_members, undo_merge
from ombun.members.queries import counts, member_card, search
from tests.people import NOW, TODAY
from tests.refusing import nothing_written, refused

HEAD = "เลขที่สมาชิก,คำนำหน้า,ชื่อ,นามสกุล,เลขประจำตัวประชาชน,วันเกิด,วันที่สมัคร,บ้านเลขที่,หมู่ที่,เบอร์โทร"
ROWS = ("0501,นาง,คำ,แพง,9100500012345,3/2/2493,1/5/2558,9,4,0811111111",
        "0502,นาง,คำ,ใจดี,9100500088881,3/2/2493,1/10/2568,12,5,0822222222",
        "0503,นาย,ทอง,มีสุข,9100500099998,1/1/2500,1/5/2558,7,4,")


def read(fund, *rows):
    batch = uuid4()
    content = "\n".join((HEAD, *rows)).encode()
    return batch, preview_import(actor=fund.somsri, batch_id=batch, files=[("ทะเบียน.csv", content)],
                                 books_end_on=TODAY, previewed_at=NOW).totals


def verdicts(fund, batch):
    with fund.reading():
        rows = imports.import_rows(fund_id=fund.id, batch_id=batch)
    return {row.row_values["member_no"]: (row.verdict, {name: new for name, (_old, new) in row.changes.items()})
            for row in rows if row.row_values}


def merged(fund):
    """The workbook came in, and its first two rows turned out to be one person."""
    batch, totals = read(fund, *ROWS)
    assert totals["created"] == 3
    commit_import(actor=fund.somsri, batch_id=batch, committed_at=NOW)
    with fund.reading():
        ids = [search(fund_id=fund.id, text=number)[0].id for number in ("0501", "0502")]
    deed = uuid4()
    merge_members(actor=fund.somsri, merge_id=deed, kept_id=ids[0], merged_id=ids[1],
                  taken_from_merged=["village", "house"], recorded_at=NOW)
    return batch, ids, deed


def test_the_other_entry_sent_again_is_the_person_and_changes_nothing(fund):
    merged(fund)
    again, totals = read(fund, ROWS[1], ROWS[2])
    assert verdicts(fund, again) == {"0502": ("unchanged", {}), "0503": ("unchanged", {})}
    assert (totals["created"], totals["updated"]) == (0, 0)
    done = commit_import(actor=fund.somsri, batch_id=again, committed_at=NOW)
    assert (done.created, done.updated) == (0, 0)
    with fund.reading():
        assert counts(fund_id=fund.id, on=TODAY).members_ever == 6 + 2


def test_the_row_of_who_stayed_says_nothing_new_though_values_of_the_other_were_chosen(fund):
    _, (kept, other), deed = merged(fund)
    undo_merge(actor=fund.somsri, merge_id=deed, recorded_at=NOW)
    merge_members(actor=fund.somsri, merge_id=uuid4(), kept_id=kept, merged_id=other, recorded_at=NOW,
                  taken_from_merged=["village", "house", "name", "phone", "national_id"])
    again, _ = read(fund, *ROWS)
    assert verdicts(fund, again) == dict.fromkeys(("0501", "0502", "0503"), ("unchanged", {}))
    news, _ = read(fund, ROWS[0].replace("0811111111", "0844444444"))
    assert verdicts(fund, news) == {"0501": ("updated", {"phone": "0844444444"})}


def test_without_its_number_the_person_is_known_by_name_and_birth_or_by_their_id(fund):
    merged(fund)
    again, _ = read(fund, ROWS[0].replace("0501", ""), ROWS[1].replace("0502", ""))
    assert {verdict for verdict, _ in verdicts(fund, again).values()} <= {"unchanged", "updated"}


def test_news_on_the_other_entrys_row_goes_to_the_person_once(fund):
    _, (kept, other), _ = merged(fund)
    news = ROWS[1].replace("0822222222", "0833333333")
    again, _ = read(fund, news)
    assert verdicts(fund, again) == {"0502": ("updated", {"phone": "0833333333"})}
    commit_import(actor=fund.somsri, batch_id=again, committed_at=NOW)
    with fund.reading():
        card = member_card(fund_id=fund.id, member_id=kept)
        entry = Member.objects.get(id=other)
    assert (card.phone, card.moo, card.last_name, card.joined_on) == ("0833333333", 5, "แพง", date(2015, 5, 1))
    assert entry.phone == "0822222222"
    once_more, _ = read(fund, news)
    assert verdicts(fund, once_more) == {"0502": ("unchanged", {})}
    undo_import(actor=fund.somsri, batch_id=again, undone_at=NOW)
    with fund.reading():
        assert member_card(fund_id=fund.id, member_id=kept).phone == "0811111111"


def test_both_rows_of_one_file_may_bring_news(fund):
    _, (kept, _), _ = merged(fund)
    again, _ = read(fund, ROWS[0].replace("แพง", "แพงดี"), ROWS[1].replace("0822222222", "0833333333"))
    assert verdicts(fund, again)["0502"] == ("updated", {"phone": "0833333333"})
    commit_import(actor=fund.somsri, batch_id=again, committed_at=NOW)
    with fund.reading():
        card = member_card(fund_id=fund.id, member_id=kept)
    assert (card.last_name, card.phone) == ("แพงดี", "0833333333")


def test_an_import_is_not_taken_out_while_somebody_of_it_is_merged(fund):
    batch, ids, deed = merged(fund)
    with refused(fund, "imports.something_built_on"):
        undo_import(actor=fund.somsri, batch_id=batch, undone_at=NOW)
    undo_merge(actor=fund.somsri, merge_id=deed, recorded_at=NOW)
    undo_import(actor=fund.somsri, batch_id=batch, undone_at=NOW)
    with fund.reading():
        assert Member.objects.filter(id__in=ids, withdrawn_by=batch).count() == 2


def test_a_preview_from_before_a_merge_cannot_be_taken_in(fund):
    batch, _ = read(fund, *ROWS)
    merge_members(actor=fund.somsri, merge_id=uuid4(), kept_id=fund.members[0], merged_id=fund.members[1],
                  recorded_at=NOW)
    with nothing_written(fund.id), refused(fund, "imports.register_changed_since_preview"):
        commit_import(actor=fund.somsri, batch_id=batch, committed_at=NOW)
