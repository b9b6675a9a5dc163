"""Starting a fund on this computer: all or nothing, one at a time."""
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import connections

from ombun.access.operations import NewLogin, StartRefused, operator, start_fund
from ombun.access.queries import desks
from ombun.contributions.queries import plans
from ombun.funds.operations import NewCentre, NewHolder
from ombun.funds.queries import centres, fund_by_code, office_holders
from ombun.funds.rules import Office
from ombun.ledger.queries import accounts
from ombun.ledger.rules import CHART
from ombun.primitives.actors import Role
from ombun.primitives.money import Satang
from ombun.primitives.transactions import fund_transaction
from tests.people import DUES, FOUNDED, NOW, PASSWORD, START, Cast


@pytest.fixture(scope="module")
def form():
    """What the first-start page would send, with a fresh code each time it is called."""
    def filled(**more):
        cast = Cast.__new__(Cast)
        cast.code, cast.centres = f"start-{uuid4().hex[:10]}", {1: uuid4()}
        return cast.application(**more)
    return filled


def the_chair():
    return NewHolder(id=uuid4(), person_id=uuid4(), name="นายบุญมี", office=Office.CHAIR, from_on=START)


def start(new, *logins):
    return start_fund(new=new, logins=logins, recorded_at=NOW)


def reasons(new, *logins):
    with pytest.raises(StartRefused) as refused:
        start(new, *logins)
    assert new.code == "x" or fund_by_code(code=new.code) is None
    assert not User.objects.filter(username__in=[n.username for n in logins if n.password == PASSWORD]).exists()
    return sorted(r.code for r in refused.value.refusals)


def test_a_fund_has_villages_people_accounts_dues_and_logins(form):
    person, new = uuid4(), form()
    login = NewLogin(username=f"t-{new.code}", password=PASSWORD, role=Role.TREASURER, person_id=person)
    holder = NewHolder(id=uuid4(), person_id=person, name="นางสมศรี", office=Office.TREASURER, from_on=START)
    fund_id = start(replace(new, holders=(holder,)), login)
    actor = operator(code=new.code)
    assert (actor.fund_id, actor.user_id) == (fund_id, 0)
    user = User.objects.get(username=login.username)
    desk, = desks(user_id=user.pk, on=START)
    assert (desk.role, desk.fund_id, desk.person_id) == (Role.TREASURER, fund_id, person)
    assert desks(user_id=user.pk, on=START - timedelta(days=1)) == ()
    with fund_transaction(fund_id=fund_id, read_only=True):
        assert [c.moo for c in centres(fund_id=fund_id)] == [1]
        assert [h.name for h in office_holders(fund_id=fund_id, on=START)] == ["นางสมศรี"]
        assert [a.code for a in accounts(fund_id=fund_id)] == sorted(line.code for line in CHART)


def test_everything_wrong_is_told_at_once(form):
    taken = Cast(members=0)
    holder = NewHolder(
        id=uuid4(), person_id=uuid4(), name=" ", office=Office.COLLECTOR, from_on=START, centre_id=uuid4())
    new = form(code=taken.code, name=" ", tambon_code=1, founded_on=START + timedelta(days=1), holders=(holder,),
               dues_satang=Satang(0), dues_every_months=5,
               centres=(NewCentre(id=uuid4(), moo=1, name="ก"), NewCentre(id=uuid4(), moo=1, name="ข")))
    with pytest.raises(StartRefused) as refused:
        start(new, NewLogin(username=" ", password="1", role=Role.COLLECTOR))
    assert sorted(r.code for r in refused.value.refusals) == [
        "access.desk_needs_office", "access.password_too_weak", "access.unknown_village", "access.username_missing",
        "contributions.plan_amount_out_of_range", "contributions.plan_period_unknown", "funds.code_taken",
        "funds.fund_without_name", "funds.person_without_name", "funds.starts_before_founding", "funds.unknown_centre",
        "funds.unknown_tambon", "funds.village_listed_twice"]


@pytest.mark.parametrize("code", ["", "x", "หนองบัว", "Nong", "a b", "a" * 41, "nong_bua", "nong\n"])
def test_a_code_is_small_english_letters_digits_and_hyphens(form, code):
    assert reasons(form(code=code)) == ["funds.code_not_plain"]


@pytest.mark.parametrize(("more", "code"), [
    ({"role": Role.PROVINCE}, "access.province_not_given_here"), ({"role": Role.COLLECTOR}, "access.unknown_village"),
    ({"role": Role.MEMBER}, "access.unknown_member"), ({"role": Role.MEMBER, "member_id": 1}, "access.unknown_member"),
    ({"person_id": uuid4()}, "access.unknown_person"), ({"password": "12345678"}, "access.password_too_weak"),
    ({"role": Role.TREASURER}, "access.desk_needs_office"), ({"username": "a b"}, "access.username_not_plain")])
def test_a_first_login_sits_at_a_desk_of_this_fund(form, more, code):
    chair = the_chair()
    more = {"person_id": None if more.get("role") == Role.MEMBER else chair.person_id} | more
    login = NewLogin(**{"username": f"u-{uuid4()}", "password": PASSWORD, "role": Role.CHAIR, **more})
    if login.role == Role.COLLECTOR:
        chair = replace(chair, office=Office.COLLECTOR)
    assert reasons(form(holders=(chair,)), login) == [code]


def test_a_username_is_taken_once_in_the_whole_installation(form):
    chair = the_chair()
    login = NewLogin(username=f"u-{uuid4()}", password=PASSWORD, role=Role.CHAIR, person_id=chair.person_id)
    start(form(holders=(chair,)), login)
    with pytest.raises(StartRefused, match="username_taken"):
        start(form(holders=(chair,)), login)
    twice = [replace(login, username=f"v-{uuid4()}")] * 2
    assert reasons(form(holders=(chair,)), *twice) == ["access.username_taken_before"]


def test_two_clicks_at_the_same_moment_start_one_fund(form):
    new = form()

    def click(_):
        try:
            return start(new)
        except StartRefused as refused:
            return refused.refusals[0].code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(click, range(4)))
    assert sorted(map(str, answers))[1:] == ["funds.code_taken"] * 3


def test_the_first_plan_holds_since_the_founding(form):
    fund_id = start(form(founded_on=FOUNDED, starts_on=date(2025, 1, 1)))
    with fund_transaction(fund_id=fund_id, read_only=True):
        plan, = plans(fund_id=fund_id)
    assert (plan.amount_satang, plan.every_months, plan.from_on) == (DUES, 1, FOUNDED)
