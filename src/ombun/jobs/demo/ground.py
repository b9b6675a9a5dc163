"""The deeds of the story, each done by the operation that a desk would use. Done again, each changes nothing."""
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from ombun.claims import operations as claims
from ombun.claims import queries as claim_queries
from ombun.claims.rules import Filing, PastClaim
from ombun.claims.states import OPEN, ClaimState
from ombun.contributions import operations as contributions
from ombun.contributions.rules import Payment, Sheet
from ombun.funds import operations as funds
from ombun.jobs.demo.committee import collector
from ombun.jobs.demo.dues import CollectionDay
from ombun.jobs.demo.money import PAYS_ALONE, Voucher
from ombun.jobs.demo.needs import Need
from ombun.jobs.demo.neighbours import Neighbour
from ombun.jobs.demo.seed import fixed_id, moment
from ombun.jobs.demo.tambon import FUND_NAME
from ombun.ledger import operations as ledger
from ombun.ledger import queries as books
from ombun.ledger.rules import BANK, LOCAL_MATCHING, PIECES, TREASURER_CASH, Count, NewAttachment, Posting
from ombun.members import operations as members
from ombun.members.rules.consents import NewConsent, Purpose
from ombun.papers.cash_vouchers import CashVoucherPaper, cash_voucher_pdf
from ombun.papers.heading import FundHeading
from ombun.primitives.actors import Actor, Role
from ombun.primitives.days import month_of
from ombun.primitives.money import Satang
from ombun.primitives.transactions import fund_transaction
from ombun.regulations import operations as regulations
from ombun.regulations.rules.clauses import NewVersion

_KEPT_IN_HAND = 3_000_000
_THOUSAND_BAHT = 100_000
_NO = {"regulations.never_paid": "ยังไม่เคยส่งเงินสมทบ ตามระเบียบยังรับสวัสดิการนี้ไม่ได้",
       "regulations.in_arrears": "ค้างส่งเงินสมทบก่อนเกิดเหตุ ตามระเบียบยังรับสวัสดิการนี้ไม่ได้",
       "regulations.still_waiting": "ยังเป็นสมาชิกไม่ครบระยะรอตามระเบียบ",
       "regulations.no_times_left_this_year": "ปีนี้รับสวัสดิการนี้ครบจำนวนครั้งแล้ว"}
_NO_OTHERWISE = "ไม่เข้าเงื่อนไขตามระเบียบ กรรมการได้ไปเยี่ยมและอธิบายที่บ้านแล้ว"


