"""What the importer has no place for, table by table and row by row: only to be read, and complete.

Every table of a fund stands on a sheet; what the database or the network reckons from other tables alone does not.
"""
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection

from ombun.exports.rules.notes import columns_of, line_above, values_of
from ombun.exports.rules.receipts import Receipt, receipts_table
from ombun.exports.rules.tables import Table, Value

_WHO = "coalesce((SELECT username FROM auth_user WHERE id = {0}.recorded_by), {0}.recorded_by::text) AS recorded_by"
_BY = f"{_WHO}, {{0}}.recorded_at"


def _recorded(alias: str) -> str:
    return _BY.format(alias)


_MEMBER = "LEFT JOIN members_member m ON m.fund_id = {0}.fund_id AND m.id = {0}.member_id"
_PERSON = "LEFT JOIN funds_person p ON p.fund_id = {0}.fund_id AND p.id = {0}.{1}"
_CENTRE = "LEFT JOIN funds_villagecentre c ON c.fund_id = {0}.fund_id AND c.id = {0}.centre_id"
_WHOSE = "m.id AS member_id, m.member_no, m.full_name"

_FUND: tuple[tuple[str, str], ...] = (
    ("กองทุน", """SELECT f.code, f.name, f.tambon_id, f.founded_on, f.starts_on, f.books_closed_until
      FROM funds_fund f WHERE f.id = %(fund_id)s"""),
    ("ศูนย์หมู่บ้าน", """SELECT c.moo, c.name, c.address FROM funds_villagecentre c
      WHERE c.fund_id = %(fund_id)s ORDER BY c.moo"""),
    ("หน้าสมุดประจำตัว", f"""SELECT b.page_width, b.page_height, b.first_line, b.line_height, b.lines_a_page, b.day_left,
      b.words_left, b.paper_no_left, b.paid_left, b.received_left, {_recorded("b")} FROM funds_bookletlayout b
      WHERE b.fund_id = %(fund_id)s ORDER BY b.recorded_at"""),
    ("ผู้ดำรงตำแหน่ง", f"""SELECT p.name, h.office, c.moo, h.from_on, h.until_on, {_WHOSE}, p.id AS person_id
      FROM funds_person p LEFT JOIN funds_officeholder h ON h.fund_id = p.fund_id AND h.person_id = p.id
      {_CENTRE.format("h")} {_MEMBER.format("p")} WHERE p.fund_id = %(fund_id)s ORDER BY h.from_on, p.name"""),
    ("ผู้ใช้งาน", f"""SELECT u.username, g.role, p.name, c.moo, {_WHOSE}, g.from_on, g.until_on FROM access_grant g
      JOIN auth_user u ON u.id = g.user_id {_PERSON.format("g", "person_id")} {_CENTRE.format("g")}
      {_MEMBER.format("g")} WHERE g.fund_id = %(fund_id)s ORDER BY u.username, g.role"""),
    ("เดือนที่ปิดบัญชี", f"""SELECT k.month, p.name, k.entry_count, k.total_satang, k.left_open, k.because,
      {_recorded("k")} FROM funds_monthclose k {_PERSON.format("k", "closed_by_id")}
      WHERE k.fund_id = %(fund_id)s ORDER BY k.month, k.recorded_at"""),
    ("เดือนที่เปิดบัญชีอีกครั้ง", f"""SELECT k.month, p.name AS first_by, o.name AS second_by, r.reopened_on, r.reason,
      k.id AS close_id, {_recorded("r")} FROM funds_monthreopening r
      JOIN funds_monthclose k ON k.fund_id = r.fund_id AND k.id = r.close_id {_PERSON.format("r", "first_by_id")}
      LEFT JOIN funds_person o ON o.fund_id = r.fund_id AND o.id = r.second_by_id
      WHERE r.fund_id = %(fund_id)s ORDER BY k.month, r.recorded_at"""),
    ("ผนึกบัญชี", """SELECT s.seal_no, s.month, s.entry_count, s.receipt_count, s.entries_until,
      encode(s.root, 'hex') AS seal_root, encode(s.head, 'hex') AS seal_head FROM ledger_seal s
      WHERE s.fund_id = %(fund_id)s ORDER BY s.seal_no"""))

