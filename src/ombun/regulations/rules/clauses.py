"""What makes a version of the regulations acceptable. Pure: no database, no clock."""
import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID

from ombun.ledger.rules import CHART, AccountKind
from ombun.primitives.refusals import Refusal
from ombun.regulations.rules.chapters import NewProvision, refusals_of_provision
from ombun.regulations.rules.reading import Reader, RuleRefused, read_rule
from ombun.regulations.rules.vocabulary import FORMAT, BenefitRule

PLAIN = re.compile(r"[a-z][a-z0-9_]{1,39}")
HEAD = ("title", "meeting", "resolution")
TEXTS = ("clause_no", "benefit", "title_th", "title_en", "text_th", "account_code")
EXPENSES = frozenset(line.code for line in CHART if line.kind == AccountKind.EXPENSE)


@dataclass(frozen=True, kw_only=True)
class NewClause:
    """One clause as it is brought to be adopted; `rule` is JSON in the closed vocabulary."""

    clause_no: str
    benefit: str
    title_th: str
    title_en: str
    text_th: str
    account_code: str
    rule: Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class NewVersion:
    """A version of the regulations as the meeting voted it. `in_force_until` is for versions already replaced."""

    id: UUID
    number: int
    title: str
    voted_on: date
    meeting: str
    resolution: str
    in_force_from: date
    clauses: tuple[NewClause, ...]
    in_force_until: date | None = None
    provisions: tuple[NewProvision, ...] = ()  # clauses that are words alone


@dataclass(frozen=True, kw_only=True)
class InForce:
    """A version that is there already: its number and the days [from, until) on which it holds."""

    id: UUID
    number: int
    in_force_from: date
    in_force_until: date | None


@dataclass(frozen=True, kw_only=True)
class RuleDocument:
    """A rule book as a file brings it: its clauses, and what the file tells of the meeting; None where it does not."""

    clauses: tuple[NewClause, ...]
    title: str | None = None
    meeting: str | None = None
    resolution: str | None = None
    voted_on: date | None = None


def read_document(*, data: object) -> RuleDocument:
    """Read a rule document from JSON: a list of clauses, or an object with `format`, `clauses` and perhaps its head.

    Raises RuleRefused with every fault, and at once when the document is of a newer format.
    """
    if isinstance(data, list):
        return RuleDocument(clauses=read_clauses(data=data))
    found: list[Refusal] = []
    reader = Reader(data, "document", found)
    written = reader.take("format", is_needed=True)
    if isinstance(written, int) and written > FORMAT:
        raise RuleRefused(_refusal("document_newer", "format", format=written, known=FORMAT))
    if written is not None:
        reader.whole(written, "document.format", least=1, most=FORMAT)
    texts = {name: reader.text(name) for name in HEAD if reader.left.get(name) is not None}
    voted_on, clauses = reader.day("voted_on"), reader.take("clauses", is_needed=True)
    reader.close()
    try:
        read = read_clauses(data=clauses) if clauses is not None else ()
    except RuleRefused as refused:
        raise RuleRefused(*found, *refused.refusals) from refused
    if found:
        raise RuleRefused(*found, *(refusal for clause in read for refusal in refusals_of_clause(clause=clause)))
    return RuleDocument(clauses=read, voted_on=voted_on, **texts)


def read_clauses(*, data: object) -> tuple[NewClause, ...]:
    """Read the clauses of a rule book from JSON: a list of objects, each with all that a clause has.

    Raises RuleRefused with every fault: what is missing, unknown or of another kind, and all that is wrong with the
    clauses that could be read. A clause is named by its number, or by its place ("#3").
    """
    found: list[Refusal] = []
    if not isinstance(data, list):
        raise RuleRefused(_refusal("rule_not_a_list", "clauses", path="clauses"))
    clauses = [_read_clause(item, f"#{place}", found) for place, item in enumerate(data, 1)]
    if found:
        more = [refusal for clause in clauses if clause for refusal in refusals_of_clause(clause=clause)]
        raise RuleRefused(*found, *more)
    return tuple(clause for clause in clauses if clause)


def _read_clause(item: object, place: str, found: list[Refusal]) -> NewClause | None:
    number = item.get("clause_no") if isinstance(item, Mapping) else None
    reader, before = Reader(item, number if isinstance(number, str) and number.strip() else place, found), len(found)
    texts = {name: reader.text(name) for name in TEXTS}
    rule = reader.take("rule", is_needed=True)
    reader.close()
    if rule is not None and not isinstance(rule, Mapping):
        reader.refuse("rule_not_an_object", reader.at("rule"))
    return NewClause(**texts, rule=rule) if len(found) == before and isinstance(rule, Mapping) else None


