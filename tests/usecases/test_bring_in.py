"""A whole fund taken away on one computer is made again on another as the very same, or not at all."""
import csv
import io
import json
import zipfile
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import pytest
from django.contrib.auth.models import User

from ombun.access.operations import operator
from ombun.access.queries import logins_of_fund
from ombun.exports.operations import Form, bring_in
from ombun.exports.queries.whole import BY_USERS
from ombun.exports.rules.whole import NAME, WholeRefused, read_whole
from ombun.funds.models import Fund
from ombun.funds.operations import FundRefused
from ombun.funds.queries import centres
from ombun.jobs.checking import everything_found
from ombun.ledger.queries import trial_balance
from ombun.members.operations import enrol_member
from ombun.members.queries import all_members
from ombun.members.rules.membership import NewMember
from ombun.primitives.transactions import fund_transaction
from tests.guards.full_fund import FullFund
from tests.people import START
from tests.usecases.taken_out import taken_from

TAKEN = datetime(2026, 1, 10, 3, tzinfo=UTC)
WHOLE = {Form.XLSX: "กองทุน.xlsx", Form.ZIP: "กองทุน.zip"}
WORKBOOKS = Path(__file__).parents[1] / "data" / "workbooks"


@pytest.fixture(scope="module")
def full_fund():
    return FullFund()


@pytest.fixture(scope="module")
def taken(full_fund):
    return {form: taken_from(full_fund.somsri, form=form, taken_at=TAKEN) for form in Form}


def brought(content, form=Form.ZIP, code=None):
    return bring_in(file=io.BytesIO(content), name=WHOLE[form], code=code or new_code(), brought_at=TAKEN)


def new_code():
    return f"again-{uuid4().hex[:10]}"


def rows_of(content, form):
    """Table → its rows."""
    whole = read_whole(file=io.BytesIO(content), name=WHOLE[form])
    return {table: [row for bundle in bundles for row in json.loads(bundle)] for table, bundles in whole.tables.items()}


def as_before(rows):
    """Rows without what is different on purpose: who wrote it down, and that it was taken away and brought here."""
    return [{name: value for name, value in row.items() if name not in BY_USERS} for row in rows
            if not str(row.get("action")).startswith("exports.")]


@pytest.mark.parametrize("form", list(Form))
def test_a_full_fund_comes_back_row_by_row(taken, form):
    code = new_code()
    done, was = brought(taken[form], form, code), rows_of(taken[form], form)
    now = rows_of(taken_from(operator(code=code), form=form, taken_at=TAKEN), form)
    assert set(was) == set(now) and len(was) > 40
    for table, rows in was.items():
        assert as_before(now[table]) == as_before(rows), table
    assert done.rows == sum(map(len, was.values()))
    assert everything_found(fund_id=done.fund_id) == ()


def test_its_books_are_the_same_and_life_goes_on(full_fund, taken):
    code = new_code()
    fund_id = brought(taken[Form.XLSX], Form.XLSX, code).fund_id
    books = []
    for one in (full_fund.id, fund_id):
        with fund_transaction(fund_id=one, read_only=True):
            books.append(trial_balance(fund_id=one, on=TAKEN.date()))
    assert books[0] == books[1] and len(books[0]) > 7
    actor = operator(code=code)
    with fund_transaction(fund_id=fund_id, read_only=True):
        taken_ids = {card.id for card in all_members(fund_id=fund_id)}
        centre = centres(fund_id=fund_id)[0].id
    new = enrol_member(actor=actor, membership_id=uuid4(), enrolled_on=TAKEN.date(), recorded_at=TAKEN, new=NewMember(
        member_no="9001", name_title="นาง", first_name="ใหม่", last_name="มาแล้ว", joined_on=START, centre_id=centre))
    assert new.member_id not in taken_ids


