"""A small fund that has voted the first rule book, with the cast that files, certifies, decides and pays."""
from datetime import UTC, date, datetime
from uuid import uuid4

from ombun.access.operations import NewFund, operator, start_fund
from ombun.audit.queries import latest
from ombun.claims import operations, queries
from ombun.claims.models import Claim, Signature
from ombun.claims.states import ClaimState
from ombun.contributions import operations as contributions
from ombun.funds.operations import NewCentre, NewHolder, elect_holders
from ombun.funds.rules import Office
from ombun.ledger import operations as ledger
from ombun.ledger import queries as books
from ombun.ledger.rules import NewBankAccount
from ombun.members.operations import write_members
from ombun.members.rules.consents import NewConsent, Purpose
from ombun.members.rules.membership import BirthPrecision, NewMember
from ombun.primitives.actors import Actor
from ombun.primitives.money import Satang
from ombun.primitives.transactions import fund_transaction
from ombun.regulations.operations import adopt_version
from ombun.regulations.queries import first_rule_book
from ombun.regulations.rules.clauses import NewVersion

START = date(2026, 10, 1)
NOW = datetime(2026, 11, 25, 3, tzinfo=UTC)
CAST = (("somsri", "นางสมศรี ใจบุญ", Office.TREASURER, None), ("boonmee", "นายบุญมี มั่นคง", Office.CHAIR, None),
        ("kamon", "นายกมล ศรีสุข", Office.VICE_CHAIR, None), ("wilai", "นางวิไล พรมมา", Office.SECRETARY, None),
        ("dao", "น.ส.ดาว แสนดี", Office.CENTRE_MEMBER, 4), ("kham", "นายคำ แสนดี", Office.CENTRE_MEMBER, 4),
        ("lamai", "นางละไม ใจบุญ", Office.CENTRE_MEMBER, 4), ("boonma", "นายบุญมา แสนดี", Office.COLLECTOR, 4),
        ("prasit", "นายประสิทธิ์ มีสุข", Office.CENTRE_MEMBER, 5))
MEMBERS = {"malee": ("นาง", "มาลี", date(1952, 3, 1), 4), "thong": ("นาง", "ทองใบ", date(1990, 7, 9), 4),
           "nai": ("นาย", "ใน", None, 4), "duang": ("น.ส.", "ดวง", date(1995, 1, 1), None)}


def first_version(**more):
    """The first rule book as the members' meeting voted it, in force from 2015 on."""
    return NewVersion(**{
        "id": uuid4(), "number": 1, "title": "ระเบียบกองทุน พ.ศ. 2558", "voted_on": date(2014, 12, 20),
        "meeting": "ประชุมใหญ่สามัญ 2557", "resolution": "มติที่ 4", "in_force_from": date(2015, 1, 1),
        "clauses": first_rule_book(), **more})


