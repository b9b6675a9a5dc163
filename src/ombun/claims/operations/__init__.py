"""What can happen to a claim: filed, certified, approved or rejected, paid; and a fund's history of claims."""
from ombun.claims.operations.appeals import appeal_claim
from ombun.claims.operations.erasing import empty_health_details, erase_claims, forget_receivers
from ombun.claims.operations.first_help import HelpGiven, help_at_once
from ombun.claims.operations.history import HistoryRefused, record_history
from ombun.claims.operations.looks import LookRefused, look_at
from ombun.claims.operations.meetings import ListDecided, decide_claims
from ombun.claims.operations.past import ToldBenefit, take_back_past_benefits, write_past_benefits
from ombun.claims.operations.recoveries import RecoveryRefused, RecoveryWritten, agree_recovery, take_repayment
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
from ombun.claims.rules import Agreement, Decision, NewHelp, PastClaim, UsedBefore

__all__ = [
    "Agreement",
    "CertificationRefused",
    "ClaimFiled",
    "ClaimMoved",
    "ClaimPaid",
    "Decision",
    "DecisionRefused",
    "FilingRefused",
    "HelpGiven",
    "HistoryRefused",
    "ListDecided",
    "LookRefused",
    "NewHelp",
    "OpeningUseRefused",
    "PastClaim",
    "PaymentRefused",
    "RecoveryRefused",
    "RecoveryWritten",
    "ToldBenefit",
    "UsedBefore",
    "agree_recovery",
    "appeal_claim",
    "approve_claim",
    "certify_claim",
    "decide_claims",
    "empty_health_details",
    "erase_claims",
    "file_claim",
    "forget_receivers",
    "help_at_once",
    "look_at",
    "pay_claim",
    "record_history",
    "reject_claim",
    "take_back_past_benefits",
    "take_repayment",
    "write_opening_uses",
    "write_past_benefits",
]
