"""Every constraint of claims refuses its fault, and every check finds it when the constraint is taken away."""
from datetime import date
from uuid import uuid4, uuid5

import pytest
from django.db import connections

from ombun.claims import checks
from ombun.claims.models import Claim
from ombun.claims.operations import (
    Agreement,
    Decision,
    NewHelp,
    UsedBefore,
    agree_recovery,
    decide_claims,
    help_at_once,
    take_repayment,
    write_opening_uses,
)
from ombun.claims.states import NEXT, ClaimState
from ombun.funds.rules import Office
from ombun.jobs import checking
from ombun.members.rules.resolutions import NewResolution
from ombun.primitives.money import Satang
from ombun.regulations.operations import adopt_version
from tests.usecases.planted import refusing_constraint, written_past_python
from tests.usecases.welfare_house import NOW, WelfareHouse, first_version
from tests.words import spoken_codes

UPDATE = "UPDATE claims_claim SET {} WHERE id = %({})s"
SIGN = ("INSERT INTO claims_signature (fund_id, claim_id, person_id, act, signed_on, recorded_by, recorded_at) "
        "VALUES (%(fund)s, %({})s, %({})s, '{}', '2026-11-07', 0, now())")
FILE = ("INSERT INTO claims_claim (fund_id, id, year, claim_no, member_id, clause_id, benefit, happened_on, details, "
        "documents_seen, filed_on, filed_by, filed_at, state, assessment, rejected_because, payee_name, appeal_of_id) "
        "VALUES (%(fund)s, %({new})s, 2027, {no}, {member}, {clause}, '{benefit}', '{happened}', '{{}}', '{{}}', "
        "'{filed}', 0, now(), '{state}', '{{}}', '', '', {appeal})")
USED = "INSERT INTO claims_openinguse VALUES (%(fund)s, %({})s, 'birth', now(), 1, 0, {})"


AGREE = ("INSERT INTO claims_recovery (id, fund_id, claim_id, agreed_on, agreed_by_id, payer_name, because, "
         "amount_satang, parts, first_due_on, entry_id, recorded_by, recorded_at) "
         "SELECT gen_random_uuid(), fund_id, %({})s, agreed_on, agreed_by_id, payer_name, because, {}, "
         "parts, first_due_on, entry_id, 0, now() FROM claims_recovery")
LOOK = ("INSERT INTO claims_look (id, fund_id, kind, claim_id, other_id, because, looked_on, recorded_by, recorded_at) "
        "VALUES (gen_random_uuid(), %(fund)s, 'NIGHTS_OVERLAP', %(paid)s, %(paid)s, 'seen', '2026-11-20', 0, now())")
HELP = ("INSERT INTO claims_firsthelp (id, fund_id, claim_id, helped_on, amount_satang, agreed_by_id, paid_by_id, "
        "payee_name, entry_id, recorded_by, recorded_at) SELECT gen_random_uuid(), fund_id, %({})s, helped_on, {}, "
        "agreed_by_id, paid_by_id, payee_name, entry_id, 0, now() FROM claims_firsthelp")
REPAY = ("INSERT INTO claims_repayment (id, fund_id, recovery_id, paid_on, amount_satang, received_by_id, entry_id, "
         "recorded_by, recorded_at) SELECT gen_random_uuid(), fund_id, recovery_id, paid_on, {}, received_by_id, "
         "entry_id, 0, now() FROM claims_repayment")


def new_claim(**more):
    """A claim written by hand."""
    plain = {"no": 99, "member": "%(thong)s", "clause": "%(clause)s", "benefit": "hospital", "happened": "2026-11-01",
             "filed": "2026-11-02", "state": "FILED", "appeal": "NULL", "new": "new"}
    return FILE.format(**plain | more)


def meeting_of(house):
    """The id of the meeting that decided a claim of the house."""
    with house.reading():
        return Claim.objects.get(id=house.claims["listed"]).resolution_id


