"""Contributions that are not money are taken in, with a witness or a photo, and what they count is voted."""
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db.models import QuerySet

from ombun.audit import operations as audit
from ombun.contributions import queries, rules
from ombun.contributions.models import ExchangeRate, GivenPhoto, InKindContribution
from ombun.contributions.rules import Given, Rate
from ombun.contributions.rules.photos import photos_before
from ombun.funds import operations as funds
from ombun.funds import queries as fund_queries
from ombun.funds.rules import Office, first_open_day, holds
from ombun.ledger import operations as ledger
from ombun.ledger.rules import IN_KIND_CONTRIBUTIONS, THINGS_KEPT, THINGS_USED, Posting
from ombun.members import operations as members
from ombun.members.rules.resolutions import NewResolution
from ombun.primitives.actors import Actor
from ombun.primitives.days import day_in_thailand
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.transactions import inside_use_case, use_case


class RateRefused(Refused):
    """The line of the exchange list cannot be written down so; every reason is listed."""


class ThingsRefused(Refused):
    """What was given cannot be written down or taken back so; every reason is listed, and nothing was written."""


@use_case
def vote_exchange_rate(*, actor: Actor, rate: Rate, resolution: NewResolution, recorded_at: datetime) -> None:
    """Write down what the fund resolved that a thing or a day of labour counts toward dues from a day on.

    A later line about the same thing and unit takes its place. The same id again changes nothing. Raises RateRefused.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    known = queries.exchange_rates(fund_id=actor.fund_id)
    if first := next((one for one in known if one.id == rate.id), None):
        if first != rate:
            raise RateRefused(Refusal(code="contributions.same_id_other_rate", about=str(rate.id)))
        return
    found = rules.refusals_to_vote_rate(rate=rate, rates=known)
    found += members.refusals_of_resolution(actor=actor, new=resolution, today=day_in_thailand(recorded_at))
    if found:
        raise RateRefused(*found)

    # After this point it must succeed.
    resolution_id = members.write_resolution(actor=actor, new=resolution, recorded_at=recorded_at)
    ExchangeRate.objects.create(fund_id=actor.fund_id, resolution_id=resolution_id, recorded_by=actor.user_id,
                                recorded_at=recorded_at, **vars(rate))
    audit.record_event(actor=actor, action="contributions.exchange_rate_voted", subject=f"rate:{rate.id}", facts={
        "from_on": rate.from_on.isoformat(), "worth_satang": rate.worth_satang}, happened_at=recorded_at)


@use_case
def take_in_things(
    *, actor: Actor, deed_id: UUID, given: Sequence[Given], received_on: date, witness_id: UUID | None, today: date,
    recorded_at: datetime
) -> Satang:
    """Write down what members gave that is not money, seen by somebody in office or with a photo of each; what counts
    goes to their dues.

    Books: things that wait to be sold, or are used up, against contributions that are not money. The same id again
    gives the first answer. Returns what all of it counts, in satang. Raises ThingsRefused with every reason.
    """
    fund = funds.lock_fund(fund_id=actor.fund_id)
    if first := queries.things_of_deed(fund_id=actor.fund_id, deed_id=deed_id):
        if _as_said(given, received_on, witness_id) != Counter(
                (one.member_id, one.rate_id, one.thousandths, one.photo_digest, one.received_on, one.witness_id)
                for one in first):
            raise ThingsRefused(Refusal(code="contributions.same_id_other_things", about=str(deed_id)))
        return Satang(sum(one.credit_satang for one in first))
    listed = rules.rates_on(rates=queries.exchange_rates(fund_id=actor.fund_id), day=received_on)
    found = rules.refusals_to_take_in(
        given=given, rates=listed, received_on=received_on, today=today,
        payers=queries.payers(fund_id=actor.fund_id, member_ids={one.member_id for one in given}),
        is_witness=_held_office(actor, witness_id, received_on))
    if found:
        raise ThingsRefused(*found)

    # After this point it must succeed.
    rates = {rate.id: rate for rate in listed}
    posted_on = first_open_day(happened_on=received_on, books_closed_until=fund.books_closed_until)
    entry_id = _post(actor, "contributions.in_kind", deed_id, given, rates, received_on, posted_on, recorded_at)
    InKindContribution.objects.bulk_create([InKindContribution(
        id=uuid5(deed_id, str(place)), fund_id=actor.fund_id, deed_id=deed_id, member_id=one.member_id,
        rate_id=one.rate_id, thousandths=one.thousandths, photo_digest=one.photo_digest, received_on=received_on,
        credit_satang=rules.credit(rate=rates[one.rate_id], thousandths=one.thousandths), witness_id=witness_id,
        entry_id=entry_id, recorded_by=actor.user_id, recorded_at=recorded_at) for place, one in enumerate(given)])
    GivenPhoto.objects.bulk_create([
        GivenPhoto(fund_id=actor.fund_id, given_id=uuid5(deed_id, str(place)), content=one.photo)
        for place, one in enumerate(given) if one.photo is not None])
    total = _total(given, rates)
    audit.record_event(actor=actor, action="contributions.things_taken_in", subject=f"things:{deed_id}", facts={
        "lines": len(given), "credit_satang": total}, happened_at=recorded_at)
    return total


def _held_office(actor: Actor, witness_id: UUID | None, on: date) -> bool | None:
    """Whether the witness held an office on a day; None without a witness."""
    return None if witness_id is None else holds(holdings=fund_queries.holdings(fund_id=actor.fund_id),
                                                 person_id=witness_id, offices=list(Office), on=on)


def _as_said(given: Sequence[Given], received_on: date, witness_id: UUID | None) -> Counter[tuple[object, ...]]:
    return Counter((one.member_id, one.rate_id, one.thousandths, one.photo_digest, received_on, witness_id)
                   for one in given)


def _total(given: Sequence[Given], rates: Mapping[UUID, Rate]) -> Satang:
    return Satang(sum(rules.credit(rate=rates[one.rate_id], thousandths=one.thousandths) for one in given))


def _post(
    actor: Actor, deed: str, deed_id: UUID, given: Sequence[Given], rates: Mapping[UUID, Rate], happened_on: date,
    posted_on: date, recorded_at: datetime, sign: int = 1
) -> int | None:
    """The entry of what counts: kept things on one account, used ones on another. None where nothing counts."""
    sums = {code: _total([one for one in given if rates[one.rate_id].is_kept == is_kept], rates)
            for code, is_kept in ((THINGS_KEPT, True), (THINGS_USED, False))}
    if not any(sums.values()):
        return None
    sides = [Posting(account_code=code, amount_satang=Satang(sign * satang)) for code, satang in sums.items() if satang]
    return ledger.post_entry(
        actor=actor, deed=deed, deed_id=deed_id, happened_on=happened_on, posted_on=posted_on, recorded_at=recorded_at,
        postings=[*sides, Posting(account_code=IN_KIND_CONTRIBUTIONS,
                                  amount_satang=Satang(-sign * sum(sums.values())))])


@use_case
def take_back_thing(*, actor: Actor, deed_id: UUID, thing_id: UUID, today: date, recorded_at: datetime) -> None:
    """Say that a line about something given was wrong: from today it counts no longer. Both lines stay to be read; a
    photo of what was not so is thrown away.

    The same again changes nothing. Raises ThingsRefused where there is no such line.
    """
    fund = funds.lock_fund(fund_id=actor.fund_id)
    one = queries.thing_given(fund_id=actor.fund_id, thing_id=thing_id)
    if one is None:
        raise ThingsRefused(Refusal(code="contributions.unknown_thing", about=str(thing_id)))
    if one.is_taken_back:
        return

    # After this point it must succeed.
    rates = {rate.id: rate for rate in queries.exchange_rates(fund_id=actor.fund_id)}
    given = Given(member_id=one.member_id, rate_id=one.rate_id, thousandths=one.thousandths)
    posted_on = first_open_day(happened_on=today, books_closed_until=fund.books_closed_until)
    entry_id = _post(actor, "contributions.in_kind_taken_back", deed_id, [given], rates, today, posted_on,
                     recorded_at, sign=-1)
    InKindContribution.objects.create(
        id=uuid5(deed_id, "0"), fund_id=actor.fund_id, deed_id=deed_id, member_id=one.member_id, rate_id=one.rate_id,
        thousandths=-one.thousandths, credit_satang=Satang(-one.credit_satang), received_on=today,
        witness_id=one.witness_id, photo_digest=one.photo_digest, reverses_id=thing_id, entry_id=entry_id,
        recorded_by=actor.user_id, recorded_at=recorded_at)
    GivenPhoto.objects.filter(fund_id=actor.fund_id, given_id=thing_id).delete()
    audit.record_event(actor=actor, action="contributions.thing_taken_back", subject=f"things:{thing_id}", facts={
        "credit_satang": one.credit_satang}, happened_at=recorded_at)


@use_case
def forget_photos(*, actor: Actor, forgotten_at: datetime) -> int:
    """Throw away the photos of things that were given long ago; the lines stay, each with the mark of its photo.

    Done by the program itself every day; again changes nothing. Gives how many.
    """
    funds.lock_fund(fund_id=actor.fund_id)
    old = _photos(actor, received_on__lt=photos_before(today=day_in_thailand(forgotten_at)))
    if (count := old.count()) == 0:
        return 0

    # After this point it must succeed.
    old.delete()
    audit.record_event(actor=actor, action="contributions.photos_forgotten", subject=f"fund:{actor.fund_id}",
                       facts={"photos": count}, happened_at=forgotten_at)
    return count


@inside_use_case
def forget_photos_of(*, actor: Actor, member_ids: Collection[int]) -> None:
    """Throw away every photo of what these members gave."""
    _photos(actor, member_id__in=list(member_ids)).delete()


def _photos(actor: Actor, **which: object) -> QuerySet[GivenPhoto]:
    """The photos of those things given."""
    lines = InKindContribution.objects.filter(fund_id=actor.fund_id, **which)
    return GivenPhoto.objects.filter(fund_id=actor.fund_id, given_id__in=lines.values("id"))
