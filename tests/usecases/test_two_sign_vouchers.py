"""A payment above the voted amount stands on two; a bill is kept with its entry as it was sent."""
from datetime import date
from uuid import uuid4

import pytest

from ombun.ledger.operations import attach_to_entry, limit_payments, take_off_attachment
from ombun.ledger.queries import attachment, attachments_of_entry, payment_limit, voucher_of_entry
from ombun.ledger.rules import ATTACHMENT_MAX, ATTACHMENTS_MAX, Media, NewAttachment, NewCashLimit, Way, media_of
from ombun.primitives.money import Satang
from tests.people import NOW, START, TODAY
from tests.refusing import nothing_written, refused
from tests.usecases.test_book_voucher import book, postings

PDF, JPEG = b"%PDF-1.7 bill", b"\xff\xd8\xff\xe0 photo"
SPENT = {"_5320": 20_000, "_1110": -20_000}


def limit(fund, **more):
    limit_payments(actor=fund.somsri, recorded_at=NOW, limit_id=more.pop("limit_id", uuid4()), new=NewCashLimit(**{
        "limit_satang": Satang(10_000), "resolution_no": "3/2568", "from_on": START,
        "signed_by": fund.persons["boonmee"], **more}))


@pytest.fixture
def limited(fund):
    """A fund with 700 baht, in which one person alone pays up to 100 baht."""
    book(fund)
    limit(fund)
    return fund


def test_above_the_voted_amount_a_second_person_agrees(limited):
    for second, code in ((None, "ledger.needs_second_person"), (limited.persons["somsri"], "ledger.same_person"),
                         (limited.persons["udom"], "ledger.may_not_agree"), (uuid4(), "ledger.may_not_agree")):
        with refused(limited, code):
            book(limited, postings=postings(**SPENT), second=second)
    done = book(limited, postings=postings(**SPENT), second=limited.persons["boonmee"])
    with limited.reading():
        card = voucher_of_entry(fund_id=limited.id, entry_id=done.entry_id)
    assert (card.way, card.year, card.number, card.second_id) == (Way.OUT, 2026, 1, limited.persons["boonmee"])


def test_up_to_it_and_what_comes_in_one_is_enough(limited):
    book(limited, postings=postings(_5320=10_000, _1110=-10_000))
    book(limited, postings=postings(_1110=900_000, _4400=-900_000))


def test_vouchers_are_numbered_by_way_and_fiscal_year(limited):
    numbers = []
    for sides, day in (({"_1110": 5, "_4910": -5}, START), ({"_5320": 5, "_1110": -5}, START),
                       ({"_1110": 5, "_4910": -5}, TODAY)):
        done = book(limited, postings=postings(**sides), happened_on=day)
        with limited.reading():
            numbers.append(voucher_of_entry(fund_id=limited.id, entry_id=done.entry_id).number)
    assert numbers == [2, 1, 3]


def test_a_limit_is_a_resolution_and_the_newest_holds(limited):
    same = uuid4()
    limit(limited, limit_id=same, from_on=TODAY, limit_satang=Satang(50_000))
    with nothing_written(limited.id):
        limit(limited, limit_id=same)
    with limited.reading():
        assert [payment_limit(fund_id=limited.id, on=day).limit_satang for day in (START, TODAY)] == [10_000, 50_000]
        assert payment_limit(fund_id=limited.id, on=date(2020, 1, 1)) is None
    with refused(limited, "ledger.amount_not_positive", "ledger.limit_says_no_resolution", "ledger.limit_set_that_day",
                 "ledger.resolution_not_signed_by_chair"):
        limit(limited, limit_satang=Satang(0), resolution_no="", signed_by=limited.persons["somsri"])


def test_papers_come_with_the_voucher_and_later_and_are_what_was_sent(fund):
    bill = NewAttachment(id=uuid4(), content=PDF)
    entry_id = book(fund, attachments=[bill]).entry_id
    photo = NewAttachment(id=uuid4(), content=JPEG)
    for _ in range(2):
        attach_to_entry(actor=fund.somsri, entry_id=entry_id, new=photo, recorded_at=NOW)
    with fund.reading():
        assert attachment(fund_id=fund.id, attachment_id=bill.id) == (Media.PDF, PDF)
        assert [one.media for one in attachments_of_entry(fund_id=fund.id, entry_id=entry_id)].count(Media.JPEG) == 1
    for _ in range(2):
        assert take_off_attachment(actor=fund.somsri, attachment_id=photo.id, recorded_at=NOW) == entry_id
    with fund.reading():
        assert attachment(fund_id=fund.id, attachment_id=photo.id) is None
        assert len(attachments_of_entry(fund_id=fund.id, entry_id=entry_id)) == 2
    attach_to_entry(actor=fund.somsri, entry_id=entry_id, recorded_at=NOW, new=NewAttachment(id=uuid4(), content=JPEG))


@pytest.mark.parametrize(("papers", "code"), [
    ([b"<html>"], "ledger.not_a_picture"), ([b""], "ledger.not_a_picture"), ([PDF, PDF], "ledger.attached_already"),
    ([PDF + b"x" * ATTACHMENT_MAX], "ledger.attachment_too_large"),
    ([PDF + bytes([n]) for n in range(ATTACHMENTS_MAX + 1)], "ledger.too_many_attachments")])
def test_what_is_no_paper_is_refused_with_its_voucher(fund, papers, code):
    with refused(fund, code):
        book(fund, attachments=[NewAttachment(id=uuid4(), content=one) for one in papers])


def test_a_paper_needs_an_entry_of_ones_own(fund, other_fund):
    elsewhere = book(other_fund).entry_id
    for entry_id in (elsewhere, 0):
        with refused(fund, "ledger.unknown_entry"):
            attach_to_entry(actor=fund.somsri, entry_id=entry_id, recorded_at=NOW,
                            new=NewAttachment(id=uuid4(), content=PDF))
    with refused(fund, "ledger.unknown_attachment"):
        take_off_attachment(actor=fund.somsri, attachment_id=uuid4(), recorded_at=NOW)


@pytest.mark.parametrize(("content", "media"), [
    (JPEG, Media.JPEG), (b"\x89PNG\r\n\x1a\n..", Media.PNG), (b"RIFF....WEBP", Media.WEBP), (PDF, Media.PDF),
    (b"RIFF....WAVE", None), (b"GIF89a", None), (b"", None), (b" %PDF-1.7", None)])
def test_a_paper_is_what_its_first_bytes_say(content, media):
    assert media_of(content=content) == media