@pytest.fixture(scope="module")
def house(django_db_blocker):
    """A fund with a claim in every state; nothing planted in it stays."""
    with django_db_blocker.unblock():
        house, other = WelfareHouse(adopts=False), WelfareHouse()
        adopt_version(actor=house.actor, recorded_at=NOW, version=first_version(clauses=tuple(
            one if one.benefit != "hospital" else type(one)(**{**vars(one), "rule": {
                **one.rule, "at_once": {"limit_satang": 300_00}}}) for one in first_version().clauses)))
        house.elect("malee", "นางมาลี ใจบุญ", Office.CENTRE_MEMBER, 4, member=house.members["malee"])
        house.claims = {state.lower(): house.claim(state, happened_on=date(2026, 11, day), units=1) for day, state in
                        enumerate((ClaimState.FILED, ClaimState.CERTIFIED, ClaimState.APPROVED, ClaimState.PAID), 1)}
        house.claims["rejected"] = house.claim(happened_on=date(2026, 10, 30))
        house.reject(house.claims["rejected"])
        write_opening_uses(actor=house.actor, recorded_at=NOW, uses=[UsedBefore(
            member_id=house.members["malee"], benefit="birth", times=1, amount_satang=Satang(1))])
        house.claims["listed"] = house.claim(ClaimState.CERTIFIED, happened_on=date(2026, 10, 29), units=1)
        decide_claims(
            actor=house.actor, list_id=uuid4(), recorded_at=NOW, resolution=NewResolution(
                committee_no=4, meeting_no=11, met_on=date(2026, 11, 6), signed_by=house.people["boonmee"]),
            decisions=[Decision(claim_id=house.claims["listed"], approved_satang=Satang(100_00))])
        house.claims["helped"] = house.claim(happened_on=date(2026, 10, 27), units=1)
        help_at_once(actor=house.actor, help_id=uuid4(), claim_id=house.claims["helped"], recorded_at=NOW, new=NewHelp(
            amount_satang=Satang(100_00), helped_on=date(2026, 11, 4), payee_name="นางมาลี ใจบุญ",
            agreed_by=house.people["boonmee"], paid_by=house.people["somsri"]))
        house.claims["recovered"] = house.claim(ClaimState.PAID, happened_on=date(2026, 10, 28), units=1)
        agree_recovery(
            actor=house.actor, recovery_id=uuid4(), claim_id=house.claims["recovered"], recorded_at=NOW, new=Agreement(
                agreed_on=date(2026, 11, 10), agreed_by=house.people["boonmee"], payer_name="นางมาลี ใจบุญ",
                because="นอนครึ่งคืน", amount_satang=Satang(50_00), parts=2, first_due_on=date(2026, 11, 10)))
        take_repayment(actor=house.actor, repayment_id=uuid4(), claim_id=house.claims["recovered"],
                       amount_satang=Satang(25_00), paid_on=date(2026, 11, 10), received_by=house.people["somsri"],
                       recorded_at=NOW)
        first = house.card(house.claims["filed"])
        house.facts = {
            "fund": house.fund_id, "new": uuid4(), **house.claims, **house.people, **house.members,
            "clause": first.clause_id, "entry": house.card(house.claims["paid"]).entry_id,
            "meeting": meeting_of(house), "bank": house.bank(satang=100),
            "malee_id": house.members["malee"], "malee_person": house.people["malee"],
            "thong": house.members["thong"], "birth_clause": uuid5(first.version_id, "17.1"),
            "nowhere": uuid4(), "other": uuid4(),
            "other_member": other.members["malee"], "other_person": other.people["somsri"]}
        return house


