"""What must always hold between the roll-up and the books. Every answer is a list of what does not; empty is good."""
from pathlib import Path

from ombun.primitives.findings import Finding, findings

_FROM_THE_BOOKS = (Path(__file__).parent / "sql" / "from_the_books.sql").read_text("utf-8")


def figures_that_differ_from_the_books(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Closed months whose rolled-up money or paid claims are not what the entries themselves add up to.

    Only closed months: an open one may be a day behind, and whoever joined or left may become known later.
    """
    return findings(check="network.figures_that_differ_from_the_books", fund_id=fund_id, sql=_FROM_THE_BOOKS)


def months_that_do_not_follow(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Months whose money is not the month before plus what came in minus what went out."""
    return findings(check="network.months_that_do_not_follow", fund_id=fund_id, sql="""
        SELECT fund_id, 'month:' || month AS about, before_satang, flow_satang, money_satang FROM (
          SELECT fund_id, month, money_satang,
            coalesce(lag(money_satang) OVER (PARTITION BY fund_id ORDER BY month), 0) AS before_satang,
            in_members_satang + in_local_satang + in_state_satang + in_other_satang + carried_satang
              - benefits_satang - costs_satang AS flow_satang
          FROM network_fundmonth) AS followed
        WHERE before_satang + flow_satang <> money_satang""")
