from django.db import models

from ombun.primitives.tables import AppendOnly, FundTable


class Event(models.Model):
    """One thing that was done, by whom, when. Ids and amounts only, never personal values."""

    fund_id = models.BigIntegerField()
    happened_at = models.DateTimeField()
    user_id = models.BigIntegerField()
    role = models.TextField()
    action = models.TextField()
    subject = models.TextField()
    facts = models.JSONField()

    class Meta:
        constraints = [
            FundTable(name="audit_event_key", refers_to_fund=False),
            AppendOnly(name="audit_event_stays"),
        ]
        indexes = [models.Index(fields=["fund_id", "subject"], name="audit_event_by_subject")]
