from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from ombun.funds.rules import REASON_MAX, TEXT_MAX, Office
from ombun.places.models import Tambon
from ombun.primitives.fields import SatangField
from ombun.primitives.money import Satang
from ombun.primitives.tables import AppendOnly, FundReference, FundTable, NoOverlap, ShortTexts, StaysForGood


class Fund(models.Model):
    """One community welfare fund. The directory of funds is public; everything inside a fund is not."""

    code = models.TextField(unique=True)
    name = models.TextField()
    tambon = models.ForeignKey(Tambon, models.PROTECT)
    founded_on = models.DateField()
    starts_on = models.DateField()  # the day its own books begin here; what lies before is history
    books_closed_until = models.DateField()  # moved by a MonthClose alone

    class Meta:
        constraints = [
            ShortTexts(name="fund_short_texts", columns=("name",), most=TEXT_MAX),
            models.CheckConstraint(condition=Q(code__regex=r"^[a-z0-9-]{2,40}$"), name="fund_code_plain"),
            models.CheckConstraint(
                condition=Q(founded_on__lte=models.F("starts_on")), name="fund_starts_after_founding"),
        ]


class VillageCentre(models.Model):
    """The coordination centre of a village (ศูนย์ประสานงาน): a collection point with its own people."""

    id = models.UUIDField(primary_key=True)
    fund_id = models.BigIntegerField()
    moo = models.PositiveSmallIntegerField()
    name = models.TextField()
    address = models.TextField(default="")

    class Meta:
        constraints = [
            FundTable(name="village_centre_key"),
            StaysForGood(name="village_centre_stays"),
            ShortTexts(name="village_centre_short_texts", columns=("name", "address"), most=TEXT_MAX),
            models.UniqueConstraint(fields=["fund_id", "moo"], name="village_centre_once_per_moo"),
        ]


class Person(models.Model):
    """Somebody who holds, held or will hold an office; often a member too. Separation of duties looks at persons."""

    id = models.UUIDField(primary_key=True)
    fund_id = models.BigIntegerField()
    name = models.TextField()
    member_id = models.IntegerField(null=True)  # referenced by members' own migration

    class Meta:
        constraints = [
            FundTable(name="person_key"),
            StaysForGood(name="person_stays"),
            ShortTexts(name="person_short_texts", columns=("name",), most=TEXT_MAX),
            models.UniqueConstraint(fields=["fund_id", "member_id"], name="person_once_per_member"),
        ]


class OfficeHolder(models.Model):
    """A person, an office, a term. A login is a different thing (`access`)."""

    id = models.UUIDField(primary_key=True)
    fund_id = models.BigIntegerField()
    person_id = models.UUIDField()
    office = models.TextField(choices=[(o, o) for o in Office])
    centre_id = models.UUIDField(null=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        constraints = [
            FundTable(name="office_holder_key"),
            StaysForGood(name="office_holder_stays", keeps=("person_id", "office", "centre_id", "from_on")),
            FundReference(name="office_holder_person", column="person_id", to="funds_person"),
            FundReference(name="office_holder_centre", column="centre_id", to="funds_villagecentre"),
            NoOverlap(name="office_holder_one_term_at_a_time", keys=("person_id", "office"),
                      from_column="from_on", until_column="until_on"),
            models.CheckConstraint(condition=Q(office__in=list(Office)), name="office_holder_known_office"),
        ]


class MonthClose(models.Model):
    """A month whose books were closed, by whom, and what they held: the ledger counts, whatever was written here.

    What was still open, and why it was closed all the same, stays beside it. It stands until it is opened again.
    """

    id = models.UUIDField(primary_key=True)
    fund_id = models.BigIntegerField()
    month = models.DateField()
    closed_by_id = models.UUIDField()
    entry_count = models.PositiveIntegerField(db_default=0)
    total_satang = SatangField(db_default=Satang(0))
    left_open = ArrayField(models.TextField(), default=list)  # points of the month-end list that were not done
    because = models.TextField(default="")
    recorded_by = models.BigIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            FundTable(name="month_close_key"),
            AppendOnly(name="month_close_stays"),
            FundReference(name="month_close_person", column="closed_by_id", to="funds_person"),
            ShortTexts(name="month_close_short_texts", columns=("because",), most=REASON_MAX),
            models.CheckConstraint(condition=Q(left_open=[]) | ~Q(because=""), name="month_close_says_why"),
        ]


class MonthReopening(models.Model):
    """Two persons in office opened a closed month again, and why: it stays written, on pages and on reports."""

    id = models.UUIDField(primary_key=True)
    fund_id = models.BigIntegerField()
    close_id = models.UUIDField()
    first_by_id = models.UUIDField()
    second_by_id = models.UUIDField()
    reopened_on = models.DateField()
    reason = models.TextField()
    recorded_by = models.BigIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            FundTable(name="month_reopening_key"),
            AppendOnly(name="month_reopening_stays"),
            FundReference(name="month_reopening_of_closing", column="close_id", to="funds_monthclose"),
            FundReference(name="month_reopening_first", column="first_by_id", to="funds_person"),
            FundReference(name="month_reopening_second", column="second_by_id", to="funds_person"),
            ShortTexts(name="month_reopening_short_texts", columns=("reason",), most=REASON_MAX),
            models.UniqueConstraint(fields=["fund_id", "close_id"], name="month_reopened_once"),
            models.CheckConstraint(
                condition=~Q(first_by_id=models.F("second_by_id")), name="month_reopening_two_persons"),
            models.CheckConstraint(condition=~Q(reason=""), name="month_reopening_says_why"),
        ]


class BookletLayout(models.Model):
    """Where lines stand in the booklets that a fund gave its members before: tenths of a millimetre from the top left
    corner of the page. Measured again, the newest holds."""

    id = models.UUIDField(primary_key=True)
    fund_id = models.BigIntegerField()
    page_width = models.PositiveSmallIntegerField()
    page_height = models.PositiveSmallIntegerField()
    first_line = models.PositiveSmallIntegerField()
    line_height = models.PositiveSmallIntegerField()
    lines_a_page = models.PositiveSmallIntegerField()
    day_left = models.PositiveSmallIntegerField()
    words_left = models.PositiveSmallIntegerField()
    paper_no_left = models.PositiveSmallIntegerField()
    paid_left = models.PositiveSmallIntegerField()
    received_left = models.PositiveSmallIntegerField()
    recorded_by = models.BigIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            FundTable(name="booklet_layout_key"),
            AppendOnly(name="booklet_layout_stays"),
            models.CheckConstraint(
                condition=Q(lines_a_page__gte=1, line_height__gte=1)
                & Q(page_height__gte=models.F("first_line") + models.F("line_height") * models.F("lines_a_page")),
                name="booklet_lines_on_the_page"),
        ]
