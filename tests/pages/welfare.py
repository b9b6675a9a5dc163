"""The small fund with a rule book, three people of the village centre, and a member with a login."""
from uuid import uuid4

from ombun.access.operations import NewLogin, create_login
from ombun.claims import queries
from ombun.funds.operations import NewHolder, elect_holders
from ombun.funds.rules import Office
from ombun.primitives.actors import Role
from ombun.primitives.days import thai_day
from ombun.primitives.transactions import fund_transaction
from ombun.regulations.operations import adopt_version
from ombun.regulations.queries import first_rule_book
from ombun.regulations.rules.clauses import NewVersion
from tests.pages.house import NOW, PASSWORD, START, TODAY, House

DAY = thai_day(TODAY, short=True)
OFFICES = (("dao", "น.ส.ดาว แสนดี", Office.CENTRE_MEMBER, 4), ("kham", "นายคำ แสนดี", Office.CENTRE_MEMBER, 4),
           ("lamai", "นางละไม ใจบุญ", Office.CENTRE_MEMBER, 4), ("prasit", "นายประสิทธิ์ มีสุข", Office.CENTRE_MEMBER, 5))


class WelfareHouse(House):
    """Everything of `House`, and what a claim needs."""

    def __init__(self):
        super().__init__()
        self.people |= {name: uuid4() for name, *_ in OFFICES}
        elect_holders(actor=self.actor, recorded_at=NOW, holders=[NewHolder(
            id=uuid4(), person_id=self.people[name], name=full, office=office, from_on=START,
            centre_id=self.centre if moo == 4 else self.other_centre) for name, full, office, moo in OFFICES])
        adopt_version(actor=self.actor, recorded_at=NOW, version=NewVersion(
            id=uuid4(), number=1, title="ระเบียบกองทุน", voted_on=START, meeting="ประชุมใหญ่", resolution="มติที่ 4",
            in_force_from=START, clauses=first_rule_book()))
        self.users["malee"] = f"malee-{self.code}"
        create_login(actor=self.actor, from_on=START, recorded_at=NOW, login=NewLogin(
            username=self.users["malee"], password=PASSWORD, role=Role.MEMBER, display_name="นางมาลี ใจบุญ",
            member_id=self.members[0]))

    def form(self, member=0, benefit="hospital"):
        """The address of the form of a benefit."""
        return self.url(f"committee/claims/file/{self.members[member]}/{benefit}/")

    def send(self, step, who="somsri", member=0, benefit="hospital", **changes):
        """Send the form of a benefit: three nights in hospital from today on."""
        address = self.form(member, benefit)
        fields = {"deed": str(uuid4()), "happened_on": DAY, "filed_on": DAY, "units": "3", "place": "โรงพยาบาลหนองบัว",
                  "seen-id_card": "on", "agreed": "on", "step": step}
        return self.at(who).post(address, fields | changes)

    def filed(self, **changes):
        """The address of a claim that was filed."""
        return self.send("file", **changes).url

    def sign(self, address, who="somsri", **fields):
        """Take a step at a claim."""
        return self.at(who).post(address, fields)

    def certified(self, **changes):
        """The address of a claim that the centre has certified."""
        address = self.filed(**changes)
        three = {f"by-{self.people[name]}": "on" for name in ("dao", "kham", "lamai")}
        self.sign(address, step="certify", certified_on=DAY, **three)
        return address

    def approved(self, **changes):
        """The address of a claim that the chair has approved."""
        address = self.certified(**changes)
        self.sign(address, "boonmee", step="approve", decided_on=DAY, approved_satang="600",
                  approved_by=str(self.people["boonmee"]))
        return address

    def paid(self, **changes):
        """The address of a claim that was paid."""
        address = self.approved(**changes)
        self.sign(address, step="pay", paid_on=DAY, payee_name="นางมาลี ใจบุญ", paid_by=str(self.people["somsri"]))
        return address

    def claims(self):
        """Every claim, the newest first."""
        with fund_transaction(fund_id=self.actor.fund_id, read_only=True):
            return queries.newest_claims(fund_id=self.actor.fund_id)