_REGISTER: tuple[tuple[str, str], ...] = (
    ("ทะเบียนทุกแถว", f"""SELECT {_WHOSE}, m.name_title, m.first_name, m.last_name, m.national_id, m.no_id_reason,
      m.born_on, m.birth_precision, m.kind, m.sex, m.stated_sex, m.house_no, m.phone, c.moo, m.questioned,
      m.merged_into, m.withdrawn_by, m.erased_on FROM members_member m {_CENTRE.format("m")}
      WHERE m.fund_id = %(fund_id)s ORDER BY m.id"""),
    ("การเป็นสมาชิก", f"""SELECT {_WHOSE}, s.joined_on, s.left_on, s.left_reason, s.id AS membership_id
      FROM members_membership s {_MEMBER.format("s")}
      WHERE s.fund_id = %(fund_id)s ORDER BY s.member_id, s.joined_on, s.id"""),
    ("เหตุการณ์ของสมาชิก", f"""SELECT e.id AS event_id, {_WHOSE}, e.kind AS happening, e.happened_on, e.reason,
      r.committee_no, r.meeting_no, e.clause, e.strikes_id, e.membership_id, {_recorded("e")}
      FROM members_membershipevent e {_MEMBER.format("e")}
      LEFT JOIN members_resolution r ON r.fund_id = e.fund_id AND r.id = e.resolution_id
      WHERE e.fund_id = %(fund_id)s ORDER BY e.id"""),
    ("มติเรื่องสมาชิก", f"""SELECT r.committee_no, r.meeting_no, r.met_on, p.name, {_recorded("r")}
      FROM members_resolution r {_PERSON.format("r", "signed_by_id")}
      WHERE r.fund_id = %(fund_id)s ORDER BY r.met_on, r.meeting_no"""),
    ("ใบสมัคร", f"""SELECT a.application_no, a.applied_on, a.state AS application_state, c.moo, a.person, {_WHOSE},
      a.certified_on, (SELECT string_agg(p.name || ' ' || z.signed_on, ', ' ORDER BY p.name)
        FROM members_certification z JOIN funds_person p ON p.fund_id = z.fund_id AND p.id = z.person_id
        WHERE z.fund_id = a.fund_id AND z.application_id = a.id) AS certifiers,
      r.committee_no, r.meeting_no, a.clause, a.turned_down_because, a.membership_id, {_recorded("a")}
      FROM members_application a {_CENTRE.format("a")} {_MEMBER.format("a")}
      LEFT JOIN members_resolution r ON r.fund_id = a.fund_id AND r.id = a.resolution_id
      WHERE a.fund_id = %(fund_id)s ORDER BY a.application_no"""),
    ("ผู้รับผลประโยชน์ทุกคน", f"""SELECT {_WHOSE}, b.place, b.name, b.relation, b.phone, b.share_percent, b.named_on,
      b.ended_on, b.told_on, b.told_how, {_recorded("b")}
      FROM members_beneficiary b {_MEMBER.format("b")} WHERE b.fund_id = %(fund_id)s
      ORDER BY b.member_id, b.ended_on NULLS FIRST, b.place"""),
    ("ผู้ปกครองของเด็ก", f"""SELECT {_WHOSE}, coalesce(w.full_name, g.name) AS guardian, w.id AS guardian_id,
      w.member_no AS guardian_no, g.relation, g.phone, g.from_on, g.until_on, {_recorded("g")}
      FROM members_guardian g JOIN members_member m ON m.fund_id = g.fund_id AND m.id = g.child_id
      LEFT JOIN members_member w ON w.fund_id = g.fund_id AND w.id = g.guardian_id
      WHERE g.fund_id = %(fund_id)s ORDER BY g.child_id, g.from_on"""),
    ("ครัวเรือน", f"""SELECT c.moo, h.house_no, w.id AS head_id, w.full_name AS head, h.id AS household_id,
      {_recorded("h")} FROM members_household h {_CENTRE.format("h")}
      LEFT JOIN members_member w ON w.fund_id = h.fund_id AND w.id = h.head_id
      WHERE h.fund_id = %(fund_id)s ORDER BY c.moo, h.house_no, h.id"""),
    ("ใครอยู่ครัวเรือนไหน", f"""SELECT h.house_no, {_WHOSE}, r.from_on, r.until_on, h.id AS household_id,
      {_recorded("r")} FROM members_residence r
      JOIN members_household h ON h.fund_id = r.fund_id AND h.id = r.household_id {_MEMBER.format("r")}
      WHERE r.fund_id = %(fund_id)s ORDER BY h.house_no, r.household_id, r.member_id, r.until_on"""),
    ("คนเดียวกันสองแถว", f"""SELECT g.kept_id, g.merged_id, g.taken, g.undone_at, {_recorded("g")} FROM members_merge g
      WHERE g.fund_id = %(fund_id)s ORDER BY g.recorded_at, g.id"""),
    ("คนละคนกัน", f"""SELECT n.one_id, n.other_id, n.taken_back_at, {_recorded("n")} FROM members_notsameperson n
      WHERE n.fund_id = %(fund_id)s ORDER BY n.one_id, n.other_id"""),
    ("ความยินยอม", f"""SELECT {_WHOSE}, x.purpose, x.wording, x.given_on, x.how, x.guardian_name, x.withdrawn_on,
      {_recorded("x")} FROM members_consent x {_MEMBER.format("x")}
      WHERE x.fund_id = %(fund_id)s ORDER BY x.recorded_at, x.id"""),
    ("ดูบัตรแล้ว", f"""SELECT {_WHOSE}, x.seen_on, p.name, {_recorded("x")} FROM members_cardseen x
      {_MEMBER.format("x")} {_PERSON.format("x", "seen_by_id")}
      WHERE x.fund_id = %(fund_id)s ORDER BY x.recorded_at, x.id"""),
    ("การแก้ทะเบียน", f"""SELECT {_WHOSE}, x.changes, x.settled, {_recorded("x")} FROM members_correction x
      {_MEMBER.format("x")} WHERE x.fund_id = %(fund_id)s ORDER BY x.recorded_at, x.id"""),
    ("การนำเข้า", f"""SELECT b.id AS batch_id, b.file_names, b.state AS import_state, b.previewed_at, b.committed_at,
      b.undone_at, b.forgotten_on, b.years, b.sheets, {_WHO.format("b")} FROM imports_batch b
      WHERE b.fund_id = %(fund_id)s ORDER BY b.previewed_at"""),
    ("แถวที่ต้องถาม", """SELECT w.batch_id, w.file, w.sheet, w.row, w.verdict, w.is_counted, w.reasons, w.queued,
      w.written, w.member_id FROM imports_row w WHERE w.fund_id = %(fund_id)s
      AND (w.reasons <> '[]'::jsonb OR w.written <> '{}'::jsonb) ORDER BY w.id"""),
    ("คำในสมุดเดิมของกองทุน", f"""SELECT k.of, k.written, k.meaning, {_recorded("k")} FROM imports_meaning k
      WHERE k.fund_id = %(fund_id)s ORDER BY k.of, k.written"""))