def test_logins_come_without_passwords_and_without_taking_anybodys_name(full_fund, taken):
    full_fund_logins = {login.username for login in logins_of_fund(fund_id=full_fund.id)}
    code = new_code()
    fund_id = brought(taken[Form.ZIP], code=code).fund_id
    names = {login.username for login in logins_of_fund(fund_id=fund_id)}
    assert names == {f"{name}-{code}" for name in full_fund_logins} and names
    assert not any(User.objects.get(username=name).has_usable_password() for name in names)


def changed(content, change, *, is_summed=True):
    """The file with the rows of its whole fund changed by hand: `change` gets and gives (table, text) pairs."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(f"{NAME}.csv") as binary:
        first, second, *rows = csv.reader(io.TextIOWrapper(binary, "utf-8-sig", newline=""))
    told = []
    for table, text in rows[:-1]:
        told = [*told, (table, text)] if table else [*told[:-1], (told[-1][0], told[-1][1] + text)]
    told = change(told)
    summed = sha256("".join(f"{table}\n{text}\n" for table, text in told).encode()).hexdigest()
    file, into = io.BytesIO(), io.StringIO()
    csv.writer(into).writerows([first, second, *told, ("ombun.sum", summed if is_summed else rows[-1][1])])
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(f"{NAME}.csv", into.getvalue())
    return file.getvalue()


def rewrite(table, **cells):
    """The first row of a table with other cells."""
    def change(told):
        found = []
        for name, text in told:
            rows = json.loads(text)
            if name == table:
                rows[0] |= cells
            found.append((name, json.dumps(rows, ensure_ascii=False)))
        return found
    return change


def of_another_version(told):
    return [(told[0][0], json.dumps(json.loads(told[0][1]) | {"shape": "0"})), *told[1:]]


@pytest.mark.parametrize(("change", "code"), [
    (rewrite("ledger_line", amount_satang=1), "whole_fund_contradicts_itself"),
    (rewrite("ledger_entry", total_satang=1), "whole_fund_contradicts_itself"),
    (rewrite("contributions_contribution", member_id=10**6), "whole_fund_contradicts_itself"),
    (rewrite("contributions_contribution", amount_satang=1), "whole_fund_contradicts_itself"),
    (rewrite("funds_person", member_id=10**6), "whole_fund_contradicts_itself"),
    (rewrite("members_member", id=2 * 10**9), "whole_fund_contradicts_itself"),
    (rewrite("members_member", born_on="เมื่อวาน"), "whole_fund_contradicts_itself"),
    (rewrite("claims_claim", state="GIVEN"), "whole_fund_contradicts_itself"),
    (lambda told: [one for one in told if one[0] != "claims_signature"], "whole_fund_contradicts_itself"),
    (lambda told: [*told, ("auth_user", '[{"id": 1}]')], "other_version"), (of_another_version, "other_version")])
def test_what_contradicts_itself_is_refused_whole(taken, change, code):
    funds = Fund.objects.count(), User.objects.count()
    content = changed(taken[Form.ZIP], change)
    with pytest.raises(WholeRefused, match=code):
        brought(content)
    assert (Fund.objects.count(), User.objects.count()) == funds


def test_a_file_changed_by_hand_is_told(taken):
    content = changed(taken[Form.ZIP], rewrite("members_member", first_name="อื่น"), is_summed=False)
    with pytest.raises(WholeRefused, match="whole_fund_changed"):
        brought(content)
    assert brought(changed(taken[Form.ZIP], list)).rows


@pytest.mark.parametrize(("content", "form"), [
    (b"", Form.XLSX), (b"", Form.ZIP), (b"PK\x03\x04", Form.XLSX), (b"PK\x05\x06" + bytes(18), Form.ZIP),
    ((WORKBOOKS / "A_donkaeo.xlsx").read_bytes(), Form.XLSX)])
def test_a_file_without_a_whole_fund_is_refused(content, form):
    with pytest.raises(WholeRefused, match="no_whole_fund"):
        brought(content, form)


def test_a_code_that_is_taken_is_refused(full_fund, taken):
    with pytest.raises(FundRefused, match="code_taken"):
        brought(taken[Form.ZIP], code=full_fund.code)
