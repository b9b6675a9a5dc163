from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q

from ombun.members.rules.beneficiaries import WHOLE_PERCENT, ToldHow
from ombun.members.rules.consents import ConsentHow, Purpose
from ombun.members.rules.membership import TEXT_MAX, BirthPrecision, LeftReason, MemberKind, NoIdReason, Sex
from ombun.members.rules.people import FEMALE_TITLES, MALE_TITLES
from ombun.members.states import PAUSING, ApplicationState, Happening
from ombun.primitives.tables import AppendOnly, FundReference, FundTable, NoOverlap, ShortTexts, StaysForGood

_SAYS_NOTHING = Q(name_title="", first_name="", last_name="", house_no="", phone="", national_id__isnull=True,
                  no_id_reason__isnull=True, born_on__isnull=True, birth_precision=BirthPrecision.NONE,
                  kind__isnull=True, stated_sex__isnull=True, questioned=[])
_UNDECIDED = Q(resolution_id__isnull=True, membership_id__isnull=True, turned_down_because="")
_ADMITTED = Q(certified_on__isnull=False, resolution_id__isnull=False, member_id__isnull=False,
              membership_id__isnull=False, turned_down_because="")
_TURNED_DOWN = Q(resolution_id__isnull=False, membership_id__isnull=True) & ~Q(turned_down_because="")
_SPACED = " || ' ' || "
_NAME_OR_NUMBER = "coalesce(nullif(btrim(%(expressions)s, '–') || ')')"  # "(138)" where a register names nobody
_WITHOUT_A_NAME = "), ''), '(' || coalesce("
_UNLESS_ERASED = " IS NOT NULL THEN '(ลบข้อมูลแล้ว)' ELSE "  # what every list and paper says in place of the name
_SEX_OF_TITLE = " ".join(["(CASE", *(
    f"WHEN %(expressions)s IN ({', '.join(repr(title) for title in titles)}) THEN '{sex.value}'"
    for sex, titles in ((Sex.MALE, MALE_TITLES), (Sex.FEMALE, FEMALE_TITLES))), "END)"])  # constants of ours, no input


