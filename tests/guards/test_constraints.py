"""Every constraint of every table refuses its fault by itself, with all other guards of the table taken away."""
import pytest
from django.db import connections

from tests.guards.catalogue import alone, columns, copied, guards, run

UNIQUE = [guard for guard in guards() if guard.kind in "puix"]
REFERENCES = [guard for guard in guards() if guard.kind == "f"]
CHECKS = [guard for guard in guards() if guard.kind == "c"]
PAID, FILED = "state = 'PAID'", "state = 'FILED'"
# What a check refuses: other values for a row that is there (which one, where it matters).
FAULTS = {
    "demo_mark_once": [{"id": "2"}],
    "grant_known_role": [{"role": "'KING'"}],
    "grant_in_a_fund_or_a_province": [
        {"fund_id": "NULL"}, {"province_code": "44"}, {"role": "'PROVINCE'"},
        {"role": "'PROVINCE'", "fund_id": "NULL"}],
    "grant_member_is_somebody": [{"where": "role = 'MEMBER'", "member_id": "NULL"}],
    "grant_collector_has_a_village": [{"where": "role = 'COLLECTOR'", "centre_id": "NULL"}],
    "grant_desk_has_a_person": [{"where": "role = 'CHAIR'", "person_id": "NULL"}],
    "claim_known_state": [{"state": "'LOST'"}],
    "claim_assessment_not_negative": [{"assessed_satang": "-1"}],
    "claim_approved_not_above_assessment": [{"where": PAID, "approved_satang": "assessed_satang + 1"}],
    "claim_paid_not_above_approval": [
        {"where": PAID, "paid_satang": "approved_satang + 1"}, {"where": PAID, "paid_satang": "0"}],
    "claim_paid_means_posted": [
        {"where": FILED, "state": "'PAID'"}, {"where": FILED, "paid_on": "filed_on"},
        {"where": PAID, "paid_on": "NULL"}, {"where": PAID, "voucher_no": "NULL"}, {"where": PAID, "entry_id": "NULL"}],
    "claim_state_and_decision": [
        {"where": FILED, "decided_on": "filed_on"}, {"where": FILED, "rejected_because": "'x'"},
        {"where": PAID, "approved_satang": "0"}, {"where": PAID, "decided_on": "NULL"},
        {"where": PAID, "assessed_satang": "NULL"}, {"where": "state = 'REJECTED'", "rejected_because": "''"},
        {"where": "state = 'REJECTED'", "approved_satang": "1"}],
    "claim_state_and_certification": [
        {"where": FILED, "certified_on": "filed_on"}, {"where": PAID, "certified_on": "NULL"}],
    "look_short_texts": [{"because": "repeat('ก', 501)"}],
    "look_known_kind": [{"kind": "'WISH'"}],
    "first_help_short_texts": [{"payee_name": "repeat('ก', 501)"}],
    "first_help_positive": [{"amount_satang": "0"}],
    "first_help_under_two_names": [{"paid_by_id": "agreed_by_id"}],
    "recovery_short_texts": [{name: "repeat('ก', 501)"} for name in ("payer_name", "because")],
    "recovery_of_something_in_parts": [{"amount_satang": "0"}, {"parts": "0"}, {"parts": "61"}],
    "recovery_due_after_agreement": [{"first_due_on": "agreed_on - 1"}],
    "repayment_positive": [{"amount_satang": "0"}],
    "claim_list_of_a_meeting": [{"where": "list_id IS NOT NULL", "resolution_id": "NULL"},
                                {"where": PAID, "list_id": "gen_random_uuid()"}],
    "claim_filed_after_it_happened": [{"happened_on": "filed_on + 1"}],
    "opening_use_not_negative": [{"amount_satang": "-1"}],
    "signature_known_act": [{"act": "'WISH'"}],
    "collection_not_more_than_counted": [{"written_satang": "total_satang + 1"}],
    "collection_numbers_in_order": [{"last_number": "first_number - 1"}],
    "spoiled_numbers_in_order": [{"last_number": "first_number - 1"}],
    "spoiled_says_why": [{"why": "''"}],
    "contribution_positive": [{"amount_satang": "0"}, {"amount_satang": "-3000"}],
    "member_short_texts": [{name: "repeat('ก', 201)"} for name in (
        "member_no", "name_title", "first_name", "last_name", "house_no", "phone")],
    "beneficiary_short_texts": [{name: "repeat('ก', 201)"} for name in ("name", "relation", "phone")],
    "household_short_texts": [{"house_no": "repeat('ก', 201)"}],
    "residence_ends_after_it_begins": [{"where": "from_on IS NOT NULL", "until_on": "from_on - 1"}],
    "guardian_short_texts": [{name: "repeat('ก', 201)"} for name in ("relation", "phone")] + [
        {"where": "guardian_id IS NULL", "name": "repeat('ก', 201)"}],
    "guardian_is_another": [{"child_id": "guardian_id"}],
    "guardian_named_in_one_way": [{"where": "guardian_id IS NOT NULL", "name": "'นางทอง'"}],
    "guardian_ends_after_it_begins": [{"until_on": "from_on - 1"}],
    "beneficiary_share_is_a_part": [{"share_percent": "0"}, {"share_percent": "101"}],
    "beneficiary_ends_after_naming": [{"where": "named_on IS NOT NULL", "ended_on": "named_on"}],
    "beneficiary_known_way": [{"where": "told_on IS NOT NULL", "told_how": "'DREAM'"}],
    "beneficiary_told_somehow": [
        {"where": "told_on IS NOT NULL", "told_how": "NULL"}, {"where": "told_on IS NULL", "told_how": "'PAPER'"}],
    "person_short_texts": [{"name": "repeat('ก', 201)"}],
    "village_centre_short_texts": [{"name": "repeat('ก', 201)"}, {"address": "repeat('ก', 201)"}],
    "fund_short_texts": [{"name": "repeat('ก', 201)"}],
    "claim_short_texts": [{"where": PAID, "payee_name": "repeat('ก', 501)"},
                          {"where": "state = 'REJECTED'", "rejected_because": "repeat('ก', 501)"}],
    "bank_account_says_all": [{name: "''"} for name in ("bank", "account_no", "owner_name", "resolution_no")],
    "bank_account_known_promptpay": [
        {"where": "promptpay_kind IS NOT NULL", "promptpay_kind": "'WISH'"},
        {"where": "promptpay_kind IS NOT NULL", "promptpay_no": "''"},
        {"where": "promptpay_kind IS NULL", "promptpay_no": "'1'"}],
    "bank_account_ends_after_it_was_named": [{"ended_on": "resolved_on - 1"}],
    "transfer_note_positive": [{"amount_satang": "0"}],
    "transfer_note_slip_says": [{"slip": "''"}],
    "booklet_lines_on_the_page": [{"lines_a_page": "0"}, {"line_height": "0"}, {"page_height": "first_line"}],
    "bank_slip_says": [{"slip_no": "''"}],
    "earmark_says_for_what": [{"words": "''"}, {"accounts": "'{}'"}],
    "share_vote_says_resolution": [{"resolution_no": "''"}],
    "share_is_a_part": [{"thousandths": "0"}, {"thousandths": "1001"}, {"sub_fund": "''"}, {"account": "''"}],
    "payment_limit_sensible": [{"limit_satang": "0"}, {"resolution_no": "''"}],
    "voucher_known_way": [{"way": "'UP'"}],
    "voucher_two_are_two": [{"where": "first_id IS NOT NULL", "second_id": "first_id"}],
    "attachment_known_media": [{"media": "'text/html'"}],
    "attachment_is_what_was_sent": [
        {"where": "removed_at IS NULL", "content": "'x'"}, {"where": "removed_at IS NULL", "content": "''"},
        {"where": "removed_at IS NULL", "digest": "'x'"}, {"where": "removed_at IS NOT NULL", "content": "'x'"},
        {"where": "removed_at IS NULL", "content": "convert_to(repeat('x', 3000001), 'UTF8')",
         "digest": "encode(sha256(convert_to(repeat('x', 3000001), 'UTF8')), 'hex')"}],
    "cash_count_short_texts": [{"where": "entry_id IS NOT NULL", "because": "repeat('ก', 501)"}],
    "cash_count_two_persons": [{"witnessed_by_id": "counted_by_id"}],
    "cash_count_books_what_differs": [
        {"where": "entry_id IS NOT NULL", "entry_id": "NULL"}, {"where": "entry_id IS NOT NULL", "because": "''"},
        {"where": "entry_id IS NOT NULL", "books_satang": "counted_satang"},
        {"where": "entry_id IS NULL", "books_satang": "counted_satang + 1"}],
    "cash_count_adds_up": [
        {"pieces": "array_append(pieces, 0)"}, {"counted_satang": "counted_satang + 1"},
        {"pieces": "array_append(pieces[1:10], NULL)"},
        {"pieces": "'{-1,2,0,0,0,0,0,0,0,0,0}'", "counted_satang": "0"}],
    "month_close_short_texts": [{"because": "repeat('ก', 501)"}],
    "month_close_says_why": [{"left_open": "'{COLLECTED}'", "because": "''"}],
    "month_reopening_short_texts": [{"reason": "repeat('ก', 501)"}],
    "month_reopening_two_persons": [{"second_by_id": "first_by_id"}],
    "month_reopening_says_why": [{"reason": "''"}],
    "cash_limit_sensible": [{"limit_satang": "0"}, {"resolution_no": "''"}],
    "statement_line_not_zero": [{"amount_satang": "0"}],
    "gift_money_or_things": [
        {"where": "amount_satang > 0", "things": "'ข้าว'"}, {"where": "amount_satang > 0", "entry_id": "NULL"},
        {"where": "amount_satang > 0", "amount_satang": "-1"}, {"where": "amount_satang = 0", "things": "''"},
        {"where": "amount_satang = 0", "entry_id": "(SELECT min(entry_id) FROM givers_gift)"}],
    "gift_known_kinds": [{"kind": "'WISH'"}, {"giver_kind": "'KING'"}],
    "gift_cancelled_with_its_money": [
        {"where": "cancelled_on IS NULL", "cancelled_because": "'x'"},
        {"where": "cancelled_on IS NULL AND amount_satang > 0", "cancelled_on": "given_on", "cancelled_because": "'x'"},
        {"where": "cancelled_on IS NOT NULL", "cancelled_because": "''"},
        {"where": "cancelled_on IS NOT NULL", "cancelled_on": "NULL"}],
    "exchange_rate_sensible": [{"item": "''"}, {"unit": "''"}, {"worth_satang": "0"}],
    "in_kind_one_way": [
        {"where": "reverses_id IS NULL", "thousandths": "-1"}, {"where": "reverses_id IS NULL", "credit_satang": "-1"},
        {"where": "reverses_id IS NOT NULL", "thousandths": "1"},
        {"where": "reverses_id IS NOT NULL", "credit_satang": "1"}],
    "in_kind_counted_means_posted": [{"where": "credit_satang <> 0", "entry_id": "NULL"}],
    "in_kind_seen_or_photographed": [{"witness_id": "NULL", "photo_digest": "NULL"}],
    "in_kind_photo_digest_is_one": [{"photo_digest": "''"}, {"photo_digest": "repeat('G', 64)"}],
    "given_photo_small": [{"content": "convert_to(repeat('x', 400001), 'UTF8')"}],
    "past_payment_not_zero": [{"amount_satang": "0"}],
    "past_payment_month": [{"month": "month + 1"}],
    "past_benefit_positive": [{"amount_satang": "0"}],
    "past_benefit_short_texts": [{name: "repeat('ก', 501)"} for name in ("benefit", "words", "receiver")],
    "plan_sensible": [{"amount_satang": "0"}, {"every_months": "2"}, {"every_days": "1"}, {"due_day": "0"},
                      {"due_day": "32"}, {"entrance_satang": "-1"}, {"every_months": "0"},
                      {"every_months": "0", "every_days": "2"}],
    "plan_in_fixed_months": [{"first_month": "4"}, {"first_month": "13", "every_months": "6"}],
    "arrears_clause_sensible": [{"clause_no": "''"}, {"grace_days": "3651"}, {"suspend_after_days": "0"},
                                {"suspend_after_periods": "121"}, {"lapse_after_days": "3651"},
                                {"lapse_after_periods": "0"}],
    "exemption_known_ground": [{"ground": "'WEATHER'"}],
    "exemption_for_a_day": [{"until_on": "from_on"}],
    "plan_taken_back_before_it_began": [{"taken_back_on": "from_on"}],
    "receipt_book_numbers_in_order": [
        {"first_number": "0"}, {"next_number": "first_number - 1"}, {"next_number": "last_number + 2"}],
    "fund_code_plain": [{"code": "'Not plain'"}, {"code": "'x'"}],
    "fund_starts_after_founding": [{"starts_on": "founded_on - 1"}],
    "office_holder_known_office": [{"office": "'KING'"}],
    "account_known_kind": [{"kind": "'POCKET'"}],
    "entry_posted_after_it_happened": [{"posted_on": "happened_on - 1"}],
    "line_not_zero": [{"amount_satang": "0"}],
    "import_batch_state_and_days": [
        {"where": "state = 'COMMITTED'", "committed_at": "NULL"}, {"where": "state = 'UNDONE'", "undone_at": "NULL"},
        {"state": "'LOST'"}],
    "import_meaning_known_of": [{"of": "'DREAM'"}],
    "member_id_13_digits": [{"national_id": "'123'"}, {"national_id": "'91005000123456'"}],
    "import_batch_forgotten_late": [{
        "where": "state = 'COMMITTED'", "state": "'PREVIEWED'", "forgotten_on": "'2026-11-20'"}],
    "member_erased_says_nothing": [{"where": "first_name <> ''", "erased_on": "'2025-11-20'"}, *({
        "where": "erased_on IS NOT NULL", column: value} for column, value in (
            ("name_title", "'นาง'"), ("first_name", "'มาลี'"), ("last_name", "'ใจบุญ'"), ("house_no", "'9'"),
            ("phone", "'06'"), ("national_id", "'9100500012345'"), ("no_id_reason", "'NOT_SEEN'"),
            ("born_on", "'1970-01-01'"), ("birth_precision", "'year'"), ("kind", "'OTHER'"), ("stated_sex", "'MALE'"),
            ("questioned", "'{missing_id}'")))],
    "consent_short_texts": [{"guardian_name": "repeat('ก', 201)"}],
    "consent_known_purpose": [{"purpose": "'PRAISE'"}],
    "consent_known_how": [{"how": "'WHISPERED'"}],
    "consent_known_wording": [{"wording": "0"}],
    "consent_withdrawn_after_given": [{"withdrawn_on": "given_on - 1"}],
    "member_known_kind": [{"kind": "'SAINT'"}],
    "member_known_sex": [{"stated_sex": "'SAINT'"}],
    "member_known_no_id_reason": [{"no_id_reason": "'LAZY'"}],
    "member_no_reason_beside_an_id": [{"where": "national_id IS NOT NULL", "no_id_reason": "'NOT_SEEN'"}],
    "member_known_precision": [{"birth_precision": "'hour'"}],
    "membership_says_why": [{"left_on": "'2025-11-20'", "left_reason": "NULL"}],
    "application_short_texts": [{"clause": "repeat('ก', 201)"}, {
        "where": "state = 'TURNED_DOWN'", "turned_down_because": "repeat('ก', 201)"}],
    "application_known_state": [{"state": "'LOST'"}],
    "application_state_and_decision": [
        {"where": "state = 'APPLIED'", "certified_on": "applied_on"},
        {"where": "state = 'CERTIFIED'", "certified_on": "NULL"},
        {"where": "state = 'CERTIFIED'", "turned_down_because": "'x'"},
        {"where": "state = 'ADMITTED'", "resolution_id": "NULL"}, {"where": "state = 'ADMITTED'", "member_id": "NULL"},
        {"where": "state = 'ADMITTED'", "membership_id": "NULL"},
        {"where": "state = 'TURNED_DOWN'", "turned_down_because": "''"},
        {"where": "state = 'TURNED_DOWN'", "resolution_id": "NULL"}],
    "membership_event_short_texts": [{"reason": "repeat('ก', 201)"}, {"clause": "repeat('ก', 201)"}],
    "membership_event_known_kind": [{"kind": "'SAINTED'"}],
    "membership_event_strikes_one": [
        {"where": "kind = 'JOINED'", "kind": "'TAKEN_BACK'"}, {"where": "kind = 'JOINED'", "strikes_id": "id"}],
    "membership_event_pause_has_a_day": [{"where": "kind = 'SUSPENDED'", "happened_on": "NULL"}],
    "merge_of_two_entries": [{"merged_id": "kept_id"}],
    "not_same_person_two_entries": [{"one_id": "other_id"}, {"one_id": "other_id", "other_id": "one_id"}],
    "fund_month_is_a_month": [{"month": "month + 1"}],
    "clause_benefit_plain": [{"benefit": "'Not plain'"}],
    "provision_known_chapter": [{"chapter": "'wishes'"}],
    "draft_clause_known_chapter": [{"where": "benefit = ''", "chapter": "'wishes'"}],
    "draft_clause_words_or_rule": [
        {"where": "benefit = ''", "rule": "'{}'"}, {"where": "benefit <> ''", "rule": "NULL"},
        {"where": "benefit <> ''", "benefit": "'A wish'"}, {"where": "benefit <> ''", "chapter": "'members'"},
        {"where": "benefit = ''", "account_code": "'5101'"}],
    "regulation_version_holds_for_a_day": [{"in_force_until": "in_force_from"}],
}


