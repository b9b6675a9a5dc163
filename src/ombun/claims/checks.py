"""What must always hold of claims. Every answer is a list of what does not; empty is good."""
from ombun.primitives.findings import Finding, findings


def claims_certified_by_fewer_than_three(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Claims that have gone on from filing although fewer than three people certified them."""
    return findings(check="claims.claims_certified_by_fewer_than_three", fund_id=fund_id, sql="""
        SELECT c.fund_id, 'claim:' || c.id AS about, count(s.person_id) AS certifiers
        FROM claims_claim c LEFT JOIN claims_signature s
          ON s.fund_id = c.fund_id AND s.claim_id = c.id AND s.act = 'CERTIFY'
        WHERE c.state IN ('CERTIFIED', 'APPROVED', 'PAID')
        GROUP BY c.fund_id, c.id HAVING count(s.person_id) < 3""")


def claims_decided_or_paid_under_no_name(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Claims approved, rejected or paid without the one name that such a step needs, or with several."""
    return findings(check="claims.claims_decided_or_paid_under_no_name", fund_id=fund_id, sql="""
        SELECT c.fund_id, 'claim:' || c.id AS about, needed.act, count(s.person_id) AS names
        FROM claims_claim c JOIN (VALUES ('APPROVED', 'APPROVE'), ('PAID', 'APPROVE'), ('PAID', 'PAY'),
          ('REJECTED', 'REJECT')) AS needed(state, act) ON needed.state = c.state
        LEFT JOIN claims_signature s ON s.fund_id = c.fund_id AND s.claim_id = c.id AND s.act = needed.act
        GROUP BY c.fund_id, c.id, needed.act HAVING count(s.person_id) <> 1""")


def claims_signed_twice_by_one_person(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Claims on which one person, or two office-holders who are one member, signed more than once."""
    return findings(check="claims.claims_signed_twice_by_one_person", fund_id=fund_id, sql="""
        SELECT s.fund_id, 'claim:' || s.claim_id AS about, count(*) AS signatures
        FROM claims_signature s JOIN funds_person p ON p.fund_id = s.fund_id AND p.id = s.person_id
        LEFT JOIN members_member m ON m.fund_id = p.fund_id AND m.id = p.member_id
        GROUP BY s.fund_id, s.claim_id, coalesce(m.merged_into::text, p.member_id::text, p.id::text)
        HAVING count(*) > 1""")


def claims_signed_by_their_own_member(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Claims under which the very person who asks has put a name."""
    return findings(check="claims.claims_signed_by_their_own_member", fund_id=fund_id, sql="""
        SELECT s.fund_id, 'claim:' || s.claim_id AS about, s.act
        FROM claims_signature s JOIN claims_claim c ON c.fund_id = s.fund_id AND c.id = s.claim_id
        JOIN funds_person p ON p.fund_id = s.fund_id AND p.id = s.person_id
        JOIN members_member asks ON asks.fund_id = c.fund_id AND asks.id = c.member_id
        JOIN members_member signs ON signs.fund_id = p.fund_id AND signs.id = p.member_id
        WHERE coalesce(asks.merged_into, asks.id) = coalesce(signs.merged_into, signs.id)""")


def claims_signed_out_of_office(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Names under a claim of somebody who held no office that day."""
    return findings(check="claims.claims_signed_out_of_office", fund_id=fund_id, sql="""
        SELECT s.fund_id, 'claim:' || s.claim_id AS about, s.act, s.signed_on
        FROM claims_signature s WHERE NOT EXISTS (
          SELECT 1 FROM funds_officeholder h WHERE h.fund_id = s.fund_id AND h.person_id = s.person_id
            AND h.from_on <= s.signed_on AND (h.until_on IS NULL OR h.until_on > s.signed_on))""")


def claims_paid_otherwise_than_booked(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Paid claims whose entry in the books is missing, of another day or deed, or about another sum or account."""
    return findings(check="claims.claims_paid_otherwise_than_booked", fund_id=fund_id, sql="""
        SELECT c.fund_id, 'claim:' || c.id AS about, c.entry_id, c.paid_satang, booked.satang AS booked_satang
        FROM claims_claim c JOIN regulations_clause k ON k.fund_id = c.fund_id AND k.id = c.clause_id
        LEFT JOIN ledger_entry e ON e.fund_id = c.fund_id AND e.id = c.entry_id AND e.deed = 'claims.payment'
          AND e.deed_id = c.id AND e.happened_on = c.paid_on
        LEFT JOIN LATERAL (
          SELECT sum(l.amount_satang) AS satang FROM ledger_line l
          JOIN ledger_account a ON a.fund_id = l.fund_id AND a.id = l.account_id AND a.code = k.account_code
          WHERE l.fund_id = e.fund_id AND l.entry_id = e.id) booked ON true
        WHERE c.state = 'PAID' AND booked.satang IS DISTINCT FROM c.paid_satang""")


def claims_paid_out_of_another_account(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Paid claims whose money did not leave where the claim says: the treasurer's cash, or the account at the bank."""
    return findings(check="claims.claims_paid_out_of_another_account", fund_id=fund_id, sql="""
        SELECT c.fund_id, 'claim:' || c.id AS about, c.entry_id, c.paid_satang FROM claims_claim c
        LEFT JOIN ledger_bankaccount b ON b.fund_id = c.fund_id AND b.id = c.paid_from_id
        LEFT JOIN claims_firsthelp h ON h.fund_id = c.fund_id AND h.claim_id = c.id
        WHERE c.state = 'PAID' AND NOT EXISTS (
          SELECT 1 FROM ledger_line l JOIN ledger_account a ON a.fund_id = l.fund_id AND a.id = l.account_id
          WHERE l.fund_id = c.fund_id AND l.entry_id = c.entry_id
            AND l.amount_satang = coalesce(h.amount_satang, 0) - c.paid_satang
            AND (a.id = b.account_id OR c.paid_from_id IS NULL AND a.holder_kind = 'TREASURER'))
          AND c.paid_satang IS DISTINCT FROM h.amount_satang""")


def payments_booked_without_a_claim(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Entries of benefits paid behind which no paid claim stands."""
    return findings(check="claims.payments_booked_without_a_claim", fund_id=fund_id, sql="""
        SELECT e.fund_id, 'entry:' || e.id AS about, e.total_satang FROM ledger_entry e
        WHERE e.deed = 'claims.payment' AND NOT EXISTS (
          SELECT 1 FROM claims_claim c WHERE c.fund_id = e.fund_id AND c.entry_id = e.id AND c.state = 'PAID')""")


def claims_above_their_approval(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Claims paid above what was approved, or approved above what the rule book granted."""
    return findings(check="claims.claims_above_their_approval", fund_id=fund_id, sql="""
        SELECT fund_id, 'claim:' || id AS about, paid_satang, approved_satang, assessed_satang FROM claims_claim
        WHERE paid_satang > approved_satang OR approved_satang > assessed_satang""")


def claim_numbers_missing(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Fiscal years in which the numbers of claims do not run from 1 without a gap."""
    return findings(check="claims.claim_numbers_missing", fund_id=fund_id, sql="""
        SELECT fund_id, 'year:' || year AS about, count(*) AS claims, max(claim_no) AS last_number FROM claims_claim
        GROUP BY fund_id, year HAVING count(DISTINCT claim_no) <> max(claim_no)""")


def voucher_numbers_missing(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Fiscal years in which the numbers of payment vouchers do not run from 1 without a gap."""
    return findings(check="claims.voucher_numbers_missing", fund_id=fund_id, sql="""
        SELECT fund_id, 'year:' || voucher_year AS about, count(*) AS vouchers, max(voucher_no) AS last_number
        FROM claims_claim WHERE voucher_year IS NOT NULL
        GROUP BY fund_id, voucher_year HAVING count(DISTINCT voucher_no) <> max(voucher_no)""")


def claims_numbered_by_another_year(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Claims or vouchers whose number is not of the fiscal year of their day."""
    return findings(check="claims.claims_numbered_by_another_year", fund_id=fund_id, sql="""
        SELECT fund_id, 'claim:' || id AS about, year, filed_on, voucher_year, paid_on FROM claims_claim
        WHERE year <> extract(year FROM filed_on + interval '3 months')
          OR voucher_year <> extract(year FROM paid_on + interval '3 months')""")


def claims_whose_days_run_backwards(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Claims certified before they were filed, decided before they were certified, or paid before they were decided."""
    return findings(check="claims.claims_whose_days_run_backwards", fund_id=fund_id, sql="""
        SELECT fund_id, 'claim:' || id AS about, happened_on, filed_on, certified_on, decided_on, paid_on
        FROM claims_claim
        WHERE NOT (happened_on <= filed_on AND filed_on <= coalesce(certified_on, filed_on)
          AND coalesce(certified_on, filed_on) <= coalesce(decided_on, certified_on, filed_on)
          AND coalesce(decided_on, filed_on) <= coalesce(paid_on, decided_on, filed_on))""")


def appeals_decided_by_who_said_no(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Appeals decided by the very person who had said no, although somebody else held an office that decides."""
    return findings(check="claims.appeals_decided_by_who_said_no", fund_id=fund_id, sql="""
        SELECT c.fund_id, 'claim:' || c.id AS about, c.decided_on FROM claims_claim c
        JOIN claims_signature s ON s.fund_id = c.fund_id AND s.claim_id = c.id AND s.act IN ('APPROVE', 'REJECT')
        JOIN claims_signature n ON n.fund_id = c.fund_id AND n.claim_id = c.appeal_of_id AND n.act = 'REJECT'
          AND n.person_id = s.person_id
        WHERE EXISTS (SELECT 1 FROM funds_officeholder h JOIN funds_person p
            ON p.fund_id = h.fund_id AND p.id = h.person_id AND p.member_id IS DISTINCT FROM c.member_id
          WHERE h.fund_id = c.fund_id AND h.office IN ('CHAIR', 'VICE_CHAIR') AND h.person_id <> s.person_id
            AND daterange(h.from_on, h.until_on) @> c.decided_on AND NOT EXISTS (
              SELECT 1 FROM claims_signature x WHERE x.fund_id = c.fund_id AND x.claim_id = c.id
                AND x.person_id = h.person_id))""")


def recoveries_otherwise_than_booked(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Agreements to pay back, and money that came back, whose entry is missing or is about another sum."""
    return findings(check="claims.recoveries_otherwise_than_booked", fund_id=fund_id, sql="""
        SELECT d.fund_id, d.what || d.id AS about, d.satang FROM (
          SELECT fund_id, 'recovery:' AS what, id, entry_id, amount_satang AS satang, 'claims.recovery' AS deed
          FROM claims_recovery UNION ALL
          SELECT fund_id, 'repayment:', id, entry_id, -amount_satang, 'claims.repayment' FROM claims_repayment) d
        WHERE NOT EXISTS (
          SELECT 1 FROM ledger_entry e JOIN ledger_line l ON l.fund_id = e.fund_id AND l.entry_id = e.id
          JOIN ledger_account a ON a.fund_id = l.fund_id AND a.id = l.account_id AND a.code = '1500'
          WHERE e.fund_id = d.fund_id AND e.id = d.entry_id AND e.deed = d.deed AND e.deed_id = d.id
            AND l.amount_satang = d.satang)""")


def recoveries_above_what_was_paid(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Agreements about more than was paid, or under which more came back than was agreed."""
    return findings(check="claims.recoveries_above_what_was_paid", fund_id=fund_id, sql="""
        SELECT r.fund_id, 'recovery:' || r.id AS about, r.amount_satang, c.paid_satang, sum(p.amount_satang) AS back
        FROM claims_recovery r JOIN claims_claim c ON c.fund_id = r.fund_id AND c.id = r.claim_id
        LEFT JOIN claims_repayment p ON p.fund_id = r.fund_id AND p.recovery_id = r.id
        GROUP BY r.fund_id, r.id, r.amount_satang, c.paid_satang
        HAVING r.amount_satang > coalesce(c.paid_satang, 0) OR sum(p.amount_satang) > r.amount_satang""")


def first_helps_otherwise_than_booked(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Funds in which the account of help at once does not hold just what was handed over and is not settled yet."""
    return findings(check="claims.first_helps_otherwise_than_booked", fund_id=fund_id, sql="""
        SELECT a.fund_id, 'account:1600' AS about, coalesce(booked.satang, 0) AS booked_satang,
          coalesce(open.satang, 0) AS open_satang
        FROM ledger_account a
        LEFT JOIN LATERAL (SELECT sum(l.amount_satang) AS satang FROM ledger_line l
          WHERE l.fund_id = a.fund_id AND l.account_id = a.id) booked ON true
        LEFT JOIN LATERAL (SELECT sum(h.amount_satang) AS satang FROM claims_firsthelp h
          JOIN claims_claim c ON c.fund_id = h.fund_id AND c.id = h.claim_id AND c.state <> 'PAID'
          WHERE h.fund_id = a.fund_id) open ON true
        WHERE a.code = '1600' AND coalesce(booked.satang, 0) <> coalesce(open.satang, 0)""")


def first_helps_above_their_limit(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Help at once above what its clause allows, or above what was approved in the end."""
    return findings(check="claims.first_helps_above_their_limit", fund_id=fund_id, sql="""
        SELECT h.fund_id, 'claim:' || h.claim_id AS about, h.amount_satang FROM claims_firsthelp h
        JOIN claims_claim c ON c.fund_id = h.fund_id AND c.id = h.claim_id
        JOIN regulations_clause k ON k.fund_id = c.fund_id AND k.id = c.clause_id
        WHERE h.amount_satang > coalesce((k.rule->'at_once'->>'limit_satang')::bigint, 0)
          OR h.amount_satang > c.approved_satang OR c.state = 'REJECTED'""")