_DUES: tuple[tuple[str, str], ...] = (
    ("อัตราเงินสมทบ", """SELECT a.amount_satang, a.every_months, a.every_days, a.first_month, a.due_day,
      a.entrance_satang, a.from_on, a.taken_back_on FROM contributions_contributionplan a
      WHERE a.fund_id = %(fund_id)s ORDER BY a.from_on"""),
    ("ระเบียบเรื่องค้างส่ง", f"""SELECT a.clause_no, a.from_on, a.words, a.grace_days, a.suspend_after_days,
      a.suspend_after_periods, a.lapse_after_days, a.lapse_after_periods, {_recorded("a")}
      FROM contributions_arrearsclause a WHERE a.fund_id = %(fund_id)s ORDER BY a.from_on"""),
    ("ยกเว้นเงินสมทบ", f"""SELECT {_WHOSE}, x.ground, x.from_on, x.until_on, r.committee_no, r.meeting_no, r.met_on,
      x.deed_id, {_recorded("x")} FROM contributions_exemption x {_MEMBER.format("x")}
      JOIN members_resolution r ON r.fund_id = x.fund_id AND r.id = x.resolution_id
      WHERE x.fund_id = %(fund_id)s ORDER BY x.from_on, x.member_id"""),
    ("สิ่งของที่นับเป็นเงินสมทบ", f"""SELECT x.id AS rate_id, x.item, x.unit, x.worth_satang, x.is_kept, x.from_on,
      r.committee_no, r.meeting_no, r.met_on, {_recorded("x")} FROM contributions_exchangerate x
      JOIN members_resolution r ON r.fund_id = x.fund_id AND r.id = x.resolution_id
      WHERE x.fund_id = %(fund_id)s ORDER BY x.item, x.unit, x.from_on"""),
    ("สมทบด้วยสิ่งของและแรงงาน", f"""SELECT i.id AS given_id, {_WHOSE}, r.item, r.unit, i.thousandths,
      i.credit_satang AS counts_satang, i.received_on, p.name, i.photo_digest, f.given_id IS NOT NULL AS has_photo,
      i.reverses_id AS takes_back_id, i.entry_id, i.deed_id,
      {_recorded("i")} FROM contributions_inkindcontribution i {_MEMBER.format("i")} {_PERSON.format("i", "witness_id")}
      JOIN contributions_exchangerate r ON r.fund_id = i.fund_id AND r.id = i.rate_id
      LEFT JOIN contributions_givenphoto f ON f.fund_id = i.fund_id AND f.given_id = i.id
      WHERE i.fund_id = %(fund_id)s ORDER BY i.recorded_at, i.id"""),
    ("ส่งถึงเมื่อเริ่มบัญชี", f"""SELECT {_WHOSE}, o.paid_until FROM contributions_openingstanding o
      {_MEMBER.format("o")} WHERE o.fund_id = %(fund_id)s ORDER BY o.member_id"""),
    ("เล่มใบเสร็จ", f"""SELECT c.moo, b.book_no, b.first_number, b.next_number, b.last_number, b.device_id
      FROM contributions_receiptbook b {_CENTRE.format("b")} WHERE b.fund_id = %(fund_id)s ORDER BY b.book_no"""),
    ("เครื่องที่ใช้เก็บเงิน", f"""SELECT d.id AS device_id, p.name, d.known_since, d.wiped_at, u.username AS recorded_by
      FROM contributions_device d {_PERSON.format("d", "person_id")} LEFT JOIN auth_user u ON u.id = d.user_id
      WHERE d.fund_id = %(fund_id)s ORDER BY d.known_since"""),
    ("เลขใบเสร็จที่เสีย", f"""SELECT b.book_no, s.first_number, s.last_number, s.why, {_recorded("s")}
      FROM contributions_spoiled s JOIN contributions_receiptbook b ON b.fund_id = s.fund_id AND b.id = s.book_id
      WHERE s.fund_id = %(fund_id)s ORDER BY b.book_no, s.first_number"""),
    ("ใบเสร็จที่ตรวจสอบ", f"""SELECT {_WHOSE}, x.collection_id, x.doubts, z.entry_id FROM contributions_cancelled x
      {_MEMBER.format("x")} LEFT JOIN contributions_clearing z ON z.fund_id = x.fund_id
      AND z.collection_id = x.collection_id AND z.member_id = x.member_id
      WHERE x.fund_id = %(fund_id)s AND x.doubts <> '{{}}' ORDER BY x.collection_id, x.member_id"""),
    ("สมาชิกบอกว่าโอนแล้ว", f"""SELECT {_WHOSE}, n.amount_satang, n.transferred_on, n.slip, n.match_id, n.taken_back_at,
      {_recorded("n")} FROM contributions_transfernote n {_MEMBER.format("n")}
      WHERE n.fund_id = %(fund_id)s ORDER BY n.transferred_on, n.recorded_at"""),
    ("วันเก็บเงิน", f"""SELECT k.id AS collection_id, k.collected_on, c.moo, p.name, b.book_no, k.first_number,
      k.last_number, k.total_satang, k.is_by_pen, k.entry_id, {_recorded("k")} FROM contributions_collection k
      JOIN contributions_receiptbook b ON b.fund_id = k.fund_id AND b.id = k.book_id
      {_CENTRE.format("k")} {_PERSON.format("k", "collected_by_id")}
      WHERE k.fund_id = %(fund_id)s ORDER BY k.collected_on, k.id"""))