FAULTS = [
    ("claim_number_once", [new_claim(no=1)]),
    ("claim_voucher_once", [
        UPDATE.format("state = 'PAID', paid_on = '2026-11-07', paid_satang = 20000, entry_id = %(entry)s, "
                      "voucher_year = 2027, voucher_no = 1", "approved")]),
    ("claim_once_per_event", [new_claim(member="%(malee_id)s", happened="2026-11-01")]),
    ("claim_short_texts", [UPDATE.format("rejected_because = repeat('x', 501)", "filed")]),
    ("claim_known_state", [new_claim(state="LOST")]),
    ("claim_assessment_not_negative", [UPDATE.format("assessed_satang = -1", "filed")]),
    ("claim_approved_not_above_assessment", [
        SIGN.format("certified", "kamon", "APPROVE"),
        UPDATE.format("state = 'APPROVED', decided_on = '2026-11-07', approved_satang = assessed_satang + 1",
                      "certified")]),
    ("claim_paid_not_above_approval", [UPDATE.format("paid_satang = approved_satang + 1", "paid")]),
    ("claim_paid_means_posted", [UPDATE.format("state = 'PAID'", "approved")]),
    ("claim_paid_means_posted", [UPDATE.format("paid_on = '2026-11-07'", "approved")]),
    ("claim_state_and_decision", [UPDATE.format("approved_satang = 1, decided_on = '2026-11-07'", "certified")]),
    ("claim_state_and_decision", [UPDATE.format("rejected_because = ''", "rejected")]),
    ("claim_state_and_certification", [UPDATE.format("certified_on = '2026-11-07'", "filed")]),
    ("claim_filed_after_it_happened", [new_claim(happened="2026-11-03")]),
    ("claim_moves_as_allowed", [UPDATE.format("state = 'FILED', certified_on = NULL", "certified")]),
    ("claim_decision_stays", [UPDATE.format("approved_satang = 1", "approved")]),
    ("claim_decision_stays", [UPDATE.format("clause_id = %(birth_clause)s", "approved")]),
    ("claim_decision_stays", [UPDATE.format("decided_on = '2026-11-07'", "rejected")]),
    ("claim_decision_stays", [UPDATE.format("certified_on = '2026-11-07'", "certified")]),
    ("claim_decision_stays", [UPDATE.format("paid_on = '2026-11-08'", "paid")]),
    ("claim_decision_stays", [UPDATE.format("voucher_no = 7", "paid")]),
    *(("claim_decision_stays", [UPDATE.format(change, state)]) for state, change in (
        ("approved", "assessed_units = 7"), ("paid", "assessed_units = NULL"), ("paid", "payee_name = 'x'"),
        ("paid", """assessment = '{"steps": [], "missing": []}'"""), ("approved", """assessment = '{"steps": 1}'"""),
        ("filed", """details = '{"place": "x"}'"""),
        ("rejected", "rejected_because = 'x'"), ("rejected", "assessed_units = 7"))),
    ("signer_stays_the_same", ["UPDATE funds_person SET name = 'x' WHERE id = %(somsri)s"]),
    ("signer_stays_the_same", [
        "UPDATE funds_person SET member_id = %(thong)s WHERE id = %(boonmee)s",
        "UPDATE funds_person SET member_id = NULL WHERE id = %(boonmee)s"]),
    ("office_covers_signatures", [
        "UPDATE funds_officeholder SET until_on = '2026-11-05' WHERE person_id = %(dao)s"]),
    ("claim_certified_by_three", [UPDATE.format("state = 'CERTIFIED', certified_on = '2026-11-07'", "filed")]),
    ("claim_decided_under_a_name", [UPDATE.format(
        "state = 'APPROVED', decided_on = '2026-11-07', approved_satang = 1", "certified")]),
    ("claim_decided_under_a_name", [UPDATE.format(
        "state = 'REJECTED', decided_on = '2026-11-07', rejected_because = 'x'", "filed")]),
    ("claim_under_its_clause", [new_claim(benefit="birth")]),
    ("claim_paid_as_posted", [SIGN.format("approved", "somsri", "PAY"), UPDATE.format(
        "state = 'PAID', paid_on = '2026-11-07', paid_satang = 20000, entry_id = %(entry)s, voucher_year = 2027, "
        "voucher_no = 9", "approved")]),
    ("claim_decided_at_the_meeting", [
        SIGN.format("certified", "kamon", "APPROVE"), UPDATE.format(
            "state = 'APPROVED', decided_on = '2026-11-07', approved_satang = 1, resolution_id = %(meeting)s, "
            "list_id = %(new)s", "certified")]),
    ("claim_list_of_a_meeting", [UPDATE.format("list_id = %(new)s", "filed")]),
    ("claim_resolution", [
        SIGN.format("certified", "boonmee", "APPROVE"), UPDATE.format(
            "state = 'APPROVED', decided_on = '2026-11-07', approved_satang = 1, resolution_id = %(nowhere)s, "
            "list_id = %(new)s", "certified")]),
    ("claim_paid_as_posted", [
        "ALTER TABLE claims_claim DISABLE TRIGGER claim_moved", UPDATE.format("paid_from_id = %(bank)s", "paid")]),
    ("claim_appeals_a_rejected_one", [new_claim(appeal="%(paid)s")]),
    ("claim_appeals_a_rejected_one", [new_claim(appeal="%(rejected)s", member="%(malee_id)s", happened="2026-10-31")]),
    ("claim_appeal_of", [new_claim(appeal="%(nowhere)s")]),
    ("claim_appealed_once", [
        "DROP INDEX claim_once_per_event",
        new_claim(appeal="%(rejected)s", member="%(malee_id)s", happened="2026-10-30", new="other"),
        new_claim(appeal="%(rejected)s", member="%(malee_id)s", happened="2026-10-30", no=98)]),
    ("recovery_not_above_payment", [AGREE.format("paid", 20001)]),
    ("recovery_not_above_payment", [AGREE.format("approved", 1)]),
    ("recovery_as_posted", [AGREE.format("paid", 1)]),
    ("recovery_once_a_claim", [AGREE.format("recovered", 1)]),
    ("recovery_words_stay", ["UPDATE claims_recovery SET because = 'x'"]),
    ("recovery_stays", ["UPDATE claims_recovery SET amount_satang = 1"]),
    ("repayment_not_above_agreement", [REPAY.format(20000)]),
    ("repayment_as_posted", [REPAY.format(1)]),
    ("repayment_stays", ["UPDATE claims_repayment SET amount_satang = 1"]),
    ("claim_approves_first_help", [
        "INSERT INTO claims_signature SELECT fund_id, claim_id, %(kamon)s, 'REJECT', signed_on, 0, now() "
        "FROM claims_signature WHERE claim_id = %(paid)s AND act = 'PAY'", SIGN.format("helped", "kamon", "REJECT"),
        UPDATE.format("state = 'REJECTED', decided_on = '2026-11-07', rejected_because = 'x'", "helped")]),
    ("first_help_within_its_limit", [HELP.format("filed", 30001)]),
    ("first_help_within_its_limit", [HELP.format("approved", 1).replace("helped_on, 1", "date '2026-11-30', 1")]),
    ("first_help_as_posted", [HELP.format("filed", 1)]),
    ("first_help_once_a_claim", [HELP.format("helped", 1)]),
    ("first_help_words_stay", ["UPDATE claims_firsthelp SET payee_name = 'x'"]),
    ("first_help_stays", ["UPDATE claims_firsthelp SET amount_satang = 1"]),
    ("look_words_stay", [LOOK, "UPDATE claims_look SET because = 'x'"]),
    ("look_stays", [LOOK, "UPDATE claims_look SET kind = 'SAME_PAPER'"]),
    ("look_once_a_question", [LOOK, LOOK]),
    ("claim_paid_from", [
        "ALTER TABLE claims_claim DISABLE TRIGGER USER", UPDATE.format("paid_from_id = %(nowhere)s", "paid")]),
    ("claim_signed_once_per_person", [SIGN.format("certified", "dao", "APPROVE")]),
    ("claim_not_signed_by_its_member", [SIGN.format("filed", "malee_person", "CERTIFY")]),
    ("signature_stays", ["DELETE FROM claims_signature WHERE claim_id = %(paid)s"]),
    ("signature_stays", ["UPDATE claims_signature SET person_id = %(kamon)s WHERE claim_id = %(paid)s"]),
    ("signature_stays", ["TRUNCATE claims_signature"]),
    ("signature_known_act", [SIGN.format("filed", "dao", "WISH")]),
    ("signature_claim", [SIGN.format("nowhere", "dao", "CERTIFY"), "SET CONSTRAINTS ALL IMMEDIATE"]),
    ("signature_person", [SIGN.format("filed", "other_person", "CERTIFY")]),
    ("claim_stays", ["DELETE FROM claims_claim"]),
    ("claim_stays", [UPDATE.format("id = %(nowhere)s", "filed")]),
    ("claim_member", [new_claim(member="%(other_member)s")]),
    ("claim_clause", [new_claim(clause="%(nowhere)s")]),
    ("opening_use_stays", ["UPDATE claims_openinguse SET times = 0"]),
    ("opening_use_member", [USED.format("other_member", 0)]),
    ("opening_use_not_negative", [USED.format("thong", -1)]),
    ("claims_openinguse_pkey", [USED.format("malee_id", 0)]),
]


