"""Whatever happens in whatever order, the books are what a careful person would have in their head, and no check finds
anything; what is refused, sent twice or meant for another fund changes nothing."""
import os
from dataclasses import is_dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from beancount import loader
from beancount.core import realization
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from ombun.claims import operations as claims
from ombun.contributions import operations as contributions
from ombun.contributions.queries import standings
from ombun.contributions.rules import Payment
from ombun.funds.operations import close_month
from ombun.jobs.bookkeeping import exported
from ombun.jobs.checking import everything_found
from ombun.ledger import operations as ledger
from ombun.ledger import queries as books
from ombun.ledger.rules import Posting
from ombun.members.operations import end_membership, enrol_member
from ombun.members.rules.consents import NewConsent, Purpose
from ombun.members.rules.membership import LeftReason
from ombun.primitives.days import month_end
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refused
from ombun.regulations.operations import adopt_version
from ombun.regulations.queries import first_rule_book
from ombun.regulations.rules.clauses import NewVersion
from tests.books.in_memory import BANK, COLLECTOR, CONTRIBUTIONS, SICKNESS, TREASURER, Asked, Counted, InMemory, Spell
from tests.people import FOUNDED, START, Cast
from tests.refusing import nothing_written

which, days_back = st.integers(0, 50), st.sampled_from([0, 0, 1, 3, 10, 25, 45])
amounts = st.sampled_from([1, 3_000, 3_000, 6_000, 99_999])
sums = st.sampled_from([1, 3_000, 20_000, 90_000, 400_000])
slips = st.sampled_from(["", "", "", "", "nobody", "nothing", "somebody who left"])
HANDS = ((COLLECTOR, TREASURER), (TREASURER, BANK), (BANK, TREASURER), (COLLECTOR, BANK))
VOUCHERS = (("4800", TREASURER, BANK), ("4910", BANK, TREASURER), ("5330", TREASURER, BANK), ("5320", BANK, TREASURER))
_neighbours: list[Cast] = []


def neighbour() -> Cast:
    """One other fund for all runs, with a member, a claim and an entry of its own."""
    if not _neighbours:
        other = Cast(members=2)
        other.entry_id = other.open_books().entry_id
        other.sheet_id = other.collect().collection_id
        adopt(other)
        other.claim_id = uuid4()
        claims.file_claim(actor=other.somsri, claim_id=other.claim_id, member_id=other.malee, benefit="hospital",
                          happened_on=START, filed_on=START, units=1, details={}, recorded_at=noon(START),
                          agreed=NewConsent(purpose=Purpose.HEALTH, given_on=START))
        _neighbours.append(other)
    return _neighbours[0]


def adopt(fund):
    """Give a fund the first rule book."""
    adopt_version(actor=fund.somsri, recorded_at=noon(START), version=NewVersion(
        id=uuid4(), number=1, title="ระเบียบกองทุน", voted_on=FOUNDED, meeting="ประชุมใหญ่", resolution="มติที่ 1",
        in_force_from=FOUNDED, clauses=first_rule_book()))


def noon(day):
    """Midday in Thailand."""
    return datetime(day.year, day.month, day.day, 5, tzinfo=UTC)


DEEDS = []


def deed(weight=1, **drawn):
    """Something that can happen, as often as its weight says, with what is drawn for it."""
    def mark(method):
        DEEDS.extend(st.tuples(st.just(method.__name__), st.fixed_dictionaries(drawn)) for _ in range(weight))
        return method

    return mark


