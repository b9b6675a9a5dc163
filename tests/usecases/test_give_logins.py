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
    give_desk,
    set_password,
)
from ombun.access.passwords import OF_THE_DEMO
from ombun.access.queries import desks, logins_of_fund
from ombun.access.rules import NewDesk
from ombun.audit.queries import history
from ombun.claims.queries import days_signed
from ombun.funds.operations import NewHolder, elect_holders, end_office, link_person_to_member
from ombun.funds.queries import office_holders
from ombun.funds.rules import Office
from ombun.primitives.actors import Actor, Role
from tests.people import NOW, PASSWORD, START
from tests.refusing import nothing_written, refused

LATER = date(2025, 11, 1)


def login(fund=None, **more):
    """A login for the auditor's desk of a fund, or for another desk."""
    return NewLogin(**{"username": f"new-{uuid4().hex[:10]}", "password": PASSWORD, "role": Role.AUDITOR,
                       "person_id": fund.persons["udom"] if fund else None, **more})


def make(fund, new, actor=None):
    return create_login(actor=actor or fund.somsri, login=new, from_on=START, recorded_at=NOW)


def end(fund, user_id, role=Role.AUDITOR, until_on=LATER, actor=None):
    end_grant(actor=actor or fund.somsri, user_id=user_id, role=role, until_on=until_on, recorded_at=NOW)


def roles(user_id, on):
    return [desk.role for desk in desks(user_id=user_id, on=on)]


def test_a_login_sits_at_its_desk_from_its_day_on(fund):
    user_id = make(fund, new := login(fund))
    assert roles(user_id, START) == [Role.AUDITOR]
    assert roles(user_id, date(2025, 9, 30)) == []
    assert [(card.username, card.role) for card in logins_of_fund(fund_id=fund.id)] == [(new.username, Role.AUDITOR)]
    with fund.reading():
        event, = history(fund_id=fund.id, subject=f"user:{user_id}")
    assert (event.action, event.facts) == ("access.desk_given", {"role": "AUDITOR"})


def test_a_long_name_does_not_stand_in_the_way_of_a_login(fund):
    user_id = make(fund, login(fund, display_name="ก" * 200))
    assert User.objects.get(id=user_id).first_name == "ก" * 150


def test_a_collector_sees_a_village_and_a_member_a_page(fund):
    collector = make(fund, login(role=Role.COLLECTOR, person_id=fund.boonma, centre_id=fund.centre))
    member = make(fund, login(role=Role.MEMBER, member_id=fund.malee))
    assert desks(user_id=collector, on=START)[0].actor(user_id=collector).centre_id == fund.centre
    assert desks(user_id=member, on=START)[0].actor(user_id=member).member_id == fund.malee


@pytest.mark.parametrize("role", [r for r in Role if r not in {Role.TREASURER, Role.CHAIR, Role.SECRETARY}])
def test_only_treasurer_chair_and_secretary_give_and_take_desks(fund, role):
    user_id = make(fund, login(fund))
    with refused(fund, "access.may_not_make_logins"):
        make(fund, login(fund), actor=fund.actor("somebody", role))
    with refused(fund, "access.may_not_make_logins"):
        end(fund, user_id, actor=fund.actor("somebody", role))


def test_sent_twice_the_name_is_taken(fund):
    make(fund, new := login(fund))
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
        make(fund, login(person_id=fund.boonma, **more))


def test_a_desk_ends_and_the_login_stays(fund):
    user_id = make(fund, login(fund))
    end(fund, user_id)
    assert (roles(user_id, date(2025, 10, 31)), roles(user_id, LATER)) == ([Role.AUDITOR], [])
    assert User.objects.filter(pk=user_id).exists()
    with nothing_written(fund.id):
        end(fund, user_id)


def test_a_desk_that_is_not_there_cannot_end_nor_one_of_another_fund(fund, other_fund):
    user_id = make(fund, login(fund))
    with refused(fund, "access.unknown_desk"):
        end(fund, user_id, role=Role.CHAIR)
    with refused(other_fund, "access.unknown_desk"), nothing_written(fund.id):
        end(other_fund, user_id)


