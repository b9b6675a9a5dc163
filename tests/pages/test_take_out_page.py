"""The page where everything is taken out: the treasurer or the chair gets a file, and it is written down."""
import io
import zipfile

import pytest

from ombun.audit.queries import latest
from ombun.imports.rules.cells import read_workbook
from ombun.primitives.transactions import fund_transaction
from tests.pages.house import text_of


def deeds(house):
    with fund_transaction(fund_id=house.actor.fund_id, read_only=True):
        return [(event.action, event.role, event.facts["form"]) for event in latest(fund_id=house.actor.fund_id)
                if event.action == "exports.taken_out"]


@pytest.mark.parametrize(("name", "role"), [("somsri", "TREASURER"), ("boonmee", "CHAIR")])
@pytest.mark.parametrize("form", ["xlsx", "zip"])
def test_a_button_gives_the_file_and_it_is_written_down(house, name, role, form):
    answer = house.at(name).post(house.url("settings/take-out/"), {"form": form})
    file = b"".join(answer.streaming_content)
    assert answer.status_code == 200 and answer["Cache-Control"] == "private, no-store"
    assert f"ombun-{house.code}-25" in answer["Content-Disposition"] and f".{form}" in answer["Content-Disposition"]
    assert "ทะเบียน หมู่ 4" in {sheet.name for sheet in read_workbook(file=f"x.{form}", content=file)}
    assert zipfile.is_zipfile(io.BytesIO(file))
    assert deeds(house) == [("exports.taken_out", role, form)]


def test_another_form_is_refused_and_nothing_is_written_down(house):
    answer = house.at("somsri").post(house.url("settings/take-out/"), {"form": "pdf"})
    assert answer.status_code == 422 and "class=\"refusals\"" in text_of(answer)
    assert deeds(house) == []


def test_who_may_not_gets_nothing(house):
    for name in ("udom", "orathai", "boonma"):
        assert house.at(name).post(house.url("settings/take-out/"), {"form": "xlsx"}).status_code == 403
    assert deeds(house) == []


def test_the_settings_lead_there(house):
    for name in ("somsri", "boonmee"):
        assert house.url("settings/take-out/") in text_of(house.at(name).get(house.url("settings/")))