class Member(models.Model):
    """One person in one fund, for good. Personal values live here and may be erased; the id stays."""

    id = models.AutoField(primary_key=True)
    fund_id = models.BigIntegerField()
    member_no = models.TextField(null=True)  # empty until a doubtful number is settled
    name_title = models.TextField(default="")
    first_name = models.TextField()
    last_name = models.TextField(default="")
    national_id = models.TextField(null=True)
    no_id_reason = models.TextField(null=True, choices=[(r, r) for r in NoIdReason])
    born_on = models.DateField(null=True)
    birth_precision = models.TextField(default=BirthPrecision.NONE)
    kind = models.TextField(null=True, choices=[(k, k) for k in MemberKind])
    stated_sex = models.TextField(null=True, choices=[(s, s) for s in Sex])  # said where the title does not tell
    house_no = models.TextField(default="")
    phone = models.TextField(default="")
    centre_id = models.UUIDField(null=True)
    questioned = ArrayField(models.TextField(), default=list)  # codes a person still has to answer
    withdrawn_by = models.UUIDField(null=True)  # the import that was undone; the row is kept, hidden
    merged_into = models.IntegerField(null=True)
    erased_on = models.DateField(null=True)  # from then on the row says who it was to nobody
    full_name = models.GeneratedField(
        expression=Func(F("erased_on"), Func(Func(
            Func(F("name_title"), F("first_name"), template="%(expressions)s", arg_joiner=" || "), F("last_name"),
            template="%(expressions)s", arg_joiner=_SPACED), F("member_no"), template=_NAME_OR_NUMBER,
            arg_joiner=_WITHOUT_A_NAME), template="(CASE WHEN %(expressions)s END)", arg_joiner=_UNLESS_ERASED),
        output_field=models.TextField(), db_persist=True)
    sex = models.GeneratedField(
        expression=Func(Func(F("name_title"), template=_SEX_OF_TITLE), F("stated_sex"), function="coalesce"),
        output_field=models.TextField(null=True), db_persist=True)
    name_key = models.GeneratedField(
        expression=Func(F("first_name"), F("last_name"), template="thai_key(%(expressions)s)", arg_joiner=_SPACED),
        output_field=models.TextField(db_collation="C"), db_persist=True)
    name_sound = models.GeneratedField(
        expression=Func(F("first_name"), F("last_name"), template="thai_sound(%(expressions)s)", arg_joiner=_SPACED),
        output_field=models.TextField(db_collation="C"), db_persist=True)

    class Meta:
        constraints = [
            FundTable(name="member_key"),
            StaysForGood(name="member_stays"),
            ShortTexts(name="member_short_texts", most=TEXT_MAX, columns=(
                "member_no", "name_title", "first_name", "last_name", "house_no", "phone")),
            FundReference(name="member_centre", column="centre_id", to="funds_villagecentre"),
            FundReference(name="member_merged_into", column="merged_into", to="members_member"),
            models.UniqueConstraint(
                fields=["fund_id", "member_no"], name="member_no_once", condition=Q(withdrawn_by__isnull=True)),
            models.UniqueConstraint(
                fields=["fund_id", "national_id"], name="member_national_id_once",
                condition=Q(withdrawn_by__isnull=True, merged_into__isnull=True)),
            models.CheckConstraint(condition=Q(kind__in=list(MemberKind)), name="member_known_kind"),
            models.CheckConstraint(condition=Q(stated_sex__in=list(Sex)), name="member_known_sex"),
            models.CheckConstraint(condition=Q(no_id_reason__in=list(NoIdReason)), name="member_known_no_id_reason"),
            models.CheckConstraint(
                condition=Q(no_id_reason__isnull=True) | Q(national_id__isnull=True),
                name="member_no_reason_beside_an_id"),
            models.CheckConstraint(
                condition=Q(birth_precision__in=list(BirthPrecision)), name="member_known_precision"),
            models.CheckConstraint(
                condition=Q(national_id__isnull=True) | Q(national_id__regex=r"^[0-9]{13}$"),
                name="member_id_13_digits"),
            models.CheckConstraint(
                condition=Q(erased_on__isnull=True) | _SAYS_NOTHING, name="member_erased_says_nothing"),
        ]
        indexes = [
            models.Index(fields=["fund_id", "centre_id", "name_key"], name="member_by_name"),
            models.Index(fields=["fund_id", "name_key"], name="member_in_thai_order"),
            models.Index(
                fields=["fund_id", "merged_into"], name="member_merged", condition=Q(merged_into__isnull=False)),
        ]


class Membership(models.Model):
    """One spell of membership, [joined_on, left_on). An unknown day is empty, never guessed."""

    id = models.UUIDField(primary_key=True)
    fund_id = models.BigIntegerField()
    member_id = models.IntegerField()
    joined_on = models.DateField(null=True)
    left_on = models.DateField(null=True)
    left_reason = models.TextField(null=True, choices=[(r, r) for r in LeftReason])

    class Meta:
        constraints = [
            FundTable(name="membership_key"),
            StaysForGood(name="membership_stays", keeps=("member_id",)),
            FundReference(name="membership_member", column="member_id", to="members_member"),
            NoOverlap(name="membership_one_spell_at_a_time", keys=("member_id",),
                      from_column="joined_on", until_column="left_on"),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_reason__isnull=False), name="membership_says_why"),
        ]
        indexes = [models.Index(fields=["fund_id", "member_id"], name="membership_by_member")]


class Resolution(models.Model):
    """One of the committee's meetings that resolved something about members or claims, and who signed for it."""

    id = models.UUIDField(primary_key=True)
    fund_id = models.BigIntegerField()
    committee_no = models.PositiveSmallIntegerField()  # ชุดที่
    meeting_no = models.PositiveSmallIntegerField()  # ครั้งที่
    met_on = models.DateField()
    signed_by_id = models.UUIDField()
    recorded_by = models.BigIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            FundTable(name="resolution_key"),
            AppendOnly(name="resolution_stays"),
            FundReference(name="resolution_person", column="signed_by_id", to="funds_person"),
            models.UniqueConstraint(fields=["fund_id", "committee_no", "meeting_no"], name="resolution_once_a_meeting"),
        ]


