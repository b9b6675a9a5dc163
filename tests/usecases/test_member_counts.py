"""The three official counts and the flows: for any day, by village, kind, sex and age, against the sample workbooks."""
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ombun.access.operations import NewFund, operator, start_fund
from ombun.funds.operations import NewCentre
from ombun.imports.operations import commit_import, preview_import
from ombun.members.operations import (
    certify_application,
    end_membership,
    file_application,
    resolve_applications,
    write_members,
)
from ombun.members.queries import MOVES, all_members, flows, headcount, numbers_taken
from ombun.members.rules.applications import Decision
from ombun.members.rules.membership import BirthPrecision, LeftReason, MemberKind, NoIdReason, Sex
from ombun.members.rules.people import BANDS, age_on
from ombun.members.rules.resolutions import NewResolution
from ombun.primitives.actors import Role
from ombun.primitives.money import Satang
from ombun.primitives.transactions import fund_transaction
from tests.people import NOW, START, TODAY
from tests.refusing import refused

WORKBOOKS = Path(__file__).parents[1] / "data" / "workbooks"
BOOKS = {"A": ("A_donkaeo.xlsx", 6), "B": ("B_nongsarai.xlsx", 12)}
MOMENT = datetime(2026, 1, 10, 3, tzinfo=UTC)


@pytest.fixture(scope="module", params=["A", "B"])
def brought_in(request):
    """A fund whose register came from a sample workbook, and what is true of it."""
    name, villages = BOOKS[request.param]
    truth = json.loads((WORKBOOKS / f"truth_{request.param}.json").read_text())
    code = f"counts-{uuid4().hex[:10]}"
    start_fund(logins=[], recorded_at=MOMENT, new=NewFund(
        code=code, name="กองทุน", tambon_code=440308, founded_on=date.fromisoformat(truth["fund"]["founded_on"]),
        starts_on=date(2025, 10, 1), dues_satang=Satang(3000), dues_every_months=1, plan_id=uuid4(), holders=(),
        centres=tuple(NewCentre(id=uuid4(), moo=moo, name=f"บ้าน {moo}") for moo in range(1, villages + 1))))
    actor, batch = operator(code=code, role=Role.REGISTRAR), uuid4()
    preview_import(actor=actor, batch_id=batch, files=[(name, (WORKBOOKS / name).read_bytes())],
                   books_end_on=max(map(date.fromisoformat, truth["member_counts"])), previewed_at=MOMENT)
    commit_import(actor=actor, batch_id=batch, committed_at=MOMENT)
    return code, actor.fund_id, truth["member_counts"]


def printed(capsys, *words):
    """What `./ombun members counts … --json` prints."""
    call_command("members", "counts", "--json", *words)
    return json.loads(capsys.readouterr().out)


def test_every_thirtieth_of_september_is_as_the_truth_has_it(brought_in, capsys):
    code, _, truth = brought_in
    for day, right in truth.items():
        placed = right["rows_that_can_be_dated_and_placed"]
        found = printed(capsys, "--fund", code, "--on", day)
        assert (found["on"], found["from"]) == (day, f"{int(day[:4]) - 1}-10-01")
        assert set(found["flows"]) == {*MOVES, "by_village", "by_kind", "by_sex", "by_age"}
        assert {name: found[name] for name in ("cumulative", "current", "full_year")} == {
            name: placed[name] for name in ("cumulative", "current", "full_year")}
        assert found["by_village"] == placed["current_by_village"]
        assert found["by_kind"] == placed["current_by_kind"]
        assert sum(found["by_sex"].values()) == sum(found["by_age"].values()) == found["current"]
        assert found["cumulative"] <= right["all"]["cumulative"] <= found["cumulative"] + found["waiting"]


def test_current_members_are_those_of_before_and_who_came_less_who_left(brought_in, capsys):
    code, fund_id, truth = brought_in
    last = date.fromisoformat(max(truth))
    for back in (1, 90, 1000, 4000):
        first = last - timedelta(days=back)
        with fund_transaction(fund_id=fund_id, read_only=True):
            before = headcount(fund_id=fund_id, on=first - timedelta(days=1)).total.members_current
        found = printed(capsys, "--fund", code, "--on", str(last), "--from", str(first))
        moved = {move: found["flows"][move] for move in MOVES}
        came = moved.pop("joined") + moved.pop("rejoined")
        assert found["current"] == before + came - sum(moved.values())
        for side in ("by_village", "by_kind", "by_sex", "by_age"):
            assert {move: sum(part[move] for part in found["flows"][side].values()) for move in MOVES} == {
                move: found["flows"][move] for move in MOVES}


