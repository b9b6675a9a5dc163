from django.db import models
from django.db.models import Q

from ombun.funds.models import Fund
from ombun.primitives.tables import AppendOnly, FundReference, FundTable, NoOverlap, StaysForGood
from ombun.regulations.rules.chapters import Chapter

_PLAIN = r"^[a-z][a-z0-9_]{1,39}$"
_KNOWN_CHAPTER = Q(chapter__in=[str(chapter) for chapter in Chapter])


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
            models.CheckConstraint(condition=Q(benefit__regex=_PLAIN), name="clause_benefit_plain"),
        ]


class Provision(models.Model):
    """One clause of a version that is words alone: who may join, how the committee is chosen. Never edited."""

    id = models.UUIDField(primary_key=True)
    fund_id = models.BigIntegerField()
    version_id = models.UUIDField()
    chapter = models.TextField()
    clause_no = models.TextField()
    title_th = models.TextField()
    text_th = models.TextField()

    class Meta:
        constraints = [
            FundTable(name="provision_key"),
            AppendOnly(name="provision_stays"),
            FundReference(name="provision_version", column="version_id", to="regulations_regulationversion"),
            models.UniqueConstraint(fields=["fund_id", "version_id", "clause_no"],
                                    name="provision_no_once_a_version"),
            models.CheckConstraint(condition=_KNOWN_CHAPTER, name="provision_known_chapter"),
        ]


class Draft(models.Model):
    """The next regulations while they are being written. A draft that was voted becomes a version and is gone."""

    id = models.UUIDField(primary_key=True)
    fund_id = models.BigIntegerField()
    title = models.TextField()
    recorded_by = models.BigIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [FundTable(name="draft_key")]


class DraftClause(models.Model):
    """One clause of a draft, with its rule where it grants something; written and written again until it is voted."""

    id = models.UUIDField(primary_key=True)
    fund_id = models.BigIntegerField()
    draft_id = models.UUIDField()
    chapter = models.TextField()
    clause_no = models.TextField()
    benefit = models.TextField(default="")  # empty where it is words alone
    title_th = models.TextField()
    title_en = models.TextField(default="")
    text_th = models.TextField()
    rule = models.JSONField(null=True)
    account_code = models.TextField(default="")

    class Meta:
        constraints = [
            FundTable(name="draft_clause_key"),
            FundReference(name="draft_clause_draft", column="draft_id", to="regulations_draft"),
            models.UniqueConstraint(fields=["fund_id", "draft_id", "clause_no"], name="draft_clause_no_once"),
            models.UniqueConstraint(fields=["fund_id", "draft_id", "benefit"], condition=~Q(benefit=""),
                                    name="draft_clause_one_per_benefit"),
            models.CheckConstraint(condition=_KNOWN_CHAPTER, name="draft_clause_known_chapter"),
            models.CheckConstraint(
                condition=Q(benefit="", rule__isnull=True, account_code="")
                | Q(benefit__regex=_PLAIN, rule__isnull=False, chapter=str(Chapter.WELFARE)),
                name="draft_clause_words_or_rule"),
        ]


class PublishedClause(models.Model):
    """A clause that a fund shows to all others, so that they may copy it: what was voted, nothing of any person.

    Open to be read like the directory of funds; written only from inside the fund, as a copy of its clause.
    """

    pk = models.CompositePrimaryKey("fund_id", "id")
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="+", db_index=False)
    id = models.UUIDField()  # that of the clause
    clause_no = models.TextField()
    benefit = models.TextField()
    title_th = models.TextField()
    title_en = models.TextField()
    text_th = models.TextField()
    rule = models.JSONField()
    account_code = models.TextField()
    published_on = models.DateField()

    class Meta:
        constraints = [FundReference(name="published_clause_clause", column="id", to="regulations_clause")]
