from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from ombun.ledger.rules import MEMO_MAX, AccountKind, HolderKind, Media, PromptPayKind, Way
from ombun.primitives.fields import MaybeSatangField, SatangField
from ombun.primitives.tables import AppendOnly, FundReference, FundTable, KeptByTriggers, ShortTexts, StaysForGood


class Account(models.Model):
    """A pocket of a fund's books: the treasurer's cash, the bank, contributions received, births paid."""

    fund_id = models.BigIntegerField()
    code = models.TextField()
    name_th = models.TextField()
    name_en = models.TextField()
    kind = models.TextField(choices=[(k, k) for k in AccountKind])
    holder_kind = models.TextField(null=True, choices=[(k, k) for k in HolderKind])
    holder_id = models.UUIDField(null=True)  # the person (collector) or the centre whose tin it is

    class Meta:
        constraints = [
            FundTable(name="account_key"),
            StaysForGood(name="account_stays", keeps=("code", "kind", "holder_kind", "holder_id")),
            models.UniqueConstraint(fields=["fund_id", "code"], name="account_code_once"),
            models.UniqueConstraint(fields=["fund_id", "holder_id"], name="account_once_per_holder"),
            models.CheckConstraint(condition=Q(kind__in=list(AccountKind)), name="account_known_kind"),
        ]


class Entry(models.Model):
    """One event in the books. Posted once with all its lines; corrected only by a later entry that names it."""

    fund_id = models.BigIntegerField()
    deed = models.TextField()  # "contributions.collection", "claims.payment" …
    deed_id = models.UUIDField()
    happened_on = models.DateField()
    posted_on = models.DateField()
    memo = models.TextField(default="")  # no names, no illnesses
    reverses_id = models.BigIntegerField(null=True)
    line_count = models.PositiveSmallIntegerField()  # what it had when it was posted: lines added later show
    total_satang = SatangField()  # the sum of one column
    recorded_by = models.BigIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            FundTable(name="entry_key"),
            AppendOnly(name="entry_stays"),
            FundReference(name="entry_reverses", column="reverses_id", to="ledger_entry"),
            models.UniqueConstraint(fields=["fund_id", "deed", "deed_id"], name="entry_once_per_deed"),
            models.UniqueConstraint(fields=["fund_id", "reverses_id"], name="entry_reversed_once"),
            models.CheckConstraint(
                condition=Q(happened_on__lte=models.F("posted_on")), name="entry_posted_after_it_happened"),
        ]
        indexes = [models.Index(fields=["fund_id", "posted_on"], name="entry_by_day")]


class Line(models.Model):
    """One side of an entry. Positive is debit, negative is credit; an entry sums to zero."""

    pk = models.CompositePrimaryKey("fund_id", "entry_id", "line_no")
    fund_id = models.BigIntegerField()
    entry_id = models.BigIntegerField()
    line_no = models.PositiveSmallIntegerField()
    account_id = models.BigIntegerField()
    amount_satang = SatangField()

    class Meta:
        constraints = [
            FundTable(name="line_key", has_own_key=True),
            AppendOnly(name="line_stays"),
            FundReference(name="line_entry", column="entry_id", to="ledger_entry"),
            FundReference(name="line_account", column="account_id", to="ledger_account"),
            models.CheckConstraint(condition=~Q(amount_satang=0), name="line_not_zero"),
        ]
        indexes = [models.Index(fields=["fund_id", "account_id", "entry_id"], name="line_by_account")]


class Balance(models.Model):
    """What moved in one account in one month, kept by the posting itself; `checks` recompute it from the lines."""

    pk = models.CompositePrimaryKey("fund_id", "account_id", "month")
    fund_id = models.BigIntegerField()
    account_id = models.BigIntegerField()
    month = models.DateField()
    debit_satang = SatangField()
    credit_satang = SatangField()

    class Meta:
        constraints = [
            FundTable(name="balance_key", has_own_key=True),
            KeptByTriggers(name="balance_kept_by_lines"),
            FundReference(name="balance_account", column="account_id", to="ledger_account"),
        ]