def test_ages_counted_in_the_database_are_those_of_the_rule(brought_in):
    _, fund_id, truth = brought_in
    for day in (date.fromisoformat(max(truth)), date(2024, 2, 29), date(2021, 1, 1)):
        with fund_transaction(fund_id=fund_id, read_only=True):
            everybody = [card for card in all_members(fund_id=fund_id) if card.first_name and card.centre_id and (
                card.joined_on and card.joined_on <= day and not (card.left_reason and not card.left_on))]
            found = headcount(fund_id=fund_id, on=day)
        expected: dict[str, int] = {}
        for card in everybody:
            age = age_on(born_on=card.born_on, precision=card.birth_precision, day=day)
            band = {name for name, least, most in BANDS if age and least <= age.most and age.least <= most}
            name = band.pop() if len(band) == 1 else "unknown"
            expected[name] = expected.get(name, 0) + 1
        assert {name: part.members_ever for name, part in found.by_age.items()} == expected


def test_one_statement_whatever_is_asked(brought_in):
    _, fund_id, _ = brought_in
    with fund_transaction(fund_id=fund_id, read_only=True), CaptureQueriesContext(connection) as captured:
        headcount(fund_id=fund_id, on=TODAY)
        flows(fund_id=fund_id, from_on=START, on=TODAY)
    assert len(captured) == 2


def test_sex_is_what_the_title_says_and_else_what_was_said(fund):
    titles = [("พระมหา", None, "male"), ("ด.ญ.", None, "female"), ("ดร.", None, "unknown"),
              ("ดร.", Sex.FEMALE, "female"), ("นาย", Sex.FEMALE, "male")]
    with fund_transaction(fund_id=fund.id):
        write_members(actor=fund.somsri, recorded_at=NOW, rows=[
            (uuid4(), fund.new_member(50 + n, name_title=title, stated_sex=said, centre_id=fund.centres[5],
                                      kind=MemberKind.OTHER))
            for n, (title, said, _) in enumerate(titles)])
    with fund.reading():
        found = headcount(fund_id=fund.id, on=TODAY)
    assert {name: part.members_current for name, part in found.by_sex.items()} == {
        "female": 6 + 2, "male": 2, "unknown": 1}
    assert (found.by_village["5"].members_current, found.by_kind["other"].members_current) == (5, 5)
    assert found.by_kind["unknown"].members_current == 6


def test_who_waits_for_an_answer_is_told_apart(fund):
    with fund_transaction(fund_id=fund.id):
        write_members(actor=fund.somsri, recorded_at=NOW, rows=[
            (uuid4(), fund.new_member(60, joined_on=None)), (uuid4(), fund.new_member(61, centre_id=None)),
            (uuid4(), fund.new_member(62, first_name="")),
            (uuid4(), fund.new_member(63, left_reason=LeftReason.MOVED)),
            (uuid4(), fund.new_member(64, born_on=date(2001, 1, 1), birth_precision=BirthPrecision.YEAR,
                                      no_id_reason=NoIdReason.NO_STATUS))])
    end_membership(actor=fund.somsri, member_id=fund.malee, left_on=TODAY, reason=LeftReason.DECEASED, recorded_at=NOW)
    with fund.reading():
        found = headcount(fund_id=fund.id, on=TODAY)
        moved = flows(fund_id=fund.id, from_on=START, on=TODAY)
        assert numbers_taken(fund_id=fund.id) >= {"0001", "0064"}
    assert (found.total.members_ever, found.total.members_current, found.waiting) == (7, 6, 4)
    assert {move: n for move, n in moved.total.items() if n} == {"joined": 1, "deceased": 1}
    assert found.by_age["unknown"].members_current == 5


def test_in_words_and_never_backwards(fund, capsys):
    call_command("members", "counts", "--fund", fund.code, "--on", "2025-11-25", "--from", "2015-01-01")
    said = capsys.readouterr().out
    assert "25 พฤศจิกายน 2568" in said and "6  ปัจจุบัน" in said and "6  เข้าใหม่" in said
    with refused(fund, "jobs.ends_before_it_begins"):
        from ombun.jobs.counting import counted

        counted(code=fund.code, on=START, from_on=TODAY, as_json=False)


def test_whoever_comes_again_is_told_apart_from_newcomers(fund):
    end_membership(actor=fund.somsri, member_id=fund.malee, left_on=START, reason=LeftReason.RESIGNED, recorded_at=NOW)
    paper = uuid4()
    file_application(actor=fund.somsri, application_id=paper, applied_on=START, member_id=fund.malee, recorded_at=NOW,
                     new=fund.new_member(1, member_no="", joined_on=None, no_id_reason=NoIdReason.NOT_SEEN))
    certify_application(actor=fund.somsri, application_id=paper, certifiers=[fund.boonma], certified_on=START,
                        recorded_at=NOW)
    resolve_applications(actor=fund.somsri, joined_on=TODAY, recorded_at=NOW,
                         decisions=[Decision(application_id=paper)], resolution=NewResolution(
                             committee_no=1, meeting_no=1, met_on=TODAY, signed_by=fund.persons["boonmee"]))
    with fund.reading():
        moved = flows(fund_id=fund.id, from_on=START, on=TODAY).total
        found = headcount(fund_id=fund.id, on=TODAY).total
    assert {move: n for move, n in moved.items() if n} == {"rejoined": 1, "resigned": 1}
    assert (found.members_ever, found.members_current, found.full_year_members) == (6, 6, 5)
