"""A fund in which every table has rows: each verb of the house was used once, in the order of a first autumn."""
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4, uuid5

from ombun.claims import operations as claims
from ombun.claims import queries as claim_queries
from ombun.contributions import operations as contributions
from ombun.contributions.rules import ArrearsClause, Arrival, Given, Ground, Payment, Rate, Sheet
from ombun.funds.operations import NewHolder, close_month, elect_holders, measure_booklet, reopen_month
from ombun.funds.rules import Layout, Office
from ombun.givers.operations import cancel_gift, receive_gift
from ombun.givers.rules import GiftKind, GiverKind, NewGift
from ombun.imports.operations import commit_import, preview_import, tell_sheet, undo_import
from ombun.ledger import operations as ledger
from ombun.ledger import queries as ledger_queries
from ombun.ledger.rules import (
    PIECES,
    BankLine,
    Count,
    NewAttachment,
    NewBankAccount,
    NewCashLimit,
    NewShares,
    Posting,
    PromptPayKind,
    ShareOf,
)
from ombun.meetings.queries import still_open as month_end_points
from ombun.members.operations import (
    appoint_guardian,
    as_it_stands,
    certify_application,
    correct_member,
    decide_about_members,
    end_guardianship,
    end_membership,
    enrol_member,
    file_application,
    found_household,
    gather_households,
    mend_household,
    merge_members,
    move_in,
    move_out,
    name_beneficiaries,
    record_consent,
    resolve_applications,
    say_two_persons,
    see_id_card,
    take_back_leaving,
    tell_beneficiaries,
)
from ombun.members.queries import beneficiaries_of, member_card, residents
from ombun.members.rules.applications import Decision
from ombun.members.rules.beneficiaries import NewBeneficiary, ToldHow
from ombun.members.rules.consents import ConsentHow, NewConsent, Purpose
from ombun.members.rules.guardians import NewGuardian
from ombun.members.rules.membership import LeftReason, NoIdReason
from ombun.members.rules.resolutions import NewResolution
from ombun.members.states import Happening
from ombun.network.operations import roll_up
from ombun.primitives.actors import Role
from ombun.primitives.money import Satang
from ombun.primitives.transactions import fund_transaction
from ombun.privacy.operations import erase_person, withdraw_consent
from ombun.regulations.operations import adopt_version, publish_clauses, start_draft
from ombun.regulations.queries import first_rule_book, ready_provisions
from ombun.regulations.rules.clauses import NewVersion
from ombun.regulations.rules.drafts import drafted
from tests.people import NOW, START, TODAY, Cast
from tests.photos import PHOTO

SMALL = Path(__file__).parents[1] / "data" / "workbooks" / "small.xls"
SLIP = "0037000600000101030040216015320154321ABC05102TH9104B2C5"
ILL, ASKED, SIGNED, SAID, PAID = (date(2025, 11, day) for day in (3, 5, 6, 7, 10))