def named(guard):
    return guard.name


@pytest.mark.parametrize("guard", UNIQUE, ids=named)
def test_the_same_is_not_written_twice(full_fund, guard):
    there = [f'"{name}" IS NOT NULL' for name in guard.columns if "NULLS NOT DISTINCT" not in str(guard.definition)]
    where = " AND ".join([*there, *([guard.definition] if guard.kind == "i" and guard.definition else [])]) or "true"
    with alone(table=guard.table, keeps=guard.name):
        assert run(copied(table=guard.table, fund_id=full_fund.id, where=where)) == guard.name


@pytest.mark.parametrize("guard", REFERENCES, ids=named)
def test_nothing_points_nowhere_or_into_another_fund(full_fund, another_fund, guard):
    column = guard.columns[-1]
    is_uuid = "id" in columns()[guard.table] and columns()[guard.table]["id"].type == "uuid"
    fresh = {"id": "gen_random_uuid()" if is_uuid else "id + 1000000"} if guard.table == guard.to else {}
    values = elsewhere(guard, another_fund.id)
    with alone(table=guard.table, keeps=guard.name):
        for value in values:
            fault = copied(table=guard.table, fund_id=full_fund.id, instead={column: value, **fresh})
            assert run(fault) == guard.name, fault


def elsewhere(guard, other_fund_id):
    """Values for a reference that lead nowhere, and to a row of another fund that is there."""
    kind = columns()[guard.table][guard.columns[-1]].type
    nowhere = {"uuid": "gen_random_uuid()", "text": "'nowhere'"}.get(kind, "-1")
    if len(guard.columns) == 1 or kind == "text":  # the codes of accounts are the same in every fund
        return [nowhere]
    with connections["loader"].cursor() as cursor:
        key = "id" if "id" in columns()[guard.to] else guard.columns[-1]
        cursor.execute(f"SELECT {key} FROM {guard.to} WHERE fund_id = {other_fund_id} LIMIT 1")
        return [nowhere, *(f"'{found}'" for found, in cursor.fetchall())]