class MembershipEvent(models.Model):
    """Something that happened to a spell of membership: when, why, who decided, who wrote it down.

    Rows are only added; a mistake is struck out by a row of its own. The words of a reason may be emptied when the
    person is erased, nothing else changes. `Membership` says the same, ready to be counted; a check compares the two.
    """

    id = models.BigAutoField(primary_key=True)
    fund_id = models.BigIntegerField()
    member_id = models.IntegerField()
    membership_id = models.UUIDField()
    kind = models.TextField(choices=[(h, h) for h in Happening])
    happened_on = models.DateField(null=True)
    reason = models.TextField(default="")
    resolution_id = models.UUIDField(null=True)  # empty where nobody had to decide: a death, a word of one's own
    clause = models.TextField(default="")
    strikes_id = models.BigIntegerField(null=True)
    deed_id = models.UUIDField(null=True)  # the page that was sent, for a list of any length
    recorded_by = models.BigIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            FundTable(name="membership_event_key"),
            StaysForGood(name="membership_event_stays", keeps=(
                "member_id", "membership_id", "kind", "happened_on", "resolution_id", "clause", "strikes_id",
                "deed_id", "recorded_by", "recorded_at")),
            ShortTexts(name="membership_event_short_texts", columns=("reason", "clause"), most=TEXT_MAX),
            FundReference(name="membership_event_member", column="member_id", to="members_member"),
            FundReference(name="membership_event_spell", column="membership_id", to="members_membership"),
            FundReference(name="membership_event_resolution", column="resolution_id", to="members_resolution"),
            FundReference(name="membership_event_strikes", column="strikes_id", to="members_membershipevent"),
            models.UniqueConstraint(fields=["fund_id", "strikes_id"], name="membership_event_struck_once"),
            models.UniqueConstraint(fields=["fund_id", "deed_id", "member_id"], name="membership_event_once_a_deed"),
            models.CheckConstraint(
                condition=Q(kind__in=list(Happening)), name="membership_event_known_kind"),
            models.CheckConstraint(
                condition=Q(kind=Happening.TAKEN_BACK, strikes_id__isnull=False)
                | ~Q(kind=Happening.TAKEN_BACK) & Q(strikes_id__isnull=True), name="membership_event_strikes_one"),
            models.CheckConstraint(
                condition=~Q(kind__in=sorted(PAUSING)) | Q(happened_on__isnull=False),
                name="membership_event_pause_has_a_day"),
        ]
        indexes = [
            models.Index(fields=["fund_id", "member_id"], name="membership_event_by_member"),
            models.Index(fields=["fund_id", "membership_id"], name="membership_event_by_spell"),
        ]


class Application(models.Model):
    """Somebody who asks to become a member: not one yet. Who they are may be emptied, the way of the paper stays."""

    id = models.UUIDField(primary_key=True)
    fund_id = models.BigIntegerField()
    application_no = models.PositiveIntegerField()
    applied_on = models.DateField()
    state = models.TextField(choices=[(s, s) for s in ApplicationState])
    centre_id = models.UUIDField()
    person = models.JSONField()  # the fields of `NewMember` as the form has them; erasable
    member_id = models.IntegerField(null=True)  # whoever was a member before, and everybody who was admitted
    membership_id = models.UUIDField(null=True)  # the spell that the admission began
    certified_on = models.DateField(null=True)
    resolution_id = models.UUIDField(null=True)
    clause = models.TextField(default="")
    turned_down_because = models.TextField(default="")
    recorded_by = models.BigIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            FundTable(name="application_key"),
            StaysForGood(name="application_stays", keeps=(
                "application_no", "applied_on", "centre_id", "recorded_by", "recorded_at")),
            ShortTexts(name="application_short_texts", columns=("clause", "turned_down_because"), most=TEXT_MAX),
            FundReference(name="application_centre", column="centre_id", to="funds_villagecentre"),
            FundReference(name="application_member", column="member_id", to="members_member"),
            FundReference(name="application_spell", column="membership_id", to="members_membership"),
            FundReference(name="application_resolution", column="resolution_id", to="members_resolution"),
            models.UniqueConstraint(fields=["fund_id", "application_no"], name="application_number_once"),
            models.CheckConstraint(condition=Q(state__in=list(ApplicationState)), name="application_known_state"),
            models.CheckConstraint(
                condition=Q(state=ApplicationState.APPLIED, certified_on__isnull=True) & _UNDECIDED
                | Q(state=ApplicationState.CERTIFIED, certified_on__isnull=False) & _UNDECIDED
                | Q(state=ApplicationState.ADMITTED) & _ADMITTED
                | Q(state=ApplicationState.TURNED_DOWN) & _TURNED_DOWN, name="application_state_and_decision"),
        ]


