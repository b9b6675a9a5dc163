"""What the register can be asked: who is in it, and how many."""
from ombun.members.queries.applications import ApplicationCard, application, applications, newest_applications
from ombun.members.queries.beneficiaries import Untold, beneficiaries_of, former_beneficiaries, untold_beneficiaries
from ombun.members.queries.consents import CardSeenLine, ConsentCard, agreeing, cards_seen, consents_of, unasked
from ombun.members.queries.counts import (
    MOVES,
    Counts,
    Flows,
    Headcount,
    counts,
    flows,
    headcount,
    members_by_centre,
    numbers_taken,
)
from ombun.members.queries.duplicates import (
    Alike,
    MergeCard,
    TwoPersons,
    alike,
    compared,
    merges_of,
    person_of_merge,
    said_before_merging,
    two_persons,
)
from ombun.members.queries.entries import entries_of, persons_of
from ombun.members.queries.guardians import GuardianCard, children_without_guardian, guardians_of
from ombun.members.queries.households import (
    HouseholdCard,
    HouseSuggestion,
    ResidentCard,
    household,
    household_of,
    household_suggestions,
    households,
    households_by_centre,
    residents,
)
from ombun.members.queries.life import EventCard, MeetingCard, StandsOn, last_happenings, last_meeting, life, statuses
from ombun.members.queries.people import (
    PAGE_SIZE_MAX,
    MemberCard,
    all_members,
    cards_of_entries,
    erased,
    member_card,
    member_cards,
    members_named,
    members_of_centre,
    merged_entries,
    register_mark,
)
from ombun.members.queries.questions import OpenQuestions, open_questions, people_asked_about
from ombun.members.queries.search import members_meant, search

__all__ = [
    "MOVES", "PAGE_SIZE_MAX", "Alike", "ApplicationCard", "CardSeenLine", "ConsentCard", "Counts", "EventCard",
    "Flows", "GuardianCard", "Headcount", "HouseSuggestion", "HouseholdCard", "MeetingCard", "MemberCard",
    "MergeCard", "OpenQuestions", "ResidentCard", "StandsOn", "TwoPersons", "Untold", "agreeing", "alike",
    "all_members", "application", "applications", "beneficiaries_of", "cards_of_entries", "cards_seen",
    "children_without_guardian", "compared", "consents_of", "counts", "entries_of", "erased", "flows",
    "former_beneficiaries", "guardians_of", "headcount", "household", "household_of", "household_suggestions",
    "households", "households_by_centre", "last_happenings", "last_meeting", "life", "member_card", "member_cards",
    "members_by_centre", "members_meant", "members_named", "members_of_centre", "merged_entries", "merges_of",
    "newest_applications", "numbers_taken", "open_questions", "people_asked_about", "person_of_merge", "persons_of",
    "register_mark", "residents", "said_before_merging", "search", "statuses", "two_persons", "unasked",
    "untold_beneficiaries",
]