_WELFARE: tuple[tuple[str, str], ...] = (
    ("ระเบียบ", f"""SELECT v.number, v.title, v.voted_on, v.meeting, v.resolution, v.in_force_from, v.in_force_until,
      {_recorded("v")} FROM regulations_regulationversion v WHERE v.fund_id = %(fund_id)s ORDER BY v.number"""),
    ("ข้อในระเบียบ", """SELECT v.number, l.clause_no, l.benefit, l.title_th, l.title_en, l.text_th, l.rule,
      l.account_code FROM regulations_clause l
      JOIN regulations_regulationversion v ON v.fund_id = l.fund_id AND v.id = l.version_id
      WHERE l.fund_id = %(fund_id)s ORDER BY v.number, l.clause_no"""),
    ("ข้อความในระเบียบ", """SELECT v.number, l.chapter, l.clause_no, l.title_th, l.text_th FROM regulations_provision l
      JOIN regulations_regulationversion v ON v.fund_id = l.fund_id AND v.id = l.version_id
      WHERE l.fund_id = %(fund_id)s ORDER BY v.number, l.clause_no"""),
    ("ร่างระเบียบ", f"""SELECT d.title, {_recorded("d")}, d.id AS draft_id FROM regulations_draft d
      WHERE d.fund_id = %(fund_id)s ORDER BY d.recorded_at, d.id"""),
    ("ข้อในร่างระเบียบ", """SELECT d.title, l.chapter, l.clause_no, l.benefit, l.title_th, l.title_en, l.text_th, l.rule,
      l.account_code, l.draft_id FROM regulations_draftclause l
      JOIN regulations_draft d ON d.fund_id = l.fund_id AND d.id = l.draft_id
      WHERE l.fund_id = %(fund_id)s ORDER BY l.draft_id, l.clause_no"""),
    ("คำขอสวัสดิการ", f"""SELECT q.year, q.claim_no, {_WHOSE}, l.clause_no, l.title_th, q.benefit, q.happened_on,
      q.appeal_of_id, q.units, q.details, q.documents_seen, q.filed_on, q.state AS claim_state, q.assessed_satang,
      q.assessed_units, q.assessment, q.certified_on, q.decided_on, q.approved_satang, q.rejected_because,
      r.committee_no, r.meeting_no, q.list_id, q.paid_on, q.paid_satang, q.payee_name, a.bank, a.account_no,
      q.voucher_year, q.voucher_no, q.entry_id,
      coalesce((SELECT username FROM auth_user WHERE id = q.filed_by), q.filed_by::text) AS recorded_by,
      q.filed_at AS recorded_at FROM claims_claim q {_MEMBER.format("q")}
      JOIN regulations_clause l ON l.fund_id = q.fund_id AND l.id = q.clause_id
      LEFT JOIN members_resolution r ON r.fund_id = q.fund_id AND r.id = q.resolution_id
      LEFT JOIN ledger_bankaccount a ON a.fund_id = q.fund_id AND a.id = q.paid_from_id
      WHERE q.fund_id = %(fund_id)s ORDER BY q.year, q.claim_no"""),
    ("เรื่องที่ผู้ตรวจดูแล้ว", f"""SELECT x.kind AS question_kind, q.year, q.claim_no, x.claim_id, x.other_id, x.because,
      x.looked_on, {_recorded("x")} FROM claims_look x
      JOIN claims_claim q ON q.fund_id = x.fund_id AND q.id = x.claim_id
      WHERE x.fund_id = %(fund_id)s ORDER BY x.looked_on, x.recorded_at"""),
    ("ช่วยทันที", f"""SELECT q.year, q.claim_no, x.helped_on, x.amount_satang, x.payee_name, p.name,
      x.agreed_by_id AS agreed_by, x.entry_id, {_recorded("x")}
      FROM claims_firsthelp x JOIN claims_claim q ON q.fund_id = x.fund_id AND q.id = x.claim_id
      {_PERSON.format("x", "paid_by_id")} WHERE x.fund_id = %(fund_id)s ORDER BY x.helped_on, x.recorded_at"""),
    ("สวัสดิการที่ตกลงส่งคืน", f"""SELECT q.year, q.claim_no, x.agreed_on, p.name, x.payer_name, x.because, x.amount_satang,
      x.parts, x.first_due_on, x.entry_id, x.id AS recovery_id, {_recorded("x")}
      FROM claims_recovery x JOIN claims_claim q ON q.fund_id = x.fund_id AND q.id = x.claim_id
      {_PERSON.format("x", "agreed_by_id")} WHERE x.fund_id = %(fund_id)s ORDER BY x.agreed_on, x.id"""),
    ("สวัสดิการที่ส่งคืนแล้ว", f"""SELECT x.recovery_id, x.paid_on, x.amount_satang, p.name, x.entry_id, {_recorded("x")}
      FROM claims_repayment x {_PERSON.format("x", "received_by_id")}
      WHERE x.fund_id = %(fund_id)s ORDER BY x.paid_on, x.recorded_at"""),
    ("ผู้ลงชื่อในคำขอ", f"""SELECT q.year, q.claim_no, g.act, p.name, g.signed_on, {_recorded("g")}
      FROM claims_signature g JOIN claims_claim q ON q.fund_id = g.fund_id AND q.id = g.claim_id
      {_PERSON.format("g", "person_id")} WHERE g.fund_id = %(fund_id)s
      ORDER BY q.year, q.claim_no, g.signed_on, p.name"""),
    ("สวัสดิการก่อนเริ่มบัญชี", f"""SELECT {_WHOSE}, o.benefit, o.counted_on, o.times, o.units, o.amount_satang
      FROM claims_openinguse o {_MEMBER.format("o")} WHERE o.fund_id = %(fund_id)s ORDER BY o.member_id, o.benefit"""),
    ("สวัสดิการตามสมุดเดิม", f"""SELECT {_WHOSE}, o.benefit, o.words, o.receiver, o.paid_on, o.units, o.amount_satang,
      o.batch_id FROM claims_pastbenefit o {_MEMBER.format("o")}
      WHERE o.fund_id = %(fund_id)s ORDER BY o.paid_on, o.id"""))

