from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

from ombun.contributions.rules import DAYS_MAX, LAST_DAY, PERIODS_DAYS, PERIODS_MAX, PERIODS_MONTHS, Ground
from ombun.contributions.rules.photos import KEPT_BYTES_MAX
from ombun.primitives.fields import MaybeSatangField, SatangField
from ombun.primitives.tables import AppendOnly, FundReference, FundTable, KeptByTriggers, NoOverlap, StaysForGood


def _whole_or_none(column: str, most: int) -> Q:
    return Q(**{f"{column}__isnull": True}) | Q(**{f"{column}__range": (1, most)})


class ContributionPlan(models.Model):
    """What the members' meeting voted that members pay, from a day on. It may be taken back before that day."""

    id = models.UUIDField(primary_key=True)
    fund_id = models.BigIntegerField()
    amount_satang = SatangField()
    every_months = models.PositiveSmallIntegerField(default=0)
    every_days = models.PositiveSmallIntegerField(default=0)
    first_month = models.PositiveSmallIntegerField(default=0)  # in which periods begin; 0 where each has their own
    due_day = models.PositiveSmallIntegerField(default=LAST_DAY)
    entrance_satang = SatangField(default=0)
    from_on = models.DateField()
    taken_back_on = models.DateField(null=True)

    class Meta:
        constraints = [
            FundTable(name="plan_key"),
            StaysForGood(name="plan_stays", keeps=(
                "amount_satang", "every_months", "every_days", "first_month", "due_day", "entrance_satang",
                "from_on")),
            models.UniqueConstraint(fields=["fund_id", "from_on"], name="plan_one_a_day",
                                    condition=Q(taken_back_on__isnull=True)),
            models.CheckConstraint(
                condition=Q(taken_back_on__lt=F("from_on")), name="plan_taken_back_before_it_began"),
            models.CheckConstraint(
                condition=Q(amount_satang__gt=0, entrance_satang__gte=0, due_day__range=(1, LAST_DAY))
                & (Q(every_months__in=PERIODS_MONTHS, every_days=0) | Q(every_months=0, every_days__in=PERIODS_DAYS)),
                name="plan_sensible"),
            models.CheckConstraint(
                condition=Q(first_month=0) | Q(first_month__lte=12, every_months__gt=1), name="plan_in_fixed_months"),
        ]


class ArrearsClause(models.Model):
    """The clause of the regulations about who does not pay, from a day on. The committee decides by it."""

    id = models.UUIDField(primary_key=True)
    fund_id = models.BigIntegerField()
    from_on = models.DateField()
    clause_no = models.TextField()
    words = models.TextField()
    grace_days = models.PositiveSmallIntegerField()
    suspend_after_days = models.PositiveSmallIntegerField(null=True)
    suspend_after_periods = models.PositiveSmallIntegerField(null=True)
    lapse_after_days = models.PositiveSmallIntegerField(null=True)
    lapse_after_periods = models.PositiveSmallIntegerField(null=True)
    recorded_by = models.BigIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            FundTable(name="arrears_clause_key"),
            AppendOnly(name="arrears_clause_stays"),
            models.UniqueConstraint(fields=["fund_id", "from_on"], name="arrears_clause_one_a_day"),
            models.CheckConstraint(
                condition=~Q(clause_no="") & Q(grace_days__lte=DAYS_MAX)
                & _whole_or_none("suspend_after_days", DAYS_MAX) & _whole_or_none("lapse_after_days", DAYS_MAX)
                & _whole_or_none("suspend_after_periods", PERIODS_MAX)
                & _whole_or_none("lapse_after_periods", PERIODS_MAX), name="arrears_clause_sensible"),
        ]


