"""The rule book by version and day; the drafts of the next one; the library of ready clauses."""
from ombun.regulations.queries.drafts import Draft, draft, drafts
from ombun.regulations.queries.library import ReadyClause, library, ready_clause, ready_provisions
from ombun.regulations.queries.published import PublishedClause, published_clauses, shown_since
from ombun.regulations.queries.versions import (
    FIRST_RULE_BOOK,
    ClauseCard,
    RuleBook,
    VersionCard,
    benefit_titles,
    clause_by_id,
    clause_on,
    clauses_as_written,
    clauses_of,
    clauses_on,
    first_rule_book,
    provisions_of,
    rule_books,
    version_on,
    versions,
)

__all__ = [
    "FIRST_RULE_BOOK", "ClauseCard", "Draft", "PublishedClause", "ReadyClause", "RuleBook", "VersionCard",
    "benefit_titles", "clause_by_id", "clause_on", "clauses_as_written", "clauses_of", "clauses_on", "draft", "drafts",
    "first_rule_book", "library", "provisions_of", "published_clauses", "ready_clause", "ready_provisions",
    "rule_books", "shown_since", "version_on", "versions",
]
