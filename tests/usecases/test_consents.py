"""Health and disability are kept with a member's signed word only, which can be taken back; a card is only seen."""
import tomllib
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from uuid import uuid4

import pytest

from ombun.audit.queries import history
from ombun.claims.operations import FilingRefused
from ombun.claims.states import ClaimState
from ombun.members import queries
from ombun.members.models import Application, Correction, Member
from ombun.members.operations import (
    as_it_stands,
    correct_member,
    enrol_member,
    file_application,
    record_consent,
    see_id_card,
)
from ombun.members.rules.consents import CONSENT_WORDING, ConsentHow, NewConsent, Purpose
from ombun.members.rules.membership import MemberKind, NoIdReason
from ombun.papers.press import TEMPLATES
from ombun.primitives.transactions import fund_transaction
from ombun.privacy.operations import withdraw_consent
from tests.people import NOW, START, TODAY
from tests.refusing import nothing_written, refused
from tests.usecases.welfare_house import NOW as OF_THE_HOUSE
from tests.usecases.welfare_house import WelfareHouse

WORDS = {"consents_told", "consent_health", "consent_disability"}
WORDING_DIGESTS = {1: "9923759c608b"}


def agree(fund, purpose=Purpose.DISABILITY, *, consent_id=None, member_id=None, **more):
    return record_consent(
        actor=fund.somsri, consent_id=consent_id or uuid4(), member_id=member_id or fund.malee, recorded_at=NOW,
        new=NewConsent(**{"purpose": purpose, "given_on": START, **more}))


def withdraw(fund, purpose=Purpose.DISABILITY, *, on=TODAY, member_id=None):
    return withdraw_consent(actor=fund.somsri, member_id=member_id or fund.malee, purpose=purpose, withdrawn_on=on,
                            recorded_at=NOW)


def consents(fund):
    with fund.reading():
        return queries.consents_of(fund_id=fund.id, member_id=fund.malee)


def mend(fund, **changes):
    with fund.reading():
        entry = as_it_stands(card=queries.member_card(fund_id=fund.id, member_id=fund.malee))
    return correct_member(actor=fund.somsri, correction_id=uuid4(), member_id=fund.malee, corrected_on=TODAY,
                          recorded_at=NOW, person=replace(entry, **changes))


def test_a_consent_names_its_words_its_day_and_whose_signature_was_seen(fund):
    assert not agree(fund, how=ConsentHow.BY_GUARDIAN, guardian_name="นางทอง")
    one, = consents(fund)
    assert (one.purpose, one.wording, one.given_on, one.how, one.guardian_name, one.withdrawn_on) == (
        Purpose.DISABILITY, CONSENT_WORDING, START, ConsentHow.BY_GUARDIAN, "นางทอง", None)
    with fund.reading():
        event = history(fund_id=fund.id, subject=f"member:{fund.malee}")[-1]
    assert (event.action, event.facts) == ("members.agreed", {
        "purpose": "DISABILITY", "wording": CONSENT_WORDING, "how": "BY_GUARDIAN"})


def test_sent_twice_it_is_written_once_and_other_content_under_its_id_is_refused(fund):
    deed = uuid4()
    agree(fund, consent_id=deed)
    with nothing_written(fund.id):
        assert agree(fund, consent_id=deed)
    with refused(fund, "members.same_id_other_consent"):
        agree(fund, Purpose.HEALTH, consent_id=deed)


def test_every_reason_against_a_consent(fund):
    agree(fund)
    with refused(fund, "members.agreed_already", "members.agreed_on_a_day_to_come", "members.no_guardian_named"):
        agree(fund, given_on=TODAY + timedelta(days=1), how=ConsentHow.BY_GUARDIAN)
    with refused(fund, "members.text_too_long"):
        agree(fund, Purpose.HEALTH, how=ConsentHow.BY_GUARDIAN, guardian_name="ก" * 201)
    with refused(fund, "members.unknown_member"):
        agree(fund, Purpose.HEALTH, member_id=-1)


def test_a_disability_is_written_down_with_consent_only(fund):
    with refused(fund, "members.disability_needs_consent"):
        mend(fund, kind=MemberKind.DISABLED)
    with refused(fund, "members.disability_needs_consent"):
        enrol_member(actor=fund.somsri, membership_id=uuid4(), enrolled_on=TODAY, recorded_at=NOW,
                     new=fund.new_member(50, kind=MemberKind.DISABLED))
    with refused(fund, "members.disability_needs_consent"):
        file_application(actor=fund.somsri, application_id=uuid4(), applied_on=START, recorded_at=NOW,
                         new=fund.new_member(51, joined_on=None, kind=MemberKind.DISABLED,
                                             no_id_reason=NoIdReason.NOT_SEEN))
    agree(fund)
    assert mend(fund, kind=MemberKind.DISABLED).fields == ("kind",)


