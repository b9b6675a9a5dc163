"""What must always hold of a fund, its people and its months."""
from ombun.primitives.findings import Finding, findings


def closings_that_differ_from_the_fund(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Funds whose books are open or closed otherwise than the closings say."""
    return findings(check="funds.closings_that_differ_from_the_fund", fund_id=fund_id, sql="""
        SELECT f.id AS fund_id, 'fund:' || f.code AS about, f.books_closed_until, max(c.month) AS last_month_closed
        FROM funds_fund f LEFT JOIN funds_monthclose c ON c.fund_id = f.id AND NOT EXISTS (
          SELECT 1 FROM funds_monthreopening r WHERE r.fund_id = c.fund_id AND r.close_id = c.id) GROUP BY f.id
        HAVING f.books_closed_until
          <> coalesce((max(c.month) + interval '1 month' - interval '1 day')::date, f.starts_on - 1)""")


def months_left_out_of_closing(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Closed months before which a month stayed open."""
    return findings(check="funds.months_left_out_of_closing", fund_id=fund_id, sql="""
        SELECT fund_id, 'month:' || month AS about, due AS month_expected
        FROM (SELECT c.fund_id, c.month, coalesce(
                (lag(c.month) OVER (PARTITION BY c.fund_id ORDER BY c.month) + interval '1 month')::date,
                date_trunc('month', f.starts_on)::date) AS due
              FROM funds_monthclose c JOIN funds_fund f ON f.id = c.fund_id WHERE NOT EXISTS (
                SELECT 1 FROM funds_monthreopening r WHERE r.fund_id = c.fund_id AND r.close_id = c.id)) closed
        WHERE month <> due""")


def terms_that_overlap(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """People written down twice in one office for the same days."""
    return findings(check="funds.terms_that_overlap", fund_id=fund_id, sql="""
        SELECT a.fund_id, 'holder:' || a.id AS about, b.id AS other_holder, a.office
        FROM funds_officeholder a JOIN funds_officeholder b
          ON b.fund_id = a.fund_id AND b.person_id = a.person_id AND b.office = a.office AND a.id < b.id
        WHERE greatest(a.from_on, b.from_on) < coalesce(least(a.until_on, b.until_on), 'infinity')""")


def events_without_a_fund(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Lines of the audit trail that belong to no fund we know."""
    return findings(check="funds.events_without_a_fund", fund_id=fund_id, sql="""
        SELECT e.fund_id, 'event:' || e.id AS about, e.action
        FROM audit_event e WHERE NOT EXISTS (SELECT 1 FROM funds_fund f WHERE f.id = e.fund_id)""")