class Exemption(models.Model):
    """A member from whom the committee asks no dues: periods that begin on these days [from, until) are free."""

    id = models.UUIDField(primary_key=True)
    fund_id = models.BigIntegerField()
    member_id = models.IntegerField()
    ground = models.TextField()
    from_on = models.DateField()
    until_on = models.DateField(null=True)  # not yet known; written once
    deed_id = models.UUIDField()
    resolution_id = models.UUIDField()
    recorded_by = models.BigIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            FundTable(name="exemption_key"),
            StaysForGood(name="exemption_stays", keeps=(
                "member_id", "ground", "from_on", "deed_id", "resolution_id", "recorded_by", "recorded_at")),
            FundReference(name="exemption_member", column="member_id", to="members_member"),
            FundReference(name="exemption_resolution", column="resolution_id", to="members_resolution"),
            NoOverlap(name="exemption_once_at_a_time", keys=("member_id",), from_column="from_on",
                      until_column="until_on"),
            models.UniqueConstraint(fields=["fund_id", "deed_id", "member_id"], name="exemption_once_a_deed"),
            models.CheckConstraint(condition=Q(ground__in=list(Ground)), name="exemption_known_ground"),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")), name="exemption_for_a_day"),
        ]


class OpeningStanding(models.Model):
    """Up to which day a member had paid when the fund's own books began here."""

    pk = models.CompositePrimaryKey("fund_id", "member_id")
    fund_id = models.BigIntegerField()
    member_id = models.IntegerField()
    paid_until = models.DateField()

    class Meta:
        constraints = [
            FundTable(name="opening_standing_key", has_own_key=True),
            AppendOnly(name="opening_standing_stays"),
            FundReference(name="opening_standing_member", column="member_id", to="members_member"),
        ]


class Device(models.Model):
    """A phone or laptop on which somebody collects without a signal. It made its id itself; a new one after a wipe."""

    id = models.UUIDField(primary_key=True)
    fund_id = models.BigIntegerField()
    person_id = models.UUIDField(null=True)  # whose it is, where the login is somebody's in office
    user_id = models.BigIntegerField()
    known_since = models.DateTimeField()
    wiped_at = models.DateTimeField(null=True)  # when the treasurer said that it forgets what it has of people

    class Meta:
        constraints = [
            FundTable(name="device_key"),
            StaysForGood(name="device_stays", keeps=("person_id", "user_id", "known_since")),
            FundReference(name="device_person", column="person_id", to="funds_person"),
        ]


class ReceiptBook(models.Model):
    """A receipt book (เล่ม) of a village centre: every number from the first to the last used is a receipt, or was
    spoiled. A book lent to a device is only numbered there."""

    id = models.AutoField(primary_key=True)
    fund_id = models.BigIntegerField()
    centre_id = models.UUIDField()
    device_id = models.UUIDField(null=True)
    book_no = models.PositiveIntegerField()
    first_number = models.PositiveIntegerField()
    next_number = models.PositiveIntegerField()
    last_number = models.PositiveIntegerField()

    class Meta:
        constraints = [
            FundTable(name="receipt_book_key"),
            StaysForGood(name="receipt_book_stays", keeps=("centre_id", "device_id", "book_no", "first_number",
                                                            "last_number")),
            FundReference(name="receipt_book_centre", column="centre_id", to="funds_villagecentre"),
            FundReference(name="receipt_book_device", column="device_id", to="contributions_device"),
            models.UniqueConstraint(fields=["fund_id", "book_no"], name="receipt_book_no_once"),
            models.CheckConstraint(
                condition=Q(first_number__gte=1, next_number__gte=F("first_number"),
                            next_number__lte=F("last_number") + 1),
                name="receipt_book_numbers_in_order"),
        ]


