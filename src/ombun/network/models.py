from django.db import models

from ombun.funds.models import Fund
from ombun.primitives.fields import SatangField


class FundMonth(models.Model):
    """One fund in one month, in figures. No names, no illnesses, nothing about a single person.

    Without row level security on purpose: a province adds up the funds that keep everything else to themselves. The
    figures are written by the roll-up alone (the loader); the application may only read them.
    """

    pk = models.CompositePrimaryKey("fund_id", "month")
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="+", db_index=False)
    month = models.DateField()
    members_current = models.PositiveIntegerField()  # on the month's last day
    members_ever = models.PositiveIntegerField()
    in_members_satang = SatangField()  # contributions and entrance fees
    in_local_satang = SatangField()  # the local authority's leg
    in_state_satang = SatangField()  # the State's leg, through CODI
    in_other_satang = SatangField()
    benefits_satang = SatangField()  # the kinds of CODI Form 1 §5
    benefit_cases = models.PositiveIntegerField()  # claims paid
    costs_satang = SatangField()
    carried_satang = SatangField()  # brought forward at the start, or held for others: neither income nor cost
    money_satang = SatangField()  # cash, bank and investments on the last day
    is_closed = models.BooleanField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(month__day=1), name="fund_month_is_a_month"),
        ]
