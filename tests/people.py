"""The named cast: a small fund made by our own operations, and whoever sits at its desks.

Somsri is treasurer, Boonmee chairs, Malee is a member; Anan is treasurer of ANOTHER fund, Nok looks in from the
province, and the stranger has a login and no desk. Fixtures of the same names are in `tests/conftest.py`.
"""
from datetime import UTC, date, datetime
from functools import cached_property
from uuid import UUID, uuid4

from django.contrib.auth.models import User
from django.test import Client

from ombun.access import operations as access
from ombun.access.operations import NewFund, NewLogin
from ombun.contributions import operations as contributions
from ombun.contributions.rules import Payment
from ombun.funds.operations import NewCentre, NewHolder
from ombun.funds.rules import Office
from ombun.ledger import operations as ledger
from ombun.ledger import queries as books
from ombun.members.operations import write_members
from ombun.members.rules.membership import NewMember
from ombun.primitives.actors import Actor, Role
from ombun.primitives.money import Satang
from ombun.primitives.transactions import fund_transaction

FOUNDED, START, TODAY = date(2010, 6, 9), date(2025, 10, 1), date(2025, 11, 25)
NOW = datetime(2025, 11, 25, 3, tzinfo=UTC)
PASSWORD = "ข้าวเหนียว-ส้มตำ-๗"
BACKEND = "ombun.access.passwords.SigningIn"
DUES = Satang(3000)
COMMITTEE = (("somsri", "นางสมศรี ใจบุญ", Office.TREASURER, Role.TREASURER),
             ("boonmee", "นายบุญมี มั่นคง", Office.CHAIR, Role.CHAIR),
             ("wilai", "นางวิไล พรมมา", Office.SECRETARY, Role.SECRETARY),
             ("udom", "นายอุดม แสนดี", Office.AUDITOR, Role.AUDITOR),
             ("orathai", "น.ส.อรทัย พรมมา", Office.REGISTRAR, Role.REGISTRAR))
OF_A_CENTRE = (("boonma", "นายบุญมา", Office.COLLECTOR), ("dao", "น.ส.ดาว", Office.CENTRE_MEMBER),
               ("kham", "นายคำ", Office.CENTRE_MEMBER))
SURNAMES = ("ใจบุญ", "มั่นคง", "ศรีสุข", "แสนดี", "พรมมา", "มีสุข")


