"""Clauses that funds really have, one example a line, asked as `./ombun regulations assess` asks them."""
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from ombun.primitives.money import read_baht
from tests.usecases.welfare_house import WelfareHouse

HERE = Path(__file__).parent
TEXT = (HERE / "real_clauses.txt").read_text("utf-8")
LINES = [[part.strip() for part in line.split("|")] for line in TEXT.splitlines() if line.startswith("    ")]
OF_MEMBER = {"joined": "joined_on", "born": "born_on", "sex": "sex", "kind": "kind", "moo": "moo", "paid": "paid_up_to"}
OF_EVENT = {"on": "event_on", "asked": "asked_on", "units": "units", "grade": "grade_hundredths"}
YES_OR_NO = {"relative": "is_relative_member", "excused": "is_lateness_excused"}
OTHERS = {"house": "household_earlier", "fund": "fund_earlier"}


def _earlier(text):
    """What was granted before: "hospital 2026-10-05 600 3, …"."""
    found = []
    for benefit, day, baht, *units in (one.split() for one in text.split(",") if one.strip()):
        found.append({"benefit": benefit, "event_on": day, "amount_satang": read_baht(baht)}
                     | ({"units": int(units[0])} if units else {}))
    return found


def _case(name, benefit, happened, had):
    """A line as a case; what others in the house and in the fund had stands at its end."""
    case, member = {"case": name, "benefit": benefit, "earlier": _earlier(had)}, {}
    words = happened.split()
    while words:
        word = words.pop(0)
        if word in OTHERS:
            end = next((n for n, one in enumerate(words) if one in OTHERS), len(words))
            case[OTHERS[word]] = _earlier(" ".join(words[:end]))
            words = words[end:]
            continue
        value = words.pop(0)
        if word in OF_MEMBER:
            member[OF_MEMBER[word]] = int(value) if word == "moo" else value
        elif word in YES_OR_NO:
            case[YES_OR_NO[word]] = value == "yes"
        elif word == "stranger":
            member["is_member"] = False
        elif word == "earmark":
            case["earmark_left_satang"] = read_baht(value)
        else:
            case[OF_EVENT[word]] = int(value) if word in ("units", "grade") else value
    return case | {"member": member}


@pytest.fixture(scope="module")
def answers(tmp_path_factory, django_db_setup, django_db_blocker):
    """What the command answers to every line, by its number."""
    folder, house = tmp_path_factory.mktemp("cases"), None
    cases = folder / "cases.jsonl"
    cases.write_text("\n".join(json.dumps(_case(number, *line[:3])) for number, line in enumerate(LINES)))
    with django_db_blocker.unblock():
        house = WelfareHouse(adopts=False)
        call_command("regulations", "load", str(HERE / "real_clauses.json"), "--fund", house.code, "--from", "1/1/2519",
                     stdout=StringIO())
        out = StringIO()
        call_command("regulations", "assess", "--fund", house.code, "--cases", str(cases), "--json", stdout=out)
    return {answer["case"]: answer for answer in map(json.loads, out.getvalue().splitlines())}


@pytest.mark.parametrize("number", range(len(LINES)), ids=lambda number: " | ".join(LINES[number]))
def test_a_real_clause(answers, number):
    told, answer = LINES[number][3], answers[number]
    if told.startswith("missing "):
        assert (answer["amount_satang"], answer["missing"]) == (None, [told.removeprefix("missing ")])
    else:
        assert (answer["amount_satang"], answer["missing"]) == (read_baht(told), []), answer["reasons"]
        assert answer["reasons"] and all(reason["th"] and reason["en"] for reason in answer["reasons"])