class Certification(models.Model):
    """Somebody of the village centre who certified that an application is true, as they signed on paper."""

    pk = models.CompositePrimaryKey("fund_id", "application_id", "person_id")
    fund_id = models.BigIntegerField()
    application_id = models.UUIDField()
    person_id = models.UUIDField()
    signed_on = models.DateField()
    recorded_by = models.BigIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            FundTable(name="certification_key", has_own_key=True),
            AppendOnly(name="certification_stays"),
            FundReference(name="certification_application", column="application_id", to="members_application"),
            FundReference(name="certification_person", column="person_id", to="funds_person"),
        ]


class Beneficiary(models.Model):
    """Who receives on a member's death, as the member named them: in which place, from when until when.

    Their data came from somebody else, so they have to be told (PDPA s.25): when and how stands beside. Name, relation
    and telephone may be emptied.
    """

    id = models.UUIDField(primary_key=True)
    fund_id = models.BigIntegerField()
    member_id = models.IntegerField()
    place = models.PositiveSmallIntegerField()
    name = models.TextField()
    relation = models.TextField(default="")
    phone = models.TextField(default="")
    share_percent = models.PositiveSmallIntegerField(null=True)  # empty where only the order counts
    named_on = models.DateField(null=True)  # empty where nobody knows since when
    ended_on = models.DateField(null=True)
    told_on = models.DateField(null=True)
    told_how = models.TextField(null=True, choices=[(h, h) for h in ToldHow])
    recorded_by = models.BigIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            FundTable(name="beneficiary_key"),
            ShortTexts(name="beneficiary_short_texts", columns=("name", "relation", "phone"), most=TEXT_MAX),
            FundReference(name="beneficiary_member", column="member_id", to="members_member"),
            models.UniqueConstraint(
                fields=["fund_id", "member_id", "place"], name="beneficiary_one_in_a_place",
                condition=Q(ended_on__isnull=True)),
            models.CheckConstraint(
                condition=Q(share_percent__gte=1, share_percent__lte=WHOLE_PERCENT),
                name="beneficiary_share_is_a_part"),
            models.CheckConstraint(condition=Q(ended_on__gt=F("named_on")), name="beneficiary_ends_after_naming"),
            models.CheckConstraint(condition=Q(told_how__in=list(ToldHow)), name="beneficiary_known_way"),
            models.CheckConstraint(
                condition=Q(told_on__isnull=True, told_how__isnull=True)
                | Q(told_on__isnull=False, told_how__isnull=False), name="beneficiary_told_somehow"),
        ]
        indexes = [models.Index(fields=["fund_id", "member_id"], name="beneficiary_by_member")]