class Cast:
    """A fund with its people: villages 4 and 5 with three office-holders each, six members in the first village."""

    def __init__(
        self, *, villages: tuple[int, ...] = (4, 5), members: int = 6, has_logins: bool = False,
        last_number: int = 100_000, **application
    ) -> None:
        self.mark = uuid4().hex[:10]
        self.code, self.moos = f"cast-{self.mark}", villages
        self.centres = {moo: uuid4() for moo in villages}
        self.persons: dict[str, UUID] = {}
        holders = [self._holder(name, full, office) for name, full, office, _ in COMMITTEE] + [
            self._holder(f"{name}{moo}", f"{full} หมู่{moo}", office, moo)
            for moo in villages for name, full, office in OF_A_CENTRE]
        logins = [NewLogin(username=self.username(name), password=PASSWORD, role=role, person_id=self.persons[name])
                  for name, _, _, role in COMMITTEE if has_logins]
        self.id = access.start_fund(recorded_at=NOW, logins=logins, new=self.application(
            holders=tuple(holders), **application))
        with fund_transaction(fund_id=self.id):
            self.members = write_members(actor=self.somsri, recorded_at=NOW, rows=[
                (uuid4(), self.new_member(n, joined_on=date(2015, 5, 1))) for n in range(1, members + 1)])
        contributions.open_receipt_book(
            actor=self.somsri, centre_id=self.centre, book_no=4, first_number=101, last_number=last_number,
            recorded_at=NOW)
        if has_logins:
            self._seat_collector_and_member()

    def application(self, **more) -> NewFund:
        """What the first-start page would send for this fund."""
        return NewFund(**{
            "code": self.code, "name": "กองทุนสวัสดิการชุมชนตำบลหนองบัว", "tambon_code": 440308, "founded_on": FOUNDED,
            "starts_on": START, "dues_satang": DUES, "dues_every_months": 1, "plan_id": uuid4(), "holders": (),
            "centres": tuple(NewCentre(id=i, moo=moo, name=f"บ้านหมู่ {moo}") for moo, i in self.centres.items()), **more})

    def _holder(self, name: str, full: str, office: Office, moo: int | None = None) -> NewHolder:
        self.persons[name] = uuid4()
        return NewHolder(id=uuid4(), person_id=self.persons[name], name=full, office=office, from_on=START,
                         centre_id=self.centres[moo] if moo else None)

    def new_member(self, n: int, **more) -> NewMember:
        """An application form, filled in: village, number and name follow from `n`."""
        return NewMember(**{
            "member_no": f"{n:04}", "name_title": "นาง", "first_name": f"มาลี{n}", "last_name": SURNAMES[n % 6],
            "joined_on": START, "centre_id": self.centre, **more})

    def _seat_collector_and_member(self) -> None:
        boonma = NewLogin(username=self.username("boonma"), password=PASSWORD, role=Role.COLLECTOR,
                          person_id=self.boonma, centre_id=self.centre)
        malee = NewLogin(username=self.username("malee"), password=PASSWORD, role=Role.MEMBER, member_id=self.malee)
        for login in (boonma, malee):
            access.create_login(actor=self.somsri, login=login, from_on=START, recorded_at=NOW)

    @property
    def centre(self) -> UUID:
        """The first village."""
        return self.centres[self.moos[0]]

    @property
    def boonma(self) -> UUID:
        """The person who collects in the first village."""
        return self.persons[f"boonma{self.moos[0]}"]

    @property
    def malee(self) -> int:
        """The first member."""
        return self.members[0]

    @cached_property
    def somsri(self) -> Actor:
        """The treasurer at her desk."""
        return self.actor("somsri", Role.TREASURER)

    def actor(self, name: str, role: Role, **more) -> Actor:
        """Somebody at a desk of this fund. The user id of an actor that no login stands behind is 1."""
        return Actor(user_id=1, fund_id=self.id, role=role, person_id=self.persons.get(name), **more)

    def username(self, name: str) -> str:
        """Usernames are one list for all funds."""
        return f"{name}-{self.mark}"

    def at(self, name: str) -> Client:
        """A browser with somebody of this fund signed in."""
        return signed_in(User.objects.get(username=self.username(name)))

    def reading(self):
        """Look into this fund and no other."""
        return fund_transaction(fund_id=self.id, read_only=True)

    def collect(self, *member_ids: int, on: date = START, each: int = DUES, **more):
        """A collection day of the first village: these members pay so much each (all of them, when none is named)."""
        return contributions.record_collection(**{
            "actor": self.somsri, "collection_id": uuid4(), "centre_id": self.centre, "collected_on": on,
            "collected_by": self.boonma, "received_on": TODAY, "recorded_at": NOW,
            "payments": [Payment(member_id=i, amount_satang=Satang(each)) for i in member_ids or self.members], **more})

    def open_books(self, *, treasurer: int = 500_000, bank: int = 9_000_000):
        """The opening position: so much with the treasurer, so much at the bank."""
        return ledger.write_opening_position(
            actor=self.somsri, opening_id=uuid4(), recorded_at=NOW, money=ledger.OpeningMoney(
                treasurer_satang=Satang(treasurer), bank_satang=Satang(bank), invested_satang=Satang(0),
                collectors_satang={}))

    def balances(self, on: date = date(2030, 1, 1)) -> dict[str, int]:
        """Every account that is not zero, in satang; debit is positive."""
        with self.reading():
            return {row.account: row.debit_satang - row.credit_satang
                    for row in books.trial_balance(fund_id=self.id, on=on)}


def signed_in(user: User) -> Client:
    """A browser with a user signed in."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def nok() -> User:
    """The one who looks in from the province of Maha Sarakham."""
    login = NewLogin(username=f"nok-{uuid4().hex[:10]}", password=PASSWORD, role=Role.PROVINCE)
    return User.objects.get(id=access.create_province_login(login=login, province_code=44, from_on=START))


def stranger() -> User:
    """Somebody with a login and no desk: their only one has ended."""
    fund = Cast(members=1, villages=(1,), has_logins=True)
    user = User.objects.get(username=fund.username("udom"))
    access.end_grant(actor=fund.somsri, user_id=user.pk, role=Role.AUDITOR, until_on=START, recorded_at=NOW)
    return user
