"""Transfer slips for a village: who, how much is due, and the code that a bank app reads; eight on a sheet of A4."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ombun.papers.codes import picture
from ombun.papers.heading import FundHeading
from ombun.papers.press import Contents, Press
from ombun.papers.wording import Language, Wording


@dataclass(frozen=True, kw_only=True)
class PaidTo:
    """The account that the committee named: the name that a bank app shows, the bank, and the resolution."""

    owner_name: str
    bank: str
    resolution_no: str
    resolved_on: date


@dataclass(frozen=True, kw_only=True)
class TransferPaper:
    """One member's slip. `code` leads into the account; without an amount due the payer types it."""

    member_name: str
    member_no: str
    village: str
    code: str
    due_satang: int


def transfers_pdf(
    *, fund: FundHeading, to: PaidTo, slips: Sequence[TransferPaper], as_of: date, language: Language = "th"
) -> bytes:
    """The slips in the order given, eight on a sheet to be cut."""
    return Press("transfers").printed(transfer_contents(fund=fund, to=to, slips=slips, as_of=as_of, language=language))


def transfer_contents(
    *, fund: FundHeading, to: PaidTo, slips: Sequence[TransferPaper], as_of: date, language: Language
) -> Contents:
    """What the template is told: everything as it is to be printed, the codes as pictures."""
    say = Wording(language=language)
    return {
        "language": language, "fund": fund.contents(say), "dated": as_of.isoformat(), "as_of": say.day(as_of),
        "owner": to.owner_name, "bank": to.bank, "resolution_no": say.digits(to.resolution_no),
        "resolved_on": say.day(to.resolved_on),
        "slips": [{"name": slip.member_name, "member_no": say.digits(slip.member_no),
                   "village": say.digits(slip.village), "due": say.amount_or_blank(slip.due_satang),
                   "code": picture(code=slip.code)} for slip in slips]}
