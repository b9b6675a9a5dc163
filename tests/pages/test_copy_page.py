"""The copy of everything: only the treasurer takes it, only where one fund is alone, and it is written down."""
import re

import pytest
from django.test import override_settings
from django.utils import timezone

from ombun.access.operations import CopyRefused, take_copy
from ombun.audit.queries import latest
from ombun.primitives.actors import Actor, Role
from ombun.primitives.transactions import fund_transaction
from tests.pages.house import text_of


def deeds(house):
    with fund_transaction(fund_id=house.actor.fund_id, read_only=True):
        return [event.action for event in latest(fund_id=house.actor.fund_id)]


def test_where_several_funds_are_kept_the_page_says_why_not(house, other_house):
    answer = house.at("somsri").post(house.url("settings/copy/"))
    assert answer.status_code == 422
    assert "เครื่องนี้มีหลายกองทุน" in text_of(answer)
    assert "several funds" in text_of(house.at("somsri", language="en").post(house.url("settings/copy/")))
    assert "access.copy_taken" not in deeds(house)


@override_settings(OMBUN_IS_DEMO=True)
def test_the_fictional_funds_are_handed_out_as_a_backup_and_it_is_written_down(house):
    answer = house.at("somsri").post(house.url("settings/copy/"))
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    assert b"".join(answer.streaming_content).startswith(b"PGDMP")
    assert f"ombun-{house.code}-25" in answer["Content-Disposition"]
    assert deeds(house)[0] == "access.copy_taken"


@pytest.mark.parametrize(("is_demo", "ends"), [(False, ".backup</code>"), (True, ".backup --demo</code>")])
def test_the_page_tells_a_command_that_brings_this_copy_back(quiet_house, is_demo, ends):
    with override_settings(OMBUN_IS_DEMO=is_demo):
        page = text_of(quiet_house.at("somsri").get(quiet_house.url("settings/copy/")))
    assert re.search(rf"\./ombun restore ombun-{quiet_house.code}-[-0-9]+{ends}", re.sub("</?span.*?>", "", page))


def test_a_machine_in_trouble_is_one_sentence(house, monkeypatch, tmp_path):
    monkeypatch.setenv("OMBUN_PG_BIN", str(tmp_path))
    with override_settings(OMBUN_IS_DEMO=True):
        answer = house.at("somsri").post(house.url("settings/copy/"))
    assert answer.status_code == 422
    assert "สำรองข้อมูลไม่สำเร็จ: ไม่พบโปรแกรม PostgreSQL" in text_of(answer)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.TREASURER])
def test_nobody_else_takes_a_copy(house, role):
    actor = Actor(user_id=house.actor.user_id, fund_id=house.actor.fund_id, role=role)
    with pytest.raises(CopyRefused, match="may_not_take_copies"):
        take_copy(actor=actor, is_fiction=True, taken_at=timezone.now())
    assert "access.copy_taken" not in deeds(house)
