"""Workbooks on their way in: what they would bring, what was kept of them, what they asked."""
from ombun.imports.queries.batches import (
    PAGE_SIZE_MAX,
    BatchCard,
    KeptRow,
    doubted_rows,
    doubts_of_members,
    import_rows,
    import_totals,
    imports,
    is_out_of_date,
    one_import,
    one_row,
)
from ombun.imports.queries.judging import (
    KeptSheets,
    Mended,
    judged,
    kept_files,
    kept_sheets,
    known_members,
    meanings,
    mended_in,
    written_anew,
)
from ombun.imports.queries.told import ToldBefore, benefits_of_nobody, told_before

__all__ = [
    "PAGE_SIZE_MAX", "BatchCard", "KeptRow", "KeptSheets", "Mended", "ToldBefore", "benefits_of_nobody",
    "doubted_rows", "doubts_of_members", "import_rows", "import_totals", "imports", "is_out_of_date", "judged",
    "kept_files", "kept_sheets", "known_members", "meanings", "mended_in", "one_import", "one_row", "told_before",
    "written_anew",
]