def digest(*, version: NewVersion) -> str:
    """A fingerprint of a version's content, to tell the same one sent again from another one under its id."""
    return sha256(json.dumps(asdict(version), default=str, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def rules_of(*, clauses: Iterable[NewClause]) -> dict[str, BenefitRule]:
    """The rules of a draft by benefit. Raises RuleRefused with every fault, each with its clause and path."""
    rules: dict[str, BenefitRule] = {}
    found: list[Refusal] = []
    for clause in clauses:
        try:
            rules[clause.benefit] = read_rule(data=clause.rule)
        except RuleRefused as refused:
            found += [_of_clause(clause.clause_no, one) for one in refused.refusals]
    if found:
        raise RuleRefused(*found)
    return rules


def superseded(*, version: NewVersion, there: Collection[InForce]) -> InForce | None:
    """The version that ends when the new one begins: the earlier one that has no end yet."""
    return next((v for v in there if v.in_force_until is None and v.in_force_from < version.in_force_from), None)


def refusals_to_adopt(*, version: NewVersion, there: Collection[InForce], today: date) -> tuple[Refusal, ...]:
    """Every reason not to adopt a version as written: its days, its head, each clause with its path."""
    found = [*_refusals_of_days(version, there, today)]
    if version.number in {v.number for v in there}:
        found.append(_refusal("version_number_taken", str(version.number), number=version.number))
    found += [_refusal(f"{name}_missing", name)
              for name in ("title", "meeting", "resolution") if not getattr(version, name).strip()]
    if not version.clauses:
        found.append(_refusal("no_clauses", str(version.number)))
    counted = Counter([*(one.clause_no for one in version.clauses), *(one.clause_no for one in version.provisions)])
    found += [_refusal("clause_no_twice", no, clause_no=no) for no, count in counted.items() if count > 1]
    counted = Counter(clause.benefit for clause in version.clauses)
    found += [_refusal("benefit_twice", one, benefit=one) for one, count in counted.items() if count > 1]
    found += [refusal for provision in version.provisions for refusal in refusals_of_provision(provision=provision)]
    benefits = {clause.benefit for clause in version.clauses}
    for clause in version.clauses:
        found += refusals_of_clause(clause=clause)
        found += [_refusal("together_with_unknown", clause.clause_no, clause_no=clause.clause_no, benefit=benefit)
                  for benefit in _counted_with(clause) if benefit not in benefits]
    return tuple(found)


def _counted_with(clause: NewClause) -> Sequence[str]:
    try:
        return read_rule(data=clause.rule).limits.together_with
    except RuleRefused:
        return ()


def _refusal(code: str, about: str, **facts: object) -> Refusal:
    return Refusal(code=f"regulations.{code}", about=about, facts=facts)


def _refusals_of_days(version: NewVersion, there: Collection[InForce], today: date) -> Sequence[Refusal]:
    found = []
    begins, ends = version.in_force_from, version.in_force_until or date.max
    if ends <= begins:
        found.append(_refusal("ends_before_it_begins", str(version.number), begins_on=begins, ends_on=ends))
    if version.voted_on > today:
        found.append(_refusal("voted_in_the_future", str(version.number), voted_on=version.voted_on))
    makes_way = superseded(version=version, there=there)
    found += [
        _refusal("version_overlaps", str(other.number), number=other.number, other_begins_on=other.in_force_from,
                 begins_on=begins)
        for other in there
        if other != makes_way and other.in_force_from < ends and begins < (other.in_force_until or date.max)]
    return found


def refusals_of_clause(*, clause: NewClause) -> Sequence[Refusal]:
    """Every reason not to write down one clause that grants something: its words, its account, its rule with paths."""
    no = clause.clause_no
    found = [_refusal(f"clause_{name}_missing", f"{no}.{name}", clause_no=no)
             for name in ("clause_no", "title_th", "title_en", "text_th") if not getattr(clause, name).strip()]
    if not PLAIN.fullmatch(clause.benefit):
        found.append(_refusal("benefit_not_plain", no, clause_no=no, benefit=clause.benefit))
    if clause.account_code not in EXPENSES:
        found.append(_refusal("not_an_expense", no, clause_no=no, account=clause.account_code))
    try:
        read_rule(data=clause.rule)
    except RuleRefused as refused:
        found += [_of_clause(no, refusal) for refusal in refused.refusals]
    return found


def _of_clause(clause_no: str, refusal: Refusal) -> Refusal:
    """A fault in a rule, with the clause before its path."""
    return Refusal(code=refusal.code, about=f"{clause_no}.{refusal.about}", facts={
        **refusal.facts, "path": f"{clause_no} {refusal.about}"})