class Guardian(models.Model):
    """Somebody who acts for a child, [from_on, until_on): a member, or by name a person outside the register.

    Name, relation and telephone may be emptied. Whoever was written down by mistake ends on their first day.
    """

    id = models.UUIDField(primary_key=True)
    fund_id = models.BigIntegerField()
    child_id = models.IntegerField()
    guardian_id = models.IntegerField(null=True)
    name = models.TextField(default="")
    relation = models.TextField(default="")
    phone = models.TextField(default="")
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    recorded_by = models.BigIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            FundTable(name="guardian_key"),
            StaysForGood(name="guardian_stays", keeps=(
                "child_id", "guardian_id", "from_on", "recorded_by", "recorded_at")),
            ShortTexts(name="guardian_short_texts", columns=("name", "relation", "phone"), most=TEXT_MAX),
            FundReference(name="guardian_child", column="child_id", to="members_member"),
            FundReference(name="guardian_member", column="guardian_id", to="members_member"),
            NoOverlap(name="guardian_once_at_a_time", keys=("child_id", "guardian_id"), from_column="from_on",
                      until_column="until_on"),
            models.CheckConstraint(condition=~Q(guardian_id=F("child_id")), name="guardian_is_another"),
            models.CheckConstraint(
                condition=Q(guardian_id__isnull=True) | Q(name=""), name="guardian_named_in_one_way"),
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="guardian_ends_after_it_begins"),
        ]
        indexes = [models.Index(fields=["fund_id", "child_id"], name="guardian_by_child")]


class Household(models.Model):
    """People of a village who live together, by their house number: what surveys and help ask for."""

    id = models.UUIDField(primary_key=True)
    fund_id = models.BigIntegerField()
    centre_id = models.UUIDField()
    house_no = models.TextField()
    head_id = models.IntegerField(null=True)
    recorded_by = models.BigIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            FundTable(name="household_key"),
            StaysForGood(name="household_stays", keeps=("centre_id", "recorded_by", "recorded_at")),
            ShortTexts(name="household_short_texts", columns=("house_no",), most=TEXT_MAX),
            FundReference(name="household_centre", column="centre_id", to="funds_villagecentre"),
            FundReference(name="household_head", column="head_id", to="members_member"),
            models.UniqueConstraint(
                fields=["fund_id", "centre_id", "house_no"], name="household_once_a_number",
                condition=~Q(house_no="")),
        ]


class Residence(models.Model):
    """Somebody lives in a household, [from_on, until_on); since when may not be known.

    Whoever was written down by mistake ends on their first day.
    """

    id = models.UUIDField(primary_key=True)
    fund_id = models.BigIntegerField()
    household_id = models.UUIDField()
    member_id = models.IntegerField()
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    recorded_by = models.BigIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            FundTable(name="residence_key"),
            StaysForGood(name="residence_stays", keeps=(
                "household_id", "member_id", "from_on", "recorded_by", "recorded_at")),
            FundReference(name="residence_household", column="household_id", to="members_household"),
            FundReference(name="residence_member", column="member_id", to="members_member"),
            NoOverlap(name="residence_in_one_household", keys=("member_id",), from_column="from_on",
                      until_column="until_on"),
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="residence_ends_after_it_begins"),
        ]
        indexes = [
            models.Index(fields=["fund_id", "household_id"], name="residence_by_household"),
            models.Index(fields=["fund_id", "member_id"], name="residence_by_member"),
        ]


class Correction(models.Model):
    """One mending of a member's entry, with what stood there before. Holds personal values until they are erased."""

    id = models.UUIDField(primary_key=True)
    fund_id = models.BigIntegerField()
    member_id = models.IntegerField()
    changes = models.JSONField()  # field → [as it stood, as it was written]
    settled = ArrayField(models.TextField())  # questions somebody answered with "right as it is"
    recorded_by = models.BigIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            FundTable(name="correction_key"),
            FundReference(name="correction_member", column="member_id", to="members_member"),
        ]
        indexes = [models.Index(fields=["fund_id", "member_id"], name="correction_by_member")]


