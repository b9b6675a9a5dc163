"""Claims: what waits for whom, one claim with its signatures, what a member has received, what a benefit has cost."""
from ombun.claims.queries.by_member import Cases, MemberMoney, cases_by_account, money_of_members
from ombun.claims.queries.cards import (
    PAGE_SIZE_MAX,
    WAITING_MAX,
    ClaimCard,
    ClaimHead,
    ClaimLine,
    SignatureCard,
    Waiting,
    claim_by_number,
    claim_card,
    claims,
    claims_named,
    claims_of_list,
    claims_of_member,
    newest_claims,
    waiting,
)
from ombun.claims.queries.deciding import AgendaLine, DecidedList, InHand, Judged, agenda, decided_list, in_hand
from ombun.claims.queries.entitlements import (
    Register,
    benefits_had,
    benefits_open,
    entitlement,
    entitlements,
    member_facts,
    register,
)
from ombun.claims.queries.filing import (
    JudgedFiling,
    all_opening_uses,
    claim_facts,
    claim_of_event,
    events_asked_for,
    judged_filing,
    last_claim_nos,
    last_voucher_nos,
    needs_consent,
    offices,
    opening_uses,
)
from ombun.claims.queries.first_help import HelpCard, help_by_id, help_of_claim, helped_and_open
from ombun.claims.queries.looking_back import (
    BackTest,
    Difference,
    Entitled,
    KindOfHelp,
    WhatIf,
    back_test,
    entitled_by_age,
    what_if,
)
from ombun.claims.queries.questions import (
    LookCard,
    QuestionCard,
    all_questions,
    look_by_id,
    looks,
    open_questions_on,
    question_cards,
)
from ombun.claims.queries.received import (
    BenefitReceived,
    ToldReceived,
    asked_since_leaving,
    benefits_by_member,
    benefits_received,
    days_signed,
    members_in_use,
    past_benefits_of_member,
    past_benefits_of_members,
)
from ombun.claims.queries.recoveries import RecoveryCard, RepaymentCard, open_recoveries, recovery_of_claim

__all__ = [
    "PAGE_SIZE_MAX", "WAITING_MAX", "AgendaLine", "BackTest", "BenefitReceived", "Cases", "ClaimCard", "ClaimHead",
    "ClaimLine", "DecidedList", "Difference", "Entitled", "HelpCard", "InHand", "Judged", "JudgedFiling",
    "KindOfHelp", "LookCard", "MemberMoney", "QuestionCard", "RecoveryCard", "Register", "RepaymentCard",
    "SignatureCard", "ToldReceived", "Waiting", "WhatIf", "agenda", "all_opening_uses", "all_questions",
    "asked_since_leaving", "back_test", "benefits_by_member", "benefits_had", "benefits_open", "benefits_received",
    "cases_by_account", "claim_by_number", "claim_card", "claim_facts", "claim_of_event", "claims", "claims_named",
    "claims_of_list", "claims_of_member", "days_signed", "decided_list", "entitled_by_age", "entitlement",
    "entitlements", "events_asked_for", "help_by_id", "help_of_claim", "helped_and_open", "in_hand",
    "judged_filing", "last_claim_nos", "last_voucher_nos", "look_by_id", "looks", "member_facts", "members_in_use",
    "money_of_members", "needs_consent", "newest_claims", "offices", "open_questions_on", "open_recoveries",
    "opening_uses", "past_benefits_of_member", "past_benefits_of_members", "question_cards", "recovery_of_claim",
    "register", "waiting", "what_if",
]