class WelfareHouse:
    """Village 4 with four members (one without a birth date, one without a village), cash with the treasurer."""

    def __init__(self, *, cash=5_000_00, adopts=True):
        self.code, self.centres = f"welfare-{uuid4().hex[:10]}", {4: uuid4(), 5: uuid4()}
        self.people = {name: uuid4() for name, *_ in CAST}
        start_fund(logins=[], recorded_at=NOW, new=NewFund(
            code=self.code, name="กองทุนทดสอบ", tambon_code=100101, founded_on=date(2010, 6, 9), starts_on=START,
            dues_satang=Satang(3000), dues_every_months=1, plan_id=uuid4(),
            centres=tuple(NewCentre(id=i, moo=moo, name=f"บ้านหมู่ {moo}") for moo, i in self.centres.items()),
            holders=tuple(self.holder(name, full, office, moo) for name, full, office, moo in CAST)))
        self.actor = operator(code=self.code)
        self.fund_id = self.actor.fund_id
        with fund_transaction(fund_id=self.fund_id):
            ids = write_members(actor=self.actor, recorded_at=NOW, rows=[(uuid4(), NewMember(
                member_no=f"{n:04}", name_title=title, first_name=first, last_name="ใจบุญ", born_on=born,
                birth_precision=BirthPrecision.DAY if born else BirthPrecision.NONE, joined_on=date(2015, 5, 1),
                centre_id=self.centres.get(moo))) for n, (title, first, born, moo) in enumerate(MEMBERS.values(), 1)])
        self.members = dict(zip(MEMBERS, ids, strict=True))
        contributions.write_opening_standings(
            actor=self.actor, paid_until=dict.fromkeys(ids, date(2026, 12, 1)), recorded_at=NOW)
        if cash:
            money = ledger.OpeningMoney(treasurer_satang=Satang(cash), bank_satang=Satang(0), invested_satang=Satang(0),
                                        collectors_satang={})
            ledger.write_opening_position(actor=self.actor, opening_id=uuid4(), money=money, recorded_at=NOW)
        if adopts:
            adopt_version(actor=self.actor, version=first_version(), recorded_at=NOW)

    def holder(self, name, full, office, moo=None, *, from_on=date(2020, 1, 1), until_on=None, member=None):
        """Somebody in an office; the same name is the same person."""
        return NewHolder(id=uuid4(), person_id=self.people[name], name=full, office=office, from_on=from_on,
                         until_on=until_on, centre_id=self.centres[moo] if moo else None, member_id=member)

    def elect(self, name, full, office, moo=None, **more):
        """One more person elected."""
        self.people.setdefault(name, uuid4())
        elect_holders(actor=self.actor, holders=[self.holder(name, full, office, moo, **more)], recorded_at=NOW)

    def as_(self, role, **more):
        """Somebody at another desk of the same fund."""
        return Actor(user_id=7, fund_id=self.fund_id, role=role, **more)

    def file(self, claim_id=None, *, actor=None, **more):
        """Malee's three nights in hospital, filed two days later."""
        asked = {"member_id": self.members["malee"], "benefit": "hospital", "happened_on": date(2026, 11, 2),
                 "units": 3, "filed_on": date(2026, 11, 4), "details": {"place": "โรงพยาบาลหนองบัว"}, "recorded_at": NOW,
                 "agreed": NewConsent(purpose=Purpose.HEALTH, given_on=date(2026, 11, 4))}
        return operations.file_claim(actor=actor or self.actor, claim_id=claim_id or uuid4(), **asked | more)

    def certify(self, claim_id, *people, actor=None, on=date(2026, 11, 5)):
        """Three people of village 4 sign."""
        return operations.certify_claim(
            actor=actor or self.actor, claim_id=claim_id, certified_on=on, recorded_at=NOW,
            certifiers=[self.people[name] for name in people or ("dao", "kham", "boonma")])

    def approve(self, claim_id, *, actor=None, satang=600_00, by="boonmee", on=date(2026, 11, 6)):
        """The chair says yes."""
        return operations.approve_claim(actor=actor or self.actor, claim_id=claim_id, approved_by=self.people[by],
                                        approved_satang=Satang(satang), decided_on=on, recorded_at=NOW)

    def reject(self, claim_id, *, actor=None, by="boonmee", because="ไม่ใช่การนอนโรงพยาบาล", on=date(2026, 11, 6)):
        """The chair says no."""
        return operations.reject_claim(actor=actor or self.actor, claim_id=claim_id, rejected_by=self.people[by],
                                       because=because, decided_on=on, recorded_at=NOW)

    def pay(self, claim_id, *, actor=None, by="somsri", on=date(2026, 11, 7), payee="นางมาลี ใจบุญ", paid_from=None):
        """The treasurer hands over the money, or transfers it."""
        return operations.pay_claim(actor=actor or self.actor, claim_id=claim_id, paid_by=self.people[by], paid_on=on,
                                    payee_name=payee, paid_from=paid_from, recorded_at=NOW)

    def bank(self, *, satang=3_000_00, resolved_on=date(2026, 10, 2)):
        """An account at a bank that the committee named, with money brought there from the tin."""
        account_id = uuid4()
        ledger.name_bank_account(actor=self.actor, bank_account_id=account_id, recorded_at=NOW, new=NewBankAccount(
            bank="ธ.ก.ส.", account_no="020000000001", owner_name="กองทุนทดสอบ", resolution_no="3/2569",
            resolved_on=resolved_on, signed_by=self.people["boonmee"], promptpay_kind=None, promptpay_no=""))
        with self.reading():
            code = books.bank_account(fund_id=self.fund_id, bank_account_id=account_id).code
        ledger.hand_over_cash(
            actor=self.actor, handover_id=uuid4(), from_account="1110", to_account=code, amount_satang=Satang(satang),
            handed_on=date(2026, 10, 3), given_by=self.people["somsri"], received_by=self.people["boonmee"],
            recorded_at=NOW)
        return account_id

    def claim(self, state=ClaimState.FILED, **more):
        """A claim that has come as far as this state."""
        filed = self.file(**more)
        if state != ClaimState.FILED:
            self.certify(filed.claim_id)
        if state in (ClaimState.APPROVED, ClaimState.PAID):
            self.approve(filed.claim_id, satang=filed.assessed_satang)
        if state == ClaimState.PAID:
            self.pay(filed.claim_id)
        return filed.claim_id

    def reading(self):
        """A read-only look into the fund."""
        return fund_transaction(fund_id=self.fund_id, read_only=True)

    def card(self, claim_id):
        """The claim as pages see it."""
        with self.reading():
            return queries.claim_card(fund_id=self.fund_id, claim_id=claim_id)

    def everything(self):
        """All that a refused operation must not change."""
        with self.reading():
            return (list(Claim.objects.order_by("id").values()), list(Signature.objects.order_by("person_id").values()),
                    books.trial_balance(fund_id=self.fund_id, on=date(2026, 12, 31)),
                    len(latest(fund_id=self.fund_id, count=1000)))


def codes(refused):
    """What was refused, without the room's name."""
    return [r.code.split(".", 1)[1] for r in refused.value.refusals]
