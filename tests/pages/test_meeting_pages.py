"""The meeting's list on the committee's desk: decided together, printed before and after."""
from uuid import uuid4

import pytest

from ombun.claims.states import ClaimState
from tests.pages.house import hidden, text_of
from tests.pages.welfare import DAY, WelfareHouse


@pytest.fixture
def house():
    return WelfareHouse()


def sent(house, who="wilai", **said):
    """The form as the secretary sends it."""
    browser, address = house.at(who), house.url("committee/claims/meeting/")
    fields = {"deed": hidden(browser.get(address), "deed"), "committee_no": "4", "meeting_no": "11", "met_on": DAY,
              "signed_by": str(house.people["boonmee"])}
    return browser.post(address, fields | said)


def said_of(address, word, **more):
    """What is said of the claim behind an address."""
    key = address.rstrip("/").rpartition("/")[2]
    return {f"say-{key}": word} | {f"{name}-{key}": text for name, text in more.items()}


def test_a_meeting_decides_several_and_leaves_one_for_the_next_time(house):
    yes, no, later = (house.certified(member=n) for n in range(3))
    shown = text_of(house.at("somsri").get(house.url("committee/claims/meeting/")))
    assert shown.count('value="yes" checked') == 3 and 'value="600.00"' in shown
    answer = sent(house, "somsri", **said_of(yes, "yes", satang="500"), **said_of(no, "no", because="ไม่ได้นอน"),
                  **said_of(later, ""))
    assert answer.status_code == 302
    told = text_of(house.at("somsri").get(answer.url))
    assert "ไม่ได้นอน" in told and "500" in told
    states = sorted(claim.state for claim in house.claims())
    assert states == sorted([ClaimState.APPROVED, ClaimState.REJECTED, ClaimState.CERTIFIED])
    assert answer.url in text_of(house.at("somsri").get(yes))


def test_what_cannot_be_written_is_said_at_its_claim_and_nothing_is_lost(house):
    address = house.certified()
    answer = sent(house, "somsri", **said_of(address, "yes", satang="601"))
    assert answer.status_code == 422 and "601" in text_of(answer)
    assert [claim.state for claim in house.claims()] == [ClaimState.CERTIFIED]
    assert sent(house, "somsri", **said_of(address, "no", because="")).status_code == 422
    assert sent(house, "somsri", deed="x").status_code == 422


def test_the_list_is_printed_before_and_after(house):
    address = house.certified()
    before = house.at("udom").get(house.url("committee/claims/meeting/list.pdf"))
    assert before.status_code == 200 and before.content.startswith(b"%PDF")
    decided = sent(house, "somsri", **said_of(address, "yes", satang="600")).url
    assert house.at("udom").get(f"{decided}list.pdf").content.startswith(b"%PDF")
    assert house.at("udom").get(house.url(f"committee/claims/meeting/{uuid4()}/")).status_code == 404
    assert house.at("udom").get(house.url(f"committee/claims/meeting/{uuid4()}/list.pdf")).status_code == 404
    assert house.at("boonma").get(house.url("committee/claims/meeting/")).status_code == 403
