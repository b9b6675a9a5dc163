from django.conf import settings
from django.db import models
from django.db.models import Q

from ombun.primitives.actors import Role


class Grant(models.Model):
    """A desk given to a login for a term: in one fund, or in one province.

    A desk of the committee stands on the office of its person and ends with it (`rules.stands_on_an_office`). Read
    before a fund is chosen, so without row security.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = models.TextField(choices=[(r, r) for r in Role])
    fund_id = models.BigIntegerField(null=True)
    province_code = models.PositiveSmallIntegerField(null=True)
    person_id = models.UUIDField(null=True)  # the office-holder behind the login
    centre_id = models.UUIDField(null=True)  # a collector's village
    member_id = models.IntegerField(null=True)  # a member's own page
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=list(Role)), name="grant_known_role"),
            models.CheckConstraint(
                condition=Q(role=Role.PROVINCE, province_code__isnull=False, fund_id__isnull=True)
                | (~Q(role=Role.PROVINCE) & Q(province_code__isnull=True, fund_id__isnull=False)),
                name="grant_in_a_fund_or_a_province"),
            models.CheckConstraint(condition=Q(role=Role.MEMBER, member_id__isnull=False) | ~Q(role=Role.MEMBER),
                                   name="grant_member_is_somebody"),
            models.CheckConstraint(condition=Q(role=Role.COLLECTOR, centre_id__isnull=False) | ~Q(role=Role.COLLECTOR),
                                   name="grant_collector_has_a_village"),
            models.CheckConstraint(
                condition=Q(role__in=[Role.MEMBER, Role.PROVINCE]) | Q(person_id__isnull=False),
                name="grant_desk_has_a_person"),
            models.UniqueConstraint(fields=["user", "role", "fund_id", "province_code", "centre_id"], name="grant_once",
                                    nulls_distinct=False),
        ]
        indexes = [models.Index(fields=["user"], name="grant_by_user")]


class DemoMark(models.Model):
    """The one row that says whether this database holds the demo fund, whose password everybody knows.

    It lies in the data, so that every copy carries it, and only who owns the tables writes it.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="demo_mark_once")]
