"""What is not money: counted as the fund voted, seen by a witness, kept apart from cash, taken back by a mirror."""
from datetime import date, timedelta
from uuid import UUID, uuid4, uuid5

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from ombun.contributions.operations import forget_photos, take_back_thing, take_in_things, vote_exchange_rate
from ombun.contributions.queries import paid_until, photo_of, standings, thing_given, things_of_members
from ombun.contributions.rules import Given, Rate, credit, rates_on, read_thousandths
from ombun.contributions.rules.photos import digest, shrunk
from ombun.jobs.checking import everything_found
from ombun.members.rules.resolutions import NewResolution
from ombun.primitives.money import Satang
from tests.people import NOW, START, TODAY
from tests.photos import PHOTO, picture
from tests.refusing import nothing_written, refused

DAY = date(2025, 11, 9)


def vote(fund, rate_id=None, worth=800, **more):
    """The committee resolves that plastic bottles count eight baht a kilogram."""
    rate = Rate(**{"id": rate_id or uuid4(), "item": "ขวดพลาสติก", "unit": "กก.", "is_kept": True, "from_on": START,
                   "worth_satang": None if worth is None else Satang(worth), **more})
    vote_exchange_rate(actor=fund.somsri, rate=rate, recorded_at=NOW, resolution=NewResolution(
        committee_no=1, meeting_no=1, met_on=DAY, signed_by=fund.persons["boonmee"]))
    return rate.id


def take_in(fund, *lines, deed=None, **more):
    deed = deed or uuid4()
    take_in_things(**{
        "actor": fund.somsri, "deed_id": deed, "received_on": DAY, "witness_id": fund.boonma, "today": TODAY,
        "recorded_at": NOW, "given": [Given(member_id=m, rate_id=r, thousandths=n) for m, r, n in lines], **more})
    return deed


def paid(fund, member_id):
    with fund.reading():
        return standings(fund_id=fund.id, member_ids=[member_id], on=TODAY)[member_id]


def test_what_counts_goes_to_the_dues_and_stands_apart_from_cash(fund):
    bottles, labour, trees = vote(fund), vote(fund, item="แรงงาน", unit="วัน", worth=30_000, is_kept=False), vote(
        fund, item="ปลูกต้นไม้", unit="ต้น", worth=None, is_kept=False)
    before = paid(fund, fund.malee)
    take_in(fund, (fund.malee, bottles, 2_500), (fund.malee, labour, 500), (fund.malee, trees, 3_000))
    assert fund.balances() == {"1400": 2_000, "5350": 15_000, "4150": -17_000}
    after = paid(fund, fund.malee)
    assert after.given_satang - before.given_satang == 17_000
    assert before.owed_satang - after.owed_satang == min(before.owed_satang, 17_000)
    with fund.reading():
        lines = things_of_members(fund_id=fund.id, member_ids=[fund.malee])[fund.malee]
        (until_before, until_after) = (
            paid_until(fund_id=fund.id, asked=[(fund.malee, day)])[fund.malee, day] for day in (START, DAY))
    assert {(one.item, one.quantity, one.credit_satang) for one in lines} == {
        ("ขวดพลาสติก", "2.5", 2_000), ("แรงงาน", "0.5", 15_000), ("ปลูกต้นไม้", "3", 0)}
    assert until_after > until_before
    assert everything_found(fund_id=fund.id) == ()


def test_a_receipt_cancelled_afterwards_leaves_what_was_given(fund):
    from ombun.contributions.operations import cancel_receipts

    sheet = fund.collect(fund.malee, on=DAY).collection_id
    take_in(fund, (fund.malee, vote(fund), 1_000))
    before = paid(fund, fund.malee).given_satang
    cancel_receipts(actor=fund.somsri, cancellation_id=uuid4(), collection_id=sheet, member_ids=[fund.malee],
                    cancelled_on=TODAY, why="ผิดคน", recorded_at=NOW)
    assert before - paid(fund, fund.malee).given_satang == 3_000
    assert everything_found(fund_id=fund.id) == ()


def test_sent_twice_it_is_written_once_and_the_same_id_is_one_deed(fund):
    rate = vote(fund)
    deed = take_in(fund, (fund.malee, rate, 1_000))
    with nothing_written(fund.id):
        take_in(fund, (fund.malee, rate, 1_000), deed=deed)
        vote(fund, rate)
    with refused(fund, "contributions.same_id_other_things"):
        take_in(fund, (fund.malee, rate, 2_000), deed=deed)
    with refused(fund, "contributions.same_id_other_rate"):
        vote(fund, rate, worth=900)


def test_every_mistake_is_told_at_once(fund, other_fund):
    rate = vote(fund, from_on=DAY)
    with refused(fund, "contributions.day_to_come", "contributions.witness_without_office",
                 "contributions.giver_no_member", "contributions.not_a_quantity"):
        take_in(fund, (other_fund.malee + 10**6, rate, 0), received_on=date(2025, 11, 26), witness_id=uuid4())
    with refused(fund, "contributions.thing_not_on_the_list"):
        take_in(fund, (fund.malee, rate, 1_000), received_on=START)
    with refused(fund, "contributions.nothing_given"):
        take_in(fund)
    with refused(fund, "contributions.rate_says_not_all", "contributions.rate_without_worth"):
        vote(fund, item="", worth=0)
    with refused(fund, "contributions.rate_is_voted"):
        vote(fund, worth=900, from_on=DAY)


