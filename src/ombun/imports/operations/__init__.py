"""What can happen to a workbook: previewed, mended, explained, committed, undone, forgotten."""
from ombun.imports.operations.forgetting import (
    Forgotten,
    forget_cells,
    forget_disability,
    forget_person,
    forget_workbooks,
)
from ombun.imports.operations.mending import JudgedAgain, judge_import_again, mend_rows, tell_sheet
from ombun.imports.operations.workbooks import (
    ImportCommitted,
    ImportPreviewed,
    ImportRefused,
    ImportUndone,
    commit_import,
    preview_import,
    undo_import,
)

__all__ = [
    "Forgotten", "ImportCommitted", "ImportPreviewed", "ImportRefused", "ImportUndone", "JudgedAgain",
    "commit_import", "forget_cells", "forget_disability", "forget_person", "forget_workbooks",
    "judge_import_again", "mend_rows", "preview_import", "tell_sheet", "undo_import",
]