class Fund(RuleBasedStateMachine):
    """A fund in its first autumns."""

    @initialize()
    def begin(self):
        self.fund, self.other = Cast(members=4), neighbour()
        ledger.write_opening_position(
            actor=self.fund.somsri, opening_id=uuid4(), recorded_at=noon(START), money=ledger.OpeningMoney(
                treasurer_satang=Satang(150_000), bank_satang=Satang(300_000), invested_satang=Satang(0),
                collectors_satang={}))
        adopt(self.fund)
        contributions.write_opening_standings(
            actor=self.fund.somsri, paid_until=dict.fromkeys(self.fund.members, START.replace(year=START.year + 3)),
            recorded_at=noon(START))
        self.kept = InMemory(today=START + timedelta(days=9), starts_on=START, closed_until=START - timedelta(days=1),
                             next_number=101)
        self.kept.move(START, (TREASURER, 150_000), (BANK, 300_000), ("3100", -450_000))
        self.kept.spells = {i: Spell(START.replace(year=2015), is_waiting=False) for i in self.fund.members}
        self.signers = {TREASURER: self.fund.persons["somsri"], COLLECTOR: self.fund.boonma,
                        BANK: self.fund.persons["boonmee"]}
        self.sent = []
        self.collect(payments={0: 9_000, 1: 3_000}, back=0, slip="")

    # How deeds are sent

    def told(self):
        """Who writes it down, and when."""
        return {"actor": self.fund.somsri, "recorded_at": noon(self.kept.today)}

    def send(self, verb, *, is_fine, **what):
        """Send a deed: it works just when the model says so, and can be sent again later. Gives the answer or None."""
        said = what | self.told()
        if is_fine:
            answer = verb(**said)
            self.sent.append((verb, said, answer))
            return answer
        with nothing_written(self.fund.id), pytest.raises(Refused):
            verb(**said)
        return None

    def one(self, things, number):
        """One of several by any number, the last one first."""
        return list(things)[-1 - number % len(things)]

    def day(self, back):
        """A day in the past, not before the books began."""
        return max(self.kept.today - timedelta(days=back), START)

    # What can happen

    @deed(days=st.sampled_from([1, 5, 12, 31]))
    def time_passes(self, days):
        self.kept.today += timedelta(days=days)

    @deed(has_joined=st.booleans())
    def enrol(self, has_joined):
        number = 100 + len(self.kept.spells)
        joined_on = self.kept.today if has_joined else self.kept.today + timedelta(days=1)
        enrolled = self.send(enrol_member, is_fine=has_joined, membership_id=uuid4(), enrolled_on=self.kept.today,
                             new=self.fund.new_member(number, joined_on=joined_on))
        if enrolled:
            self.kept.spells[enrolled.member_id] = Spell(joined_on, is_waiting=True)

    @deed(who=which, back=days_back)
    def leave(self, who, back):
        member = self.one(self.kept.spells, who)
        spell, day = self.kept.spells[member], self.day(back)
        if spell.left_on != day:  # the same again would be the first answer
            self.send(end_membership, is_fine=spell.left_on is None and day >= spell.joined_on, member_id=member,
                      left_on=day, reason=LeftReason.RESIGNED)
            if spell.left_on is None and day >= spell.joined_on:
                spell.left_on = day

    @deed(3, payments=st.dictionaries(which, amounts, min_size=1, max_size=5), back=days_back, slip=slips)
    def collect(self, payments, back, slip):
        day = self.day(back)
        paid = {who: satang for number, satang in payments.items() for who in [self.one(self.kept.spells, number)]
                if slip == "somebody who left" or self.kept.spells[who].holds_on(day)}
        paid = {"nobody": {}, "nothing": dict.fromkeys(paid, 0)}.get(slip, paid)
        sheet = uuid4()
        recorded = self.send(
            contributions.record_collection, is_fine=self.kept.takes(paid, day), collection_id=sheet,
            centre_id=self.fund.centre, collected_on=day, collected_by=self.fund.boonma, received_on=self.kept.today,
            payments=[Payment(member_id=i, amount_satang=Satang(satang)) for i, satang in paid.items()])
        if recorded:
            total = sum(paid.values())
            self.kept.move(self.kept.first_open(day), (COLLECTOR, total), (CONTRIBUTIONS, -total))
            first, last = self.kept.next_number, self.kept.next_number + len(paid) - 1
            assert (recorded.first_number, recorded.last_number, recorded.total_satang) == (first, last, total)
            self.kept.next_number = last + 1
            self.kept.sheets[sheet] = Counted(day, self.kept.first_open(day), paid)

    @deed(3, number=which, who=st.one_of(st.none(), st.sets(which, min_size=1, max_size=2)), back=days_back)
    def cancel(self, number, who, back):
        if not self.kept.sheets:
            return
        sheet, day = self.one(self.kept.sheets, number), self.day(back)
        counted = self.kept.sheets[sheet]
        asked = None if who is None else {self.one(counted.paid, one) for one in who}
        struck = counted.standing(asked)
        total = sum(struck.values())
        is_fine = (self.kept.is_open(day) and day >= counted.on and len(struck) == len(asked or struck)
                   and self.kept.has(COLLECTOR, total, day))
        if self.send(contributions.cancel_receipts, is_fine=is_fine, cancellation_id=uuid4(), collection_id=sheet,
                     member_ids=asked, cancelled_on=day, why="เก็บซ้ำ"):
            self.kept.move(day, (CONTRIBUTIONS, total), (COLLECTOR, -total))
            counted.struck |= set(struck)

    @deed(2, hands=st.sampled_from(HANDS), satang=sums, back=days_back,
          short=st.sampled_from([0, 0, 0, 500, -500]))
    def hand_over(self, hands, satang, back, short):
        giving, taking = hands
        day, (giver, taker) = self.day(back), (self.signers[hand] for hand in hands)
        is_fine = self.kept.is_open(day) and satang > short and self.kept.has(giving, satang, day)
        if self.send(ledger.hand_over_cash, is_fine=is_fine, handover_id=uuid4(), from_account=giving,
                     to_account=taking, amount_satang=Satang(satang - short), expected_satang=Satang(satang),
                     memo="นับสองครั้ง", handed_on=day, given_by=giver, received_by=taker):
            self.kept.move(day, (taking, satang - short), (giving, -satang), ("5380" if short > 0 else "4980", short))

    @deed(2, accounts=st.sampled_from(VOUCHERS), satang=sums, back=days_back)
    def voucher(self, accounts, satang, back):
        other, hand, _ = accounts
        comes_in, day = other.startswith("4"), self.day(back)
        sides = [(hand, satang), (other, -satang)] if comes_in else [(other, satang), (hand, -satang)]
        is_fine = self.kept.is_open(day) and (comes_in or self.kept.has(hand, satang, day))
        booked = self.send(
            ledger.book_receipt_or_payment, is_fine=is_fine, deed_id=uuid4(), happened_on=day, memo="ตามใบสำคัญ",
            postings=[Posting(account_code=code, amount_satang=Satang(amount)) for code, amount in sides])
        if booked:
            self.kept.move(day, *sides)
            self.kept.vouchers[booked.entry_id] = day, sides

    @deed(entry=which, back=days_back)
    def take_back(self, entry, back):
        if not self.kept.vouchers:
            return
        wrong, day = self.one(self.kept.vouchers, entry), self.day(back)
        booked_on, sides = self.kept.vouchers[wrong]
        changed = [(code, -satang) for code, satang in sides]
        is_fine = self.kept.is_open(day) and day >= booked_on and all(
            satang > 0 or not code.startswith("1") or self.kept.has(code, -satang, day) for code, satang in changed)
        if self.send(ledger.reverse_entry, is_fine=is_fine, reversal_id=uuid4(), entry_id=wrong, reversed_on=day,
                     why="พิมพ์ผิด"):
            self.kept.move(day, *changed)
            del self.kept.vouchers[wrong]

    @deed(3, who=which, nights=st.integers(1, 5), back=days_back)
    def ask(self, who, nights, back):
        claim, asked = uuid4(), Asked(self.one(self.kept.spells, who), self.day(back), nights)
        is_new = not any((c.member_id, c.happened_on) == (asked.member_id, asked.happened_on)
                         for c in self.kept.claims.values() if c.state != "REJECTED")
        filed = self.send(
            claims.file_claim, is_fine=is_new, claim_id=claim, member_id=asked.member_id, benefit="hospital",
            happened_on=asked.happened_on, filed_on=self.kept.today, units=nights, details={},
            agreed=NewConsent(purpose=Purpose.HEALTH, given_on=self.kept.today))
        if filed:
            assert filed.assessed_satang == self.kept.grants(asked)
            self.kept.claims[claim] = asked

    @deed(8, number=st.integers(0, 2), step=st.sampled_from([*["next"] * 6, "certify", "approve", "reject", "pay"]))
    def take_a_step(self, number, step):
        if not self.kept.claims:
            return
        claim = self.one(self.kept.claims, number)
        asked = self.kept.claims[claim]
        if step == "next":
            step = {"FILED": "certify", "CERTIFIED": "approve", "APPROVED": "pay"}.get(asked.state, "reject")
        if (claim, step) in self.kept.taken:
            return  # the same again on the same day is the first answer, on another day a refusal
        verb, of, to, is_fine, what = self.steps(asked)[step]
        if self.send(verb, is_fine=is_fine and asked.state in of, claim_id=claim, **what):
            asked.state = to
            self.kept.taken.add((claim, step))
            if step == "approve":
                asked.satang = what["approved_satang"]
            if step == "pay":
                self.kept.move(self.kept.today, (SICKNESS, asked.satang), (TREASURER, -asked.satang))

    def steps(self, asked):
        """Every step of a claim: the verb, from which states, to which, whether the rules allow it, and with what."""
        today, granted, persons = self.kept.today, self.kept.grants(asked), self.fund.persons
        return {
            "certify": (claims.certify_claim, {"FILED"}, "CERTIFIED", True, {
                "certified_on": today, "certifiers": [persons[name] for name in ("boonma4", "dao4", "kham4")]}),
            "approve": (claims.approve_claim, {"CERTIFIED"}, "APPROVED", granted > 0, {
                "decided_on": today, "approved_by": persons["boonmee"], "approved_satang": Satang(granted or 1)}),
            "reject": (claims.reject_claim, {"FILED", "CERTIFIED"}, "REJECTED", True, {
                "decided_on": today, "rejected_by": persons["boonmee"], "because": "ไม่ได้นอน"}),
            "pay": (claims.pay_claim, {"APPROVED"}, "PAID", self.kept.has(TREASURER, asked.satang, today), {
                "paid_on": today, "paid_by": persons["somsri"], "payee_name": "นางมาลี"})}

    @deed(waits=st.booleans())
    def close(self, waits):
        month = self.kept.next_month()
        if waits:
            self.kept.today = max(self.kept.today, month_end(month) + timedelta(days=1))
        if self.send(close_month, is_fine=month_end(month) < self.kept.today, close_id=uuid4(), month=month,
                     closed_by=self.fund.persons["somsri"], closed_on=self.kept.today):
            self.kept.closed_until = month_end(month)
            self.kept.closed[month_end(month)] = self.fund.balances(month_end(month))

    # What must change nothing

    @deed(2, number=which)
    def send_again(self, number):
        verb, said, answer = self.sent[number % len(self.sent)]
        with nothing_written(self.fund.id):
            again = verb(**said)
        if is_dataclass(answer) and hasattr(answer, "claim_id"):
            assert (again.claim_id, again.was_already_recorded) == (answer.claim_id, True)
        elif is_dataclass(answer):
            flag = "was_already_closed" if hasattr(answer, "was_already_closed") else "was_already_recorded"
            assert again == replace(answer, **{flag: True})

    @deed(number=which)
    def send_another_sheet_under_the_same_id(self, number):
        sheets = [what for _, what, _ in self.sent if "payments" in what]
        what = sheets[number % len(sheets)]
        more = [replace(p, amount_satang=Satang(p.amount_satang + 1)) for p in what["payments"]]
        with nothing_written(self.fund.id), pytest.raises(Refused):
            contributions.record_collection(**what | {"payments": more})

    @deed(2, kind=st.sampled_from("payer centre collector sheet asker claim entry person leaver closer".split()))
    def name_something_of_another_fund(self, kind):
        today, mine, other = self.kept.today, self.fund, self.other
        sheet = {"collection_id": uuid4(), "centre_id": mine.centre, "collected_on": today,
                 "collected_by": mine.boonma, "received_on": today,
                 "payments": [Payment(member_id=mine.malee, amount_satang=Satang(1))]}
        verb, what = {
            "payer": (contributions.record_collection, sheet | {
                "payments": [Payment(member_id=other.malee, amount_satang=Satang(1))]}),
            "centre": (contributions.record_collection, sheet | {"centre_id": other.centre}),
            "collector": (contributions.record_collection, sheet | {"collected_by": other.boonma}),
            "sheet": (contributions.cancel_receipts, {
                "cancellation_id": uuid4(), "collection_id": other.sheet_id, "member_ids": None,
                "cancelled_on": today, "why": "x"}),
            "asker": (claims.file_claim, {
                "claim_id": uuid4(), "member_id": other.malee, "benefit": "hospital", "happened_on": today,
                "filed_on": today, "units": 1, "details": {},
                "agreed": NewConsent(purpose=Purpose.HEALTH, given_on=today)}),
            "claim": (claims.reject_claim, {
                "claim_id": other.claim_id, "rejected_by": mine.persons["boonmee"], "because": "x",
                "decided_on": today}),
            "entry": (ledger.reverse_entry, {
                "reversal_id": uuid4(), "entry_id": other.entry_id, "reversed_on": today, "why": "x"}),
            "person": (ledger.hand_over_cash, {
                "handover_id": uuid4(), "from_account": BANK, "to_account": TREASURER, "amount_satang": Satang(1),
                "handed_on": today, "given_by": other.boonma, "received_by": mine.persons["somsri"]}),
            "leaver": (end_membership, {
                "member_id": other.malee, "left_on": today, "reason": LeftReason.MOVED}),
            "closer": (close_month, {
                "close_id": uuid4(), "month": self.kept.next_month(), "closed_by": other.persons["somsri"],
                "closed_on": today}),
        }[kind]
        with nothing_written(mine.id, other.id), pytest.raises(Refused):
            verb(**what, **self.told())

    @rule(happened=st.deferred(lambda: st.one_of(DEEDS)))
    def something_happens(self, happened):
        name, drawn = happened
        getattr(self, name)(**drawn)

    # What must always be so

    @invariant()
    def the_books_are_what_the_model_says(self):
        if hasattr(self, "kept"):
            assert self.fund.balances() == self.kept.standing()

    @invariant()
    def everybody_has_paid_what_stands_on_receipts(self):
        if hasattr(self, "kept"):
            with self.fund.reading():
                told = standings(fund_id=self.fund.id, member_ids=list(self.kept.spells), on=self.kept.today)
            assert {i: one.paid_satang for i, one in told.items()} == {i: self.kept.has_paid(i) for i in told}

    @invariant()
    def a_closed_month_stays_as_it_was(self):
        for last_day, standing in getattr(self, "kept", InMemory(START, START, START, 0)).closed.items():
            assert self.fund.balances(last_day) == standing

    @invariant()
    def every_hand_holds_what_the_model_says(self):
        if hasattr(self, "kept"):
            with self.fund.reading():
                held = {h.code: h.balance_satang for h in books.cash_holders(fund_id=self.fund.id)}
            assert all(held[code] == self.kept.balances[code] >= 0 for code in held)

    @invariant()
    def no_check_finds_anything(self):
        if hasattr(self, "fund"):
            assert everything_found(fund_id=self.fund.id) == ()


    # At the end of each story

    def teardown(self):
        """Somebody else's program reads the books as we do."""
        if not hasattr(self, "kept"):
            return
        entries, errors, _ = loader.load_string("\n".join(exported(code=self.fund.code, name="beancount")))
        assert errors == []
        theirs = {node.account.split(":")[1]: int(node.balance.get_currency_units("THB").number * 100)
                  for node in realization.iter_children(realization.realize(entries), leaf_only=True)}
        assert {account: satang for account, satang in theirs.items() if satang} == self.kept.standing()


IS_LONG = os.environ.get("OMBUN_LONG_RUN") == "1"  # 12,000 deeds instead of 480: for a night, see CONTRIBUTING.md
Fund.TestCase.settings = settings(
    max_examples=200 if IS_LONG else 12, stateful_step_count=60 if IS_LONG else 40, deadline=None, print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much])
TestRandomDeeds = pytest.mark.usefixtures("_database_is_open")(Fund.TestCase)
