"""What can happen to contributions: a plan voted, a receipt book opened, a collection day recorded or taken back."""
from ombun.contributions.operations.arrears import (
    ClauseRefused,
    ExemptionRefused,
    end_exemption,
    exempt_members,
    vote_arrears_clause,
)
from ombun.contributions.operations.arriving import (
    ClearingRefused,
    SheetTakenIn,
    give_to_member,
    take_in_sheet,
    take_out,
)
from ombun.contributions.operations.books import (
    BookRefused,
    lend_receipt_book,
    open_receipt_book,
    spoil_numbers,
    wipe_device,
)
from ombun.contributions.operations.cancelling import (
    CancellationRefused,
    ReceiptsCancelled,
    cancel_receipts,
    write_cancellations,
)
from ombun.contributions.operations.collecting import (
    CollectionRecorded,
    CollectionRefused,
    record_collection,
    record_history,
    write_sheets,
)
from ombun.contributions.operations.opening import (
    PAST_DEED,
    OpeningRefused,
    take_back_past_payments,
    write_opening_standings,
    write_past_payments,
)
from ombun.contributions.operations.plans import PlanRefused, take_back_plan, vote_plan, write_first_plan
from ombun.contributions.operations.things import (
    RateRefused,
    ThingsRefused,
    forget_photos,
    forget_photos_of,
    take_back_thing,
    take_in_things,
    vote_exchange_rate,
)
from ombun.contributions.operations.transfers import (
    TransferBooked,
    TransferRefused,
    forget_transfers,
    pay_by_transfer,
    say_transferred,
    take_back_note,
)
from ombun.contributions.operations.typing_in import type_in_sheet

__all__ = [
    "PAST_DEED",
    "BookRefused",
    "CancellationRefused",
    "ClauseRefused",
    "ClearingRefused",
    "CollectionRecorded",
    "CollectionRefused",
    "ExemptionRefused",
    "OpeningRefused",
    "PlanRefused",
    "RateRefused",
    "ReceiptsCancelled",
    "SheetTakenIn",
    "ThingsRefused",
    "TransferBooked",
    "TransferRefused",
    "cancel_receipts",
    "end_exemption",
    "exempt_members",
    "forget_photos",
    "forget_photos_of",
    "forget_transfers",
    "give_to_member",
    "lend_receipt_book",
    "open_receipt_book",
    "pay_by_transfer",
    "record_collection",
    "record_history",
    "say_transferred",
    "spoil_numbers",
    "take_back_note",
    "take_back_past_payments",
    "take_back_plan",
    "take_back_thing",
    "take_in_sheet",
    "take_in_things",
    "take_out",
    "type_in_sheet",
    "vote_arrears_clause",
    "vote_exchange_rate",
    "vote_plan",
    "wipe_device",
    "write_cancellations",
    "write_first_plan",
    "write_opening_standings",
    "write_past_payments",
    "write_sheets",
]
