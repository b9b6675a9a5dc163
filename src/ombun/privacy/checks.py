"""What must always hold of people who were forgotten."""
from ombun.primitives.findings import Finding, findings
from ombun.privacy.rules.columns import OF_MEMBERS


def forgotten_people_who_are_still_told_of(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """People who were forgotten and of whom some table still says who they were; which column, not what."""
    looks = [f"""SELECT m.fund_id, 'member:' || m.id AS about, '{table}.{column}' AS stands_in
        FROM members_member m JOIN {table} t ON t.fund_id = m.fund_id AND {told.whose} = m.id
        WHERE m.erased_on IS NOT NULL AND {told.says(column)}"""
             for table, told in OF_MEMBERS.items() for column in told.personal]
    return findings(check="privacy.forgotten_people_who_are_still_told_of", fund_id=fund_id,
                    sql=" UNION ALL ".join(looks))