@pytest.mark.parametrize("guard", CHECKS, ids=named)
def test_no_row_says_what_cannot_be(full_fund, guard):
    faults = FAULTS.get(guard.name)
    if faults is None and guard.name.endswith("_check") and len(guard.columns) == 1:
        faults = [{guard.columns[0]: "-1"}]  # Django's own: a number that is never negative
    assert faults, f"nothing was planted for {guard.name} {guard.definition}"
    with alone(table=guard.table, keeps=guard.name):
        for fault in faults:
            where, instead = fault.get("where", "true"), {n: value for n, value in fault.items() if n != "where"}
            planted = copied(table=guard.table, fund_id=full_fund.id, where=where, instead=instead)
            assert run(planted) == guard.name, planted


def test_nothing_is_planted_that_nobody_guards():
    assert set(FAULTS) <= {guard.name for guard in CHECKS}
    assert len(UNIQUE) > 40 and len(REFERENCES) > 40 and len(CHECKS) > 50


@pytest.mark.parametrize("table", sorted(columns()))
def test_what_must_be_said_is_said(full_fund, table):
    with alone(table=table):
        for name, column in columns()[table].items():
            if column.must:
                fault = copied(table=table, fund_id=full_fund.id, instead={name: "NULL"})
                assert run(fault) == f"{name} is null"
