from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from ombun.claims.rules import PARTS_MAX, TEXT_MAX
from ombun.claims.states import Act, ClaimState, QuestionKind
from ombun.primitives.fields import MaybeSatangField, SatangField
from ombun.primitives.tables import AppendOnly, FundReference, FundTable, ShortTexts, StaysForGood

_UNPAID = Q(paid_on__isnull=True, paid_satang__isnull=True, entry_id__isnull=True, voucher_year__isnull=True,
            voucher_no__isnull=True, paid_from_id__isnull=True)
_PAID = Q(paid_on__isnull=False, paid_satang__isnull=False, entry_id__isnull=False, voucher_year__isnull=False,
          voucher_no__isnull=False)
_UNDECIDED = Q(decided_on__isnull=True, approved_satang__isnull=True, rejected_because="", resolution_id__isnull=True)
_APPROVED = Q(decided_on__isnull=False, approved_satang__gt=0, assessed_satang__isnull=False, rejected_because="")
_REJECTED = Q(decided_on__isnull=False, approved_satang__isnull=True) & ~Q(rejected_because="")


class Claim(models.Model):
    """A request for one benefit after one event in a member's life, from the asking to the paying.

    Personal values (details, payee_name, rejected_because, the facts in the assessment) may be emptied, never rewritten
    once decided or paid; the figures stay.
    """

    id = models.UUIDField(primary_key=True)
    fund_id = models.BigIntegerField()
    year = models.PositiveSmallIntegerField()  # the fiscal year of filing, by the Gregorian year it ends in
    claim_no = models.PositiveIntegerField()
    member_id = models.IntegerField()
    clause_id = models.UUIDField()
    benefit = models.TextField()
    happened_on = models.DateField()
    units = models.PositiveIntegerField(null=True)
    appeal_of_id = models.UUIDField(null=True)  # the claim that was rejected and is asked again with new reasons
    details = models.JSONField(default=dict)
    documents_seen = ArrayField(models.TextField(), default=list)
    filed_on = models.DateField()
    filed_by = models.BigIntegerField()  # the login that recorded it
    filed_at = models.DateTimeField()
    state = models.TextField(choices=[(s, s) for s in ClaimState])
    assessed_satang = MaybeSatangField(null=True)  # None while a fact is missing
    assessed_units = models.PositiveIntegerField(null=True)
    assessment = models.JSONField()
    certified_on = models.DateField(null=True)
    decided_on = models.DateField(null=True)
    approved_satang = MaybeSatangField(null=True)
    rejected_because = models.TextField(default="")
    resolution_id = models.UUIDField(null=True)  # the meeting that decided it, where it was decided with others
    list_id = models.UUIDField(null=True)  # the list of that meeting on which it stood
    paid_on = models.DateField(null=True)
    paid_satang = MaybeSatangField(null=True)
    payee_name = models.TextField(default="")
    paid_from_id = models.UUIDField(null=True)  # the account at a bank it was transferred from; None: in cash
    entry_id = models.BigIntegerField(null=True)
    voucher_year = models.PositiveSmallIntegerField(null=True)
    voucher_no = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            FundTable(name="claim_key"),
            StaysForGood(name="claim_stays"),
            ShortTexts(name="claim_short_texts", columns=("rejected_because", "payee_name"), most=TEXT_MAX),
            FundReference(name="claim_member", column="member_id", to="members_member"),
            FundReference(name="claim_clause", column="clause_id", to="regulations_clause"),
            FundReference(name="claim_entry", column="entry_id", to="ledger_entry"),
            FundReference(name="claim_appeal_of", column="appeal_of_id", to="claims_claim"),
            models.UniqueConstraint(fields=["fund_id", "appeal_of_id"], name="claim_appealed_once"),
            FundReference(name="claim_paid_from", column="paid_from_id", to="ledger_bankaccount"),
            FundReference(name="claim_resolution", column="resolution_id", to="members_resolution"),
            models.UniqueConstraint(fields=["fund_id", "year", "claim_no"], name="claim_number_once"),
            models.UniqueConstraint(fields=["fund_id", "voucher_year", "voucher_no"], name="claim_voucher_once"),
            models.UniqueConstraint(
                fields=["fund_id", "member_id", "benefit", "happened_on"], name="claim_once_per_event",
                condition=~Q(state=ClaimState.REJECTED)),
            models.CheckConstraint(condition=Q(state__in=list(ClaimState)), name="claim_known_state"),
            models.CheckConstraint(condition=Q(assessed_satang__gte=0), name="claim_assessment_not_negative"),
            models.CheckConstraint(
                condition=Q(approved_satang__lte=F("assessed_satang")), name="claim_approved_not_above_assessment"),
            models.CheckConstraint(condition=Q(paid_satang__gt=0, paid_satang__lte=F("approved_satang")),
                                   name="claim_paid_not_above_approval"),
            models.CheckConstraint(condition=Q(state=ClaimState.PAID) & _PAID | ~Q(state=ClaimState.PAID) & _UNPAID,
                                   name="claim_paid_means_posted"),
            models.CheckConstraint(
                condition=Q(state__in=[ClaimState.FILED, ClaimState.CERTIFIED]) & _UNDECIDED
                | Q(state__in=[ClaimState.APPROVED, ClaimState.PAID]) & _APPROVED
                | Q(state=ClaimState.REJECTED) & _REJECTED, name="claim_state_and_decision"),
            models.CheckConstraint(
                condition=Q(state=ClaimState.FILED, certified_on__isnull=True) | Q(state=ClaimState.REJECTED)
                | Q(state__in=[ClaimState.CERTIFIED, ClaimState.APPROVED, ClaimState.PAID], certified_on__isnull=False),
                name="claim_state_and_certification"),
            models.CheckConstraint(condition=Q(happened_on__lte=F("filed_on")), name="claim_filed_after_it_happened"),
            models.CheckConstraint(
                condition=Q(list_id__isnull=True, resolution_id__isnull=True)
                | Q(list_id__isnull=False, resolution_id__isnull=False), name="claim_list_of_a_meeting"),
        ]
        indexes = [
            models.Index(fields=["fund_id", "member_id", "benefit", "happened_on"], name="claim_by_member"),
            models.Index(fields=["fund_id", "state", "filed_on"], name="claim_by_state"),
            models.Index(fields=["fund_id", "list_id"], name="claim_by_list", condition=Q(list_id__isnull=False)),
        ]


