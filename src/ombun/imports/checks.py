"""What must always hold of workbooks that came in."""
from ombun.primitives.findings import Finding, findings


def people_withdrawn_by_no_undone_import(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """People hidden from the register although no import that was undone had brought them."""
    return findings(check="imports.people_withdrawn_by_no_undone_import", fund_id=fund_id, sql="""
        SELECT m.fund_id, 'member:' || m.id AS about, m.withdrawn_by AS import
        FROM members_member m WHERE m.withdrawn_by IS NOT NULL AND NOT EXISTS (
          SELECT 1 FROM imports_batch b
          WHERE b.fund_id = m.fund_id AND b.id = m.withdrawn_by AND b.state = 'UNDONE')""")
