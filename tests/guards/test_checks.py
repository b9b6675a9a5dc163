"""Every check finds the fault it is there for, planted by somebody who could switch the guards off."""
import pytest

from ombun.jobs import checking
from tests.guards.test_triggers import CLOSE, added, entry
from tests.usecases.planted import written_past_python
from tests.words import spoken_codes

TABLES = ("audit_event contributions_cancelled "
          "contributions_clearing contributions_collection contributions_contribution contributions_inkindcontribution "
          "contributions_paidtotal givers_gift "
          "contributions_receiptbook claims_claim funds_fund funds_monthclose funds_officeholder funds_person "
          "ledger_account ledger_attachment ledger_balance ledger_cashcount ledger_entry ledger_line "
          "ledger_seal ledger_share ledger_statementline ledger_total ledger_voucher members_application "
          "members_consent members_guardian "
          "members_member "
          "members_membership members_membershipevent regulations_clause regulations_regulationversion").split()
OFF = [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in TABLES]
ON_THE_SHEET = "fund_id = %(fund)s AND deed_id = %(sheet)s"
OF_THE_SHEET = f"fund_id = %(fund)s AND collection_id = (SELECT id FROM contributions_collection WHERE {ON_THE_SHEET})"


def without(table, *names):
    """Statements that take constraints away."""
    return [f"ALTER TABLE {table} DROP CONSTRAINT {name} CASCADE" for name in names]


def of_sheet(change):
    """A change to the collection day."""
    return f"UPDATE contributions_collection SET {change} WHERE {ON_THE_SHEET}"


def of_receipts(change, which="true"):
    """A change to the receipts of the collection day."""
    return f"UPDATE contributions_contribution SET {change} WHERE {OF_THE_SHEET} AND {which}"


def of_cancelled(change):
    """A change to the receipt that was cancelled."""
    return f"UPDATE contributions_cancelled SET {change} WHERE fund_id = %(fund)s AND doubts = '{{}}'"