def test_taken_back_it_is_nowhere_and_the_member_stays(fund):
    agree(fund)
    mend(fund, kind=MemberKind.DISABLED)
    mend(fund, kind=MemberKind.DISABLED, phone="0600000001")
    with fund_transaction(fund_id=fund.id):
        paper = uuid4()
        Application.objects.create(
            id=paper, fund_id=fund.id, application_no=1, applied_on=START, state="APPLIED", centre_id=fund.centre,
            person={"kind": "DISABLED", "phone": "06"}, member_id=fund.malee, recorded_by=1, recorded_at=NOW)
    withdraw(fund)
    with fund.reading():
        assert Member.objects.get(id=fund.malee).kind is None
        assert [one.changes for one in Correction.objects.filter(member_id=fund.malee).order_by("recorded_at", "id")
                if "kind" in one.changes] == []
        assert Application.objects.get(id=paper).person == {"phone": "06"}
    assert [one.withdrawn_on for one in consents(fund)] == [TODAY]
    with nothing_written(fund.id):
        withdraw(fund)
    agree(fund)
    assert len(consents(fund)) == 2


def test_every_reason_against_taking_back(fund):
    with refused(fund, "members.nothing_to_withdraw"):
        withdraw(fund)
    agree(fund)
    with refused(fund, "members.withdrawn_before_given"):
        withdraw(fund, on=START - timedelta(days=1))
    with refused(fund, "members.withdrawn_on_a_day_to_come"):
        withdraw(fund, on=date(2030, 1, 1))
    with refused(fund, "members.unknown_member"):
        withdraw(fund, member_id=-1)


def test_health_that_was_noted_goes_with_the_consent_and_the_payment_stays():
    house = WelfareHouse()
    claim = house.claim(ClaimState.PAID)
    assert house.card(claim).details == {"place": "โรงพยาบาลหนองบัว"}
    withdraw_consent(actor=house.actor, member_id=house.members["malee"], purpose=Purpose.HEALTH,
                     withdrawn_on=date(2026, 11, 20), recorded_at=OF_THE_HOUSE)
    card = house.card(claim)
    assert (card.details, card.units, card.paid_satang, len(card.steps) > 0) == ({}, 3, 600_00, True)


def test_whom_an_older_register_calls_disabled_waits_to_be_asked(fund):
    with fund_transaction(fund_id=fund.id):
        Member.objects.filter(id__in=fund.members[:2]).update(kind=MemberKind.DISABLED)
    agree(fund, member_id=fund.members[1])
    with fund.reading():
        assert [card.id for card in queries.unasked(fund_id=fund.id)] == [fund.malee]
        agreeing = queries.agreeing(fund_id=fund.id, member_ids=fund.members, purpose=Purpose.DISABILITY)
    assert agreeing == {fund.members[1]}


def test_a_card_is_seen_and_not_kept(fund):
    deed, seen = uuid4(), {"actor": fund.somsri, "member_id": fund.malee, "seen_on": TODAY, "recorded_at": NOW,
                           "seen_by": fund.persons["somsri"]}
    see_id_card(seen_id=deed, **seen)
    with nothing_written(fund.id):
        see_id_card(seen_id=deed, **seen)
    with refused(fund, "members.same_id_other_look"):
        see_id_card(seen_id=deed, **seen | {"seen_on": START})
    with refused(fund, "members.unknown_member", "members.seen_by_nobody", "members.future_date"):
        see_id_card(seen_id=uuid4(), **seen | {"member_id": -1, "seen_by": uuid4(), "seen_on": date(2030, 1, 1)})
    with fund.reading():
        found = queries.cards_seen(fund_id=fund.id, member_id=fund.malee)
    assert [(one.seen_on, one.seen_by[:3]) for one in found] == [(TODAY, "นาง")]


def test_the_words_of_consent_change_only_with_their_number():
    words = tomllib.loads((TEMPLATES / "words.toml").read_text("utf-8"))
    said = "".join(f"{name}{words[name]['th']}" for name in sorted(WORDS))
    assert sha256(said.encode()).hexdigest()[:12] == WORDING_DIGESTS[CONSENT_WORDING]


def test_a_claim_that_tells_of_health_is_taken_up_with_consent_only_and_asks_for_it_once():
    house = WelfareHouse()
    for agreed, codes in ((None, ["health_needs_consent"]), (NewConsent(
            purpose=Purpose.HEALTH, given_on=date(2030, 1, 1), how=ConsentHow.BY_GUARDIAN), [
            "agreed_on_a_day_to_come", "no_guardian_named"])):
        before = house.everything()
        with pytest.raises(FilingRefused) as refusal:
            house.file(agreed=agreed)
        assert [one.code.split(".")[1] for one in refusal.value.refusals] == codes
        assert house.everything() == before
    claim = uuid4()
    assert [house.file(claim).was_already_recorded for _ in range(2)] == [False, True]
    house.file(happened_on=date(2026, 10, 20), agreed=None)
    with house.reading():
        one, = queries.consents_of(fund_id=house.fund_id, member_id=house.members["malee"])
    assert (one.purpose, one.given_on, one.how) == (Purpose.HEALTH, date(2026, 11, 4), ConsentHow.SIGNED)


def test_what_tells_of_nobodys_health_needs_no_consent():
    house = WelfareHouse()
    house.file(member_id=house.members["thong"], benefit="birth", units=None, details={}, agreed=None)
    with house.reading():
        assert queries.consents_of(fund_id=house.fund_id, member_id=house.members["thong"]) == ()
