from django.db import models
from django.db.models import Q

from ombun.primitives.tables import AppendOnly, FundReference, FundTable, NoOverlap, StaysForGood


class RegulationVersion(models.Model):
    """The regulations as one members' meeting voted them, and the days on which they hold."""

    id = models.UUIDField(primary_key=True)
    fund_id = models.BigIntegerField()
    number = models.PositiveIntegerField()
    title = models.TextField()
    voted_on = models.DateField()
    meeting = models.TextField()
    resolution = models.TextField()
    in_force_from = models.DateField()
    in_force_until = models.DateField(null=True)  # the day on which the next version took over
    digest = models.TextField()
    recorded_by = models.BigIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            FundTable(name="regulation_version_key"),
            StaysForGood(name="regulation_version_stays"),
            NoOverlap(name="regulation_one_version_a_day", keys=(),
                      from_column="in_force_from", until_column="in_force_until"),
            models.UniqueConstraint(fields=["fund_id", "number"], name="regulation_version_number_once"),
            models.CheckConstraint(
                condition=Q(in_force_until__isnull=True) | Q(in_force_until__gt=models.F("in_force_from")),
                name="regulation_version_holds_for_a_day"),
        ]


class Clause(models.Model):
    """One clause that grants something: its words, and beside them the same as data that runs. Never edited."""

    id = models.UUIDField(primary_key=True)
    fund_id = models.BigIntegerField()
    version_id = models.UUIDField()
    clause_no = models.TextField()
    benefit = models.TextField()
    title_th = models.TextField()
    title_en = models.TextField()
    text_th = models.TextField()
    rule = models.JSONField()
    account_code = models.TextField()

    class Meta:
        constraints = [
            FundTable(name="clause_key"),
            AppendOnly(name="clause_stays"),
            FundReference(name="clause_version", column="version_id", to="regulations_regulationversion"),
            models.UniqueConstraint(fields=["fund_id", "version_id", "clause_no"], name="clause_no_once_a_version"),
            models.UniqueConstraint(fields=["fund_id", "version_id", "benefit"], name="clause_one_per_benefit"),
            models.CheckConstraint(condition=Q(benefit__regex=r"^[a-z][a-z0-9_]{1,39}$"), name="clause_benefit_plain"),
        ]