def pieces_of(satang):
    """So much money in as few notes and coins as there can be."""
    found = []
    for worth in PIECES:
        found.append(satang // worth)
        satang %= worth
    return tuple(found)


class FullFund(Cast):
    """A cast that has done everything once. October is closed, November open."""

    def __init__(self) -> None:
        super().__init__(has_logins=True)
        self.open_books()
        contributions.write_opening_standings(
            actor=self.somsri, paid_until=dict.fromkeys(self.members, START), recorded_at=NOW)
        self.sheet = self.collect(on=date(2025, 10, 5)).collection_id
        self.later_sheet = self.collect(*self.members[:3], on=date(2025, 11, 5)).collection_id
        self.mistaken_sheet = self.collect(*self.members[:2], on=date(2025, 11, 6)).collection_id
        self.cancellation = uuid4()
        contributions.cancel_receipts(
            actor=self.somsri, cancellation_id=self.cancellation, collection_id=self.mistaken_sheet,
            member_ids=[self.malee], cancelled_on=date(2025, 11, 6), why="เก็บซ้ำ", recorded_at=NOW)
        self._dues()
        self._things()
        self._books()
        self._statement()
        self._devices()
        self._register()
        self._claims()
        self._gifts()
        with fund_transaction(fund_id=self.id):
            contributions.write_past_payments(actor=self.somsri, batch_id=uuid4(), recorded_at=NOW, payments={
                (self.malee, date(2025, 8, 1)): Satang(3_000)})
            claims.write_past_benefits(actor=self.somsri, batch_id=uuid4(), recorded_at=NOW, told=[claims.ToldBenefit(
                member_id=self.malee, benefit="hospital", words="นอน รพ.", receiver="นางมาลี", units=1,
                paid_on=date(2025, 8, 9), amount_satang=Satang(1_000), account_code="5102")])
        self._privacy()
        roll_up(on=TODAY, fund_id=self.id)

    def _books(self) -> None:
        ledger.hand_over_cash(
            actor=self.somsri, handover_id=uuid4(), from_account="1130-01", to_account="1110",
            amount_satang=Satang(5_000), handed_on=date(2025, 10, 6), given_by=self.boonma,
            received_by=self.persons["somsri"], recorded_at=NOW)
        self._bank()
        for again in (False, True):
            if again:
                reopen_month(actor=self.somsri, reopening_id=uuid4(), month=START, reason="ลืมลงเงิน อบต.",
                             first_by=self.persons["boonmee"], second_by=self.persons["udom"], reopened_on=TODAY,
                             recorded_at=NOW)
            close_month(actor=self.somsri, close_id=uuid4(), month=START, closed_by=self.persons["somsri"],
                        closed_on=TODAY, recorded_at=NOW, still_open=month_end_points, because="เก็บเงินไม่ครบ")
        self._count()
        ledger.limit_payments(actor=self.somsri, limit_id=uuid4(), recorded_at=NOW, new=NewCashLimit(
            limit_satang=Satang(1_000), resolution_no="3/2568", from_on=START, signed_by=self.persons["boonmee"]))
        ledger.vote_shares(actor=self.somsri, vote_id=uuid4(), recorded_at=NOW, new=NewShares(
            from_on=date(2025, 11, 1), resolution_no="4/2568", signed_by=self.persons["boonmee"], shares=(
                ShareOf(account="4100", sub_fund="สวัสดิการ", thousandths=800),
                ShareOf(account="4100", sub_fund="บริหาร", thousandths=200))))
        granted = ledger.book_receipt_or_payment(
            actor=self.somsri, deed_id=uuid4(), happened_on=date(2025, 11, 4), memo="อบต. สมทบ", recorded_at=NOW,
            postings=[Posting(account_code="1200", amount_satang=Satang(50_000)),
                      Posting(account_code="4400", amount_satang=Satang(-50_000))]).entry_id
        ledger.earmark_receipt(actor=self.somsri, earmark_id=uuid4(), entry_id=granted, accounts=["5102"],
                               words="หนังสือที่ 12/2568", recorded_at=NOW)
        self.papers = [NewAttachment(id=uuid4(), content=b"%PDF-1.7 bill"),
                       NewAttachment(id=uuid4(), content=b"\xff\xd8\xff a mistake")]
        self.voucher = ledger.book_receipt_or_payment(
            actor=self.somsri, deed_id=uuid4(), happened_on=date(2025, 11, 4), memo="ค่ากระดาษ", recorded_at=NOW,
            second=self.persons["boonmee"], attachments=self.papers,
            postings=[Posting(account_code="5330", amount_satang=Satang(1_500)),
                      Posting(account_code="1110", amount_satang=Satang(-1_500))]).entry_id
        ledger.take_off_attachment(actor=self.somsri, attachment_id=self.papers[1].id, recorded_at=NOW)
        self.reversal = ledger.reverse_entry(
            actor=self.somsri, reversal_id=uuid4(), entry_id=self.voucher, reversed_on=date(2025, 11, 4),
            why="พิมพ์ผิด", recorded_at=NOW).entry_id

    def _count(self) -> None:
        with self.reading():
            satang = next(one.balance_satang for one in ledger_queries.cash_held(fund_id=self.id, on=date(2025, 11, 2))
                          if one.code == "1110")
        for each in (satang, satang - 10_000):
            ledger.count_cash(actor=self.somsri, count_id=uuid4(), recorded_at=NOW, count=Count(
                account_code="1110", counted_on=date(2025, 11, 2), pieces=pieces_of(each), because="ทอนผิด",
                counted_by=self.persons["somsri"], witnessed_by=self.persons["udom"]))

    def _bank(self) -> None:
        self.bank_accounts = [uuid4(), uuid4()]
        for number, account in enumerate(self.bank_accounts):
            ledger.name_bank_account(actor=self.somsri, bank_account_id=account, recorded_at=NOW, new=NewBankAccount(
                bank="ธ.ก.ส.", account_no=f"02000000000{number}", owner_name="นางสมศรี ใจบุญ", resolution_no="3/2568",
                resolved_on=START, signed_by=self.persons["boonmee"],
                promptpay_kind=None if number else PromptPayKind.MOBILE, promptpay_no="" if number else "0600000001"))
        measure_booklet(actor=self.somsri, layout_id=uuid4(), layout=Layout(lines_a_page=10), recorded_at=NOW)
        ledger.limit_cash(actor=self.somsri, limit_id=uuid4(), recorded_at=NOW, new=NewCashLimit(
            limit_satang=Satang(100_000), resolution_no="3/2568", from_on=START, signed_by=self.persons["boonmee"]))
        ledger.hand_over_cash(
            actor=self.somsri, handover_id=uuid4(), from_account="1110", to_account="1200", slip_no="7781",
            amount_satang=Satang(1_000), handed_on=date(2025, 10, 7), given_by=self.persons["somsri"],
            received_by=self.persons["boonmee"], recorded_at=NOW)
        ledger.end_bank_account(actor=self.somsri, bank_account_id=self.bank_accounts[1], recorded_at=NOW)

    def _dues(self) -> None:
        contributions.vote_arrears_clause(actor=self.somsri, clause_id=uuid4(), recorded_at=NOW, clause=ArrearsClause(
            from_on=START, clause_no="7.4", words="ขาดส่งเกิน 90 วัน พ้นสภาพ", lapse_after_days=90))
        self.exempted = uuid4()
        contributions.exempt_members(
            actor=self.somsri, deed_id=self.exempted, member_ids=self.members[2:4], ground=Ground.HARDSHIP,
            from_on=date(2025, 11, 10), until_on=None, recorded_at=NOW, resolution=NewResolution(
                committee_no=1, meeting_no=1, met_on=date(2025, 11, 9), signed_by=self.persons["boonmee"]))

    def _statement(self) -> None:
        with self.reading():
            mine = member_card(fund_id=self.id, member_id=self.malee)
        ledger.take_in_statement(
            actor=self.somsri, statement_id=uuid4(), account_code="1200", digest="x", columns={"amount": "ยอด"},
            recorded_at=NOW, lines=[
                BankLine(moved_on=date(2025, 11, day), amount_satang=Satang(satang), balance_satang=None, words=said)
                for day, satang, said in ((8, 6_000, mine.full_name), (9, 250, "ดอกเบี้ย"))])
        with self.reading():
            self.lines = [line.id for line in ledger_queries.open_lines(fund_id=self.id)]
        for slip in (SLIP, ""):
            self.note = uuid4()
            contributions.say_transferred(actor=self.somsri, note_id=self.note, member_id=self.malee, slip=slip,
                                          amount_satang=Satang(3_000), transferred_on=TODAY, recorded_at=NOW)
        contributions.take_back_note(actor=self.somsri, note_id=self.note, member_id=self.malee, recorded_at=NOW)
        contributions.pay_by_transfer(
            actor=self.somsri, match_id=uuid4(), line_id=self.lines[0], booked_by=self.persons["somsri"],
            payments=[Payment(member_id=i, amount_satang=Satang(3_000)) for i in self.members[:2]], recorded_at=NOW)
        for _ in range(2):
            self.interest = ledger.book_line(
                actor=self.somsri, match_id=uuid4(), line_id=self.lines[1], account_code="4910", memo="ดอกผล",
                recorded_at=NOW)
            if _ == 0:
                ledger.unmatch_line(actor=self.somsri, line_id=self.lines[1], recorded_at=NOW)

    def _things(self) -> None:
        kept, used, thanked = uuid4(), uuid4(), uuid4()
        for rate, item, worth, is_kept in ((kept, "ขวดพลาสติก", 800, True), (used, "แรงงาน", 30_000, False),
                                           (thanked, "ปลูกต้นไม้", None, False)):
            contributions.vote_exchange_rate(actor=self.somsri, recorded_at=NOW, rate=Rate(
                id=rate, item=item, unit="กก.", worth_satang=worth and Satang(worth), is_kept=is_kept, from_on=START),
                resolution=NewResolution(committee_no=1, meeting_no=1, met_on=date(2025, 11, 9),
                                         signed_by=self.persons["boonmee"]))
        self.things, self.thanked = uuid4(), uuid4()
        for deed, lines in ((self.things, [(kept, 2_500), (used, 500)]), (self.thanked, [(thanked, 1_000)])):
            contributions.take_in_things(
                actor=self.somsri, deed_id=deed, received_on=date(2025, 11, 9), witness_id=self.boonma, today=TODAY,
                recorded_at=NOW,
                given=[Given(member_id=self.malee, rate_id=rate, thousandths=n, photo=PHOTO) for rate, n in lines])
        contributions.take_back_thing(actor=self.somsri, deed_id=uuid4(), thing_id=uuid5(self.things, "0"),
                                      today=TODAY, recorded_at=NOW)

    def _gifts(self) -> None:
        self.gifts = [uuid4() for _ in range(3)]
        for gift, satang in zip(self.gifts, (20_000, 0, 5_000), strict=True):
            receive_gift(actor=self.somsri, gift_id=gift, recorded_at=NOW, gift=NewGift(
                kind=GiftKind.DONATION, giver_kind=GiverKind.TEMPLE, giver_name="วัดโพธิ์", into_account="1110",
                amount_satang=Satang(satang), things="" if satang else "ข้าวสาร 20 ถุง", given_on=date(2025, 11, 20),
                received_by=self.persons["somsri"]))
        cancel_gift(actor=self.somsri, gift_id=self.gifts[2], why="พิมพ์จำนวนผิด", recorded_at=NOW)

    def _devices(self) -> None:
        self.device, day = uuid4(), date(2025, 11, 7)
        contributions.lend_receipt_book(
            actor=self.somsri, device_id=self.device, centre_id=self.centre, recorded_at=NOW)
        for first in (1, 4):  # twice the same people: the second sheet is set aside
            self.arrived = uuid4()
            contributions.take_in_sheet(actor=self.somsri, received_on=TODAY, recorded_at=NOW, arrival=Arrival(
                device_id=self.device, book_no=9_001, first_number=first, sheet=Sheet(
                    collection_id=self.arrived, centre_id=self.centre, collected_on=day, collected_by=self.boonma,
                    payments=tuple(Payment(member_id=i, amount_satang=Satang(1_000)) for i in self.members[1:4]))))
        self.cleared, self.taken_out = uuid4(), uuid4()
        contributions.give_to_member(actor=self.somsri, clearing_id=self.cleared, receipt=(self.arrived, 4),
                                     member_id=self.members[1], recorded_at=NOW)
        contributions.take_out(actor=self.somsri, clearing_id=self.taken_out, receipt=(self.arrived, 5),
                               why="บันทึกซ้ำ", cleared_on=TODAY, recorded_at=NOW)
        contributions.spoil_numbers(actor=self.somsri, spoiling_id=uuid4(), book_no=9_001, last_number=8, why="หาย",
                                    recorded_at=NOW)
        contributions.wipe_device(actor=self.somsri, device_id=self.device, recorded_at=NOW)

    def _register(self) -> None:
        self.newcomer = enrol_member(
            actor=self.somsri, membership_id=uuid4(), enrolled_on=TODAY, recorded_at=NOW, new=self.new_member(
                90, national_id="9100500012345",
                beneficiaries=(NewBeneficiary(name="นางทอง", relation="แม่"),))).member_id
        self._family()
        self._guardians()
        with self.reading():
            entry = as_it_stands(card=member_card(fund_id=self.id, member_id=self.newcomer))
        correct_member(actor=self.somsri, correction_id=uuid4(), member_id=self.newcomer, corrected_on=TODAY,
                       person=replace(entry, house_no="9"), recorded_at=NOW)
        self._households()
        self.leaver = self.members[-1]
        end_membership(actor=self.somsri, member_id=self.leaver, left_on=date(2025, 11, 20),
                       reason=LeftReason.MOVED, recorded_at=NOW)
        self._committee()
        self._applications()
        self._duplicates()
        self.batch, undone = uuid4(), uuid4()
        for batch in (undone, self.batch):
            preview_import(actor=self.somsri, batch_id=batch, files=[("small.xls", SMALL.read_bytes())],
                           books_end_on=TODAY, previewed_at=NOW)
            tell_sheet(actor=self.somsri, batch_id=batch, file="small.xls", sheet="หมู่ 3", role=None, heading_row=1,
                       headings={"ช่องใหม่": "remark"}, unnamed={}, books_end_on=TODAY, told_at=NOW)
            commit_import(actor=self.somsri, batch_id=batch, committed_at=NOW)
            if batch == undone:
                undo_import(actor=self.somsri, batch_id=batch, undone_at=NOW)
        self.persons["malee"] = uuid4()
        elect_holders(actor=self.somsri, recorded_at=NOW, holders=[NewHolder(
            id=uuid4(), person_id=self.persons["malee"], name="นางมาลี", office=Office.ADVISER, from_on=START,
            member_id=self.malee)])

    def _family(self) -> None:
        for name, day in (("นายคำ", START), ("นายคำดี", TODAY)):
            name_beneficiaries(
                actor=self.somsri, deed_id=uuid4(), member_id=self.newcomer, named_on=day, recorded_at=NOW,
                beneficiaries=[NewBeneficiary(name="นางทอง", relation="แม่"), NewBeneficiary(name=name)])
        with self.reading():
            told = beneficiaries_of(fund_id=self.id, member_ids=[self.newcomer])[self.newcomer]
        tell_beneficiaries(actor=self.somsri, beneficiary_ids=[told[0].id], told_on=TODAY, told_how=ToldHow.PAPER,
                           recorded_at=NOW)

    def _guardians(self) -> None:
        for new in (NewGuardian(guardian_id=self.malee, relation="แม่", from_on=START),
                    NewGuardian(name="นางทอง", relation="ยาย", from_on=START)):
            self.guardianship = uuid4()
            appoint_guardian(actor=self.somsri, guardianship_id=self.guardianship, child_id=self.newcomer, new=new,
                             recorded_at=NOW)
        end_guardianship(actor=self.somsri, guardianship_id=self.guardianship, child_id=self.newcomer, until_on=TODAY,
                         recorded_at=NOW)

    def _households(self) -> None:
        self.household = uuid4()
        found_household(actor=self.somsri, household_id=self.household, centre_id=self.centre, house_no="1",
                        recorded_at=NOW)
        move_in(actor=self.somsri, deed_id=uuid4(), household_id=self.household, from_on=START, recorded_at=NOW,
                member_ids=[self.malee, self.members[1]])
        with self.reading():
            one = next(r for r in residents(fund_id=self.id, household_id=self.household) if r.member_id != self.malee)
        move_out(actor=self.somsri, household_id=self.household, residence_id=one.id, until_on=TODAY, recorded_at=NOW)
        mend_household(actor=self.somsri, household_id=self.household, house_no="12/3", head_id=self.malee,
                       recorded_at=NOW)
        gather_households(actor=self.somsri, deed_id=uuid4(), centre_id=self.centre, house_nos=["9"], recorded_at=NOW)

    def _privacy(self) -> None:
        for purpose in Purpose:
            record_consent(actor=self.somsri, consent_id=uuid4(), member_id=self.members[2], recorded_at=NOW,
                           new=NewConsent(purpose=purpose, given_on=START, how=ConsentHow.BY_GUARDIAN,
                                          guardian_name="นางทอง"))
        withdraw_consent(actor=self.somsri, member_id=self.members[2], purpose=Purpose.DISABILITY, withdrawn_on=TODAY,
                         recorded_at=NOW)
        see_id_card(actor=self.somsri, seen_id=uuid4(), member_id=self.malee, seen_on=TODAY,
                    seen_by=self.persons["somsri"], recorded_at=NOW)
        self.forgotten = enrol_member(actor=self.somsri, membership_id=uuid4(), enrolled_on=TODAY, recorded_at=NOW,
                                      new=self.new_member(97, phone="0600000097")).member_id
        end_membership(actor=self.somsri, member_id=self.forgotten, left_on=TODAY, reason=LeftReason.MOVED,
                       recorded_at=NOW)
        erase_person(actor=self.somsri, member_id=self.forgotten, erased_at=NOW)

    def _committee(self) -> None:
        decide_about_members(
            actor=self.somsri, deed_id=uuid4(), kind=Happening.SUSPENDED, member_ids=[self.members[3]],
            happened_on=TODAY, clause="ข้อ 12", recorded_at=NOW, resolution=NewResolution(
                committee_no=1, meeting_no=11, met_on=TODAY, signed_by=self.persons["boonmee"]))
        end_membership(actor=self.somsri, member_id=self.members[4], left_on=TODAY, reason=LeftReason.RESIGNED,
                       recorded_at=NOW)
        take_back_leaving(actor=self.somsri, member_id=self.members[4], recorded_at=NOW,
                          asked_since=claim_queries.asked_since_leaving)

    def _applications(self) -> None:
        papers = [uuid4() for _ in range(4)]
        self.application = papers[0]
        for n, paper in enumerate(papers):
            file_application(actor=self.somsri, application_id=paper, applied_on=START, recorded_at=NOW,
                             new=self.new_member(70 + n, joined_on=None, no_id_reason=NoIdReason.NOT_SEEN))
        for paper in papers[1:]:
            certify_application(actor=self.somsri, application_id=paper, certifiers=[self.boonma],
                                certified_on=START, recorded_at=NOW)
        resolve_applications(
            actor=self.somsri, joined_on=TODAY, clause="ข้อ 6", recorded_at=NOW, resolution=NewResolution(
                committee_no=1, meeting_no=11, met_on=TODAY, signed_by=self.persons["boonmee"]),
            decisions=[Decision(application_id=papers[2], member_no="0072"),
                       Decision(application_id=papers[3], because="อยู่นอกตำบล")])

    def _duplicates(self) -> None:
        twice = [enrol_member(actor=self.somsri, membership_id=uuid4(), enrolled_on=TODAY, recorded_at=NOW,
                              new=self.new_member(n, first_name="คำ", last_name="แพง")).member_id for n in (91, 92, 93)]
        self.merge = uuid4()
        merge_members(actor=self.somsri, merge_id=self.merge, kept_id=twice[0], merged_id=twice[1], recorded_at=NOW)
        say_two_persons(actor=self.somsri, answer_id=uuid4(), one_id=twice[2], other_id=twice[0], recorded_at=NOW)

    def _claims(self) -> None:
        self.version = uuid4()
        adopt_version(actor=self.somsri, recorded_at=NOW, version=NewVersion(
            id=self.version, number=1, title="ระเบียบกองทุน", voted_on=date(2014, 12, 20), meeting="ประชุมใหญ่",
            resolution="มติที่ 4", in_force_from=date(2015, 1, 1), provisions=ready_provisions(), clauses=tuple(
                one if one.benefit != "hospital" else replace(one, rule={**one.rule, "at_once": {
                    "limit_satang": 100_00}}) for one in first_rule_book())))
        publish_clauses(actor=self.somsri, on=TODAY, recorded_at=NOW)
        self.draft = uuid4()
        start_draft(actor=self.somsri, draft_id=self.draft, title="ร่างระเบียบ", recorded_at=NOW, clauses=drafted(
            draft_id=self.draft, clauses=first_rule_book(), provisions=ready_provisions()))
        claims.write_opening_uses(actor=self.somsri, recorded_at=NOW, uses=[claims.UsedBefore(
            member_id=self.members[1], benefit="hospital", times=1, units=1, amount_satang=Satang(20_000))])
        self.claims = {name: self.claim(name, on=date(2025, 11, day)) for day, name in
                       enumerate(("filed", "certified", "approved", "paid"), 1)}
        self.claims["helped"] = self.claim("paid", on=date(2025, 10, 29), helped=Satang(50_00))
        self.claims["rejected"] = self.claim("rejected", member=self.members[1])
        ledger.hand_over_cash(
            actor=self.somsri, handover_id=uuid4(), from_account="1110", to_account="1200", slip_no="7782",
            amount_satang=Satang(100_00), handed_on=SAID, given_by=self.persons["somsri"],
            received_by=self.persons["boonmee"], recorded_at=NOW)
        self.claims["transferred"] = self.claim("paid", on=date(2025, 10, 30), paid_from=self.bank_accounts[0])
        self.claims["appeal"] = uuid4()
        claims.appeal_claim(actor=self.somsri, appeal_id=self.claims["appeal"], claim_id=self.claims["rejected"],
                            because="มีใบรับรองแพทย์แล้ว", filed_on=SAID, recorded_at=NOW)
        claims.reject_claim(actor=self.somsri, claim_id=self.claims["appeal"], rejected_by=self.persons["boonmee"],
                            because="ยังไม่ครบ", decided_on=PAID, recorded_at=NOW)
        claims.agree_recovery(
            actor=self.somsri, recovery_id=uuid4(), claim_id=self.claims["paid"], recorded_at=NOW, new=claims.Agreement(
                agreed_on=PAID, agreed_by=self.persons["boonmee"], payer_name="นางมาลี", because="นอนครึ่งคืน",
                amount_satang=Satang(50_00), parts=2, first_due_on=TODAY))
        claims.take_repayment(actor=self.somsri, repayment_id=uuid4(), claim_id=self.claims["paid"], paid_on=PAID,
                              amount_satang=Satang(50_00), received_by=self.persons["somsri"], recorded_at=NOW)
        with self.reading():
            question = claim_queries.all_questions(fund_id=self.id, on=TODAY)[0]
        claims.look_at(actor=replace(self.somsri, role=Role.AUDITOR), look_id=uuid4(), question=question,
                       because="ดูแล้ว", recorded_at=NOW)
        self.claims["listed"], self.list_id = self.claim("certified", on=date(2025, 11, 5)), uuid4()
        claims.decide_claims(
            actor=self.somsri, list_id=self.list_id, recorded_at=NOW, resolution=NewResolution(
                committee_no=1, meeting_no=4, met_on=SAID, signed_by=self.persons["boonmee"]),
            decisions=[claims.Decision(claim_id=self.claims["listed"], approved_satang=Satang(100_00))])

    def claim(self, until: str, *, on: date = ILL, member: int | None = None, paid_from=None, helped=None):
        """A night in hospital, as far as this state."""
        claim = uuid4()
        filed = claims.file_claim(
            actor=self.somsri, claim_id=claim, member_id=member or self.malee, benefit="hospital", happened_on=on,
            filed_on=ASKED, units=1, details={}, recorded_at=NOW,
            agreed=NewConsent(purpose=Purpose.HEALTH, given_on=ASKED))
        if helped:
            claims.help_at_once(
                actor=self.somsri, help_id=uuid4(), claim_id=claim, recorded_at=NOW, new=claims.NewHelp(
                    amount_satang=helped, helped_on=ASKED, payee_name="นางมาลี", agreed_by=self.persons["boonmee"],
                    paid_by=self.persons["somsri"]))
        if until == "rejected":
            claims.reject_claim(actor=self.somsri, claim_id=claim, rejected_by=self.persons["boonmee"],
                                because="ไม่ได้นอน", decided_on=SAID, recorded_at=NOW)
        if until in ("certified", "approved", "paid"):
            centre = self.moos[0]
            claims.certify_claim(actor=self.somsri, claim_id=claim, certified_on=SIGNED, recorded_at=NOW, certifiers=[
                self.persons[f"{name}{centre}"] for name in ("boonma", "dao", "kham")])
        if until in ("approved", "paid"):
            claims.approve_claim(actor=self.somsri, claim_id=claim, approved_by=self.persons["boonmee"],
                                 approved_satang=filed.assessed_satang, decided_on=SAID, recorded_at=NOW)
        if until == "paid":
            claims.pay_claim(actor=self.somsri, claim_id=claim, paid_by=self.persons["somsri"], paid_on=PAID,
                             payee_name="นางมาลี", recorded_at=NOW + timedelta(hours=1), paid_from=paid_from)
        return claim

    def card(self, name: str):
        """One of the claims as pages see it."""
        with self.reading():
            return claim_queries.claim_card(fund_id=self.id, claim_id=self.claims[name])
