"""A person who left is forgotten wherever their name stood; the books, the numbers and the days stay as they were."""
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4, uuid5

import pytest
from django.contrib.auth.models import User
from django.db import connections

from ombun.audit.queries import history
from ombun.claims import operations as claims
from ombun.claims import queries as claim_queries
from ombun.contributions import queries as contributions
from ombun.imports.operations import preview_import, undo_import
from ombun.imports.queries import import_totals
from ombun.jobs import checking
from ombun.ledger import queries as books
from ombun.members import operations as register
from ombun.members import queries
from ombun.members.operations import (
    as_it_stands,
    correct_member,
    end_membership,
    file_application,
    name_beneficiaries,
    take_back_leaving,
)
from ombun.members.rules.beneficiaries import NewBeneficiary
from ombun.members.rules.consents import NewConsent, Purpose
from ombun.members.rules.membership import LeftReason, NoIdReason
from ombun.privacy.operations import erase_person
from ombun.privacy.rules.erasing import needed_until
from tests.guards.full_fund import PAID, SAID, SMALL, FullFund
from tests.people import NOW, START, TODAY
from tests.refusing import nothing_written, refused

LATER = datetime(2031, 10, 1, 3, tzinfo=UTC)
TOO_SOON = datetime(2031, 9, 30, 3, tzinfo=UTC)


def told_anywhere(fund, *words):
    """Which tables still say one of these words in a row of this fund, whoever wrote it."""
    with connections["loader"].cursor() as cursor:
        cursor.execute("""SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
          AND a.attname = 'fund_id' WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'""")
        found = []
        for table, in cursor.fetchall():
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE fund_id = %s AND t::text LIKE ANY(%s)",
                           [fund.id, [f"%{word}%" for word in words]])
            found += [table] * bool(cursor.fetchone()[0])
    return found


class Left(FullFund):
    """A fund in which Malee did everything once, and then moved away."""

    def __init__(self):
        super().__init__()
        with self.reading():
            entry = as_it_stands(card=queries.member_card(fund_id=self.id, member_id=self.malee))
        for phone in ("0600000077", "0600000078"):
            correct_member(actor=self.somsri, correction_id=uuid4(), member_id=self.malee, corrected_on=TODAY,
                           recorded_at=NOW, person=replace(
                               entry, phone=phone, first_name="แก้วตามณี"))
        for name in ("หลานแก้วตา", "หลานแก้วตาคนที่สอง"):
            name_beneficiaries(
                actor=self.somsri, deed_id=uuid4(), member_id=self.malee, recorded_at=NOW,
                named_on=START if name == "หลานแก้วตา" else TODAY, beneficiaries=[NewBeneficiary(name=name)])
        register.record_consent(actor=self.somsri, consent_id=uuid4(), member_id=self.malee, recorded_at=NOW,
                                new=NewConsent(purpose=Purpose.DISABILITY, given_on=START))
        self.close_claims()
        end_membership(actor=self.somsri, member_id=self.malee, left_on=TODAY, reason=LeftReason.MOVED,
                       because="ย้ายตามหลานแก้วตา", recorded_at=NOW)

    def close_claims(self):
        """What is open is refused or paid."""
        for name in ("filed", "certified"):
            claims.reject_claim(actor=self.somsri, claim_id=self.claims[name], rejected_by=self.persons["boonmee"],
                                because="หลานแก้วตามาขอแทน", decided_on=SAID, recorded_at=NOW)
        for name in ("approved", "listed"):
            claims.pay_claim(actor=self.somsri, claim_id=self.claims[name], paid_by=self.persons["somsri"],
                             paid_on=PAID, payee_name="หลานแก้วตา", recorded_at=NOW)

    def as_counted(self):
        """Everything about the books and the register that forgetting a person must not touch."""
        with self.reading():
            return (books.trial_balance(fund_id=self.id, on=date(2032, 1, 1)),
                    books.day_book(fund_id=self.id, from_on=START, until_on=date(2032, 1, 1)),
                    queries.counts(fund_id=self.id, on=TODAY).members_ever,
                    [(line.number, line.amount_satang) for line in contributions.payments_of_member(
                        fund_id=self.id, member_id=self.malee)],
                    contributions.standings(fund_id=self.id, member_ids=[self.malee], on=TODAY),
                    [(e.happened_on, e.kind) for e in queries.life(fund_id=self.id, member_id=self.malee)])