_BOOKS: tuple[tuple[str, str], ...] = (
    ("ผู้ให้", f"""SELECT g.number AS gift_no, g.kind AS gift_kind, g.giver_kind, g.giver_name, g.amount_satang, g.things,
      g.into_account AS code, g.given_on AS gift_on, p.name, g.entry_id, g.cancelled_on, g.cancelled_because,
      g.cancelling_entry_id, g.id AS gift_id, {_recorded("g")}
      FROM givers_gift g {_PERSON.format("g", "received_by_id")}
      WHERE g.fund_id = %(fund_id)s ORDER BY g.number"""),
    ("ผังบัญชี", """SELECT a.code, a.name_th, a.name_en, a.kind AS account_kind, a.holder_kind,
      coalesce((SELECT p.name FROM funds_person p WHERE p.fund_id = a.fund_id AND p.id = a.holder_id),
        (SELECT c.name FROM funds_villagecentre c WHERE c.fund_id = a.fund_id AND c.id = a.holder_id)) AS name
      FROM ledger_account a WHERE a.fund_id = %(fund_id)s ORDER BY a.code COLLATE "C" """),
    ("บัญชีธนาคาร", f"""SELECT a.code, b.bank, b.account_no, b.owner_name, b.promptpay_kind, b.promptpay_no,
      b.resolution_no, b.resolved_on, p.name, b.ended_on, {_recorded("b")} FROM ledger_bankaccount b
      JOIN ledger_account a ON a.fund_id = b.fund_id AND a.id = b.account_id {_PERSON.format("b", "signed_by_id")}
      WHERE b.fund_id = %(fund_id)s ORDER BY b.resolved_on, b.recorded_at"""),
    ("ใบของธนาคาร", """SELECT a.code, b.slip_no, b.entry_id, b.void_at FROM ledger_bankslip b
      JOIN ledger_account a ON a.fund_id = b.fund_id AND a.id = b.account_id
      WHERE b.fund_id = %(fund_id)s ORDER BY b.entry_id"""),
    ("นับเงินสด", f"""SELECT a.code, x.counted_on AS cash_counted_on, x.pieces, x.counted_satang, x.books_satang,
      x.because AS differs_because, x.entry_id, p.name, w.name AS witness, x.id AS count_id, {_recorded("x")}
      FROM ledger_cashcount x JOIN ledger_account a ON a.fund_id = x.fund_id AND a.id = x.account_id
      {_PERSON.format("x", "counted_by_id")}
      JOIN funds_person w ON w.fund_id = x.fund_id AND w.id = x.witnessed_by_id
      WHERE x.fund_id = %(fund_id)s ORDER BY x.counted_on, x.recorded_at"""),
    ("วงเงินสดในมือ", f"""SELECT x.from_on, x.limit_satang, x.resolution_no, p.name, {_recorded("x")}
      FROM ledger_cashlimit x {_PERSON.format("x", "signed_by_id")}
      WHERE x.fund_id = %(fund_id)s ORDER BY x.from_on"""),
    ("เงินระบุวัตถุประสงค์", f"""SELECT m.entry_id, m.accounts, m.words, m.id AS earmark_id, {_recorded("m")}
      FROM ledger_earmark m WHERE m.fund_id = %(fund_id)s ORDER BY m.entry_id"""),
    ("กองย่อยตามมติ", f"""SELECT x.from_on, x.resolution_no, p.name, s.account AS code, s.sub_fund,
      s.thousandths AS share_parts, x.id AS vote_id, {_recorded("x")} FROM ledger_sharevote x
      JOIN ledger_share s ON s.fund_id = x.fund_id AND s.vote_id = x.id {_PERSON.format("x", "signed_by_id")}
      WHERE x.fund_id = %(fund_id)s ORDER BY x.from_on, s.account, s.sub_fund"""),
    ("วงเงินจ่ายคนเดียว", f"""SELECT x.from_on, x.limit_satang, x.resolution_no, p.name, {_recorded("x")}
      FROM ledger_paymentlimit x {_PERSON.format("x", "signed_by_id")}
      WHERE x.fund_id = %(fund_id)s ORDER BY x.from_on"""),
    ("ใบสำคัญรับจ่ายอื่น", """SELECT v.way, v.year, v.number AS paper_no, v.entry_id, a.name AS first, b.name AS second,
      v.recorded_at, v.id AS deed_id FROM ledger_voucher v
      LEFT JOIN funds_person a ON a.fund_id = v.fund_id AND a.id = v.first_id
      LEFT JOIN funds_person b ON b.fund_id = v.fund_id AND b.id = v.second_id
      WHERE v.fund_id = %(fund_id)s ORDER BY v.way, v.year, v.number"""),
    ("เอกสารแนบรายการ", f"""SELECT t.entry_id, t.media, octet_length(t.content) AS bytes, t.digest, t.removed_at,
      t.id AS attachment_id, {_recorded("t")} FROM ledger_attachment t
      WHERE t.fund_id = %(fund_id)s ORDER BY t.entry_id, t.recorded_at"""),
    ("รายการเดินบัญชีธนาคาร", """SELECT a.code, l.moved_on, l.amount_satang, l.balance_satang, l.words,
      x.entry_id, x.match_id, u.username AS recorded_by, x.matched_at, x.undone_at, s.recorded_at, l.id AS line_id
      FROM ledger_statementline l JOIN ledger_account a ON a.fund_id = l.fund_id AND a.id = l.account_id
      JOIN ledger_statement s ON s.fund_id = l.fund_id AND s.id = l.statement_id
      LEFT JOIN ledger_statementmatch x ON x.fund_id = l.fund_id AND x.line_id = l.id
      LEFT JOIN auth_user u ON u.id = x.matched_by WHERE l.fund_id = %(fund_id)s ORDER BY l.moved_on, l.id, x.id"""),
    ("สมุดรายวัน", f"""SELECT e.id AS entry_id, e.posted_on, e.happened_on, e.deed, e.memo, a.code, a.name_th,
      greatest(l.amount_satang, 0) AS debit_satang, greatest(-l.amount_satang, 0) AS credit_satang, e.reverses_id,
      e.deed_id, {_recorded("e")}
      FROM ledger_entry e JOIN ledger_line l ON l.fund_id = e.fund_id AND l.entry_id = e.id
      JOIN ledger_account a ON a.fund_id = l.fund_id AND a.id = l.account_id
      WHERE e.fund_id = %(fund_id)s ORDER BY e.posted_on, e.id, l.line_no"""),
    ("ใครทำอะไรเมื่อไร", """SELECT v.happened_at, coalesce(u.username, v.user_id::text) AS recorded_by, v.role,
      v.action, v.subject, v.facts FROM audit_event v LEFT JOIN auth_user u ON u.id = v.user_id
      WHERE v.fund_id = %(fund_id)s ORDER BY v.id"""))
