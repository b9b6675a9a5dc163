"""A small fund with a login at every desk, made by our own operations, for tests that look at pages."""
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from ombun.access.operations import NewFund, NewLogin, operator, start_fund
from ombun.contributions import operations as contributions
from ombun.funds.operations import NewCentre, NewHolder
from ombun.funds.rules import Office
from ombun.ledger import operations as ledger
from ombun.ledger import queries as books
from ombun.members.operations import write_members
from ombun.members.rules.membership import NewMember
from ombun.primitives.actors import Role
from ombun.primitives.days import add_months, month_of
from ombun.primitives.money import Satang
from ombun.primitives.transactions import fund_transaction

TODAY = timezone.localdate()
MONTH = month_of(TODAY)
START = add_months(MONTH, -3)
NOW = datetime.now(tz=UTC)
PASSWORD = "ข้าวเหนียว-ส้มตำ-๗"
BACKEND = "ombun.access.passwords.SigningIn"
NAMES = (("นาง", "มาลี", "ใจบุญ"), ("นาย", "บุญมี", "มั่นคง"), ("นาง", "ทองใบ", "มั่นคง"), ("น.ส.", "สุดา", "ศรีสุข"))
DESKS = (("somsri", "นางสมศรี ใจบุญ", Role.TREASURER, Office.TREASURER, None),
         ("boonmee", "นายบุญมี มั่นคง", Role.CHAIR, Office.CHAIR, None),
         ("udom", "นายอุดม แสนดี", Role.AUDITOR, Office.AUDITOR, None),
         ("orathai", "น.ส.อรทัย พรมมา", Role.REGISTRAR, Office.REGISTRAR, None),
         ("boonma", "นายบุญมา แสนดี", Role.COLLECTOR, Office.COLLECTOR, 4))


def browser(language="th", **more):
    """A browser in which the language was switched."""
    client = Client(**more)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client


class House:
    """Two villages (4 with members, 5 without), five desks, an opening position, receipts that go on from 101."""

    def __init__(self, members=4, tambon_code=440308):
        mark = uuid4().hex[:10]
        self.code, self.centre, self.other_centre = f"pages-{mark}", uuid4(), uuid4()
        self.people = {name: uuid4() for name, *_ in DESKS}
        self.users = {name: f"{name}-{mark}" for name, *_ in DESKS}
        centre_of = {None: None, 4: self.centre}
        start_fund(recorded_at=NOW, new=NewFund(
            code=self.code, name="กองทุนสวัสดิการชุมชนตำบลหนองบัว", tambon_code=tambon_code,
            founded_on=START - timedelta(days=4000), starts_on=START, dues_satang=Satang(3000),
            dues_every_months=1, plan_id=uuid4(),
            centres=(NewCentre(id=self.centre, moo=4, name="บ้านห้วยทราย"),
                     NewCentre(id=self.other_centre, moo=5, name="บ้านนาดี")),
            holders=tuple(NewHolder(id=uuid4(), person_id=self.people[name], name=full, office=office, from_on=START,
                                    centre_id=centre_of[moo]) for name, full, _, office, moo in DESKS)),
            logins=[NewLogin(username=self.users[name], password=PASSWORD, role=role, display_name=full,
                             person_id=self.people[name], centre_id=centre_of[moo])
                    for name, full, role, _, moo in DESKS])
        self.actor = operator(code=self.code)
        with fund_transaction(fund_id=self.actor.fund_id):
            self.members = write_members(actor=self.actor, recorded_at=NOW, rows=[(uuid4(), NewMember(
                member_no=f"{n:04}", name_title=title, first_name=first, last_name=f"{last}{n if n > 4 else ''}",
                joined_on=START - timedelta(days=900), centre_id=self.centre))
                for n in range(1, members + 1) for title, first, last in [NAMES[(n - 1) % len(NAMES)]]])
        contributions.write_opening_standings(
            actor=self.actor, paid_until=dict.fromkeys(self.members, MONTH), recorded_at=NOW)
        contributions.open_receipt_book(
            actor=self.actor, centre_id=self.centre, book_no=4, first_number=101, last_number=1000, recorded_at=NOW)
        ledger.write_opening_position(actor=self.actor, opening_id=uuid4(), recorded_at=NOW, money=ledger.OpeningMoney(
            treasurer_satang=Satang(500_000), bank_satang=Satang(9_000_000), invested_satang=Satang(0),
            collectors_satang={}))

    def at(self, name, language="th"):
        """A browser with somebody signed in."""
        client = browser(language)
        client.force_login(User.objects.get(username=self.users[name]), backend=BACKEND)
        return client

    def url(self, path=""):
        """The address of a page of this fund."""
        return f"/f/{self.code}/{path}"

    def balances(self):
        """Every account that is not zero, in satang, debit positive."""
        with fund_transaction(fund_id=self.actor.fund_id, read_only=True):
            rows = books.trial_balance(fund_id=self.actor.fund_id, on=TODAY)
        return {row.account: row.debit_satang - row.credit_satang for row in rows}

    def entries(self):
        """Every entry of the books so far."""
        with fund_transaction(fund_id=self.actor.fund_id, read_only=True):
            return books.day_book(fund_id=self.actor.fund_id, from_on=START, until_on=TODAY + timedelta(days=1))


def text_of(response):
    """The page as text."""
    return response.content.decode()


def hidden(response, name):
    """The value of a hidden field of a page."""
    page = text_of(response)
    start = page.index(f'name="{name}" value="') + len(f'name="{name}" value="')
    return page[start:page.index('"', start)]
