"""What can happen to a claim: filed, certified, approved or rejected, paid; and a fund's history of claims."""
from ombun.claims.operations.history import HistoryRefused, record_history
from ombun.claims.operations.steps import (
    CertificationRefused,
    ClaimFiled,
    ClaimMoved,
    ClaimPaid,
    DecisionRefused,
    FilingRefused,
    OpeningUseRefused,
    PaymentRefused,
    approve_claim,
    certify_claim,
    file_claim,
    pay_claim,
    reject_claim,
    write_opening_uses,
)
from ombun.claims.rules import PastClaim, UsedBefore

__all__ = [
    "CertificationRefused",
    "ClaimFiled",
    "ClaimMoved",
    "ClaimPaid",
    "DecisionRefused",
    "FilingRefused",
    "HistoryRefused",
    "OpeningUseRefused",
    "PastClaim",
    "PaymentRefused",
    "UsedBefore",
    "approve_claim",
    "certify_claim",
    "file_claim",
    "pay_claim",
    "record_history",
    "reject_claim",
    "write_opening_uses",
]