FAULTS = [
    ("ledger.entries_that_do_not_balance", [
        "UPDATE ledger_line SET amount_satang = amount_satang + 1 WHERE entry_id = %(entry)s AND line_no = 1"]),
    ("ledger.lines_added_or_removed_later", [added()]),
    ("ledger.lines_added_or_removed_later", ["DELETE FROM ledger_line WHERE entry_id = %(entry)s"]),
    ("ledger.balances_that_differ_from_their_lines", [added()]),
    ("ledger.balances_that_differ_from_their_lines", [
        "UPDATE ledger_balance SET debit_satang = debit_satang + 1 WHERE fund_id = %(fund)s"]),
    ("ledger.balances_that_differ_from_their_lines", ["DELETE FROM ledger_balance WHERE fund_id = %(fund)s"]),
    ("ledger.totals_that_differ_from_their_balances", [
        "UPDATE ledger_total SET debit_satang = debit_satang + 1 WHERE fund_id = %(fund)s"]),
    ("ledger.sub_funds_that_are_not_the_whole", ["UPDATE ledger_share SET thousandths = thousandths - 1"]),
    ("ledger.vouchers_missing", ["DELETE FROM ledger_voucher WHERE fund_id = %(fund)s"]),
    ("ledger.vouchers_missing", ["UPDATE ledger_voucher SET number = number + 90 WHERE fund_id = %(fund)s"]),
    ("ledger.payments_of_one_person_alone", ["UPDATE ledger_voucher SET second_id = NULL WHERE fund_id = %(fund)s"]),
    ("ledger.papers_that_are_not_what_was_sent", [
        *without("ledger_attachment", "attachment_is_what_was_sent"),
        "UPDATE ledger_attachment SET content = 'another' WHERE fund_id = %(fund)s AND removed_at IS NULL"]),
    ("ledger.entries_posted_into_closed_months", [
        "UPDATE ledger_entry SET happened_on = '2025-10-20', posted_on = '2025-10-20', "
        "recorded_at = recorded_at + interval '1 hour' WHERE id = %(entry)s"]),
    ("ledger.entries_posted_into_closed_months", [
        entry(day="2025-10-20"), "UPDATE ledger_entry SET recorded_at = '2025-10-20' WHERE deed = 'planted'"]),
    ("ledger.entries_posted_into_closed_months", [
        "UPDATE ledger_entry SET total_satang = 1 WHERE fund_id = %(fund)s AND posted_on < '2025-11-01'"]),
    ("ledger.entries_posted_into_closed_months", ["UPDATE funds_monthclose SET entry_count = entry_count + 1"]),
    ("ledger.reversals_that_are_no_mirror", [
        "UPDATE ledger_line SET amount_satang = amount_satang * 2 WHERE entry_id = %(reversal)s"]),
    ("ledger.reversals_that_are_no_mirror", [
        "UPDATE ledger_line SET account_id = (SELECT id FROM ledger_account WHERE fund_id = %(fund)s AND "
        "code = '5320') WHERE entry_id = %(reversal)s AND line_no = 1"]),
    ("ledger.statement_lines_that_differ_from_their_entries", [
        "UPDATE ledger_statementline SET amount_satang = amount_satang - 1 WHERE fund_id = %(fund)s"]),
    ("ledger.counts_that_differ_from_their_entry", [
        "UPDATE ledger_cashcount SET books_satang = books_satang + 1 WHERE entry_id IS NOT NULL"]),
    ("ledger.counts_that_differ_from_their_entry", [
        "UPDATE ledger_cashcount SET counted_on = counted_on + 1 WHERE entry_id IS NOT NULL"]),
    ("ledger.counts_that_differ_from_their_entry", [
        "UPDATE ledger_cashcount SET entry_id = %(entry)s WHERE entry_id IS NOT NULL"]),
    ("ledger.holders_with_less_than_nothing", [
        "UPDATE ledger_line SET amount_satang = -900000000 WHERE entry_id = %(entry)s AND amount_satang < 0"]),
    ("contributions.collections_that_differ_from_their_entry", [of_sheet("total_satang = total_satang + 1")]),
    ("contributions.collections_that_differ_from_their_entry", [of_sheet("collected_on = collected_on - 1")]),
    ("contributions.collections_that_differ_from_their_entry", [of_sheet("entry_id = %(entry)s")]),
    ("contributions.collections_that_differ_from_their_entry", [of_sheet("collected_by_id = %(somsri)s")]),
    ("contributions.contributions_booked_without_a_sheet", [
        "UPDATE ledger_line SET account_id = (SELECT id FROM ledger_account WHERE fund_id = %(fund)s AND "
        "code = '4100') WHERE entry_id = %(entry)s AND line_no = 1"]),
    ("contributions.collections_that_differ_from_their_receipts", [of_sheet("written_satang = 0")]),
    ("contributions.collections_that_differ_from_their_receipts", [
        of_receipts("amount_satang = amount_satang + 1", "member_id = %(malee)s")]),
    ("contributions.collections_that_differ_from_their_receipts", [
        of_receipts("number = 900", "member_id = %(malee)s")]),
    ("contributions.collections_that_differ_from_their_receipts", [of_receipts("collected_on = collected_on + 1")]),
    ("contributions.cancellations_that_differ_from_their_entry", [of_cancelled("entry_id = %(entry)s")]),
    ("contributions.cancellations_that_differ_from_their_entry", [of_cancelled("cancellation_id = gen_random_uuid()")]),
    ("contributions.cancellations_that_differ_from_their_entry", [of_cancelled("member_id = %(newcomer)s")]),
    ("contributions.cancellations_that_differ_from_their_entry", [
        "UPDATE ledger_entry SET happened_on = '2025-11-05' WHERE deed_id = %(cancellation)s"]),
    ("contributions.cancellations_that_differ_from_their_entry", [
        "UPDATE ledger_line SET account_id = (SELECT id FROM ledger_account WHERE fund_id = %(fund)s AND "
        "code = '1110') WHERE amount_satang < 0 AND entry_id = (SELECT id FROM ledger_entry "
        "WHERE fund_id = %(fund)s AND deed_id = %(cancellation)s)"]),
    ("contributions.contributions_booked_without_a_sheet", [
        "DELETE FROM contributions_cancelled WHERE fund_id = %(fund)s AND doubts = '{}'"]),
    ("contributions.receipts_cleared_that_differ_from_their_entry", [
        "UPDATE contributions_clearing SET entry_id = %(entry)s WHERE fund_id = %(fund)s"]),
    ("contributions.paid_totals_that_differ", [
        "DELETE FROM contributions_cancelled WHERE fund_id = %(fund)s AND doubts = '{}'"]),
    ("contributions.receipt_numbers_missing", [
        "UPDATE contributions_receiptbook SET next_number = next_number + 1 WHERE fund_id = %(fund)s"]),
    ("contributions.receipt_numbers_missing", [
        of_sheet("first_number = first_number + 1")]),
    ("contributions.receipt_numbers_missing", [
        *without("contributions_collection", "receipt_number_used_once"), of_sheet("first_number = first_number - 1")]),
    ("contributions.receipts_without_a_sheet", [of_receipts("collection_id = -1")]),
    ("contributions.receipts_without_a_sheet", [of_receipts("member_id = -1", "member_id = %(malee)s")]),
    ("contributions.receipts_cleared_that_differ_from_their_entry", [
        "UPDATE contributions_clearing SET entry_id = %(entry)s WHERE fund_id = %(fund)s"]),
    ("contributions.paid_totals_that_differ", [
        "UPDATE contributions_paidtotal SET paid_satang = paid_satang + 1 WHERE fund_id = %(fund)s"]),
    ("contributions.receipts_cleared_that_differ_from_their_entry", [
        "UPDATE contributions_clearing SET entry_id = %(entry)s WHERE fund_id = %(fund)s"]),
    ("contributions.paid_totals_that_differ", [
        "UPDATE contributions_paidtotal SET last_paid_on = last_paid_on + 1 WHERE fund_id = %(fund)s"]),
    ("contributions.receipts_cleared_that_differ_from_their_entry", [
        "UPDATE contributions_clearing SET entry_id = %(entry)s WHERE fund_id = %(fund)s"]),
    ("contributions.paid_totals_that_differ", ["DELETE FROM contributions_paidtotal WHERE fund_id = %(fund)s"]),
    ("givers.gifts_that_differ_from_their_entry", [
        "UPDATE givers_gift SET amount_satang = amount_satang + 1 WHERE fund_id = %(fund)s AND amount_satang > 0"]),
    ("givers.gifts_that_differ_from_their_entry", [
        "UPDATE givers_gift SET kind = 'GROUP_PROFIT' WHERE fund_id = %(fund)s AND amount_satang > 0"]),
    ("givers.gift_numbers_missing", ["DELETE FROM givers_gift WHERE fund_id = %(fund)s AND number = 2"]),
    ("contributions.things_that_differ_from_the_books", [
        "UPDATE contributions_inkindcontribution SET credit_satang = credit_satang + 1 WHERE fund_id = %(fund)s "
        "AND credit_satang > 0"]),
    ("contributions.photos_that_do_not_fit_their_line", [
        "UPDATE contributions_givenphoto SET content = content || 'x'::bytea WHERE fund_id = %(fund)s"]),
    ("contributions.paid_totals_that_differ", [
        "UPDATE contributions_inkindcontribution SET credit_satang = credit_satang + 1 WHERE fund_id = %(fund)s "
        "AND credit_satang > 0"]),
    *[("contributions.seals_that_do_not_fit", [change]) for change in (
        "UPDATE ledger_entry SET memo = memo || 'x' WHERE fund_id = %(fund)s AND posted_on < '2025-11-01'",
        "UPDATE ledger_line SET amount_satang = amount_satang * 2 WHERE fund_id = %(fund)s",
        of_receipts("amount_satang = amount_satang + 1").replace("%(sheet)s", "%(sealed)s"),
        "DELETE FROM ledger_seal WHERE fund_id = %(fund)s",
        "UPDATE ledger_seal SET head = root WHERE fund_id = %(fund)s")],
    ("contributions.receipts_of_withdrawn_people", [
        "UPDATE members_member SET withdrawn_by = gen_random_uuid() WHERE fund_id = %(fund)s AND id = %(malee)s"]),
    ("contributions.openings_of_people_who_joined_later", [
        "UPDATE members_membership SET joined_on = '2025-10-02' WHERE fund_id = %(fund)s AND member_id = %(malee)s"]),
    ("funds.closings_that_differ_from_the_fund", [
        "UPDATE funds_fund SET books_closed_until = '2025-09-30' WHERE id = %(fund)s"]),
    ("funds.closings_that_differ_from_the_fund", [CLOSE.format("2025-11-01")]),
    ("funds.months_left_out_of_closing", [CLOSE.format("2025-12-01")]),
    ("funds.terms_that_overlap", [
        *without("funds_officeholder", "office_holder_one_term_at_a_time"),
        "INSERT INTO funds_officeholder (fund_id, id, person_id, office, centre_id, from_on, until_on) "
        "SELECT fund_id, gen_random_uuid(), person_id, office, centre_id, from_on + 1, NULL FROM funds_officeholder "
        "WHERE fund_id = %(fund)s AND person_id = %(somsri)s"]),
    ("members.spells_that_overlap", [
        *without("members_membership", "membership_one_spell_at_a_time"),
        "INSERT INTO members_membership (fund_id, id, member_id, joined_on, left_on, left_reason) "
        "SELECT fund_id, gen_random_uuid(), member_id, joined_on + 1, NULL, NULL FROM members_membership "
        "WHERE fund_id = %(fund)s AND member_id = %(malee)s"]),
    ("contributions.past_payments_that_differ_from_the_books", [
        "UPDATE contributions_pastpayment SET amount_satang = amount_satang + 1 WHERE fund_id = %(fund)s"]),
    ("members.spells_that_differ_from_their_events", [
        "UPDATE members_membership SET joined_on = joined_on + 1 WHERE fund_id = %(fund)s AND member_id = %(malee)s"]),
    ("members.spells_that_differ_from_their_events", [
        "UPDATE members_membership SET left_reason = 'DECEASED' WHERE fund_id = %(fund)s AND member_id = %(leaver)s"]),
    ("members.spells_that_differ_from_their_events", [
        "DELETE FROM members_membershipevent WHERE fund_id = %(fund)s AND member_id = %(malee)s"]),
    ("members.people_without_a_spell", [
        *without("members_membershipevent", "membership_event_spell"),
        *without("members_application", "application_spell"),
        "DELETE FROM members_membership WHERE fund_id = %(fund)s"]),
    ("members.national_ids_with_a_wrong_check_digit", [
        "UPDATE members_member SET national_id = '9100500012346' WHERE fund_id = %(fund)s AND id = %(newcomer)s"]),
    ("members.beneficiary_shares_that_miss_the_whole", [
        "UPDATE members_beneficiary SET share_percent = 99 WHERE fund_id = %(fund)s AND ended_on IS NULL"]),
    ("members.heads_who_live_elsewhere", [
        "UPDATE members_household SET head_id = %(leaver)s WHERE fund_id = %(fund)s"]),
    ("members.merges_that_lead_nowhere", [
        "UPDATE members_member SET merged_into = id WHERE fund_id = %(fund)s AND id = %(malee)s"]),
    ("members.merges_that_lead_nowhere", [
        "UPDATE members_member SET merged_into = %(malee)s WHERE fund_id = %(fund)s AND id = %(newcomer)s",
        "UPDATE members_member SET merged_into = %(leaver)s WHERE fund_id = %(fund)s AND id = %(malee)s"]),
    ("members.merges_without_a_deed", [
        "UPDATE members_member SET merged_into = %(leaver)s WHERE fund_id = %(fund)s AND id = %(malee)s"]),
    ("members.merges_without_a_deed", ["UPDATE members_merge SET undone_at = now() WHERE fund_id = %(fund)s"]),
    ("members.merges_without_a_deed", [
        "UPDATE members_member SET merged_into = NULL WHERE fund_id = %(fund)s AND merged_into IS NOT NULL"]),
    *[("privacy.forgotten_people_who_are_still_told_of", [
        *without("members_member", "member_erased_says_nothing"),
        f"UPDATE members_member SET {change} WHERE id = %(forgotten)s"]) for change in (
            "name_title = 'นาง'", "first_name = 'มาลี'", "last_name = 'ใจบุญ'", "house_no = '9'", "phone = '06'",
            "national_id = '9000000000001'", "no_id_reason = 'NOT_SEEN'", "born_on = '1970-01-01'", "kind = 'OTHER'",
            "birth_precision = 'year'", "stated_sex = 'MALE'", "questioned = '{missing_id}'")],
    *[("privacy.forgotten_people_who_are_still_told_of", [
        f"UPDATE {table} SET {change}, member_id = %(forgotten)s "
        f"WHERE fund_id = %(fund)s AND ctid = (SELECT ctid FROM {table} WHERE fund_id = %(fund)s AND {which} LIMIT 1)"])
      for table, change, which in (
          ("members_membershipevent", "reason = 'ย้ายตามลูก'", "kind = 'SUSPENDED'"),
          ("members_application", "person = '{\"first_name\": \"มาลี\"}', turned_down_because = ''",
           "state = 'APPLIED'"),
          ("members_application", "person = '{}'", "state = 'TURNED_DOWN'"),
          ("members_beneficiary", "name = 'นางทอง', relation = '', phone = ''", "true"),
          ("members_beneficiary", "name = '', relation = 'แม่', phone = ''", "true"),
          ("members_beneficiary", "name = '', relation = '', phone = '06'", "true"),
          ("members_correction", "changes = '{\"phone\": [\"\", \"06\"]}'", "true"),
          ("members_consent", "guardian_name = 'นางทอง'", "true"),
          ("claims_claim", "details = '{\"place\": \"รพ.\"}', assessment = '{}'", "state = 'FILED'"),
          ("claims_claim", "assessment = '{\"missing\": []}'", "state = 'FILED'"),
          ("claims_claim", "assessment = '{}'", "state = 'PAID'"),
          ("claims_claim", "assessment = '{}'", "state = 'REJECTED'"),
          ("claims_pastbenefit", "receiver = 'นางมาลี', words = ''", "true"),
          ("claims_pastbenefit", "receiver = '', words = 'นอน รพ.'", "true"),
          ("imports_row", "row_values = '{}', changes = '{}', reasons = '[]'", "true"),
          ("imports_row", "row_values = NULL, changes = '{}', reasons = '[]', written = '{\"2\": \"มาลี\"}'", "true"),
          ("imports_row", "row_values = NULL, changes = '{\"phone\": [1, 2]}', reasons = '[]'", "true"),
          ("imports_row", "row_values = NULL, changes = '{}', reasons = "
           "'[{\"written\": \"–\", \"facts\": {\"same_name\": \"มาลี\"}}]'", "true"))],
    *[("privacy.forgotten_people_who_are_still_told_of", [
        f"UPDATE members_guardian SET {change}, child_id = %(forgotten)s WHERE fund_id = %(fund)s AND name <> ''"])
      for change in ("relation = '', phone = ''", "name = '', phone = ''",
                     "name = '', relation = '', phone = '06'")],
    ("imports.people_withdrawn_by_no_undone_import", [
        "UPDATE members_member SET withdrawn_by = %(batch)s WHERE fund_id = %(fund)s AND id = %(newcomer)s"]),
    ("network.figures_that_differ_from_the_books", [
        "UPDATE network_fundmonth SET in_members_satang = in_members_satang + 1, "
        "in_other_satang = in_other_satang - 2 WHERE fund_id = %(fund)s"]),
    ("network.figures_that_differ_from_the_books", [
        "UPDATE network_fundmonth SET benefit_cases = 7 WHERE fund_id = %(fund)s"]),
    ("network.months_that_do_not_follow", [
        "UPDATE network_fundmonth SET money_satang = 1 WHERE fund_id = %(fund)s"]),
    ("regulations.clauses_whose_rule_cannot_be_read", [
        """UPDATE regulations_clause SET rule = '{"grant": {"kind": "wish"}}' WHERE fund_id = %(fund)s"""]),
    ("regulations.published_clauses_that_differ", [
        "ALTER TABLE regulations_publishedclause DISABLE ROW LEVEL SECURITY",
        "UPDATE regulations_publishedclause SET text_th = 'x' WHERE fund_id = %(fund)s"]),
    ("regulations.versions_that_overlap", [
        *without("regulations_regulationversion", "regulation_one_version_a_day"),
        "INSERT INTO regulations_regulationversion (fund_id, id, number, title, voted_on, meeting, resolution, "
        "in_force_from, in_force_until, digest, recorded_by, recorded_at) SELECT fund_id, gen_random_uuid(), 2, title, "
        "voted_on, meeting, resolution, in_force_from + 30, NULL, digest, 0, now() FROM regulations_regulationversion "
        "WHERE fund_id = %(fund)s"]),
    ("regulations.versions_without_a_clause", [
        *without("claims_claim", "claim_clause"), *without("regulations_publishedclause", "published_clause_clause"),
        "DELETE FROM regulations_clause WHERE fund_id = %(fund)s"]),
    ("access.desks_that_point_nowhere", [
        "UPDATE access_grant SET member_id = -1 WHERE fund_id = %(fund)s AND role = 'MEMBER'"]),
    ("access.desks_that_point_nowhere", [
        "UPDATE access_grant SET centre_id = gen_random_uuid() WHERE fund_id = %(fund)s AND role = 'COLLECTOR'"]),
    ("access.desks_that_point_nowhere", [
        "UPDATE access_grant SET person_id = gen_random_uuid() WHERE fund_id = %(fund)s AND role = 'CHAIR'"]),
    ("access.desks_without_an_office", [
        "UPDATE access_grant SET role = 'TREASURER' WHERE fund_id = %(fund)s AND role = 'SECRETARY'"]),
    ("access.desks_without_an_office", [
        "UPDATE funds_officeholder SET centre_id = (SELECT id FROM funds_villagecentre WHERE fund_id = %(fund)s "
        "AND moo = 5) WHERE fund_id = %(fund)s AND office = 'COLLECTOR'"]),
]