def test_a_new_password_at_the_machine(fund):
    make(fund, new := login(fund))
    assert set_password(username=new.username, password="ปลาร้า-บองแซ่บ-๙")
    assert authenticate(username=new.username, password=PASSWORD) is None
    assert authenticate(username=new.username, password="ปลาร้า-บองแซ่บ-๙").username == new.username
    assert not set_password(username="nobody-at-all", password=PASSWORD)
    with pytest.raises(LoginRefused, match="password_too_weak"):
        set_password(username=new.username, password=new.username)


@pytest.mark.parametrize("password", [OF_THE_DEMO, " OneBahtADay "])
def test_the_password_of_the_demo_is_set_in_the_demo_alone(fund, settings, password):
    make(fund, new := login(fund))
    with refused(fund, "access.password_of_the_demo"):
        make(fund, login(fund, password=password))
    with pytest.raises(LoginRefused, match="password_of_the_demo"):
        set_password(username=new.username, password=password)
    settings.OMBUN_IS_DEMO = True
    assert set_password(username=new.username, password=password)
    assert make(fund, login(fund, password=password))


def test_the_province_has_a_desk_of_its_own_and_none_in_any_fund():
    user_id = create_province_login(login=login(role=Role.PROVINCE), province_code=44, from_on=START)
    desk, = desks(user_id=user_id, on=START)
    assert (desk.role, desk.province_code, desk.fund_id) == (Role.PROVINCE, 44, None)
    with pytest.raises(LoginRefused) as wrong:
        create_province_login(login=login(username=""), province_code=5, from_on=START)
    assert [r.code for r in wrong.value.refusals] == ["access.username_missing", "access.unknown_province"]


@pytest.mark.parametrize("username", ["a b", "a<script>", "สมศรี", "somsri\n", "x\0y", "s" * 151, "ｓｏｍｓｒｉ"])
def test_a_username_is_one_that_everybody_can_type(fund, username):
    with refused(fund, "access.username_not_plain"):
        make(fund, login(fund, username=username))


def test_a_username_in_other_letters_is_the_same_username(fund):
    make(fund, new := login(fund))
    with refused(fund, "access.username_taken"):
        make(fund, login(fund, username=new.username.upper()))


OF_AN_OFFICE = [role for role in Role if role not in {Role.MEMBER, Role.PROVINCE}]


@pytest.mark.parametrize("role", OF_AN_OFFICE)
def test_a_desk_of_the_committee_is_for_whoever_holds_the_office(fund, role):
    adviser = uuid4()
    elect_holders(actor=fund.somsri, recorded_at=NOW, holders=[NewHolder(
        id=uuid4(), person_id=adviser, name="พระครูที่ปรึกษา", office=Office.ADVISER, from_on=START)])
    for person_id in (adviser, None):
        with refused(fund, "access.desk_needs_office"):
            make(fund, login(role=role, person_id=person_id, centre_id=fund.centre))


def test_a_collector_collects_in_the_village_of_the_office(fund):
    with refused(fund, "access.desk_needs_office"):
        make(fund, login(role=Role.COLLECTOR, person_id=fund.persons["boonma5"], centre_id=fund.centre))
    make(fund, login(role=Role.COLLECTOR, person_id=fund.persons["dao4"], centre_id=fund.centre))


def test_nobody_gives_a_desk_to_themselves(fund, boonmee):
    with refused(fund, "access.not_to_yourself"):
        make(fund, login(role=Role.CHAIR, person_id=fund.persons["boonmee"]), actor=boonmee)
    user_id = make(fund, new := login(role=Role.CHAIR, person_id=fund.persons["boonmee"]))
    me = Actor(user_id=user_id, fund_id=fund.id, role=Role.CHAIR, person_id=fund.persons["boonmee"])
    with refused(fund, "access.not_to_yourself"):
        give(fund, new.username, NewDesk(role=Role.CHAIR, person_id=fund.persons["boonmee"]), actor=me)