class Signature(models.Model):
    """Somebody's name under a claim: who signed on paper, for what, and which login wrote it down.

    Its primary key is `claim_signed_once_per_person`: on one claim nobody signs twice, whatever for.
    """

    pk = models.CompositePrimaryKey("fund_id", "claim_id", "person_id")
    fund_id = models.BigIntegerField()
    claim_id = models.UUIDField()
    person_id = models.UUIDField()
    act = models.TextField(choices=[(a, a) for a in Act])
    signed_on = models.DateField()
    recorded_by = models.BigIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            FundTable(name="signature_key", has_own_key=True),
            AppendOnly(name="signature_stays"),
            FundReference(name="signature_claim", column="claim_id", to="claims_claim"),
            FundReference(name="signature_person", column="person_id", to="funds_person"),
            models.CheckConstraint(condition=Q(act__in=list(Act)), name="signature_known_act"),
        ]


class OpeningUse(models.Model):
    """What a member had already had of a benefit when the fund's own books began here, counted on that eve."""

    pk = models.CompositePrimaryKey("fund_id", "member_id", "benefit")
    fund_id = models.BigIntegerField()
    member_id = models.IntegerField()
    benefit = models.TextField()
    counted_on = models.DateField()
    times = models.PositiveIntegerField()
    units = models.PositiveIntegerField()
    amount_satang = SatangField()

    class Meta:
        constraints = [
            FundTable(name="opening_use_key", has_own_key=True),
            AppendOnly(name="opening_use_stays"),
            FundReference(name="opening_use_member", column="member_id", to="members_member"),
            models.CheckConstraint(condition=Q(amount_satang__gte=0), name="opening_use_not_negative"),
        ]


class PastBenefit(models.Model):
    """A benefit paid before the fund's own books began, as a list of the old books tells it."""

    id = models.UUIDField(primary_key=True)
    fund_id = models.BigIntegerField()
    batch_id = models.UUIDField()  # the import that brought it; taken out again with it
    member_id = models.IntegerField(null=True)  # nobody in the register where the name could not be placed
    benefit = models.TextField()
    words = models.TextField()  # what the fund called it
    receiver = models.TextField()
    paid_on = models.DateField()
    units = models.PositiveIntegerField()
    amount_satang = SatangField()

    class Meta:
        constraints = [
            FundTable(name="past_benefit_key"),
            ShortTexts(name="past_benefit_short_texts", columns=("benefit", "words", "receiver"), most=TEXT_MAX),
            FundReference(name="past_benefit_member", column="member_id", to="members_member"),
            models.CheckConstraint(condition=Q(amount_satang__gt=0), name="past_benefit_positive"),
        ]
        indexes = [models.Index(fields=["fund_id", "batch_id"], name="past_benefit_by_batch"),
                   models.Index(fields=["fund_id", "member_id"], name="past_benefit_by_member")]