@pytest.mark.parametrize(("constraint", "statements"), FAULTS)
def test_the_database_refuses(house, constraint, statements):
    assert refusing_constraint(fund_id=house.fund_id, statements=statements, **house.facts) == constraint


@pytest.mark.parametrize("of", list(ClaimState))
@pytest.mark.parametrize("to", list(ClaimState))
def test_the_database_keeps_the_same_table_of_moves(house, of, to):
    constraint = refusing_constraint(fund_id=house.fund_id, claim=house.claims[of.lower()], to=to, statements=[
        "ALTER TABLE claims_claim DISABLE TRIGGER claim_signed_when_moved",
        *(f"ALTER TABLE claims_claim DROP CONSTRAINT {name}" for name in (
            "claim_state_and_decision", "claim_state_and_certification", "claim_paid_means_posted")),
        "UPDATE claims_claim SET state = %(to)s WHERE id = %(claim)s"])
    assert constraint == ("none" if to in NEXT[of] or to == of else "claim_moves_as_allowed")


def test_personal_words_may_be_emptied_for_good(house):
    emptied = [UPDATE.format("payee_name = '', assessment = '{}'", "paid"),
               UPDATE.format("rejected_because = '–', details = '{}'", "rejected")]
    assert refusing_constraint(fund_id=house.fund_id, statements=emptied, **house.facts) == "none"