class Voucher(models.Model):
    """The voucher of a receipt or a payment that no other deed brings: its number, and who stands for it."""

    id = models.UUIDField(primary_key=True)  # the deed's own
    fund_id = models.BigIntegerField()
    entry_id = models.BigIntegerField()
    way = models.TextField(choices=[(k, k) for k in Way])
    year = models.PositiveSmallIntegerField()  # the fiscal year, of the common era
    number = models.PositiveIntegerField()
    first_id = models.UUIDField(null=True)  # who books it at the desk, where the desk is a person's
    second_id = models.UUIDField(null=True)  # who agreed beside them; must be there above what one may pay alone
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            FundTable(name="voucher_key"),
            AppendOnly(name="voucher_stays"),
            FundReference(name="voucher_entry", column="entry_id", to="ledger_entry"),
            FundReference(name="voucher_first", column="first_id", to="funds_person"),
            FundReference(name="voucher_second", column="second_id", to="funds_person"),
            models.UniqueConstraint(fields=["fund_id", "entry_id"], name="voucher_one_an_entry"),
            models.UniqueConstraint(fields=["fund_id", "way", "year", "number"], name="voucher_number_once"),
            models.CheckConstraint(condition=Q(way__in=list(Way)), name="voucher_known_way"),
            models.CheckConstraint(condition=Q(first_id__isnull=True) | Q(second_id__isnull=True)
                                   | ~Q(first_id=models.F("second_id")), name="voucher_two_are_two"),
        ]


class Earmark(models.Model):
    """Money that came in for some kinds of help only, as the giver's letter says. What was used of it is reckoned."""

    id = models.UUIDField(primary_key=True)
    fund_id = models.BigIntegerField()
    entry_id = models.BigIntegerField()  # with which the money came in
    accounts = ArrayField(models.TextField())  # what it may be spent on
    words = models.TextField()  # what the letter says, without names
    recorded_by = models.BigIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            FundTable(name="earmark_key"),
            AppendOnly(name="earmark_stays"),
            FundReference(name="earmark_entry", column="entry_id", to="ledger_entry"),
            models.UniqueConstraint(fields=["fund_id", "entry_id"], name="earmark_one_an_entry"),
            models.CheckConstraint(condition=~Q(words="") & Q(accounts__len__gt=0), name="earmark_says_for_what"),
        ]


class ShareVote(models.Model):
    """A resolution that divides what comes in and goes out among sub-funds, from a day on."""

    id = models.UUIDField(primary_key=True)
    fund_id = models.BigIntegerField()
    from_on = models.DateField()
    resolution_no = models.TextField()
    signed_by_id = models.UUIDField()
    recorded_by = models.BigIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            FundTable(name="share_vote_key"),
            AppendOnly(name="share_vote_stays"),
            FundReference(name="share_vote_signed_by", column="signed_by_id", to="funds_person"),
            models.UniqueConstraint(fields=["fund_id", "from_on"], name="share_vote_one_a_day"),
            models.CheckConstraint(condition=~Q(resolution_no=""), name="share_vote_says_resolution"),
        ]


class Share(models.Model):
    """What part of an account's money is one sub-fund's, by a resolution; the parts of an account are the whole."""

    pk = models.CompositePrimaryKey("fund_id", "vote_id", "account", "sub_fund")
    fund_id = models.BigIntegerField()
    vote_id = models.UUIDField()
    account = models.TextField()  # of the chart
    sub_fund = models.TextField()
    thousandths = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            FundTable(name="share_key", has_own_key=True),
            AppendOnly(name="share_stays"),
            FundReference(name="share_vote", column="vote_id", to="ledger_sharevote"),
            models.CheckConstraint(name="share_is_a_part", condition=Q(
                thousandths__gte=1, thousandths__lte=1000) & ~Q(sub_fund="") & ~Q(account="")),
        ]


