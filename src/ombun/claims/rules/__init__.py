"""Who may move a claim, when, and under which names; many decided at one meeting. Pure: no database, no clock."""
from ombun.claims.rules.counting import (
    GRADE,
    LATE_BECAUSE,
    NO_RELATIVE,
    RELATIVE,
    FundHad,
    Had,
    event_of,
    read_grade,
    used,
)
from ombun.claims.rules.meetings import Decision, refusals_of_list, refusals_of_one
from ombun.claims.rules.recoveries import (
    PARTS_MAX,
    Agreement,
    Part,
    refusals_to_agree,
    refusals_to_repay,
    schedule,
)
from ombun.claims.rules.steps import (
    CERTIFIERS_NEEDED,
    CERTIFYING,
    DECIDING,
    DETAIL_KEYS,
    PAYING,
    PAYING_THE_TREASURER,
    RECORDERS,
    TEXT_MAX,
    UNITS_MAX,
    ClaimFacts,
    Filing,
    Offices,
    PastClaim,
    Signed,
    UsedBefore,
    fiscal_year,
    refusals_of_consent,
    refusals_of_history,
    refusals_of_opening_use,
    refusals_to_appeal,
    refusals_to_approve,
    refusals_to_certify,
    refusals_to_file,
    refusals_to_pay,
    refusals_to_record,
    refusals_to_reject,
)

__all__ = [
    "CERTIFIERS_NEEDED", "CERTIFYING", "DECIDING", "DETAIL_KEYS", "GRADE", "LATE_BECAUSE", "NO_RELATIVE",
    "PARTS_MAX", "PAYING", "PAYING_THE_TREASURER", "RECORDERS", "RELATIVE", "TEXT_MAX", "UNITS_MAX", "Agreement",
    "ClaimFacts", "Decision", "Filing", "FundHad", "Had", "Offices", "Part", "PastClaim", "Signed", "UsedBefore",
    "event_of", "fiscal_year", "read_grade", "refusals_of_consent", "refusals_of_history", "refusals_of_list",
    "refusals_of_one", "refusals_of_opening_use", "refusals_to_agree", "refusals_to_appeal", "refusals_to_approve",
    "refusals_to_certify", "refusals_to_file", "refusals_to_pay", "refusals_to_record", "refusals_to_reject",
    "refusals_to_repay", "schedule", "used",
]