def test_the_secretary_does_not_become_treasurer(fund):
    wilai = fund.actor("wilai", Role.SECRETARY)
    with refused(fund, "access.desk_needs_office", "access.not_to_yourself"):
        make(fund, login(role=Role.TREASURER, person_id=fund.persons["wilai"]), actor=wilai)


def holder_id(fund, name):
    with fund.reading():
        return next(h.id for h in office_holders(fund_id=fund.id, on=START) if h.person_id == fund.persons[name])


def test_a_desk_ends_with_its_office_and_comes_back_with_it(fund):
    user_id = make(fund, login(fund))
    end_office(actor=fund.somsri, holder_id=holder_id(fund, "udom"), until_on=LATER, recorded_at=NOW,
               signed=days_signed)
    assert (roles(user_id, date(2025, 10, 31)), roles(user_id, LATER)) == ([Role.AUDITOR], [])
    elect_holders(actor=fund.somsri, recorded_at=NOW, holders=[NewHolder(
        id=uuid4(), person_id=fund.persons["udom"], name="นายอุดม แสนดี", office=Office.AUDITOR,
        from_on=date(2025, 11, 10))])
    assert (roles(user_id, LATER), roles(user_id, date(2025, 11, 10))) == ([], [Role.AUDITOR])


def give(fund, username, desk, actor=None, from_on=LATER):
    return give_desk(actor=actor or fund.somsri, username=username, desk=desk, from_on=from_on, recorded_at=NOW)


def test_a_login_gets_a_second_desk_and_its_old_desk_again(fund):
    desk = NewDesk(role=Role.AUDITOR, person_id=fund.persons["udom"])
    user_id = make(fund, new := login(fund))
    end(fund, user_id, until_on=date(2025, 10, 20))
    assert give(fund, new.username, desk) == user_id
    assert (roles(user_id, date(2025, 10, 25)), roles(user_id, LATER)) == ([], [Role.AUDITOR])
    with nothing_written(fund.id):
        give(fund, new.username, desk)
    elect_holders(actor=fund.somsri, recorded_at=NOW, holders=[NewHolder(
        id=uuid4(), person_id=fund.persons["udom"], name="นายอุดม แสนดี", office=Office.REGISTRAR, from_on=START)])
    give(fund, new.username, NewDesk(role=Role.REGISTRAR, person_id=fund.persons["udom"]))
    assert roles(user_id, LATER) == [Role.REGISTRAR, Role.AUDITOR]


def test_a_login_stays_with_its_human(fund, other_fund):
    make(fund, auditors := login(fund))
    make(fund, members := login(role=Role.MEMBER, member_id=fund.malee))
    of_boonmee = NewDesk(role=Role.CHAIR, person_id=fund.persons["boonmee"])
    for username in (auditors.username, members.username):
        with refused(fund, "access.login_is_somebody_elses"):
            give(fund, username, of_boonmee)
    with refused(fund, "access.login_is_somebody_elses"):
        give(fund, auditors.username, NewDesk(role=Role.MEMBER, member_id=fund.malee))
    link_person_to_member(actor=fund.somsri, person_id=fund.persons["boonmee"], member_id=fund.malee, recorded_at=NOW)
    link_person_to_member(actor=fund.somsri, person_id=fund.persons["udom"], member_id=fund.members[1], recorded_at=NOW)
    user_id = give(fund, members.username, of_boonmee)
    assert roles(user_id, LATER) == [Role.CHAIR, Role.MEMBER]
    give(fund, auditors.username, NewDesk(role=Role.MEMBER, member_id=fund.members[1]))
    for username in (auditors.username, "nobody-at-all"):
        with refused(other_fund, "access.unknown_login"):
            give(other_fund, username, NewDesk(role=Role.AUDITOR, person_id=other_fund.persons["udom"]))
    with refused(fund, "access.desk_needs_office", "access.login_is_somebody_elses"):
        give(fund, auditors.username, NewDesk(role=Role.TREASURER, person_id=fund.persons["boonmee"]))