class PaymentLimit(models.Model):
    """Up to how much one person may pay by voucher alone, from a day on; above it a second one in office agrees."""

    id = models.UUIDField(primary_key=True)
    fund_id = models.BigIntegerField()
    from_on = models.DateField()
    limit_satang = SatangField()
    resolution_no = models.TextField()
    signed_by_id = models.UUIDField()
    recorded_by = models.BigIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            FundTable(name="payment_limit_key"),
            AppendOnly(name="payment_limit_stays"),
            FundReference(name="payment_limit_signed_by", column="signed_by_id", to="funds_person"),
            models.UniqueConstraint(fields=["fund_id", "from_on"], name="payment_limit_one_a_day"),
            models.CheckConstraint(condition=Q(limit_satang__gt=0) & ~Q(resolution_no=""),
                                   name="payment_limit_sensible"),
        ]


class Attachment(models.Model):
    """A picture or a PDF of the paper behind an entry: a bill, a letter. When it is taken off, that stays written."""

    id = models.UUIDField(primary_key=True)
    fund_id = models.BigIntegerField()
    entry_id = models.BigIntegerField()
    media = models.TextField(choices=[(k, k) for k in Media])
    content = models.BinaryField()
    digest = models.TextField()  # sha256 of the content, in hexadecimal digits
    recorded_by = models.BigIntegerField()
    recorded_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)  # written once, when the content was emptied

    class Meta:
        constraints = [
            FundTable(name="attachment_key"),
            StaysForGood(name="attachment_stays", keeps=("entry_id", "media", "digest", "recorded_by", "recorded_at")),
            FundReference(name="attachment_entry", column="entry_id", to="ledger_entry"),
            models.UniqueConstraint(fields=["fund_id", "entry_id", "digest"], name="attachment_once",
                                    condition=Q(removed_at__isnull=True)),
            models.CheckConstraint(condition=Q(media__in=list(Media)), name="attachment_known_media"),
        ]


class Total(models.Model):
    """What moved in one account since founding, kept by the posting itself: all funds together are read from here."""

    pk = models.CompositePrimaryKey("fund_id", "account_id")
    fund_id = models.BigIntegerField()
    account_id = models.BigIntegerField()
    debit_satang = SatangField()
    credit_satang = SatangField()

    class Meta:
        constraints = [
            FundTable(name="total_key", has_own_key=True),
            KeptByTriggers(name="total_kept_by_lines"),
            FundReference(name="total_account", column="account_id", to="ledger_account"),
        ]


class BankAccount(models.Model):
    """An account of the fund at a bank, as a resolution of the committee named it; with PromptPay where members may
    transfer to it."""

    id = models.UUIDField(primary_key=True)
    fund_id = models.BigIntegerField()
    account_id = models.BigIntegerField()  # where its money stands in the books
    bank = models.TextField()
    account_no = models.TextField()
    owner_name = models.TextField()  # what a bank app shows before the money leaves
    promptpay_kind = models.TextField(null=True, choices=[(k, k) for k in PromptPayKind])
    promptpay_no = models.TextField(default="")
    resolution_no = models.TextField()
    resolved_on = models.DateField()
    signed_by_id = models.UUIDField()
    ended_on = models.DateField(null=True)  # written once
    recorded_by = models.BigIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            FundTable(name="bank_account_key"),
            StaysForGood(name="bank_account_stays", keeps=(
                "account_id", "bank", "account_no", "owner_name", "promptpay_kind", "promptpay_no", "resolution_no",
                "resolved_on", "signed_by_id", "recorded_by", "recorded_at")),
            FundReference(name="bank_account_in_the_books", column="account_id", to="ledger_account"),
            FundReference(name="bank_account_signed_by", column="signed_by_id", to="funds_person"),
            models.UniqueConstraint(fields=["fund_id", "account_no"], name="bank_account_named_once",
                                    condition=Q(ended_on__isnull=True)),
            models.CheckConstraint(
                condition=~Q(bank="") & ~Q(account_no="") & ~Q(owner_name="") & ~Q(resolution_no=""),
                name="bank_account_says_all"),
            models.CheckConstraint(
                condition=Q(promptpay_kind__isnull=True, promptpay_no="")
                | Q(promptpay_kind__isnull=False, promptpay_kind__in=list(PromptPayKind)) & ~Q(promptpay_no=""),
                name="bank_account_known_promptpay"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=models.F("resolved_on")),
                name="bank_account_ends_after_it_was_named"),
        ]