@pytest.fixture(scope="module")
def left(_database_is_open):
    """The fund after Malee was forgotten, with what was counted before."""
    fund = Left()
    fund.before = fund.as_counted()
    fund.found_before = told_anywhere(fund, "แก้วตา")
    fund.answer = erase_person(actor=fund.somsri, member_id=fund.malee, erased_at=LATER)
    return fund


def test_the_name_is_nowhere_any_more(left):
    assert {"members_member", "members_correction", "members_beneficiary", "members_membershipevent",
            "claims_claim"} <= set(left.found_before)
    assert told_anywhere(left, "แก้วตา", "0600000077") == []
    assert checking.everything_found(fund_id=left.id) == ()


def test_the_books_and_the_days_are_as_they_were(left):
    assert left.answer.entries == 1 and not left.answer.was_already_erased
    assert left.as_counted() == left.before


def test_the_register_says_that_somebody_was_forgotten(left):
    with left.reading():
        card = queries.member_card(fund_id=left.id, member_id=left.malee)
        claim = claim_queries.claim_card(fund_id=left.id, claim_id=left.claims["paid"])
        refusal = claim_queries.claim_card(fund_id=left.id, claim_id=left.claims["filed"])
        event = history(fund_id=left.id, subject=f"member:{left.malee}")[-1]
    assert (card.full_name, card.member_no, card.is_erased) == ("(ลบข้อมูลแล้ว)", "0001", True)
    assert (claim.full_name, claim.payee_name, claim.steps, claim.details) == ("(ลบข้อมูลแล้ว)", "", (), {})
    assert claim.paid_satang and refusal.rejected_because == "–"
    assert (event.action, event.facts) == ("privacy.erased", {"entries": [left.malee]})


def test_their_login_is_closed_and_has_no_name(left):
    assert not User.objects.filter(username=left.username("malee")).exists()
    assert not User.objects.get(username__startswith="erased-", id__gt=0, date_joined__isnull=False,
                                id__in=gone(left)).is_active


def gone(fund):
    """The logins of forgotten members of this fund."""
    with connections["loader"].cursor() as cursor:
        cursor.execute("SELECT user_id FROM access_grant WHERE fund_id = %s AND role = 'MEMBER'", [fund.id])
        return [row[0] for row in cursor.fetchall()]


def test_forgotten_twice_is_forgotten_once(left):
    with nothing_written(left.id):
        assert erase_person(actor=left.somsri, member_id=left.malee, erased_at=LATER).was_already_erased


def test_nothing_can_be_written_about_them_again(left):
    with left.reading():
        card = queries.member_card(fund_id=left.id, member_id=left.malee)
    with refused(left, "members.is_erased"):
        correct_member(actor=left.somsri, correction_id=uuid4(), member_id=left.malee, corrected_on=TODAY,
                       recorded_at=NOW, person=as_it_stands(card=card))
    with refused(left, "members.is_erased"):
        take_back_leaving(actor=left.somsri, member_id=left.malee, recorded_at=NOW, asked_since=lambda **_: ())
    with refused(left, "members.is_erased"):
        register.record_consent(actor=left.somsri, consent_id=uuid4(), member_id=left.malee, recorded_at=NOW,
                                new=NewConsent(purpose=Purpose.DISABILITY, given_on=START))
    with refused(left, "members.unknown_member"):
        name_beneficiaries(actor=left.somsri, deed_id=uuid4(), member_id=left.malee, recorded_at=NOW, named_on=TODAY,
                           beneficiaries=[NewBeneficiary(name="นายคำ")])
    with refused(left, "members.is_erased"):
        register.see_id_card(actor=left.somsri, seen_id=uuid4(), member_id=left.malee, seen_on=TODAY,
                             seen_by=left.persons["somsri"], recorded_at=NOW)
    with refused(left, "members.is_erased"):
        file_application(actor=left.somsri, application_id=uuid4(), member_id=left.malee, applied_on=TODAY,
                         recorded_at=NOW, new=left.new_member(95, joined_on=None, no_id_reason=NoIdReason.NOT_SEEN))


