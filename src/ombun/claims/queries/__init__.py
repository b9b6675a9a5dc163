"""Claims: what waits for whom, one claim with its signatures, what a member has received, what a benefit has cost."""
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
from ombun.claims.queries.looking_back import BackTest, Difference, KindOfHelp, WhatIf, back_test, what_if
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

__all__ = [
    "PAGE_SIZE_MAX", "WAITING_MAX", "AgendaLine", "BackTest", "BenefitReceived", "ClaimCard", "ClaimHead",
    "ClaimLine", "DecidedList", "Difference", "InHand", "Judged", "JudgedFiling", "KindOfHelp", "Register",
    "SignatureCard", "ToldReceived", "Waiting", "WhatIf", "agenda", "all_opening_uses", "asked_since_leaving",
    "back_test", "benefits_by_member", "benefits_had", "benefits_open", "benefits_received", "claim_by_number",
    "claim_card", "claim_facts", "claim_of_event", "claims", "claims_of_list", "claims_of_member", "days_signed",
    "decided_list", "entitlement", "entitlements", "events_asked_for", "in_hand", "judged_filing", "last_claim_nos",
    "last_voucher_nos", "member_facts", "members_in_use", "needs_consent", "newest_claims", "offices",
    "opening_uses", "past_benefits_of_member", "past_benefits_of_members", "register", "waiting", "what_if",
]