def test_taken_back_it_counts_no_longer_and_both_lines_stay(fund):
    rate = vote(fund)
    deed, before = take_in(fund, (fund.malee, rate, 1_000), (fund.members[1], rate, 500)), paid(fund, fund.members[1])
    for _ in range(2):
        take_back_thing(actor=fund.somsri, deed_id=uuid4(), thing_id=uuid5(deed, "0"), today=TODAY, recorded_at=NOW)
    assert fund.balances() == {"1400": 400, "4150": -400}
    assert paid(fund, fund.malee).given_satang == 0
    assert paid(fund, fund.members[1]) == before
    with fund.reading():
        assert things_of_members(fund_id=fund.id, member_ids=[fund.malee]) == {fund.malee: ()}
    with refused(fund, "contributions.unknown_thing"):
        take_back_thing(actor=fund.somsri, deed_id=uuid4(), thing_id=uuid4(), today=TODAY, recorded_at=NOW)
    assert everything_found(fund_id=fund.id) == ()


def test_a_later_vote_takes_the_place_of_the_earlier_one():
    old, new, other = (Rate(id=UUID(int=n), item="ขวด", unit="กก.", worth_satang=Satang(n), is_kept=True, from_on=day)
                       for n, day in ((1, START), (2, DAY), (3, TODAY)))
    assert [one.id.int for one in rates_on(rates=[new, old, other], day=DAY)] == [2]
    assert [one.id.int for one in rates_on(rates=[new, old, other], day=START)] == [1]


@pytest.mark.parametrize(("text", "thousandths"), [
    ("2.5", 2_500), ("๑,๒๐๐", 1_200_000), ("0.125", 125), ("3", 3_000), ("7.", 7_000)])
def test_a_quantity_is_read_as_people_write_it(text, thousandths):
    assert read_thousandths(text=text) == thousandths


@pytest.mark.parametrize("text", ["", "-1", "2.5.1", "1.2345", "สอง", ".5", "1e3", "9999999999"])
def test_what_is_no_quantity_is_not_guessed(text):
    with pytest.raises(ValueError, match=r".*"):
        read_thousandths(text=text)


@drawn(worth=st.integers(1, 10**7), thousandths=st.integers(1, 10**8))
def test_what_it_counts_is_the_nearest_satang(worth, thousandths):
    rate = Rate(id=UUID(int=1), item="ขวด", unit="กก.", worth_satang=Satang(worth), is_kept=True, from_on=START)
    assert abs(credit(rate=rate, thousandths=thousandths) * 1000 - worth * thousandths) <= 500


def photographed(fund, *, witness=None, deed=None, on=DAY, rate=None, photo=PHOTO):
    """Malee brings bottles of which there is a photo."""
    return take_in(fund, deed=deed, witness_id=witness, received_on=on, given=[
        Given(member_id=fund.malee, rate_id=rate or vote(fund), thousandths=1_000, photo=photo)])


def kept_photo(fund, deed):
    with fund.reading():
        return photo_of(fund_id=fund.id, thing_id=uuid5(deed, "0"))


def line(fund, deed):
    with fund.reading():
        return thing_given(fund_id=fund.id, thing_id=uuid5(deed, "0"))


def test_a_photo_stands_in_for_the_witness_and_is_the_same_deed_only_with_the_same_photo(fund):
    rate = vote(fund)
    deed = photographed(fund, rate=rate)
    one = line(fund, deed)
    assert kept_photo(fund, deed) == PHOTO
    assert (one.witness, one.has_photo, one.photo_digest) == (None, True, digest(photo=PHOTO))
    with nothing_written(fund.id):
        photographed(fund, rate=rate, deed=deed)
    for other in (None, shrunk(sent=picture(size=(20, 20)))):
        with refused(fund, "contributions.same_id_other_things"):
            photographed(fund, rate=rate, deed=deed, photo=other)
    assert everything_found(fund_id=fund.id) == ()


def test_without_a_witness_every_line_needs_a_photo(fund):
    rate = vote(fund)
    with refused(fund, "contributions.neither_witness_nor_photo"):
        photographed(fund, rate=rate, photo=None)
    photographed(fund, rate=rate, witness=fund.boonma, photo=None)


def test_a_photo_goes_with_a_line_that_was_wrong_and_its_mark_stays(fund):
    deed = photographed(fund)
    take_back_thing(actor=fund.somsri, deed_id=uuid4(), thing_id=uuid5(deed, "0"), today=TODAY, recorded_at=NOW)
    assert kept_photo(fund, deed) is None
    assert (line(fund, deed).has_photo, line(fund, deed).photo_digest) == (False, digest(photo=PHOTO))


def test_a_photo_is_forgotten_two_years_after_the_day(fund):
    rate = vote(fund)
    old, young = photographed(fund, rate=rate), photographed(fund, rate=rate, on=DAY + timedelta(days=1))
    assert forget_photos(actor=fund.somsri, forgotten_at=NOW) == 0
    assert forget_photos(actor=fund.somsri, forgotten_at=two_years_after(DAY)) == 0
    assert forget_photos(actor=fund.somsri, forgotten_at=two_years_after(DAY + timedelta(days=1))) == 1
    assert (kept_photo(fund, old), kept_photo(fund, young)) == (None, PHOTO)
    assert everything_found(fund_id=fund.id) == ()


def two_years_after(day):
    return NOW + (day - TODAY) + timedelta(days=730)
