"""What papers carry so that anybody can check them: the code of a receipt, and the seal of its month."""
from collections.abc import Mapping
from dataclasses import dataclass

from ombun.contributions import queries as contributions
from ombun.contributions.rules import Proof, ReceiptMark, as_paper_text
from ombun.funds import queries as funds
from ombun.ledger.rules import in_groups


@dataclass(frozen=True, kw_only=True)
class PaperCode:
    """A receipt's code as a phone reads it, and the first digits of its seal's head; nothing before it is sealed."""

    text: str
    seal: str = ""


def receipt_codes(*, fund_id: int, collection_id: int, is_small: bool = False) -> Mapping[int, PaperCode]:
    """The codes of a collection day's receipts by their numbers. A small sheet has room for the receipt's name only:
    the check page gives the proof for it. Reads the fund."""
    fund = funds.fund_by_id(fund_id=fund_id)
    assert fund is not None
    codes = contributions.codes_of_sheet(fund_id=fund_id, fund_code=fund.code, collection_id=collection_id)
    return {number: _code(code, is_small) for number, code in codes.items()}


def _code(code: ReceiptMark | Proof, is_small: bool) -> PaperCode:
    if isinstance(code, ReceiptMark):
        return PaperCode(text=as_paper_text(code=code))
    return PaperCode(text=as_paper_text(code=code.mark if is_small else code),
                     seal=in_groups(head=code.short_head))
