"""What can happen to a workbook: previewed, committed, undone."""
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
    "ImportCommitted", "ImportPreviewed", "ImportRefused", "ImportUndone", "commit_import", "preview_import",
    "undo_import",
]
