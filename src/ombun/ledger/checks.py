"""What must always hold in the books. Every answer is a list of what does not; empty is good."""
from ombun.primitives.findings import Finding, findings


def entries_that_do_not_balance(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Entries whose two columns differ, by how many satang."""
    return findings(check="ledger.entries_that_do_not_balance", fund_id=fund_id, sql="""
        SELECT fund_id, 'entry:' || entry_id AS about, sum(amount_satang) AS off_by_satang
        FROM ledger_line GROUP BY fund_id, entry_id HAVING sum(amount_satang) <> 0""")


def lines_added_or_removed_later(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Entries that no longer have the lines they were posted with, even when they balance all the same."""
    return findings(check="ledger.lines_added_or_removed_later", fund_id=fund_id, sql="""
        SELECT e.fund_id, 'entry:' || e.id AS about, e.line_count AS lines_posted, coalesce(l.lines, 0) AS lines_there,
          e.total_satang AS posted_satang, coalesce(l.satang, 0) AS there_satang
        FROM ledger_entry e LEFT JOIN (
          SELECT fund_id, entry_id, count(*) AS lines, sum(greatest(amount_satang, 0)) AS satang
          FROM ledger_line GROUP BY fund_id, entry_id) l ON l.fund_id = e.fund_id AND l.entry_id = e.id
        WHERE (e.line_count, e.total_satang) IS DISTINCT FROM (l.lines, l.satang)""")


def balances_that_differ_from_their_lines(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Kept balances of an account and month that are not what its lines sum to."""
    return findings(check="ledger.balances_that_differ_from_their_lines", fund_id=fund_id, sql="""
        SELECT fund_id, 'account:' || account_id || ' month:' || month AS about,
          b.debit_satang AS kept_debit_satang, b.credit_satang AS kept_credit_satang,
          s.debit_satang, s.credit_satang
        FROM ledger_balance b FULL JOIN (
          SELECT l.fund_id, l.account_id, date_trunc('month', e.posted_on)::date AS month,
            sum(greatest(l.amount_satang, 0)) AS debit_satang, sum(greatest(-l.amount_satang, 0)) AS credit_satang
          FROM ledger_line l JOIN ledger_entry e ON e.fund_id = l.fund_id AND e.id = l.entry_id
          GROUP BY 1, 2, 3) s USING (fund_id, account_id, month)
        WHERE (b.debit_satang, b.credit_satang) IS DISTINCT FROM (s.debit_satang, s.credit_satang)""")


def totals_that_differ_from_their_balances(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Kept totals of an account that are not what its months sum to."""
    return findings(check="ledger.totals_that_differ_from_their_balances", fund_id=fund_id, sql="""
        SELECT fund_id, 'account:' || account_id AS about, t.debit_satang AS kept_debit_satang,
          t.credit_satang AS kept_credit_satang, s.debit_satang, s.credit_satang
        FROM ledger_total t FULL JOIN (
          SELECT fund_id, account_id, sum(debit_satang) AS debit_satang, sum(credit_satang) AS credit_satang
          FROM ledger_balance GROUP BY 1, 2) s USING (fund_id, account_id)
        WHERE (t.debit_satang, t.credit_satang) IS DISTINCT FROM (s.debit_satang, s.credit_satang)""")


def entries_posted_into_closed_months(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Closed months that no longer hold just the entries they were closed with, by number and by sum."""
    return findings(check="ledger.entries_posted_into_closed_months", fund_id=fund_id, sql="""
        SELECT c.fund_id, 'month:' || c.month AS about, c.entry_count AS closed_with, coalesce(e.entries, 0) AS there,
          c.total_satang AS closed_with_satang, coalesce(e.satang, 0) AS there_satang
        FROM funds_monthclose c LEFT JOIN (
          SELECT fund_id, date_trunc('month', posted_on)::date AS month, count(*) AS entries,
            sum(total_satang) AS satang
          FROM ledger_entry GROUP BY 1, 2) e ON e.fund_id = c.fund_id AND e.month = c.month
        WHERE NOT EXISTS (SELECT 1 FROM funds_monthreopening r WHERE r.fund_id = c.fund_id AND r.close_id = c.id)
          AND (c.entry_count, c.total_satang) IS DISTINCT FROM (coalesce(e.entries, 0), coalesce(e.satang, 0))""")


def reversals_that_are_no_mirror(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Entries that say they take another one back but do not change its sides account by account."""
    return findings(check="ledger.reversals_that_are_no_mirror", fund_id=fund_id, sql="""
        SELECT fund_id, 'entry:' || reversal_id AS about, entry_id AS reverses
        FROM (
          SELECT r.fund_id, r.id AS reversal_id, r.reverses_id AS entry_id, l.account_id,
            sum(l.amount_satang) AS satang
          FROM ledger_entry r JOIN ledger_line l ON l.fund_id = r.fund_id AND l.entry_id IN (r.id, r.reverses_id)
          WHERE r.reverses_id IS NOT NULL GROUP BY 1, 2, 3, 4) both_together
        WHERE satang <> 0 GROUP BY 1, 2, 3""")


def holders_with_less_than_nothing(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Hands (treasurer, collectors, bank) that gave away, on the evening of some day, more than had ever come in."""
    return findings(check="ledger.holders_with_less_than_nothing", fund_id=fund_id, sql="""
        SELECT fund_id, 'account:' || code AS about, min(evening) AS there_satang FROM (
          SELECT a.fund_id, a.code, e.posted_on,
            sum(sum(l.amount_satang)) OVER (PARTITION BY a.fund_id, a.code ORDER BY e.posted_on) AS evening
          FROM ledger_account a JOIN ledger_line l ON l.fund_id = a.fund_id AND l.account_id = a.id
          JOIN ledger_entry e ON e.fund_id = l.fund_id AND e.id = l.entry_id
          WHERE a.holder_kind IS NOT NULL GROUP BY a.fund_id, a.code, e.posted_on) days
        WHERE evening < 0 GROUP BY fund_id, code""")


def statement_lines_that_differ_from_their_entries(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Lines of bank statements for which the books have more than the bank says, or money the other way."""
    return findings(check="ledger.statement_lines_that_differ_from_their_entries", fund_id=fund_id, sql="""
        SELECT l.fund_id, 'statement_line:' || l.id AS about, l.amount_satang AS bank_satang,
          booked_for_line(l.fund_id, l.id) AS booked_satang
        FROM ledger_statementline l WHERE booked_for_line(l.fund_id, l.id)
          NOT BETWEEN least(l.amount_satang, 0) AND greatest(l.amount_satang, 0)""")


def vouchers_missing(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Receipts and payments of the desk without a voucher, and numbers of vouchers that are missing."""
    return findings(check="ledger.vouchers_missing", fund_id=fund_id, sql="""
        SELECT e.fund_id, 'entry:' || e.id AS about FROM ledger_entry e
        WHERE e.deed = 'ledger.voucher' AND NOT EXISTS (
          SELECT 1 FROM ledger_voucher v WHERE v.fund_id = e.fund_id AND v.entry_id = e.id)
        UNION ALL
        SELECT fund_id, 'voucher:' || way || ':' || year FROM ledger_voucher
        GROUP BY fund_id, way, year HAVING min(number) <> 1 OR max(number) <> count(*)""")


def payments_of_one_person_alone(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Payments by voucher above the amount that the committee had voted, to which no second person agreed."""
    return findings(check="ledger.payments_of_one_person_alone", fund_id=fund_id, sql="""
        SELECT fund_id, 'entry:' || entry_id AS about, limit_satang, paid_satang FROM (
          SELECT v.fund_id, v.entry_id, paid_by_entry(v.fund_id, v.entry_id) AS paid_satang, (
            SELECT p.limit_satang FROM ledger_paymentlimit p
            WHERE p.fund_id = v.fund_id AND p.from_on <= e.happened_on AND p.recorded_at <= v.recorded_at
            ORDER BY p.from_on DESC LIMIT 1) AS limit_satang
          FROM ledger_voucher v JOIN ledger_entry e ON e.fund_id = v.fund_id AND e.id = v.entry_id
          WHERE v.second_id IS NULL AND v.way = 'OUT') alone
        WHERE paid_satang > limit_satang""")


def papers_that_are_not_what_was_sent(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Papers of entries whose content is not what was attached."""
    return findings(check="ledger.papers_that_are_not_what_was_sent", fund_id=fund_id, sql="""
        SELECT fund_id, 'entry:' || entry_id AS about, digest FROM ledger_attachment
        WHERE CASE WHEN removed_at IS NULL THEN digest <> encode(sha256(content), 'hex')
                   ELSE octet_length(content) <> 0 END""")


def counts_that_differ_from_their_entry(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Counts of cash whose difference stands otherwise in the books, or on another day or account."""
    return findings(check="ledger.counts_that_differ_from_their_entry", fund_id=fund_id, sql="""
        SELECT c.fund_id, 'count:' || c.id AS about, c.counted_satang - c.books_satang AS differs_satang,
          coalesce(sum(l.amount_satang), 0) AS booked_satang
        FROM ledger_cashcount c
        LEFT JOIN ledger_entry e ON e.fund_id = c.fund_id AND e.id = c.entry_id AND e.deed = 'ledger.count'
          AND e.deed_id = c.id AND e.posted_on = c.counted_on
        LEFT JOIN ledger_line l ON l.fund_id = e.fund_id AND l.entry_id = e.id AND l.account_id = c.account_id
        GROUP BY c.fund_id, c.id, c.counted_satang, c.books_satang
        HAVING coalesce(sum(l.amount_satang), 0) <> c.counted_satang - c.books_satang""")


def sub_funds_that_are_not_the_whole(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Accounts whose parts, as voted, are more or less than the whole: then sub-funds would not be the fund."""
    return findings(check="ledger.sub_funds_that_are_not_the_whole", fund_id=fund_id, sql="""
        SELECT fund_id, 'vote:' || vote_id || ' account:' || account AS about, sum(thousandths)::int AS thousandths
        FROM ledger_share GROUP BY fund_id, vote_id, account HAVING sum(thousandths) <> 1000""")