class Statement(models.Model):
    """A bank statement that was taken in, by the fingerprint of its file, with what its columns meant."""

    id = models.UUIDField(primary_key=True)
    fund_id = models.BigIntegerField()
    account_id = models.BigIntegerField()
    digest = models.TextField()
    columns = models.JSONField()
    recorded_by = models.BigIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            FundTable(name="statement_key"),
            AppendOnly(name="statement_stays"),
            FundReference(name="statement_account", column="account_id", to="ledger_account"),
            models.UniqueConstraint(fields=["fund_id", "account_id", "digest"], name="statement_once"),
        ]


class StatementLine(models.Model):
    """A line of a bank statement: money that came to an account at a bank, or went from it, as the bank tells it."""

    fund_id = models.BigIntegerField()
    statement_id = models.UUIDField()
    account_id = models.BigIntegerField()
    moved_on = models.DateField()
    amount_satang = SatangField()
    balance_satang = MaybeSatangField(null=True)
    words = models.TextField()  # what the bank wrote, names of people among it; emptied when they are forgotten
    mark = models.TextField()  # tells it from every other line, whichever file it comes in

    class Meta:
        constraints = [
            FundTable(name="statement_line_key"),
            StaysForGood(name="statement_line_stays", keeps=(
                "statement_id", "account_id", "moved_on", "amount_satang", "balance_satang", "mark")),
            FundReference(name="statement_line_statement", column="statement_id", to="ledger_statement"),
            FundReference(name="statement_line_account", column="account_id", to="ledger_account"),
            models.UniqueConstraint(fields=["fund_id", "account_id", "mark"], name="statement_line_once"),
            models.CheckConstraint(condition=~Q(amount_satang=0), name="statement_line_not_zero"),
        ]
        indexes = [models.Index(fields=["fund_id", "moved_on"], name="statement_line_by_day")]


class StatementMatch(models.Model):
    """Somebody said that an entry of the books is what a line of the statement tells; it can be taken back."""

    fund_id = models.BigIntegerField()
    line_id = models.BigIntegerField()
    entry_id = models.BigIntegerField()
    match_id = models.UUIDField()
    matched_by = models.BigIntegerField()
    matched_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)  # written once

    class Meta:
        constraints = [
            FundTable(name="statement_match_key"),
            StaysForGood(name="statement_match_stays", keeps=(
                "line_id", "entry_id", "match_id", "matched_by", "matched_at")),
            FundReference(name="statement_match_line", column="line_id", to="ledger_statementline"),
            FundReference(name="statement_match_entry", column="entry_id", to="ledger_entry"),
            models.UniqueConstraint(fields=["fund_id", "entry_id"], name="statement_match_one_line_an_entry",
                                    condition=Q(undone_at__isnull=True)),
        ]
        indexes = [models.Index(fields=["fund_id", "line_id"], name="statement_match_by_line")]


class BankSlip(models.Model):
    """The number on the bank's slip for cash paid in or taken out; each number once, until it is taken back."""

    id = models.UUIDField(primary_key=True)  # the hand-over's own
    fund_id = models.BigIntegerField()
    account_id = models.BigIntegerField()
    entry_id = models.BigIntegerField()
    slip_no = models.TextField()
    void_at = models.DateTimeField(null=True)  # when the hand-over was taken back

    class Meta:
        constraints = [
            FundTable(name="bank_slip_key"),
            StaysForGood(name="bank_slip_stays", keeps=("account_id", "entry_id", "slip_no")),
            FundReference(name="bank_slip_account", column="account_id", to="ledger_account"),
            FundReference(name="bank_slip_entry", column="entry_id", to="ledger_entry"),
            models.UniqueConstraint(fields=["fund_id", "account_id", "slip_no"], name="bank_slip_used_once",
                                    condition=Q(void_at__isnull=True)),
            models.CheckConstraint(condition=~Q(slip_no=""), name="bank_slip_says"),
        ]