class Merge(models.Model):
    """Two entries are one person: which of them stays, who said so, and whether it was taken back.

    Nothing that points to either entry changes. Of `taken` the values of the other entry stand since; what stood there
    before is in a correction.
    """

    id = models.UUIDField(primary_key=True)
    fund_id = models.BigIntegerField()
    kept_id = models.IntegerField()
    merged_id = models.IntegerField()
    taken = ArrayField(models.TextField())
    recorded_by = models.BigIntegerField()
    recorded_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            FundTable(name="merge_key"),
            StaysForGood(name="merge_stays", keeps=("kept_id", "merged_id", "taken", "recorded_by", "recorded_at")),
            FundReference(name="merge_kept", column="kept_id", to="members_member"),
            FundReference(name="merge_merged", column="merged_id", to="members_member"),
            models.UniqueConstraint(fields=["fund_id", "merged_id"], name="merge_into_one_at_a_time",
                                    condition=Q(undone_at__isnull=True)),
            models.CheckConstraint(condition=~Q(kept_id=F("merged_id")), name="merge_of_two_entries"),
        ]
        indexes = [models.Index(fields=["fund_id", "kept_id"], name="merge_by_kept")]


class NotSamePerson(models.Model):
    """Somebody looked at two entries that are alike and said: two persons. It may be taken back, and asked again."""

    id = models.UUIDField(primary_key=True)
    fund_id = models.BigIntegerField()
    one_id = models.IntegerField()
    other_id = models.IntegerField()
    recorded_by = models.BigIntegerField()
    recorded_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            FundTable(name="not_same_person_key"),
            StaysForGood(name="not_same_person_stays", keeps=("one_id", "other_id", "recorded_by", "recorded_at")),
            FundReference(name="not_same_person_one", column="one_id", to="members_member"),
            FundReference(name="not_same_person_other", column="other_id", to="members_member"),
            models.UniqueConstraint(fields=["fund_id", "one_id", "other_id"], name="not_same_person_answered_once",
                                    condition=Q(taken_back_at__isnull=True)),
            models.CheckConstraint(condition=Q(one_id__lt=F("other_id")), name="not_same_person_two_entries"),
        ]


class Consent(models.Model):
    """A member's word, signed on paper, that the fund may keep what the law calls sensitive; it can be taken back.

    The name of whoever signed for a member may be emptied, the rest stays as it was written.
    """

    id = models.UUIDField(primary_key=True)
    fund_id = models.BigIntegerField()
    member_id = models.IntegerField()
    purpose = models.TextField(choices=[(p, p) for p in Purpose])
    wording = models.PositiveSmallIntegerField()  # which words were signed, by their number on the paper
    given_on = models.DateField()
    how = models.TextField(choices=[(h, h) for h in ConsentHow])
    guardian_name = models.TextField(default="")
    withdrawn_on = models.DateField(null=True)
    recorded_by = models.BigIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            FundTable(name="consent_key"),
            StaysForGood(name="consent_stays", keeps=(
                "member_id", "purpose", "wording", "given_on", "how", "recorded_by", "recorded_at")),
            ShortTexts(name="consent_short_texts", columns=("guardian_name",), most=TEXT_MAX),
            FundReference(name="consent_member", column="member_id", to="members_member"),
            models.UniqueConstraint(fields=["fund_id", "member_id", "purpose"], name="consent_one_at_a_time",
                                    condition=Q(withdrawn_on__isnull=True)),
            models.CheckConstraint(condition=Q(purpose__in=list(Purpose)), name="consent_known_purpose"),
            models.CheckConstraint(condition=Q(how__in=list(ConsentHow)), name="consent_known_how"),
            models.CheckConstraint(condition=Q(wording__gt=0), name="consent_known_wording"),
            models.CheckConstraint(
                condition=Q(withdrawn_on__gte=F("given_on")), name="consent_withdrawn_after_given"),
        ]


class CardSeen(models.Model):
    """Somebody of the fund saw a member's ID card on a day. The card itself is copied and kept by nobody."""

    id = models.UUIDField(primary_key=True)
    fund_id = models.BigIntegerField()
    member_id = models.IntegerField()
    seen_on = models.DateField()
    seen_by_id = models.UUIDField()
    recorded_by = models.BigIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            FundTable(name="card_seen_key"),
            AppendOnly(name="card_seen_stays"),
            FundReference(name="card_seen_member", column="member_id", to="members_member"),
            FundReference(name="card_seen_person", column="seen_by_id", to="funds_person"),
        ]
        indexes = [models.Index(fields=["fund_id", "member_id"], name="card_seen_by_member")]