class Collection(models.Model):
    """One collection day of a village centre as it was counted. The sender made `deed_id` before sending."""

    id = models.AutoField(primary_key=True)
    fund_id = models.BigIntegerField()
    deed_id = models.UUIDField()
    digest = models.TextField()
    centre_id = models.UUIDField()
    collected_on = models.DateField()
    collected_by_id = models.UUIDField()
    book_id = models.IntegerField()
    first_number = models.PositiveIntegerField()
    last_number = models.PositiveIntegerField()
    total_satang = SatangField()
    written_satang = SatangField()  # kept by the trigger on contributions; equals the total from the same statement on
    entry_id = models.BigIntegerField()
    is_by_pen = models.BooleanField(default=False)  # the originals of its receipts are in a book of paper
    salt = models.UUIDField(db_default=RandomUUID())  # of which each receipt's own is made: papers show only that
    recorded_by = models.BigIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            FundTable(name="collection_key"),
            StaysForGood(name="collection_stays", keeps=("salt", "is_by_pen")),
            FundReference(name="collection_centre", column="centre_id", to="funds_villagecentre"),
            FundReference(name="collection_collector", column="collected_by_id", to="funds_person"),
            FundReference(name="collection_book", column="book_id", to="contributions_receiptbook"),
            FundReference(name="collection_entry", column="entry_id", to="ledger_entry"),
            models.UniqueConstraint(fields=["fund_id", "deed_id"], name="collection_once_per_deed"),
            models.CheckConstraint(
                condition=Q(written_satang__lte=F("total_satang")), name="collection_not_more_than_counted"),
            models.CheckConstraint(condition=Q(last_number__gte=F("first_number")), name="collection_numbers_in_order"),
        ]
        indexes = [models.Index(fields=["fund_id", "centre_id", "collected_on"], name="collection_by_day")]


class Contribution(models.Model):
    """What one member paid on one collection day, with its receipt number. Narrow, insert-only: see docs/decisions."""

    pk = models.CompositePrimaryKey("fund_id", "member_id", "collection_id")
    fund_id = models.BigIntegerField()
    amount_satang = SatangField()
    member_id = models.IntegerField()
    collection_id = models.IntegerField()
    number = models.IntegerField()
    collected_on = models.DateField()

    class Meta:
        constraints = [
            FundTable(name="contribution_key", has_own_key=True, refers_to_fund=False),
            AppendOnly(name="contribution_stays"),
            models.CheckConstraint(condition=Q(amount_satang__gt=0), name="contribution_positive"),
        ]
        indexes = [BrinIndex(fields=["collection_id"], pages_per_range=16, name="contribution_by_collection")]


class PastPayment(models.Model):
    """What a member paid in a month before the fund's own books began, as a list of the old books tells it."""

    pk = models.CompositePrimaryKey("fund_id", "member_id", "month", "batch_id")
    fund_id = models.BigIntegerField()
    member_id = models.IntegerField()
    month = models.DateField()
    batch_id = models.UUIDField()  # the import that brought it; taken out again with it
    amount_satang = SatangField()

    class Meta:
        constraints = [
            FundTable(name="past_payment_key", has_own_key=True),
            FundReference(name="past_payment_member", column="member_id", to="members_member"),
            models.CheckConstraint(condition=~Q(amount_satang=0), name="past_payment_not_zero"),
            models.CheckConstraint(condition=Q(month__day=1), name="past_payment_month"),
        ]
        indexes = [
            models.Index(fields=["fund_id", "batch_id"], name="past_payment_by_batch"),
            models.Index(fields=["fund_id", "month"], name="past_payment_by_month"),
        ]


class ExchangeRate(models.Model):
    """What the fund voted that a thing or a day of labour counts toward dues, from a day on; one may count nothing."""

    id = models.UUIDField(primary_key=True)
    fund_id = models.BigIntegerField()
    item = models.TextField()
    unit = models.TextField()
    worth_satang = MaybeSatangField(null=True)  # of one unit; None is thanked for and counts nothing toward dues
    is_kept = models.BooleanField()  # it waits to be sold; otherwise the fund's work uses it up
    from_on = models.DateField()
    resolution_id = models.UUIDField()
    recorded_by = models.BigIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            FundTable(name="exchange_rate_key"),
            AppendOnly(name="exchange_rate_stays"),
            FundReference(name="exchange_rate_resolution", column="resolution_id", to="members_resolution"),
            models.UniqueConstraint(fields=["fund_id", "item", "unit", "from_on"], name="exchange_rate_one_a_day"),
            models.CheckConstraint(
                condition=~Q(item="") & ~Q(unit="")
                & (Q(worth_satang__isnull=True) | Q(worth_satang__isnull=False, worth_satang__gt=0)),
                name="exchange_rate_sensible"),
        ]


