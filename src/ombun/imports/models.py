from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from ombun.primitives.tables import FundReference, FundTable


class Batch(models.Model):
    """One workbook (or several together) on its way into the register: previewed, committed, perhaps undone."""

    id = models.UUIDField(primary_key=True)
    fund_id = models.BigIntegerField()
    file_names = ArrayField(models.TextField())
    digest = models.TextField()
    register_mark = models.BigIntegerField()  # the register's last change at the preview
    state = models.TextField(choices=[(s, s) for s in ("PREVIEWED", "COMMITTED", "UNDONE")])
    previewed_at = models.DateTimeField()
    committed_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    recorded_by = models.BigIntegerField()
    years = models.JSONField(default=list)  # of its accounts: [first day, money it opens with in satang or None]
    sheets = models.JSONField(default=list)  # what was made of each, see rules/kept_rows
    forgotten_on = models.DateField(null=True)  # from then on only its verdicts are kept; it cannot be undone any more
    posted = models.JSONField(default=list)  # what it put into the books beside payments and benefits: [deed, deed id]

    class Meta:
        constraints = [
            FundTable(name="import_batch_key"),
            models.CheckConstraint(
                condition=Q(state="PREVIEWED", committed_at__isnull=True, undone_at__isnull=True)
                | Q(state="COMMITTED", committed_at__isnull=False, undone_at__isnull=True)
                | Q(state="UNDONE", committed_at__isnull=False, undone_at__isnull=False),
                name="import_batch_state_and_days"),
            models.CheckConstraint(
                condition=Q(forgotten_on__isnull=True) | ~Q(state="PREVIEWED"), name="import_batch_forgotten_late"),
        ]


class Row(models.Model):
    """One row of a workbook with its verdict. Holds personal values until its batch is forgotten."""

    id = models.BigAutoField(primary_key=True)
    fund_id = models.BigIntegerField()
    batch_id = models.UUIDField()
    file = models.TextField()
    sheet = models.TextField()
    row = models.PositiveIntegerField()
    kind = models.TextField()
    verdict = models.TextField()
    is_counted = models.BooleanField()
    was_created = models.BooleanField(default=False)
    reasons = models.JSONField()
    row_values = models.JSONField(null=True)
    booked = models.JSONField(null=True)  # what a row of the other books tells, see rules/kept_books
    changes = models.JSONField(default=dict)  # field → [old, new] of an updated row; undo gives the old ones back
    member_id = models.IntegerField(null=True)
    queued = ArrayField(models.TextField(), default=list)  # what its commit asked of a person known before
    written = models.JSONField(default=dict)  # column (from 1) → what a person wrote into its cell instead

    class Meta:
        constraints = [
            FundTable(name="import_row_key"),
            FundReference(name="import_row_batch", column="batch_id", to="imports_batch"),
            FundReference(name="import_row_member", column="member_id", to="members_member"),
            models.UniqueConstraint(fields=["fund_id", "batch_id", "file", "sheet", "row"], name="import_row_once"),
        ]
        indexes = [models.Index(fields=["fund_id", "member_id"], name="import_row_of_member")]


class KeptFile(models.Model):
    """A workbook as it was sent, kept for some weeks so that it can be judged again; then erased."""

    id = models.BigAutoField(primary_key=True)
    fund_id = models.BigIntegerField()
    batch_id = models.UUIDField()
    number = models.PositiveIntegerField()
    name = models.TextField()
    content = models.BinaryField()

    class Meta:
        constraints = [
            FundTable(name="import_file_key"),
            FundReference(name="import_file_batch", column="batch_id", to="imports_batch"),
            models.UniqueConstraint(fields=["fund_id", "batch_id", "number"], name="import_file_once"),
        ]


class Meaning(models.Model):
    """What a fund told of its workbooks: the kind of the sheets of a name, what stands under a heading, or in each
    column of a sheet without headings (the meanings in their order, with commas)."""

    id = models.BigAutoField(primary_key=True)
    fund_id = models.BigIntegerField()
    of = models.TextField(choices=[(s, s) for s in ("SHEET", "HEADING", "COLUMNS")])
    written = models.TextField()  # the name or the heading, written plainly
    meaning = models.TextField()
    recorded_by = models.BigIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            FundTable(name="import_meaning_key"),
            models.UniqueConstraint(fields=["fund_id", "of", "written"], name="import_meaning_once"),
            models.CheckConstraint(condition=Q(of__in=("SHEET", "HEADING", "COLUMNS")), name="import_meaning_known_of"),
        ]
