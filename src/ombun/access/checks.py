"""What must always hold of logins and their desks. Grants are read before a fund is chosen, so no key guards them."""
from ombun.access.rules import OFFICES_OF
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


def desks_without_an_office(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Desks of the committee whose person never held an office that such a desk stands on."""
    wanted = ", ".join(f"('{role}', '{office}')" for role, offices in OFFICES_OF.items() for office in sorted(offices))
    return findings(check="access.desks_without_an_office", fund_id=fund_id, sql=f"""
        SELECT g.fund_id, 'user:' || g.user_id AS about, g.role, g.person_id FROM access_grant g
        WHERE g.role NOT IN ('MEMBER', 'PROVINCE') AND NOT EXISTS (
          SELECT 1 FROM funds_officeholder h WHERE h.fund_id = g.fund_id AND h.person_id = g.person_id
            AND (g.role <> 'COLLECTOR' OR h.centre_id = g.centre_id)
            AND (g.role, h.office) IN (VALUES {wanted}))""")
