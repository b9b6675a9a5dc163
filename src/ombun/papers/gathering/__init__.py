"""What papers are told, gathered from the rooms below: whose paper it is, receipts, passbooks, vouchers."""
from ombun.papers.gathering.heads import heading, village
from ombun.papers.gathering.passbooks import passbooks_of_members
from ombun.papers.gathering.receipts import parts_of_days, printed_part, receipts_of_day
from ombun.papers.gathering.vouchers import voucher_of_claim

__all__ = ["heading", "parts_of_days", "passbooks_of_members", "printed_part", "receipts_of_day", "village",
           "voucher_of_claim"]