class InKindContribution(models.Model):
    """What a member gave that is not money, with a witness or a photo; what it counts toward dues. Taken back by a
    later row."""

    id = models.UUIDField(primary_key=True)
    fund_id = models.BigIntegerField()
    deed_id = models.UUIDField()
    member_id = models.IntegerField()
    rate_id = models.UUIDField()
    thousandths = models.BigIntegerField()  # of the unit; less than nothing where a row is taken back
    credit_satang = SatangField()
    received_on = models.DateField()
    witness_id = models.UUIDField(null=True)
    photo_digest = models.TextField(null=True)  # the mark of the photo, which stays when the photo is forgotten
    reverses_id = models.UUIDField(null=True)
    entry_id = models.BigIntegerField(null=True)  # None where nothing of the deed counts
    recorded_by = models.BigIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            FundTable(name="in_kind_key"),
            AppendOnly(name="in_kind_stays"),
            FundReference(name="in_kind_member", column="member_id", to="members_member"),
            FundReference(name="in_kind_rate", column="rate_id", to="contributions_exchangerate"),
            FundReference(name="in_kind_witness", column="witness_id", to="funds_person"),
            FundReference(name="in_kind_reverses", column="reverses_id", to="contributions_inkindcontribution"),
            FundReference(name="in_kind_entry", column="entry_id", to="ledger_entry"),
            models.UniqueConstraint(fields=["fund_id", "reverses_id"], name="in_kind_taken_back_once"),
            models.CheckConstraint(
                condition=Q(reverses_id__isnull=True, thousandths__gt=0, credit_satang__gte=0)
                | Q(reverses_id__isnull=False, thousandths__lt=0, credit_satang__lte=0), name="in_kind_one_way"),
            models.CheckConstraint(
                condition=Q(credit_satang=0) | Q(entry_id__isnull=False), name="in_kind_counted_means_posted"),
            models.CheckConstraint(condition=Q(witness_id__isnull=False) | Q(photo_digest__isnull=False),
                                   name="in_kind_seen_or_photographed"),
            models.CheckConstraint(condition=Q(photo_digest__isnull=True) | Q(photo_digest__regex="^[0-9a-f]{64}$"),
                                   name="in_kind_photo_digest_is_one"),
        ]
        indexes = [
            models.Index(fields=["fund_id", "member_id"], name="in_kind_by_member"),
            models.Index(fields=["fund_id", "received_on"], name="in_kind_by_day"),
        ]


class GivenPhoto(models.Model):
    """The photo of something given, as long as it is kept: a small JPEG, erased after its time, with the person, or
    with a line that was wrong."""

    pk = models.CompositePrimaryKey("fund_id", "given_id")
    fund_id = models.BigIntegerField()
    given_id = models.UUIDField()
    content = models.BinaryField()

    class Meta:
        constraints = [
            FundTable(name="given_photo_key", has_own_key=True),
            FundReference(name="given_photo_of", column="given_id", to="contributions_inkindcontribution"),
            models.CheckConstraint(condition=LessThanOrEqual(Length("content"), KEPT_BYTES_MAX),
                                   name="given_photo_small"),
        ]


class PaidTotal(models.Model):
    """All that a member has paid on receipts that stand or gave in things that count, kept by the triggers on
    contributions, on cancelled ones and on what is not money; `checks` sum it again."""

    pk = models.CompositePrimaryKey("fund_id", "member_id")
    fund_id = models.BigIntegerField()
    member_id = models.IntegerField()
    paid_satang = SatangField()
    last_paid_on = models.DateField(null=True)  # of money; None when no receipt stands

    class Meta:
        constraints = [
            FundTable(name="paid_total_key", has_own_key=True),
            KeptByTriggers(name="paid_total_kept_by_receipts"),
            FundReference(name="paid_total_member", column="member_id", to="members_member"),
        ]


