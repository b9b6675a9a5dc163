"""What can happen to the register: people join and leave, and entries are mended."""
from ombun.members.operations.applications import (
    ApplicationFiled,
    ApplicationRefused,
    Resolved,
    certify_application,
    file_application,
    resolve_applications,
)
from ombun.members.operations.beneficiaries import (
    BeneficiariesNamed,
    BeneficiariesRefused,
    BeneficiariesTold,
    name_beneficiaries,
    take_back_telling,
    tell_beneficiaries,
)
from ombun.members.operations.consents import ConsentRefused, end_consent, record_consent, see_id_card, write_consent
from ombun.members.operations.corrections import (
    Corrected,
    CorrectionRefused,
    as_it_stands,
    close_questions,
    correct_member,
    reopen_questions,
)
from ombun.members.operations.decisions import Decided, DecisionRefused, decide_about_members
from ombun.members.operations.erasing import erase_entries, forget_turned_down
from ombun.members.operations.guardians import (
    GuardianRefused,
    GuardianWritten,
    appoint_guardian,
    end_guardianship,
)
from ombun.members.operations.households import (
    HouseholdRefused,
    HouseholdsGathered,
    HouseholdWritten,
    found_household,
    gather_households,
    mend_household,
    move_in,
    move_out,
)
from ombun.members.operations.merging import (
    Answered,
    Merged,
    MergeRefused,
    Unmerged,
    ask_again,
    merge_members,
    say_two_persons,
    undo_merge,
)
from ombun.members.operations.register import (
    Enrolled,
    EnrolmentRefused,
    LeavingRefused,
    end_membership,
    enrol_member,
    take_back_leaving,
    write_members,
)
from ombun.members.operations.revisions import apply_changes, withdraw_members

__all__ = [
    "Answered", "ApplicationFiled", "ApplicationRefused", "BeneficiariesNamed", "BeneficiariesRefused",
    "BeneficiariesTold", "ConsentRefused", "Corrected", "CorrectionRefused", "Decided", "DecisionRefused", "Enrolled",
    "EnrolmentRefused", "GuardianRefused", "GuardianWritten", "HouseholdRefused", "HouseholdWritten",
    "HouseholdsGathered", "LeavingRefused", "MergeRefused", "Merged", "Resolved", "Unmerged", "apply_changes",
    "appoint_guardian", "as_it_stands", "ask_again", "certify_application", "close_questions", "correct_member",
    "decide_about_members", "end_consent", "end_guardianship", "end_membership", "enrol_member", "erase_entries",
    "file_application", "forget_turned_down", "found_household", "gather_households", "mend_household",
    "merge_members", "move_in", "move_out", "name_beneficiaries", "record_consent", "reopen_questions",
    "resolve_applications", "say_two_persons", "see_id_card", "take_back_leaving", "take_back_telling",
    "tell_beneficiaries", "undo_merge", "withdraw_members", "write_consent", "write_members",
]