def test_it_may_be_told_once_which_member_somebody_who_signed_is(house):
    told = ["UPDATE funds_person SET member_id = %(thong)s WHERE id = %(boonmee)s"]
    assert refusing_constraint(fund_id=house.fund_id, statements=told, **house.facts) == "none"


@pytest.mark.parametrize("column", ["member_id", "benefit", "happened_on", "units", "year", "claim_no", "filed_on",
                                    "documents_seen"])
def test_what_was_asked_for_is_not_rewritten_by_those_who_work(column):
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT has_column_privilege('ombun_app', 'claims_claim', %s, 'UPDATE')", [column])
        assert cursor.fetchone() == (False,)


OFF = [f"ALTER TABLE {table} DISABLE TRIGGER USER"
       for table in ("claims_claim", "claims_signature", "claims_recovery", "claims_repayment", "claims_firsthelp",
                     "funds_officeholder")]


def without(*constraints):
    """Statements that take constraints of claims away."""
    return [f"ALTER TABLE claims_claim DROP CONSTRAINT {name}" for name in constraints]


BREAKS = [
    ("claims_certified_by_fewer_than_three", [
        "DELETE FROM claims_signature WHERE claim_id = %(certified)s AND person_id = %(dao)s"]),
    ("claims_decided_or_paid_under_no_name", [
        "DELETE FROM claims_signature WHERE claim_id = %(paid)s AND act = 'PAY'"]),
    ("claims_decided_or_paid_under_no_name", [SIGN.format("approved", "kamon", "APPROVE")]),
    ("claims_signed_twice_by_one_person", [
        "ALTER TABLE claims_signature DROP CONSTRAINT claim_signed_once_per_person",
        SIGN.format("paid", "dao", "CERTIFY")]),
    ("claims_signed_twice_by_one_person", [
        "ALTER TABLE funds_person DROP CONSTRAINT person_once_per_member",
        "UPDATE funds_person SET member_id = %(thong)s WHERE id IN (%(dao)s, %(kham)s)"]),
    ("claims_signed_by_their_own_member", [
        "ALTER TABLE funds_person DROP CONSTRAINT person_once_per_member",
        "UPDATE funds_person SET member_id = %(malee_id)s WHERE id = %(boonmee)s"]),
    ("claims_signed_out_of_office", [
        "UPDATE funds_officeholder SET until_on = '2026-11-06' WHERE person_id = %(somsri)s"]),
    ("claims_paid_otherwise_than_booked", [UPDATE.format("paid_satang = 19999", "paid")]),
    ("claims_paid_otherwise_than_booked", [UPDATE.format("paid_on = '2026-11-08'", "paid")]),
    ("claims_paid_otherwise_than_booked", [UPDATE.format("clause_id = %(birth_clause)s", "paid")]),
    ("claims_paid_out_of_another_account", [UPDATE.format("paid_from_id = %(bank)s", "paid")]),
    ("payments_booked_without_a_claim", [
        *without("claim_paid_means_posted"), UPDATE.format("entry_id = NULL", "paid")]),
    ("claims_above_their_approval", [
        *without("claim_paid_not_above_approval"), UPDATE.format("approved_satang = 19999", "paid")]),
    ("claims_above_their_approval", [
        *without("claim_approved_not_above_assessment"), UPDATE.format("assessed_satang = 1", "approved")]),
    ("appeals_decided_by_who_said_no", [
        UPDATE.format("appeal_of_id = %(rejected)s", "paid")]),
    ("recoveries_otherwise_than_booked", ["UPDATE claims_recovery SET amount_satang = 4999"]),
    ("recoveries_otherwise_than_booked", ["UPDATE claims_repayment SET amount_satang = 2499"]),
    ("recoveries_above_what_was_paid", ["UPDATE claims_recovery SET amount_satang = 20001"]),
    ("recoveries_above_what_was_paid", ["UPDATE claims_repayment SET amount_satang = 5001"]),
    ("first_helps_otherwise_than_booked", ["UPDATE claims_firsthelp SET amount_satang = 9999"]),
    ("first_helps_above_their_limit", ["UPDATE claims_firsthelp SET amount_satang = 30001"]),
    ("claim_numbers_missing", [UPDATE.format("claim_no = 50", "filed")]),
    ("voucher_numbers_missing", [UPDATE.format("voucher_no = 9", "paid")]),
    ("claims_numbered_by_another_year", [UPDATE.format("year = 2026, claim_no = 1", "rejected")]),
    ("claims_numbered_by_another_year", [UPDATE.format("voucher_year = 2026", "paid")]),
    ("claims_whose_days_run_backwards", [UPDATE.format("certified_on = '2026-11-01'", "paid")]),
    ("claims_whose_days_run_backwards", [UPDATE.format("decided_on = '2026-11-10'", "paid")]),
]


@pytest.mark.parametrize(("check", "statements"), BREAKS)
def test_a_check_finds_what_was_planted(house, check, statements):
    assert getattr(checks, check)(fund_id=house.fund_id) == ()
    with written_past_python(fund_id=house.fund_id, statements=[*OFF, *statements], **house.facts):
        found = getattr(checks, check)(fund_id=house.fund_id)
    assert found and {f.check for f in found} == {f"claims.{check}"} <= spoken_codes("claims")
    assert {f.fund_id for f in found} == {house.fund_id}


def test_every_check_of_the_room_was_tried():
    names = {name.removeprefix("claims.") for name in checking.checks() if name.startswith("claims.")}
    assert names == {check for check, _ in BREAKS}
