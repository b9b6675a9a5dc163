"""Members agree that sensitive facts about them are kept; their ID card is seen and given back."""
from datetime import date, datetime
from uuid import UUID

from ombun.audit import operations as audit
from ombun.funds import operations as funds
from ombun.funds import queries as fund_queries
from ombun.members.models import Application, CardSeen, Consent, Correction, Member
from ombun.members.queries.consents import consents_of
from ombun.members.queries.entries import entries_of
from ombun.members.queries.people import member_card
from ombun.members.rules.consents import CONSENT_WORDING, NewConsent, Purpose, refusals_to_consent
from ombun.members.rules.membership import MemberKind
from ombun.primitives.actors import Actor
from ombun.primitives.days import day_in_thailand
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.transactions import inside_use_case, use_case


class ConsentRefused(Refused):
    """The consent cannot be written down so; every reason is listed."""


@use_case
def record_consent(
    *, actor: Actor, consent_id: UUID, member_id: int, new: NewConsent, recorded_at: datetime
) -> bool:
    """Write down that a member (or their guardian) signed the words of consent that are printed now.

    Returns whether it was recorded before: the same id again is the first answer again. Raises ConsentRefused.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    if (known := Consent.objects.filter(fund_id=actor.fund_id, id=consent_id).first()) is not None:
        if (known.member_id, known.purpose, known.given_on) != (member_id, new.purpose, new.given_on):
            raise ConsentRefused(Refusal(code="members.same_id_other_consent", about="deed"))
        return True
    if found := _refusals_of_the_register(actor, member_id):
        raise ConsentRefused(*found)
    valid = {one.purpose for one in consents_of(fund_id=actor.fund_id, member_id=member_id) if not one.withdrawn_on}
    if found := refusals_to_consent(new=new, valid=valid, today=day_in_thailand(recorded_at)):
        raise ConsentRefused(*found)

    # After this point it must succeed.
    write_consent(actor=actor, consent_id=consent_id, member_id=member_id, new=new, recorded_at=recorded_at)
    return False


@inside_use_case
def write_consent(
    *, actor: Actor, consent_id: UUID, member_id: int, new: NewConsent, recorded_at: datetime
) -> None:
    """Write a consent that nothing speaks against; another verb may need it for what it writes itself."""
    Consent.objects.create(
        id=consent_id, fund_id=actor.fund_id, member_id=member_id, purpose=new.purpose, wording=CONSENT_WORDING,
        given_on=new.given_on, how=new.how, guardian_name=new.guardian_name, recorded_by=actor.user_id,
        recorded_at=recorded_at)
    audit.record_event(actor=actor, action="members.agreed", subject=f"member:{member_id}", happened_at=recorded_at,
                       facts={"purpose": new.purpose, "wording": CONSENT_WORDING, "how": new.how})


def _refusals_of_the_register(actor: Actor, member_id: int) -> list[Refusal]:
    card = member_card(fund_id=actor.fund_id, member_id=member_id)
    if card is None:
        return [Refusal(code="members.unknown_member", about=str(member_id))]
    return [] if not card.is_erased else [Refusal(code="members.is_erased", about=str(member_id), facts={
        "number": card.member_no or "–"})]


@inside_use_case
def end_consent(*, actor: Actor, member_id: int, purpose: Purpose, withdrawn_on: date) -> None:
    """A consent ends. What the register says of a disability goes with it, also where it was written before."""
    entries = list(entries_of(fund_id=actor.fund_id, member_ids=[member_id]))
    Consent.objects.filter(fund_id=actor.fund_id, member_id__in=entries, purpose=purpose, withdrawn_on__isnull=True
                           ).update(withdrawn_on=withdrawn_on)
    if purpose != Purpose.DISABILITY:
        return
    Member.objects.filter(fund_id=actor.fund_id, id__in=entries, kind=MemberKind.DISABLED).update(kind=None)
    papers = list(Application.objects.filter(fund_id=actor.fund_id, member_id__in=entries))
    for paper in papers:
        paper.person.pop("kind", None)
    Application.objects.bulk_update(papers, ["person"])
    mended = list(Correction.objects.filter(fund_id=actor.fund_id, member_id__in=entries))
    for correction in mended:
        correction.changes.pop("kind", None)
    Correction.objects.bulk_update(mended, ["changes"])


@use_case
def see_id_card(
    *, actor: Actor, seen_id: UUID, member_id: int, seen_on: date, seen_by: UUID, recorded_at: datetime
) -> None:
    """Write down that somebody of the fund saw a member's ID card. No copy of it is kept.

    The same id again changes nothing. Raises ConsentRefused.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    if (known := CardSeen.objects.filter(fund_id=actor.fund_id, id=seen_id).first()) is not None:
        if (known.member_id, known.seen_on, known.seen_by_id) != (member_id, seen_on, seen_by):
            raise ConsentRefused(Refusal(code="members.same_id_other_look", about="deed"))
        return
    found = _refusals_of_the_register(actor, member_id)
    if seen_by not in fund_queries.person_names(fund_id=actor.fund_id):
        found.append(Refusal(code="members.seen_by_nobody", about="seen_by"))
    if seen_on > day_in_thailand(recorded_at):
        found.append(Refusal(code="members.future_date", about="seen_on", facts={"day": seen_on}))
    if found:
        raise ConsentRefused(*found)

    # After this point it must succeed.
    CardSeen.objects.create(id=seen_id, fund_id=actor.fund_id, member_id=member_id, seen_on=seen_on,
                            seen_by_id=seen_by, recorded_by=actor.user_id, recorded_at=recorded_at)
    audit.record_event(actor=actor, action="members.id_card_seen", subject=f"member:{member_id}",
                       facts={"seen_by": str(seen_by), "seen_on": seen_on.isoformat()}, happened_at=recorded_at)
