"""What must always hold of logins and their desks. Grants are read before a fund is chosen, so no key guards them."""
from ombun.primitives.findings import Finding, findings


def desks_that_point_nowhere(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Desks of a fund, a person, a village or a member that the fund does not have."""
    return findings(check="access.desks_that_point_nowhere", fund_id=fund_id, sql="""
        SELECT g.fund_id, 'user:' || g.user_id AS about, g.role, g.person_id, g.centre_id, g.member_id
        FROM access_grant g WHERE g.fund_id IS NOT NULL AND (
          NOT EXISTS (SELECT 1 FROM funds_fund f WHERE f.id = g.fund_id)
          OR g.person_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM funds_person p WHERE p.fund_id = g.fund_id AND p.id = g.person_id)
          OR g.centre_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM funds_villagecentre c WHERE c.fund_id = g.fund_id AND c.id = g.centre_id)
          OR g.member_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM members_member m WHERE m.fund_id = g.fund_id AND m.id = g.member_id))""")