class CashLimit(models.Model):
    """How much cash the committee wants in one hand at most, from a day on. It is shown where it is exceeded; nothing
    is refused for it."""

    id = models.UUIDField(primary_key=True)
    fund_id = models.BigIntegerField()
    from_on = models.DateField()
    limit_satang = SatangField()
    resolution_no = models.TextField()
    signed_by_id = models.UUIDField()
    recorded_by = models.BigIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            FundTable(name="cash_limit_key"),
            AppendOnly(name="cash_limit_stays"),
            FundReference(name="cash_limit_signed_by", column="signed_by_id", to="funds_person"),
            models.UniqueConstraint(fields=["fund_id", "from_on"], name="cash_limit_one_a_day"),
            models.CheckConstraint(condition=Q(limit_satang__gt=0) & ~Q(resolution_no=""), name="cash_limit_sensible"),
        ]


class Seal(models.Model):
    """What a month that closes fixes for good: one number over all entries and receipts that no earlier seal holds.

    The database reckons it (contributions/sql/seals.sql), whoever closes; a later one may hold what was posted into a
    month that was opened again.
    """

    pk = models.CompositePrimaryKey("fund_id", "seal_no")
    fund_id = models.BigIntegerField()
    seal_no = models.PositiveIntegerField()
    close_id = models.UUIDField()
    month = models.DateField()  # it holds what was posted until the end of this month …
    entries_until = models.BigIntegerField()  # … up to the last entry that there was, 0 where there was none
    entry_count = models.PositiveIntegerField()
    receipt_count = models.PositiveIntegerField()
    root = models.BinaryField()
    head = models.BinaryField()
    marks = models.BinaryField()  # a few bytes of each leaf, so that the one that no longer fits can be named

    class Meta:
        constraints = [
            FundTable(name="seal_key", has_own_key=True),
            AppendOnly(name="seal_stays"),
            FundReference(name="seal_close", column="close_id", to="funds_monthclose"),
            models.UniqueConstraint(fields=["fund_id", "close_id"], name="seal_once_per_closing"),
        ]


class CashCount(models.Model):
    """Somebody's cash as two persons counted it, note by note; what differed from the books was booked the same day."""

    id = models.UUIDField(primary_key=True)
    fund_id = models.BigIntegerField()
    account_id = models.BigIntegerField()
    counted_on = models.DateField()
    pieces = ArrayField(models.IntegerField())  # how many of each of rules.PIECES; the database adds them up
    counted_satang = SatangField()
    books_satang = SatangField()
    because = models.TextField(default="")
    entry_id = models.BigIntegerField(null=True)  # of the difference
    counted_by_id = models.UUIDField()
    witnessed_by_id = models.UUIDField()
    recorded_by = models.BigIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            FundTable(name="cash_count_key"),
            AppendOnly(name="cash_count_stays"),
            FundReference(name="cash_count_account", column="account_id", to="ledger_account"),
            FundReference(name="cash_count_entry", column="entry_id", to="ledger_entry"),
            FundReference(name="cash_count_counted_by", column="counted_by_id", to="funds_person"),
            FundReference(name="cash_count_witnessed_by", column="witnessed_by_id", to="funds_person"),
            ShortTexts(name="cash_count_short_texts", columns=("because",), most=MEMO_MAX),
            models.CheckConstraint(
                condition=~Q(counted_by_id=models.F("witnessed_by_id")), name="cash_count_two_persons"),
            models.CheckConstraint(
                condition=Q(counted_satang=models.F("books_satang"), entry_id__isnull=True)
                | ~Q(counted_satang=models.F("books_satang")) & ~Q(because="") & Q(entry_id__isnull=False),
                name="cash_count_books_what_differs"),
        ]
