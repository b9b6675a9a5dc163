"""What a draft of the regulations is made of, and what may be written into it. Pure: no database, no clock."""
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from uuid import UUID, uuid5

from ombun.primitives.refusals import Refusal
from ombun.regulations.rules.chapters import Chapter, NewProvision, in_order, refusals_of_provision
from ombun.regulations.rules.clauses import NewClause, refusals_of_clause

CLAUSES_MAX, TEXT_MAX = 300, 4_000
_ORDER = {chapter: place for place, chapter in enumerate(Chapter)}


@dataclass(frozen=True, kw_only=True)
class DraftClause:
    """One clause of a draft. What grants nothing has no benefit, no rule, no account; it is words alone."""

    id: UUID
    chapter: Chapter
    clause_no: str
    title_th: str
    text_th: str
    benefit: str = ""
    title_en: str = ""
    rule: Mapping[str, object] | None = None
    account_code: str = ""

    @property
    def mark(self) -> str:
        """A mark that changes with any word or figure of it, so that nobody writes over what they have not seen."""
        written = json.dumps(asdict(self), default=str, sort_keys=True, ensure_ascii=False)
        return sha256(written.encode()).hexdigest()[:16]

    @property
    def grants(self) -> bool:
        """Whether it grants something."""
        return self.rule is not None


def granting(*, clause: DraftClause) -> NewClause:
    """A clause of a draft that grants something, as it is brought to be adopted."""
    assert clause.rule is not None
    return NewClause(
        clause_no=clause.clause_no, benefit=clause.benefit, title_th=clause.title_th, title_en=clause.title_en,
        text_th=clause.text_th, account_code=clause.account_code, rule=clause.rule)


def worded(*, clause: DraftClause) -> NewProvision:
    """A clause of a draft that is words alone, as it is brought to be adopted."""
    return NewProvision(
        chapter=clause.chapter, clause_no=clause.clause_no, title_th=clause.title_th, text_th=clause.text_th)


def drafted(
    *, draft_id: UUID, clauses: Iterable[NewClause], provisions: Iterable[NewProvision]
) -> tuple[DraftClause, ...]:
    """The clauses of a version or of the library as a draft begins with them, under ids of its own."""
    found = [DraftClause(
        id=uuid5(draft_id, one.clause_no), chapter=Chapter.WELFARE, clause_no=one.clause_no, benefit=one.benefit,
        title_th=one.title_th, title_en=one.title_en, text_th=one.text_th, rule=one.rule,
        account_code=one.account_code) for one in clauses]
    found += [DraftClause(id=uuid5(draft_id, one.clause_no), chapter=one.chapter, clause_no=one.clause_no,
                          title_th=one.title_th, text_th=one.text_th) for one in provisions]
    return sorted_clauses(clauses=found)


def sorted_clauses(*, clauses: Iterable[DraftClause]) -> tuple[DraftClause, ...]:
    """Clauses chapter by chapter, by their numbers."""
    return tuple(sorted(clauses, key=lambda one: (_ORDER[one.chapter], in_order(clause_no=one.clause_no))))


def next_no(*, clauses: Collection[DraftClause], chapter: Chapter) -> str:
    """The number that comes next in a chapter: 17.9 after 17.8, or the next whole number where a chapter begins."""
    mine = [one.clause_no for one in sorted_clauses(clauses=clauses) if one.chapter == chapter]
    taken = {one.clause_no for one in clauses}
    whole = max((int(no.split(".")[0]) for no in taken if no.split(".")[0].isdecimal()), default=0)
    before, dot, last = mine[-1].rpartition(".") if mine else ("", "", "")
    first = int(last) + 1 if last.isdecimal() else whole + 1
    return next(no for no in (f"{before}{dot}{first + n}" for n in range(len(taken) + 1)) if no not in taken)


def refusals_to_write(*, clause: DraftClause, there: Collection[DraftClause]) -> Sequence[Refusal]:
    """Every reason not to write this clause into the draft beside the others that are there."""
    others = [one for one in there if one.id != clause.id]
    found = [*(refusals_of_clause(clause=granting(clause=clause)) if clause.grants
               else refusals_of_provision(provision=worded(clause=clause)))]
    if clause.grants != (clause.chapter == Chapter.WELFARE) and clause.grants:
        found.append(_refusal("benefit_stands_under_welfare", "chapter"))
    if any(one.clause_no == clause.clause_no for one in others) and clause.clause_no:
        found.append(_refusal("clause_no_twice", "clause_no", clause_no=clause.clause_no))
    if clause.benefit and any(one.benefit == clause.benefit for one in others):
        found.append(_refusal("benefit_twice", "benefit", benefit=clause.benefit))
    if len(clause.text_th) > TEXT_MAX:
        found.append(_refusal("clause_text_too_long", "text_th", clause_no=clause.clause_no, letters=TEXT_MAX))
    if len(others) >= CLAUSES_MAX:
        found.append(_refusal("draft_is_full", "draft", clauses=CLAUSES_MAX))
    return found


def _refusal(code: str, about: str, **facts: object) -> Refusal:
    return Refusal(code=f"regulations.{code}", about=about, facts=facts)
