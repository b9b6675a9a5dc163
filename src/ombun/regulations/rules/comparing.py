"""Two versions of the regulations side by side: what came, what went, what reads otherwise. Pure."""
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from ombun.regulations.rules.assessment import Step
from ombun.regulations.rules.drafts import DraftClause
from ombun.regulations.rules.reading import read_rule
from ombun.regulations.rules.reading_back import read_back


class Change(StrEnum):
    """What became of a clause."""

    ADDED = "added"
    DROPPED = "dropped"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Some words of a text, and whether they stand in both texts or in this one alone."""

    words: str
    is_other: bool


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A clause before and after: its words in pieces, and what its rule does that the other's does not."""

    change: Change
    before: DraftClause | None
    after: DraftClause | None
    words_before: tuple[Piece, ...]
    words_after: tuple[Piece, ...]
    no_more: tuple[Step, ...]
    from_now_on: tuple[Step, ...]
    booked_otherwise: bool


def compared(*, before: Sequence[DraftClause], after: Sequence[DraftClause]) -> tuple[Compared, ...]:
    """Every clause of both, in the order of the later one; what was dropped stands where it stood.

    A benefit is the same benefit under another number; a clause of words alone is known by its number and chapter.
    """
    were = {_key(clause): clause for clause in before}
    found = [_pair(were.get(_key(clause)), clause) for clause in after]
    kept = {_key(clause) for clause in after}
    for place, clause in enumerate(before):
        if _key(clause) not in kept:
            above = {_key(one) for one in before[:place]}
            at = max((n for n, one in enumerate(found, start=1) if one.before and _key(one.before) in above), default=0)
            found.insert(at, _pair(clause, None))
    return tuple(found)


def _key(clause: DraftClause) -> tuple[str, ...]:
    return ("benefit", clause.benefit) if clause.grants else ("words", clause.chapter, clause.clause_no)


def _pair(before: DraftClause | None, after: DraftClause | None) -> Compared:
    old, new = _lines(before), _lines(after)
    words_before, words_after = _pieces(before.text_th if before else "", after.text_th if after else "")
    no_more = tuple(line for line in old if line not in new)
    from_now_on = tuple(line for line in new if line not in old)
    booked = bool(before and after and before.account_code != after.account_code)
    if before is None or after is None:
        change = Change.ADDED if before is None else Change.DROPPED
    else:
        heads = [(one.clause_no, one.title_th, one.text_th) for one in (before, after)]
        is_same = heads[0] == heads[1] and not no_more and not from_now_on and not booked
        change = Change.SAME if is_same else Change.CHANGED
    return Compared(change=change, before=before, after=after, words_before=words_before, words_after=words_after,
                    no_more=no_more, from_now_on=from_now_on, booked_otherwise=booked)


def _lines(clause: DraftClause | None) -> tuple[Step, ...]:
    rule: Mapping[str, object] | None = clause.rule if clause else None
    return read_back(rule=read_rule(data=rule)) if rule is not None else ()


def _pieces(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in pieces: Thai breaks at its spaces, which is where its sentences and figures stand apart."""
    old, new = before.split(), after.split()
    one: list[Piece] = []
    other: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if a < b:
            one.append(Piece(words=" ".join(old[a:b]), is_other=kind != "equal"))
        if c < d:
            other.append(Piece(words=" ".join(new[c:d]), is_other=kind != "equal"))
    return tuple(one), tuple(other)
