"""What must always hold in the register."""
from ombun.primitives.findings import Finding, findings


def spells_that_overlap(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """People who are members twice on the same day. An unknown first or last day reaches to the end of time."""
    return findings(check="members.spells_that_overlap", fund_id=fund_id, sql="""
        SELECT a.fund_id, 'member:' || a.member_id AS about, a.id AS spell, b.id AS other_spell
        FROM members_membership a JOIN members_membership b
          ON b.fund_id = a.fund_id AND b.member_id = a.member_id AND a.id < b.id
        WHERE coalesce(greatest(a.joined_on, b.joined_on), '-infinity')
          < coalesce(least(a.left_on, b.left_on), 'infinity')""")


def people_without_a_spell(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """People in the register who never were members."""
    return findings(check="members.people_without_a_spell", fund_id=fund_id, sql="""
        SELECT m.fund_id, 'member:' || m.id AS about
        FROM members_member m WHERE NOT EXISTS (
          SELECT 1 FROM members_membership s WHERE s.fund_id = m.fund_id AND s.member_id = m.id)""")


def national_ids_with_a_wrong_check_digit(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """People whose national ID number cannot be one (mod 11); the number itself is not told."""
    return findings(check="members.national_ids_with_a_wrong_check_digit", fund_id=fund_id, sql="""
        SELECT fund_id, 'member:' || id AS about
        FROM members_member CROSS JOIN LATERAL (
          SELECT sum(substr(national_id, place, 1)::int * (14 - place)) AS weighed
          FROM generate_series(1, 12) AS place) digits
        WHERE national_id IS NOT NULL AND right(national_id, 1)::int <> (11 - weighed % 11) % 10""")


def merges_that_lead_nowhere(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """People merged into themselves, or into somebody who was merged or withdrawn."""
    return findings(check="members.merges_that_lead_nowhere", fund_id=fund_id, sql="""
        SELECT m.fund_id, 'member:' || m.id AS about, m.merged_into
        FROM members_member m JOIN members_member kept ON kept.fund_id = m.fund_id AND kept.id = m.merged_into
        WHERE kept.id = m.id OR kept.merged_into IS NOT NULL OR kept.withdrawn_by IS NOT NULL""")


def merges_without_a_deed(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """People who lead to another entry than the merges that stand say, or to one although none stands."""
    return findings(check="members.merges_without_a_deed", fund_id=fund_id, sql="""
        WITH RECURSIVE standing AS (
          SELECT fund_id, merged_id, kept_id FROM members_merge WHERE undone_at IS NULL),
        leads AS (
          SELECT fund_id, merged_id AS entry, kept_id AS person FROM standing
          UNION SELECT l.fund_id, l.entry, s.kept_id
          FROM leads l JOIN standing s ON s.fund_id = l.fund_id AND s.merged_id = l.person),
        meant AS (
          SELECT l.fund_id, l.entry, l.person FROM leads l WHERE NOT EXISTS (
            SELECT 1 FROM standing s WHERE s.fund_id = l.fund_id AND s.merged_id = l.person))
        SELECT m.fund_id, 'member:' || m.id AS about, m.merged_into, meant.person AS meant
        FROM members_member m LEFT JOIN meant ON meant.fund_id = m.fund_id AND meant.entry = m.id
        WHERE m.merged_into IS DISTINCT FROM meant.person""")


def spells_that_differ_from_their_events(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Spells of membership whose days are not what their history says."""
    return findings(check="members.spells_that_differ_from_their_events", fund_id=fund_id, sql="""
        SELECT s.fund_id, 'member:' || s.member_id AS about, s.id AS spell
        FROM members_membership s LEFT JOIN (
          SELECT e.fund_id, e.membership_id, min(e.member_id) AS member_id, max(e.member_id) AS member_too,
            count(*) FILTER (WHERE e.kind = 'JOINED') AS joinings,
            min(e.happened_on) FILTER (WHERE e.kind = 'JOINED') AS joined_on,
            count(*) FILTER (WHERE e.kind NOT IN ('JOINED', 'SUSPENDED', 'REINSTATED')) AS leavings,
            min(e.kind) FILTER (WHERE e.kind NOT IN ('JOINED', 'SUSPENDED', 'REINSTATED')) AS left_reason,
            min(e.happened_on) FILTER (WHERE e.kind NOT IN ('JOINED', 'SUSPENDED', 'REINSTATED')) AS left_on
          FROM members_membershipevent e
          WHERE e.kind <> 'TAKEN_BACK' AND e.id NOT IN (
            SELECT x.strikes_id FROM members_membershipevent x WHERE x.strikes_id IS NOT NULL) GROUP BY 1, 2) t
          ON t.fund_id = s.fund_id AND t.membership_id = s.id
        WHERE (t.member_id, t.member_too, t.joinings, t.joined_on, t.leavings, t.left_reason, t.left_on)
          IS DISTINCT FROM (s.member_id, s.member_id, 1::bigint, s.joined_on, (s.left_reason IS NOT NULL)::int::bigint,
            s.left_reason, s.left_on)""")


def beneficiary_shares_that_miss_the_whole(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Members whose beneficiaries of today have shares that are not given to all or do not add up to a hundred."""
    return findings(check="members.beneficiary_shares_that_miss_the_whole", fund_id=fund_id, sql="""
        SELECT fund_id, 'member:' || member_id AS about, sum(share_percent) AS percent
        FROM members_beneficiary WHERE ended_on IS NULL
        GROUP BY fund_id, member_id
        HAVING count(share_percent) NOT IN (0, count(*)) OR sum(share_percent) <> 100""")


def heads_who_live_elsewhere(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Households whose head does not live in them, under any entry of theirs."""
    return findings(check="members.heads_who_live_elsewhere", fund_id=fund_id, sql="""
        SELECT h.fund_id, 'household:' || h.id AS about, h.head_id
        FROM members_household h JOIN members_member p ON p.fund_id = h.fund_id AND p.id = h.head_id
        WHERE NOT EXISTS (
          SELECT 1 FROM members_residence r JOIN members_member e ON e.fund_id = r.fund_id AND e.id = r.member_id
          WHERE r.fund_id = h.fund_id AND r.household_id = h.id AND r.until_on IS NULL
            AND coalesce(e.merged_into, e.id) = coalesce(p.merged_into, p.id))""")