@pytest.fixture(scope="module")
def facts(full_fund):
    """What the faults are about."""
    return {"fund": full_fund.id, "entry": full_fund.voucher, "reversal": full_fund.reversal, "malee": full_fund.malee,
            "sheet": full_fund.later_sheet, "newcomer": full_fund.newcomer, "leaver": full_fund.leaver,
            "batch": full_fund.batch, "forgotten": full_fund.forgotten, "somsri": full_fund.persons["somsri"],
            "cancellation": full_fund.cancellation, "sealed": full_fund.sheet}


@pytest.mark.parametrize(("name", "statements"), FAULTS)
def test_a_check_finds_what_was_planted(full_fund, facts, name, statements):
    check = checking.checks()[name]
    assert check(fund_id=full_fund.id) == ()
    with written_past_python(fund_id=full_fund.id, statements=[*OFF, *statements], **facts):
        found = check(fund_id=full_fund.id)
    assert found and {finding.check for finding in found} == {name} <= spoken_codes(name.split(".")[0])
    assert {finding.fund_id for finding in found} == {full_fund.id}


def test_a_trail_of_no_fund_is_found():
    with written_past_python(fund_id=-7, statements=[
            "INSERT INTO audit_event (fund_id, happened_at, user_id, role, action, subject, facts) "
            "VALUES (-7, now(), 0, '', 'planted', '', '{}')"]):
        found = checking.checks()["funds.events_without_a_fund"]()
    assert [(finding.fund_id, finding.facts["action"]) for finding in found] == [(-7, "planted")]


def test_every_check_of_every_room_was_tried():
    """Those of claims stand with the other tests of claims."""
    tried = {"funds.events_without_a_fund", *(name for name, _ in FAULTS)}
    assert tried == {name for name in checking.checks() if not name.startswith("claims.")}