class Spoiled(models.Model):
    """Numbers of a receipt book that no receipt will have: torn, misprinted, lost. They are told, not left out."""

    id = models.UUIDField(primary_key=True)
    fund_id = models.BigIntegerField()
    book_id = models.IntegerField()
    first_number = models.PositiveIntegerField()
    last_number = models.PositiveIntegerField()
    why = models.TextField()
    recorded_by = models.BigIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            FundTable(name="spoiled_key"),
            AppendOnly(name="spoiled_stays"),
            FundReference(name="spoiled_book", column="book_id", to="contributions_receiptbook"),
            models.CheckConstraint(condition=Q(last_number__gte=F("first_number")), name="spoiled_numbers_in_order"),
            models.CheckConstraint(condition=~Q(why=""), name="spoiled_says_why"),
        ]


class Cancelled(models.Model):
    """A receipt that was taken back, or set aside because of doubts: its money is taken out again, or waits in the
    account "to be clarified". It keeps its number; the entry says why."""

    pk = models.CompositePrimaryKey("fund_id", "collection_id", "member_id")
    fund_id = models.BigIntegerField()
    collection_id = models.IntegerField()
    member_id = models.IntegerField()
    cancellation_id = models.UUIDField()
    entry_id = models.BigIntegerField()
    doubts = ArrayField(models.TextField(), default=list)  # codes of refusals; none where it was simply taken back

    class Meta:
        constraints = [
            FundTable(name="cancelled_key", has_own_key=True),
            AppendOnly(name="cancelled_stays"),
            FundReference(name="cancelled_member", column="member_id", to="members_member"),
            FundReference(name="cancelled_collection", column="collection_id", to="contributions_collection"),
            FundReference(name="cancelled_entry", column="entry_id", to="ledger_entry"),
        ]
        indexes = [models.Index(fields=["fund_id", "cancellation_id"], name="cancelled_by_cancellation")]


class Clearing(models.Model):
    """A receipt that was set aside is cleared: its money became a receipt of whoever had paid, or was none."""

    pk = models.CompositePrimaryKey("fund_id", "collection_id", "member_id")
    fund_id = models.BigIntegerField()
    collection_id = models.IntegerField()
    member_id = models.IntegerField()
    clearing_id = models.UUIDField()
    entry_id = models.BigIntegerField()

    class Meta:
        constraints = [
            FundTable(name="clearing_key", has_own_key=True),
            AppendOnly(name="clearing_stays"),
            FundReference(name="clearing_entry", column="entry_id", to="ledger_entry"),
            models.UniqueConstraint(fields=["fund_id", "clearing_id"], name="clearing_once_per_deed"),
        ]


class TransferNote(models.Model):
    """Somebody said that a member transferred money. It pays nothing: it waits until the bank tells the same."""

    id = models.UUIDField(primary_key=True)
    fund_id = models.BigIntegerField()
    member_id = models.IntegerField()
    amount_satang = SatangField()
    transferred_on = models.DateField()
    slip = models.TextField(null=True)  # the sending bank and its number for the transfer
    match_id = models.UUIDField(null=True)  # the line of the bank that told it, as long as that stands
    taken_back_at = models.DateTimeField(null=True)
    recorded_by = models.BigIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            FundTable(name="transfer_note_key"),
            StaysForGood(name="transfer_note_stays", keeps=(
                "member_id", "amount_satang", "transferred_on", "slip", "recorded_by", "recorded_at")),
            FundReference(name="transfer_note_member", column="member_id", to="members_member"),
            models.UniqueConstraint(fields=["fund_id", "slip"], name="transfer_note_slip_once",
                                    condition=Q(taken_back_at__isnull=True)),
            models.CheckConstraint(condition=Q(amount_satang__gt=0), name="transfer_note_positive"),
            models.CheckConstraint(condition=Q(slip__isnull=True) | ~Q(slip=""), name="transfer_note_slip_says"),
        ]
