"""A member's passbook from the command line."""
import re
from pathlib import Path

from django.utils import timezone

from ombun.funds import queries as funds
from ombun.jobs import operating
from ombun.papers.gathering import heading, passbooks_of_members
from ombun.papers.naming import language
from ombun.papers.passbooks import passbooks_pdf
from ombun.primitives.actors import Role
from ombun.primitives.transactions import fund_transaction


def passbook_into(file: Path | None, *, code: str, member: str) -> Path:
    """Write everything that a member gave and received as PDF ("passbook-0023.pdf" where no file is named); gives where
    it lies. Raises CommandRefused when nobody or several are meant."""
    actor = operating.operator_of(code=code, role=Role.REGISTRAR)
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        fund, card = funds.fund_by_id(fund_id=actor.fund_id), operating.member_of(fund_id=actor.fund_id, text=member)
        assert fund is not None
        written = passbooks_of_members(fund_id=actor.fund_id, cards=[card], on=timezone.localdate())
    number = re.sub(r"[^\w-]", "-", card.member_no) or str(card.id)
    return operating.written(passbooks_pdf(fund=heading(fund), passbooks=written, language=language()),
                             file=file or Path(f"passbook-{number}.pdf"))