class Recovery(models.Model):
    """What somebody agreed to pay back of a benefit that was paid wrongly: how much, in how many parts, from when.

    Its words may be emptied when the person is forgotten; the figures stay.
    """

    id = models.UUIDField(primary_key=True)
    fund_id = models.BigIntegerField()
    claim_id = models.UUIDField()
    agreed_on = models.DateField()
    agreed_by_id = models.UUIDField()  # who signed for the committee
    payer_name = models.TextField()
    because = models.TextField()
    amount_satang = SatangField()
    parts = models.PositiveSmallIntegerField()
    first_due_on = models.DateField()
    entry_id = models.BigIntegerField()
    recorded_by = models.BigIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            FundTable(name="recovery_key"),
            StaysForGood(name="recovery_stays", keeps=(
                "claim_id", "agreed_on", "agreed_by_id", "amount_satang", "parts", "first_due_on", "entry_id",
                "recorded_by", "recorded_at")),
            ShortTexts(name="recovery_short_texts", columns=("payer_name", "because"), most=TEXT_MAX),
            FundReference(name="recovery_claim", column="claim_id", to="claims_claim"),
            FundReference(name="recovery_agreed_by", column="agreed_by_id", to="funds_person"),
            FundReference(name="recovery_entry", column="entry_id", to="ledger_entry"),
            models.UniqueConstraint(fields=["fund_id", "claim_id"], name="recovery_once_a_claim"),
            models.CheckConstraint(condition=Q(amount_satang__gt=0, parts__gte=1, parts__lte=PARTS_MAX),
                                   name="recovery_of_something_in_parts"),
            models.CheckConstraint(condition=Q(first_due_on__gte=F("agreed_on")), name="recovery_due_after_agreement"),
        ]


class Repayment(models.Model):
    """Money that came back under such an agreement."""

    id = models.UUIDField(primary_key=True)
    fund_id = models.BigIntegerField()
    recovery_id = models.UUIDField()
    paid_on = models.DateField()
    amount_satang = SatangField()
    received_by_id = models.UUIDField()
    entry_id = models.BigIntegerField()
    recorded_by = models.BigIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            FundTable(name="repayment_key"),
            AppendOnly(name="repayment_stays"),
            FundReference(name="repayment_recovery", column="recovery_id", to="claims_recovery"),
            FundReference(name="repayment_received_by", column="received_by_id", to="funds_person"),
            FundReference(name="repayment_entry", column="entry_id", to="ledger_entry"),
            models.CheckConstraint(condition=Q(amount_satang__gt=0), name="repayment_positive"),
        ]


class FirstHelp(models.Model):
    """Money that two people handed over at once, before the claim was certified; the claim settles the rest.

    The payee's name may be emptied when the person is forgotten.
    """

    id = models.UUIDField(primary_key=True)
    fund_id = models.BigIntegerField()
    claim_id = models.UUIDField()
    helped_on = models.DateField()
    amount_satang = SatangField()
    agreed_by_id = models.UUIDField()
    paid_by_id = models.UUIDField()
    payee_name = models.TextField()
    entry_id = models.BigIntegerField()
    recorded_by = models.BigIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            FundTable(name="first_help_key"),
            StaysForGood(name="first_help_stays", keeps=(
                "claim_id", "helped_on", "amount_satang", "agreed_by_id", "paid_by_id", "entry_id", "recorded_by",
                "recorded_at")),
            ShortTexts(name="first_help_short_texts", columns=("payee_name",), most=TEXT_MAX),
            FundReference(name="first_help_claim", column="claim_id", to="claims_claim"),
            FundReference(name="first_help_agreed_by", column="agreed_by_id", to="funds_person"),
            FundReference(name="first_help_paid_by", column="paid_by_id", to="funds_person"),
            FundReference(name="first_help_entry", column="entry_id", to="ledger_entry"),
            models.UniqueConstraint(fields=["fund_id", "claim_id"], name="first_help_once_a_claim"),
            models.CheckConstraint(condition=Q(amount_satang__gt=0), name="first_help_positive"),
            models.CheckConstraint(condition=~Q(agreed_by_id=F("paid_by_id")), name="first_help_under_two_names"),
        ]


class Look(models.Model):
    """An auditor looked at what there was to ask about one claim or two, and says what was seen.

    The words may be emptied when the person is forgotten.
    """

    id = models.UUIDField(primary_key=True)
    fund_id = models.BigIntegerField()
    kind = models.TextField(choices=[(k, k) for k in QuestionKind])
    claim_id = models.UUIDField()
    other_id = models.UUIDField()  # the same claim where the question is about one
    because = models.TextField()
    looked_on = models.DateField()
    recorded_by = models.BigIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            FundTable(name="look_key"),
            StaysForGood(name="look_stays", keeps=(
                "kind", "claim_id", "other_id", "looked_on", "recorded_by", "recorded_at")),
            ShortTexts(name="look_short_texts", columns=("because",), most=TEXT_MAX),
            FundReference(name="look_claim", column="claim_id", to="claims_claim"),
            FundReference(name="look_other", column="other_id", to="claims_claim"),
            models.UniqueConstraint(fields=["fund_id", "kind", "claim_id", "other_id"], name="look_once_a_question"),
            models.CheckConstraint(condition=Q(kind__in=list(QuestionKind)), name="look_known_kind"),
        ]
