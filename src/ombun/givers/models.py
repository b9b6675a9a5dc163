from django.db import models
from django.db.models import Q

from ombun.givers.rules import GiftKind, GiverKind
from ombun.primitives.fields import SatangField
from ombun.primitives.tables import FundReference, FundTable, StaysForGood


class Gift(models.Model):
    """What somebody gave to the fund, with the number of its receipt; a cancelled one keeps it and says why."""

    id = models.UUIDField(primary_key=True)  # made by the sender
    fund_id = models.BigIntegerField()
    number = models.PositiveIntegerField()  # from 1 on, without a gap
    kind = models.TextField(choices=[(k, k) for k in GiftKind])
    giver_kind = models.TextField(choices=[(k, k) for k in GiverKind])
    giver_name = models.TextField()  # "" wants to be named nowhere
    amount_satang = SatangField()
    things = models.TextField()
    into_account = models.TextField()
    given_on = models.DateField()
    received_by_id = models.UUIDField()
    entry_id = models.BigIntegerField(null=True)  # None for things: they are thanked for, not reckoned
    cancelled_on = models.DateField(null=True)
    cancelled_because = models.TextField(default="")
    cancelling_entry_id = models.BigIntegerField(null=True)
    recorded_by = models.BigIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            FundTable(name="gift_key"),
            StaysForGood(name="gift_stays", keeps=(
                "number", "kind", "giver_kind", "giver_name", "amount_satang", "things", "into_account", "given_on",
                "received_by_id", "entry_id", "recorded_by", "recorded_at")),
            FundReference(name="gift_received_by", column="received_by_id", to="funds_person"),
            FundReference(name="gift_entry", column="entry_id", to="ledger_entry"),
            FundReference(name="gift_cancelling_entry", column="cancelling_entry_id", to="ledger_entry"),
            models.UniqueConstraint(fields=["fund_id", "number"], name="gift_number_once"),
            models.CheckConstraint(
                condition=Q(amount_satang__gt=0, things="", entry_id__isnull=False)
                | Q(amount_satang=0, entry_id__isnull=True) & ~Q(things=""), name="gift_money_or_things"),
            models.CheckConstraint(
                condition=Q(kind__in=list(GiftKind), giver_kind__in=list(GiverKind)), name="gift_known_kinds"),
            models.CheckConstraint(
                condition=Q(cancelled_on__isnull=True, cancelled_because="", cancelling_entry_id__isnull=True)
                | Q(cancelled_on__isnull=False) & ~Q(cancelled_because="")
                & (Q(amount_satang=0, cancelling_entry_id__isnull=True)
                   | Q(amount_satang__gt=0, cancelling_entry_id__isnull=False)), name="gift_cancelled_with_its_money"),
        ]
