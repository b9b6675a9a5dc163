"""What the rule book says on a day."""
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from django.db.models import Q

from ombun.regulations.models import Clause, Provision, RegulationVersion
from ombun.regulations.rules.chapters import Chapter, NewProvision, in_order
from ombun.regulations.rules.clauses import NewClause
from ombun.regulations.rules.reading import read_rule
from ombun.regulations.rules.vocabulary import BenefitRule

FIRST_RULE_BOOK = Path(__file__).parents[1].joinpath("first_rule_book.json")


@dataclass(frozen=True, kw_only=True)
class VersionCard:
    """A version of the regulations: what was voted, when, and from when until when it holds."""

    id: UUID
    number: int
    title: str
    voted_on: date
    meeting: str
    resolution: str
    in_force_from: date
    in_force_until: date | None


@dataclass(frozen=True, kw_only=True)
class ClauseCard:
    """A clause with its words, its rule, and the version it belongs to."""

    id: UUID
    version_id: UUID
    version_number: int
    clause_no: str
    benefit: str
    title_th: str
    title_en: str
    text_th: str
    rule: BenefitRule
    account_code: str


def versions(*, fund_id: int) -> tuple[VersionCard, ...]:
    """Every version of a fund's regulations, the newest first."""
    return _versions(fund_id, Q())


def version_on(*, fund_id: int, day: date) -> VersionCard | None:
    """The version that holds on a day, or None. The database keeps that there is at most one."""
    found = _versions(fund_id, _holding_on(day))
    return found[0] if found else None


def _versions(fund_id: int, which: Q) -> tuple[VersionCard, ...]:
    rows = RegulationVersion.objects.filter(which, fund_id=fund_id).order_by("-in_force_from")
    return tuple(VersionCard(**row) for row in rows.values(*VersionCard.__dataclass_fields__))


def _holding_on(day: date) -> Q:
    return Q(in_force_from__lte=day) & (Q(in_force_until__isnull=True) | Q(in_force_until__gt=day))


@dataclass(frozen=True, kw_only=True)
class RuleBook:
    """A version of the regulations with all its clauses."""

    version: VersionCard
    clauses: tuple[ClauseCard, ...]

    def holds_on(self, day: date) -> bool:
        """Whether this version is in force on a day."""
        until = self.version.in_force_until
        return self.version.in_force_from <= day and (until is None or day < until)


def rule_books(*, fund_id: int) -> tuple[RuleBook, ...]:
    """Every version with its clauses, the newest first: two statements."""
    rows: dict[UUID, list[Clause]] = {}
    for row in Clause.objects.filter(fund_id=fund_id):
        rows.setdefault(row.version_id, []).append(row)
    return tuple(RuleBook(version=version, clauses=_cards(version, rows.get(version.id, ())))
                 for version in versions(fund_id=fund_id))


def clauses_on(*, fund_id: int, day: date) -> tuple[ClauseCard, ...]:
    """Every clause that holds on a day, in the order of the rule book."""
    version = version_on(fund_id=fund_id, day=day)
    return () if version is None else _clauses(fund_id, version, Q())


def clause_on(*, fund_id: int, benefit: str, day: date) -> ClauseCard | None:
    """The clause that grants this benefit on a day, or None."""
    version = version_on(fund_id=fund_id, day=day)
    found = () if version is None else _clauses(fund_id, version, Q(benefit=benefit))
    return found[0] if found else None


def clauses_of(*, fund_id: int, version_id: UUID) -> tuple[ClauseCard, ...]:
    """Every clause of one version, in the order of the rule book."""
    found = _versions(fund_id, Q(id=version_id))
    return _clauses(fund_id, found[0], Q()) if found else ()


def clause_by_id(*, fund_id: int, clause_id: UUID) -> ClauseCard:
    """One clause of any version, by the id that a claim keeps."""
    version_id = Clause.objects.filter(fund_id=fund_id, id=clause_id).values_list("version_id", flat=True).get()
    return next(c for c in clauses_of(fund_id=fund_id, version_id=version_id) if c.id == clause_id)


def _clauses(fund_id: int, version: VersionCard, which: Q) -> tuple[ClauseCard, ...]:
    return _cards(version, Clause.objects.filter(which, fund_id=fund_id, version_id=version.id))


def _cards(version: VersionCard, rows: Iterable[Clause]) -> tuple[ClauseCard, ...]:
    cards = [ClauseCard(
        id=row.id, version_id=version.id, version_number=version.number, clause_no=row.clause_no, benefit=row.benefit,
        title_th=row.title_th, title_en=row.title_en, text_th=row.text_th, rule=read_rule(data=row.rule),
        account_code=row.account_code) for row in rows]
    return tuple(sorted(cards, key=lambda card: in_order(clause_no=card.clause_no)))


def clauses_as_written(*, fund_id: int, version_id: UUID) -> tuple[NewClause, ...]:
    """The clauses of a version as they were brought to be adopted, their rules as JSON."""
    rows = Clause.objects.filter(fund_id=fund_id, version_id=version_id)
    return tuple(sorted((NewClause(**row) for row in rows.values(*NewClause.__dataclass_fields__)),
                        key=lambda one: in_order(clause_no=one.clause_no)))


def provisions_of(*, fund_id: int, version_id: UUID) -> tuple[NewProvision, ...]:
    """The clauses of a version that are words alone, in the order of the rule book."""
    rows = Provision.objects.filter(fund_id=fund_id, version_id=version_id)
    return tuple(sorted((NewProvision(chapter=Chapter(row.chapter), clause_no=row.clause_no, title_th=row.title_th,
                                      text_th=row.text_th) for row in rows),
                        key=lambda one: in_order(clause_no=one.clause_no)))


def benefit_titles(*, fund_id: int) -> dict[str, tuple[str, str]]:
    """The Thai and English title of every benefit a fund ever had, by its newest clause."""
    number_of = dict(RegulationVersion.objects.filter(fund_id=fund_id).values_list("id", "number"))
    rows = Clause.objects.filter(fund_id=fund_id).values_list("version_id", "benefit", "title_th", "title_en")
    return {benefit: (th, en) for _, benefit, th, en in sorted(rows, key=lambda row: number_of[row[0]])}


def first_rule_book() -> tuple[NewClause, ...]:
    """A ready first rule book (birth, nights in hospital, elderly, death) that a new fund can vote or change."""
    return tuple(NewClause(**clause) for clause in json.loads(FIRST_RULE_BOOK.read_text("utf-8")))
