"""What must always hold of gifts and their receipts."""
from ombun.primitives.findings import Finding, findings


def gifts_that_differ_from_their_entry(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Gifts of money that the books do not show as they were given: the sum, or on which account."""
    return findings(check="givers.gifts_that_differ_from_their_entry", fund_id=fund_id, sql="""
        SELECT g.fund_id, 'gift:' || g.number AS about, g.amount_satang, booked.satang AS booked_satang
        FROM givers_gift g LEFT JOIN LATERAL (
          SELECT -sum(l.amount_satang) AS satang FROM ledger_line l
          JOIN ledger_account a ON a.fund_id = l.fund_id AND a.id = l.account_id
          WHERE l.fund_id = g.fund_id AND l.entry_id = g.entry_id
            AND a.code = CASE g.kind WHEN 'GROUP_PROFIT' THEN '4600' ELSE '4800' END) booked ON true
        WHERE g.amount_satang <> coalesce(booked.satang, 0)""")


def gift_numbers_missing(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Funds whose receipts for gifts do not run from 1 to the last without a gap."""
    return findings(check="givers.gift_numbers_missing", fund_id=fund_id, sql="""
        SELECT fund_id, 'gift:' || max(number) AS about, count(*) AS receipts FROM givers_gift
        GROUP BY fund_id HAVING count(*) <> max(number) OR min(number) <> 1""")
