"""Logins: making one for a desk, ending a desk, a new password at the machine."""
from datetime import date
from uuid import uuid4

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import User

from ombun.access.operations import (
    LoginRefused,
    NewLogin,
    create_login,
    create_province_login,
    end_grant,
    set_password,
)
from ombun.access.queries import desks, logins_of_fund
from ombun.audit.queries import history
from ombun.primitives.actors import Role
from tests.people import NOW, PASSWORD, START
from tests.refusing import nothing_written, refused

LATER = date(2025, 11, 1)


def login(**more):
    return NewLogin(**{"username": f"new-{uuid4().hex[:10]}", "password": PASSWORD, "role": Role.AUDITOR, **more})


def make(fund, new, actor=None):
    return create_login(actor=actor or fund.somsri, login=new, from_on=START, recorded_at=NOW)


def end(fund, user_id, role=Role.AUDITOR, until_on=LATER, actor=None):
    end_grant(actor=actor or fund.somsri, user_id=user_id, role=role, until_on=until_on, recorded_at=NOW)


def roles(user_id, on):
    return [desk.role for desk in desks(user_id=user_id, on=on)]


def test_a_login_sits_at_its_desk_from_its_day_on(fund):
    user_id = make(fund, new := login(person_id=fund.persons["udom"]))
    assert roles(user_id, START) == [Role.AUDITOR]
    assert roles(user_id, date(2025, 9, 30)) == []
    assert [(card.username, card.role) for card in logins_of_fund(fund_id=fund.id)] == [(new.username, Role.AUDITOR)]
    with fund.reading():
        event, = history(fund_id=fund.id, subject=f"user:{user_id}")
    assert (event.action, event.facts) == ("access.desk_given", {"role": "AUDITOR"})


def test_a_collector_sees_a_village_and_a_member_a_page(fund):
    collector = make(fund, login(role=Role.COLLECTOR, centre_id=fund.centre))
    member = make(fund, login(role=Role.MEMBER, member_id=fund.malee))
    assert desks(user_id=collector, on=START)[0].actor(user_id=collector).centre_id == fund.centre
    assert desks(user_id=member, on=START)[0].actor(user_id=member).member_id == fund.malee


@pytest.mark.parametrize("role", [r for r in Role if r not in {Role.TREASURER, Role.CHAIR, Role.SECRETARY}])
def test_only_treasurer_chair_and_secretary_give_and_take_desks(fund, role):
    user_id = make(fund, login())
    with refused(fund, "access.may_not_make_logins"):
        make(fund, login(), actor=fund.actor("somebody", role))
    with refused(fund, "access.may_not_make_logins"):
        end(fund, user_id, actor=fund.actor("somebody", role))


def test_sent_twice_the_name_is_taken(fund):
    make(fund, new := login())
    with refused(fund, "access.username_taken"):
        make(fund, new)


def test_every_mistake_is_told_at_once(fund, other_fund):
    wrong = login(username=" ", password="1", role=Role.COLLECTOR, centre_id=other_fund.centre,
                  member_id=other_fund.malee, person_id=other_fund.persons["udom"])
    with refused(fund, "access.username_missing", "access.password_too_weak", "access.unknown_village",
                 "access.unknown_member", "access.unknown_person"):
        make(fund, wrong)


@pytest.mark.parametrize(("more", "code"), [
    ({"role": Role.COLLECTOR}, "access.unknown_village"), ({"role": Role.MEMBER}, "access.unknown_member"),
    ({"role": Role.PROVINCE}, "access.province_not_given_here")])
def test_a_desk_that_is_nobodys_is_refused(fund, more, code):
    with refused(fund, code):
        make(fund, login(**more))


def test_a_desk_ends_and_the_login_stays(fund):
    user_id = make(fund, login())
    end(fund, user_id)
    assert (roles(user_id, date(2025, 10, 31)), roles(user_id, LATER)) == ([Role.AUDITOR], [])
    assert User.objects.filter(pk=user_id).exists()
    with nothing_written(fund.id):
        end(fund, user_id)


def test_a_desk_that_is_not_there_cannot_end_nor_one_of_another_fund(fund, other_fund):
    user_id = make(fund, login())
    with refused(fund, "access.unknown_desk"):
        end(fund, user_id, role=Role.CHAIR)
    with refused(other_fund, "access.unknown_desk"), nothing_written(fund.id):
        end(other_fund, user_id)


def test_a_new_password_at_the_machine(fund):
    make(fund, new := login())
    assert set_password(username=new.username, password="ปลาร้า-บองแซ่บ-๙")
    assert authenticate(username=new.username, password=PASSWORD) is None
    assert authenticate(username=new.username, password="ปลาร้า-บองแซ่บ-๙").username == new.username
    assert not set_password(username="nobody-at-all", password=PASSWORD)
    with pytest.raises(LoginRefused, match="password_too_weak"):
        set_password(username=new.username, password=new.username)


def test_the_province_has_a_desk_of_its_own_and_none_in_any_fund():
    user_id = create_province_login(login=login(role=Role.PROVINCE), province_code=44, from_on=START)
    desk, = desks(user_id=user_id, on=START)
    assert (desk.role, desk.province_code, desk.fund_id) == (Role.PROVINCE, 44, None)
    with pytest.raises(LoginRefused) as wrong:
        create_province_login(login=login(username=""), province_code=5, from_on=START)
    assert [r.code for r in wrong.value.refusals] == ["access.username_missing", "access.unknown_province"]
