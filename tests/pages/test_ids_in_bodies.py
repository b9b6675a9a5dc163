"""An id in what is sent opens no more than one in an address: whoever sees one village or one person learns nothing
of others and writes nothing about them. Every form that they may send is sent with the ids of others in it."""
import re
from datetime import date
from uuid import uuid4

import pytest

from ombun.access.door import GUARDED
from ombun.claims.queries import claims_of_member
from ombun.contributions.operations import open_receipt_book
from ombun.contributions.queries import opening_standings, payments_of_member
from ombun.members.operations import enrol_member
from ombun.members.queries import member_card
from ombun.primitives.actors import Role
from tests.pages.forms import Form
from tests.pages.house import text_of
from tests.pages.test_doors import OF_A_FUND, Walked
from tests.people import NOW, TODAY

STEPS = ("check", "record", "edit", "file", "certify", "approve", "pay")
SENT = [(route, view, role) for route, view, _ in OF_A_FUND for role in (Role.COLLECTOR, Role.MEMBER)
        if role in GUARDED[view][0] and {"GET", "POST"} <= GUARDED[view][1]]  # what a script sends has tests of its own


class Neighbours(Walked):
    """A fund in whose second village somebody lives whom neither Boonma nor Malee has to do with."""

    def __init__(self):
        super().__init__()
        self.stranger = enrol_member(
            actor=self.somsri, membership_id=uuid4(), enrolled_on=TODAY, recorded_at=NOW, new=self.new_member(
                80, first_name="บัวลอย", last_name="แดนไกล", centre_id=self.centres[self.moos[1]],
                joined_on=date(2015, 5, 1))).member_id
        open_receipt_book(actor=self.somsri, centre_id=self.centres[self.moos[1]], book_no=5, first_number=1,
                          last_number=99, recorded_at=NOW)


@pytest.fixture(scope="module")
def fund():
    """The fund that is walked."""
    return Neighbours()


def meant_for(fund, form, member):
    """The form as it stands, with the ids of somebody else wherever there is one, and where nobody asked for one."""
    centre, other = fund.centres[fund.moos[1]], str(fund.persons["somsri"])
    fields = {name: value for name, value in form.fields.items() if not re.match(r"(pay|amount)-\d", name)}
    return fields | {
        f"pay-{member}": "on", f"amount-{member}": "30", f"month-{member}": "10/2568", "payments": f"{member}:3000",
        "member": member, "member_id": member, "moo": fund.moos[1], "centre": centre, "centre_id": centre,
        "by": fields.get("by", other), f"by-{other}": "on", "approved_by": other, "paid_by": other}


def about(fund, member):
    """Everything that was written about a member since they joined."""
    with fund.reading():
        return (payments_of_member(fund_id=fund.id, member_id=member),
                claims_of_member(fund_id=fund.id, member_id=member),
                opening_standings(fund_id=fund.id, member_ids=[member]), member_card(fund_id=fund.id, member_id=member))


def test_there_are_forms_that_a_collector_and_a_member_may_send():
    assert {role for _, _, role in SENT} == {Role.COLLECTOR, Role.MEMBER}


@pytest.mark.parametrize(("route", "view", "role"), SENT, ids=[f"{route} {role}" for route, _, role in SENT])
def test_ids_of_others_in_a_form_lead_nowhere(fund, route, view, role):
    browser, address = fund.browsers[role], fund.address(route)
    page = browser.get(address)
    assert page.status_code == 200
    form = Form(text_of(page))
    for step in STEPS:
        sent = meant_for(fund, form, fund.stranger) | {"step": step, "deed": str(uuid4())}
        before = about(fund, fund.stranger)
        assert "บัวลอย" not in text_of(browser.post(address, sent, follow=True)), step
        assert about(fund, fund.stranger) == before, step