def test_every_reason_against_it_is_told_and_nothing_is_written(fund):
    fund.open_books()
    fund.collect(fund.malee, on=date(2025, 10, 5))
    with refused(fund, "privacy.is_still_a_member", "privacy.books_need_the_name"):
        erase_person(actor=fund.somsri, member_id=fund.malee, erased_at=NOW)
    with refused(fund, "members.unknown_member"):
        erase_person(actor=fund.somsri, member_id=0, erased_at=NOW)


def test_the_books_need_a_name_for_five_years_after_the_fiscal_year_of_the_last_money(fund):
    assert needed_until(last_money_on=date(2025, 9, 30)) == date(2030, 10, 1)
    assert needed_until(last_money_on=date(2025, 10, 1)) == date(2031, 10, 1)
    assert needed_until(last_money_on=None) is None
    fund.open_books()
    fund.collect(fund.malee, on=date(2025, 10, 5))
    end_membership(actor=fund.somsri, member_id=fund.malee, left_on=TODAY, reason=LeftReason.MOVED, recorded_at=NOW)
    with refused(fund, "privacy.books_need_the_name"):
        erase_person(actor=fund.somsri, member_id=fund.malee, erased_at=TOO_SOON)
    assert erase_person(actor=fund.somsri, member_id=fund.malee, erased_at=LATER).entries == 1


def test_an_open_claim_comes_first():
    fund = FullFund()
    end_membership(actor=fund.somsri, member_id=fund.malee, left_on=TODAY, reason=LeftReason.MOVED, recorded_at=NOW)
    with refused(fund, "privacy.has_open_claims"):
        erase_person(actor=fund.somsri, member_id=fund.malee, erased_at=LATER)


def test_a_workbook_that_named_them_is_forgotten_too_and_does_not_bring_them_back():
    fund = FullFund()
    with fund.reading():
        brought = next(card for card in queries.all_members(fund_id=fund.id) if card.id > fund.newcomer + 1
                       and card.national_id and card.member_no and card.id not in fund.members)
    if brought.left_reason is None:
        end_membership(actor=fund.somsri, member_id=brought.id, left_on=TODAY, reason=LeftReason.MOVED, recorded_at=NOW)
    assert set(told_anywhere(fund, brought.national_id)) == {"members_member", "imports_row"}
    erase_person(actor=fund.somsri, member_id=brought.id, erased_at=datetime(2060, 1, 1, tzinfo=UTC))
    with refused(fund, "imports.import_is_forgotten"):
        undo_import(actor=fund.somsri, batch_id=fund.batch, undone_at=NOW)
    again = uuid4()
    preview_import(actor=fund.somsri, batch_id=again, files=[("small.xls", SMALL.read_bytes())], books_end_on=TODAY,
                   previewed_at=NOW)
    with fund.reading():
        totals = import_totals(fund_id=fund.id, batch_id=again)
        rows = [row for row in _rows_of(fund, again) if row.member_id == brought.id]
    assert totals["created"] == 0
    assert [(row.verdict, row.row_values, row.changes) for row in rows] == [("unchanged", None, {})]
    assert checking.everything_found(fund_id=fund.id) == ()


def _rows_of(fund, batch):
    from ombun.imports.queries import import_rows

    return [row for page in range(1, 20) for row in import_rows(fund_id=fund.id, batch_id=batch, page=page)]


def test_photos_of_what_they_gave_are_gone_and_their_mark_stays(left):
    with left.reading():
        given = contributions.thing_given(fund_id=left.id, thing_id=uuid5(left.things, "1"))
    assert (given.has_photo, len(given.photo_digest)) == (False, 64)
