"""What can happen to the register: people join and leave, workbooks come in and go out again."""
from ombun.members.operations.corrections import Corrected, CorrectionRefused, as_it_stands, correct_member
from ombun.members.operations.imports import (
    ImportCommitted,
    ImportPreviewed,
    ImportRefused,
    ImportUndone,
    commit_import,
    preview_import,
    undo_import,
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

__all__ = [
    "Corrected", "CorrectionRefused", "Enrolled", "EnrolmentRefused", "ImportCommitted", "ImportPreviewed",
    "ImportRefused", "ImportUndone", "LeavingRefused", "as_it_stands", "commit_import", "correct_member",
    "end_membership", "enrol_member", "preview_import", "take_back_leaving", "undo_import", "write_members",
]