@dataclass(kw_only=True)
class Ground:
    """The fund in which the story happens: who sits at which desk, and everybody's id in the register."""

    fund_id: int
    desks: Mapping[Role, Actor]
    member_ids: Mapping[str, int]

    def person(self, key: str) -> UUID:
        """The office-holder of this name in the story."""
        return fixed_id("person", key)

    def collect(self, days: Sequence[CollectionDay], *, on: date) -> None:
        """The collectors bring their sheets of a month."""
        contributions.record_history(
            actor=self.desks[Role.TREASURER], received_on=on, recorded_at=moment(on),
            sheets=[Sheet(
                collection_id=fixed_id("collection", day.moo, day.month), centre_id=fixed_id("centre", day.moo),
                collected_on=day.collected_on, collected_by=self.person(collector(day.moo)),
                payments=tuple(Payment(member_id=self.member_ids[no], amount_satang=satang)
                               for no, satang in day.payments)) for day in days])

    def hand_over(self, day: CollectionDay, *, on: date) -> None:
        """A collector brings the money of a collection day to the treasurer."""
        self._change_hands(("handover", day.moo, day.month), on, self.cash_of[self.person(collector(day.moo))],
                           TREASURER_CASH, day.total_satang, given_by=collector(day.moo), received_by="treasurer")

    def bring_to_the_bank(self, month: int, *, on: date) -> None:
        """The treasurer and the chair bring to the bank what the treasurer need not keep, in whole thousands."""
        spare = (self._in_hand() - _KEPT_IN_HAND) // _THOUSAND_BAHT * _THOUSAND_BAHT
        if spare > 0 and not self._is_done("bank", month):
            self._change_hands(("bank", month), on, TREASURER_CASH, BANK, Satang(spare), given_by="treasurer",
                               received_by="chair")

    def _fetch_from_the_bank(self, key: Sequence[object], on: date, needed_satang: int) -> None:
        """The chair and the treasurer fetch what is needed and not in the tin, in whole thousands."""
        lacking = -(-(needed_satang - self._in_hand()) // _THOUSAND_BAHT) * _THOUSAND_BAHT
        if lacking > 0 and not self._is_done(*key):
            self._change_hands(
                key, on, BANK, TREASURER_CASH, Satang(lacking), given_by="chair", received_by="treasurer")

    def book(self, voucher: Voucher, *, on: date) -> None:
        """The treasurer books a receipt or a payment; to a large payment the chair agrees."""
        is_large = voucher.satang > PAYS_ALONE and voucher.credit in (BANK, TREASURER_CASH)
        entry_id = ledger.book_receipt_or_payment(
            actor=self.desks[Role.TREASURER], deed_id=fixed_id("voucher", voucher.key), happened_on=on,
            memo=voucher.memo, recorded_at=moment(on),
            second=self.person("chair") if is_large else None,
            attachments=_bill(voucher) if is_large else (), postings=[
                Posting(account_code=voucher.debit, amount_satang=voucher.satang),
                Posting(account_code=voucher.credit, amount_satang=Satang(-voucher.satang))]).entry_id
        if voucher.credit == LOCAL_MATCHING:
            ledger.earmark_receipt(
                actor=self.desks[Role.TREASURER], earmark_id=fixed_id("earmark", voucher.key), entry_id=entry_id,
                accounts=["5101", "5103"], words=f"{voucher.memo} เพื่อเด็กแรกเกิดและผู้สูงอายุ", recorded_at=moment(on))

    def see_off(self, one: Neighbour, *, on: date) -> None:
        """The registrar writes down that somebody has left or died."""
        assert one.leaving is not None
        members.end_membership(
            actor=self.desks[Role.REGISTRAR], member_id=self.member_ids[one.member_no], left_on=on,
            reason=one.leaving.reason, recorded_at=moment(on))

    def vote(self, version: NewVersion, *, on: date) -> None:
        """The members' meeting votes the regulations."""
        regulations.adopt_version(actor=self.desks[Role.SECRETARY], version=version, recorded_at=moment(on))

    def help_in_a_month(self, needs: Sequence[Need], *, on: date) -> None:
        """All help of a month of the past at once; what the rule book does not grant goes its way step by step."""
        first_on = min([on, *(need.paid_on for need in needs if need.paid_on)])
        self._fetch_from_the_bank(("withdrawal", month_of(on)), first_on, sum(need.expected_satang for need in needs))
        refused = self._refused(needs) | self._begun(needs)
        self._refused([need for need in needs if need.key not in refused])
        for need in needs:
            if need.key in refused:
                for does, day in ((self.file, need.filed_on), (self.certify, need.certified_on),
                                  (self.decide, need.decided_on), (self.pay, need.paid_on)):
                    assert day is not None
                    does(need, on=day)

    def _begun(self, needs: Sequence[Need]) -> set[str]:
        """Which of them are on their way already, because the making was stopped in the middle."""
        with fund_transaction(fund_id=self.fund_id, read_only=True):
            there = {line.id for line in claim_queries.claims(fund_id=self.fund_id, states=tuple(OPEN))}
        return {need.key for need in needs if _claim_id(need) in there}

    def _refused(self, needs: Sequence[Need]) -> set[str]:
        """Record past claims, all or none; gives the keys of those that stand in the way."""
        past = {_claim_id(need): need for need in needs}
        recorded_on = max((need.paid_on for need in needs if need.paid_on), default=date.min)
        try:
            claims.record_history(
                actor=self.desks[Role.TREASURER], claims=[self._past(need) for need in needs],
                recorded_at=moment(recorded_on))
        except claims.HistoryRefused as refused:
            return {past[UUID(refusal.about[:36])].key for refusal in refused.refusals}
        return set()

    def _past(self, need: Need) -> PastClaim:
        assert need.certified_on is not None and need.decided_on is not None and need.paid_on is not None
        return PastClaim(
            claim_id=_claim_id(need), certified_on=need.certified_on, approved_by=self.person("chair"),
            decided_on=need.decided_on, paid_by=self.person("treasurer"), paid_on=need.paid_on,
            payee_name=need.payee_name, certifiers=self._certifiers(need), filing=Filing(
                member_id=self.member_ids[need.who.member_no], benefit=need.benefit, happened_on=need.happened_on,
                units=need.units, filed_on=need.filed_on, details=need.details, documents_seen=need.papers))

    def _certifiers(self, need: Need) -> tuple[UUID, ...]:
        return tuple(self.person(f"centre:{need.who.moo}:{n}") for n in (1, 2, 3))

    def file(self, need: Need, *, on: date) -> None:
        """Somebody asks for help."""
        claims.file_claim(
            actor=self.desks[Role.REGISTRAR], claim_id=_claim_id(need), member_id=self.member_ids[need.who.member_no],
            benefit=need.benefit, happened_on=need.happened_on, filed_on=on, units=need.units,
            details=need.details, documents_seen=need.papers, recorded_at=moment(on),
            agreed=NewConsent(purpose=Purpose.HEALTH, given_on=on))

    def help_at_once(self, need: Need, *, on: date) -> None:
        """Somebody whose house was hit gets the first money on the day they ask."""
        satang = Satang(_THOUSAND_BAHT)
        self._fetch_from_the_bank(("withdrawal", "first help", need.key), on, satang)
        claims.help_at_once(
            actor=self.desks[Role.TREASURER], help_id=fixed_id("first help", need.key), claim_id=_claim_id(need),
            new=claims.NewHelp(amount_satang=satang, helped_on=on, payee_name=need.payee_name,
                               agreed_by=self.person("chair"), paid_by=self.person("treasurer")),
            recorded_at=moment(on))

    def certify(self, need: Need, *, on: date) -> None:
        """Three people of the village say that it is true."""
        claims.certify_claim(
            actor=self.desks[Role.REGISTRAR], claim_id=_claim_id(need), certified_on=on,
            certifiers=self._certifiers(need),
            recorded_at=moment(on))

    def decide(self, need: Need, *, on: date) -> None:
        """The chair says yes to what the rule book grants, or no with the reason."""
        chair, card = self.desks[Role.CHAIR], self._claim(need)
        granted = card.approved_satang or card.assessed_satang
        if granted and card.state != ClaimState.REJECTED:
            claims.approve_claim(
                actor=chair, claim_id=card.id, approved_by=self.person("chair"), approved_satang=granted,
                decided_on=on, recorded_at=moment(on))
        else:
            because = next((_NO[step.code] for step in card.steps if step.code in _NO), _NO_OTHERWISE)
            claims.reject_claim(
                actor=chair, claim_id=card.id, rejected_by=self.person("chair"), because=because,
                decided_on=on, recorded_at=moment(on))

    def pay(self, need: Need, *, on: date) -> None:
        """The treasurer hands over the money, out of the tin or, where that is too little, fresh from the bank."""
        card = self._claim(need)
        if card.state not in (ClaimState.APPROVED, ClaimState.PAID) or card.approved_satang is None:
            return
        self._fetch_from_the_bank(("withdrawal", need.key), on, card.approved_satang)
        claims.pay_claim(
            actor=self.desks[Role.TREASURER], claim_id=card.id, paid_by=self.person("treasurer"), paid_on=on,
            payee_name=need.payee_name,
            recorded_at=moment(on))

    def close(self, month: date, *, on: date) -> None:
        """The treasurer and the auditor count the cash, and the treasurer closes the books of a month."""
        satang, pieces = self._in_hand_on(on), list[int]()
        for worth in PIECES:
            pieces.append(satang // worth)
            satang %= worth
        ledger.count_cash(
            actor=self.desks[Role.TREASURER], count_id=fixed_id("count", month), recorded_at=moment(on), count=Count(
                account_code=TREASURER_CASH, counted_on=on, pieces=tuple(pieces), witnessed_by=self.person("auditor"),
                counted_by=self.person("treasurer")))
        funds.close_month(
            actor=self.desks[Role.TREASURER], close_id=fixed_id("close", month), month=month, closed_on=on,
            closed_by=self.person("treasurer"), recorded_at=moment(on))

    def _change_hands(
        self, key: Sequence[object], on: date, from_account: str, to_account: str, satang: Satang, *, given_by: str,
        received_by: str
    ) -> None:
        ledger.hand_over_cash(
            actor=self.desks[Role.TREASURER], handover_id=fixed_id(*key), from_account=from_account,
            to_account=to_account, amount_satang=satang, handed_on=on, given_by=self.person(given_by),
            received_by=self.person(received_by), recorded_at=moment(on))

    def _is_done(self, *key: object) -> bool:
        with fund_transaction(fund_id=self.fund_id, read_only=True):
            return books.entry_of(deed="ledger.handover", deed_id=fixed_id(*key)) is not None

    @cached_property
    def cash_of(self) -> Mapping[UUID, str]:
        """The account of each collector's own cash. Collectors have one from their first collection day on."""
        with fund_transaction(fund_id=self.fund_id, read_only=True):
            return {h.holder_id: h.code for h in books.cash_holders(fund_id=self.fund_id) if h.holder_id is not None}

    def _in_hand(self) -> int:
        with fund_transaction(fund_id=self.fund_id, read_only=True):
            return next(h.balance_satang for h in books.cash_holders(fund_id=self.fund_id) if h.code == TREASURER_CASH)

    def _in_hand_on(self, on: date) -> int:
        """The treasurer's cash on the evening of a day; help of that month that is paid later has not left yet."""
        with fund_transaction(fund_id=self.fund_id, read_only=True):
            held = books.cash_held(fund_id=self.fund_id, on=on)
            return next(h.balance_satang for h in held if h.code == TREASURER_CASH)

    def _claim(self, need: Need) -> claim_queries.ClaimCard:
        with fund_transaction(fund_id=self.fund_id, read_only=True):
            card = claim_queries.claim_card(fund_id=self.fund_id, claim_id=_claim_id(need))
        assert card is not None
        return card


def _claim_id(need: Need) -> UUID:
    return fixed_id("claim", need.key)


def _bill(voucher: Voucher) -> tuple[NewAttachment, ...]:
    """The paper behind a large payment: the voucher as it was signed."""
    return (NewAttachment(id=fixed_id("bill", voucher.key), content=cash_voucher_pdf(
        fund=FundHeading(name=FUND_NAME, place=""), voucher=CashVoucherPaper(
            number=voucher.key.partition(":")[2], is_payment=True, happened_on=voucher.on, kind=voucher.memo,
            memo=voucher.memo, through="ธ.ก.ส.", amount_satang=voucher.satang, needs_second=True))),)