NOTES = (*_FUND, *_REGISTER, *_DUES, *_WELFARE, *_BOOKS)


_BUNDLE = 5000
CANCELLED = "SELECT member_id, collection_id, entry_id FROM contributions_cancelled WHERE fund_id = %(fund_id)s"
RECEIPTS = """SELECT q.member_id, q.collected_on, q.number, q.amount_satang, q.collection_id
  FROM contributions_contribution q WHERE q.fund_id = %(fund_id)s ORDER BY q.member_id, q.collection_id"""


def note_tables(*, fund_id: int) -> Iterator[Table]:
    """A sheet for each table that is only to be read, its rows read as they are written; and one for the receipts."""
    yield receipts_table(receipts=_receipts(fund_id), whose={member: (number, name) for member, number, name in _all(
        "SELECT id, coalesce(member_no, ''), full_name FROM members_member WHERE fund_id = %(fund_id)s", fund_id)})
    for name, sql in NOTES:
        with connection.chunked_cursor() as cursor:
            cursor.execute(sql, {"fund_id": fund_id})
            names = [column[0] for column in cursor.description]
            yield Table(name=name, to_read=line_above(name=name), columns=columns_of(names=names),
                        rows=_values(names, cursor))


def _values(names: Sequence[str], rows: Any) -> Iterator[Sequence[Value]]:
    for row in _in_bundles(rows):
        yield values_of(names=names, row=row)


def _in_bundles(cursor: Any) -> Iterator[tuple[Any, ...]]:
    """The rows of a cursor, fetched some thousand at a time."""
    while rows := cursor.fetchmany(_BUNDLE):
        yield from rows


def _all(sql: str, fund_id: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"fund_id": fund_id})
        return list(cursor.fetchall())


def _receipts(fund_id: int) -> Iterator[Receipt]:
    """Every receipt, member by member, from plain statements: joined here, they are quick in fresh tables too."""
    books = dict(_all("""SELECT k.id, b.book_no FROM contributions_collection k JOIN contributions_receiptbook b
      ON b.fund_id = k.fund_id AND b.id = k.book_id WHERE k.fund_id = %(fund_id)s""", fund_id))
    cancelled = {(member, collection): entry for member, collection, entry in _all(CANCELLED, fund_id)}
    with connection.chunked_cursor() as cursor:
        cursor.execute(RECEIPTS, {"fund_id": fund_id})
        for member, day, number, satang, collection in _in_bundles(cursor):
            yield Receipt(member_id=member, received_on=day, book_no=books[collection], number=number, satang=satang,
                          cancelled_by=cancelled.get((member, collection)))
