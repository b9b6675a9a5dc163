"""What workbooks would bring in: read, understood as this fund told, and judged against its register."""
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from ombun.funds import queries as funds
from ombun.imports.models import Batch, KeptFile, Meaning, Row
from ombun.imports.queries.told import told_before
from ombun.imports.rules.cells import Sheet, read_workbook
from ombun.imports.rules.headings import SheetRole
from ombun.imports.rules.history import before_own_books
from ombun.imports.rules.keeping import still_forgotten
from ombun.imports.rules.meanings import Meanings, as_meant, is_a_table
from ombun.imports.rules.reason_workbook import (
    last_heading_row,
    mended_cells,
    reference_of,
    row_id_in,
    without_our_columns,
)
from ombun.imports.rules.register_row import KnownMember, RowKind
from ombun.imports.rules.rewritten import as_rewritten
from ombun.imports.rules.verdicts import Preview
from ombun.imports.rules.workbooks import judge_workbooks
from ombun.members import queries as members
from ombun.members.queries import MemberCard
from ombun.primitives.days import month_of

Written = Mapping[tuple[str, str], Mapping[int, Mapping[int, str]]]
"""Cells that a person wrote anew: file and sheet → row → column → text."""


def known_members(*, fund_id: int) -> tuple[KnownMember, ...]:
    """The whole register as the importer compares rows with it, with the rows that were doubted and told of them, and
    with every entry that was merged."""
    references: dict[int, list[str]] = {}
    doubted = Row.objects.filter(fund_id=fund_id, member_id__isnull=False, row_values__isnull=False)
    for row_id, batch_id, member_id in doubted.exclude(reasons=[]).values_list("id", "batch_id", "member_id"):
        assert member_id is not None
        references.setdefault(member_id, []).append(reference_of(batch_id=batch_id, row_id=row_id))
    people = {card.id: _known(card, references) for card in members.all_members(fund_id=fund_id)}
    merged = [_known(card, references, people[i]) for card, i in members.merged_entries(fund_id=fund_id) if i in people]
    before = members.said_before_merging(fund_id=fund_id)
    moos = {centre.id: centre.moo for centre in funds.centres(fund_id=fund_id)} if before else {}
    return tuple(replace(one, said_before=tuple(_as_said(one, said, moos) for said in before[one.member_id]))
                 if one.member_id in before else one for one in (*people.values(), *merged))


def _as_said(known: KnownMember, said: Mapping[str, object], moos: Mapping[UUID, int]) -> KnownMember:
    """An entry with the values that stood there before a merge."""
    fields = {name: value for name, value in said.items() if name != "centre_id"}
    if isinstance(centre := said.get("centre_id"), UUID):
        fields["moo"] = moos.get(centre)
    return replace(known, **fields)  # type: ignore[arg-type]


def _known(
    card: MemberCard, references: Mapping[int, Sequence[str]], person: KnownMember | None = None
) -> KnownMember:
    return KnownMember(
        member_id=card.id, person=person, member_no=card.member_no or None, name_title=card.name_title,
        first_name=card.first_name, last_name=card.last_name, national_id=card.national_id,
        no_id_reason=card.no_id_reason, stated_sex=card.stated_sex, born_on=card.born_on,
        birth_precision=card.birth_precision, joined_on=card.joined_on, moo=card.moo, house_no=card.house_no or None,
        kind=card.kind, phone=card.phone or None, beneficiary_name=card.beneficiary_name or None,
        relation=card.beneficiary_relation or None, left_on=card.left_on, left_reason=card.left_reason,
        references=tuple(references.get(card.id, ())))


def meanings(*, fund_id: int) -> Meanings:
    """What the people of a fund told of its sheets and headings."""
    told = list(Meaning.objects.filter(fund_id=fund_id).values_list("of", "written", "meaning"))
    return Meanings(sheets={written: SheetRole(meaning) for of, written, meaning in told if of == "SHEET"},
                    headings={written: meaning for of, written, meaning in told if of == "HEADING"},
                    columns={written: tuple(meaning.split(",")) for of, written, meaning in told if of == "COLUMNS"})


def judged(
    *, fund_id: int, files: Sequence[tuple[str, bytes]], books_end_on: date, written: Written | None = None
) -> Preview:
    """What workbooks (name, content) would bring in: a verdict for every row of every sheet, changing nothing.

    `written`: cells that a person wrote anew. What the old books tell of months that stand in the fund's own books is
    left out.
    """
    fund = funds.fund_by_id(fund_id=fund_id)
    assert fund is not None
    told = meanings(fund_id=fund_id)
    sheets = [as_meant(sheet=sheet, meanings=told) for sheet in rewritten_sheets(files=files, written=written or {})]
    preview = judge_workbooks(
        sheets=sheets, known=known_members(fund_id=fund_id), founded_on=fund.founded_on, books_end_on=books_end_on,
        villages=[centre.moo for centre in funds.centres(fund_id=fund_id)],
        recorded=told_before(fund_id=fund_id).as_recorded)
    forgotten = members.erased(fund_id=fund_id)
    return replace(preview, sheets=tuple(
        replace(seen, may_be_told=is_a_table(sheet=sheet)) for seen, sheet in zip(preview.sheets, sheets, strict=True)
    ), rows=tuple(
        before_own_books(row=still_forgotten(row=row, forgotten=forgotten), own_from=month_of(fund.starts_on))
        for row in preview.rows))


def rewritten_sheets(*, files: Iterable[tuple[str, bytes]], written: Written) -> list[Sheet]:
    """The sheets of workbooks as the fund wrote them, with the cells that a person wrote anew since."""
    return [as_rewritten(sheet=without_our_columns(sheet=sheet), written=written.get((sheet.file, sheet.name), {}))
            for name, content in files for sheet in read_workbook(file=name, content=content)]


def kept_files(*, fund_id: int, batch_id: UUID) -> list[tuple[str, bytes]]:
    """The workbooks of an import, while they are kept: name and content."""
    found = KeptFile.objects.filter(fund_id=fund_id, batch_id=batch_id).order_by("number")
    return [(name, bytes(content)) for name, content in found.values_list("name", "content")]


def written_anew(*, fund_id: int, batch_id: UUID) -> Written:
    """The cells of an import that a person wrote anew."""
    found: dict[tuple[str, str], dict[int, dict[int, str]]] = {}
    rows = Row.objects.filter(fund_id=fund_id, batch_id=batch_id).exclude(written={})
    for file, sheet, row, written in rows.values_list("file", "sheet", "row", "written"):
        found.setdefault((file, sheet), {})[row] = {int(column): text for column, text in written.items()}
    return found


@dataclass(frozen=True, kw_only=True)
class KeptSheets:
    """The sheets of an import as they stand now, and what each of their rows is."""

    sheets: Sequence[Sheet]
    kinds: Mapping[tuple[str, str], Mapping[int, RowKind]]

    def sheet(self, file: str, name: str) -> Sheet | None:
        """One of them."""
        return next((one for one in self.sheets if (one.file, one.name) == (file, name)), None)


def kept_sheets(*, fund_id: int, batch_id: UUID, is_as_sent: bool = False) -> KeptSheets:
    """The sheets of an import, while its workbooks are kept, `is_as_sent` or with the cells written anew."""
    kinds: dict[tuple[str, str], dict[int, RowKind]] = {}
    rows = Row.objects.filter(fund_id=fund_id, batch_id=batch_id)
    for file, sheet, row, kind in rows.values_list("file", "sheet", "row", "kind"):
        kinds.setdefault((file, sheet), {})[row] = RowKind(kind)
    written = {} if is_as_sent else written_anew(fund_id=fund_id, batch_id=batch_id)
    return KeptSheets(kinds=kinds, sheets=rewritten_sheets(
        files=kept_files(fund_id=fund_id, batch_id=batch_id), written=written))


@dataclass(frozen=True, kw_only=True)
class Mended:
    """What came back of an import that is still looked at: row → column → what stands there now."""

    batch_id: UUID
    rows: Mapping[int, Mapping[int, str]] = field(default_factory=dict)


def mended_in(*, fund_id: int, files: Sequence[tuple[str, bytes]]) -> Mended | None:
    """The import whose rows went out to be mended and came back in these workbooks; None if they are of no such one.

    Only an import that is not yet committed takes its rows back; after that they are judged like any other workbook.
    """
    came = [sheet for name, content in files for one in read_workbook(file=name, content=content)
            if (sheet := without_our_columns(sheet=one)).references]
    waiting = Batch.objects.filter(fund_id=fund_id, state="PREVIEWED").order_by("-previewed_at")
    for batch_id in waiting.values_list("id", flat=True) if came else ():
        ids = {row_id for sheet in came for reference in sheet.references.values()
               if (row_id := row_id_in(reference=reference, batch_id=batch_id)) is not None}
        if ids:
            return Mended(batch_id=batch_id, rows=_mended_rows(fund_id, batch_id, came, ids))
    return None


def _mended_rows(
    fund_id: int, batch_id: UUID, came: Sequence[Sheet], ids: set[int]
) -> dict[int, Mapping[int, str]]:
    rows = {row.id: row for row in Row.objects.filter(fund_id=fund_id, batch_id=batch_id, id__in=ids)}
    kept = kept_sheets(fund_id=fund_id, batch_id=batch_id)
    found: dict[int, Mapping[int, str]] = {}
    for sheet in came:
        for number, reference in sheet.references.items():
            row = rows.get(row_id_in(reference=reference, batch_id=batch_id) or 0)
            old = kept.sheet(row.file, row.sheet) if row is not None else None
            if row is not None and old is not None:
                cells = mended_cells(sheet=sheet, row=number, old=old, old_row=row.row,
                                     old_heading_row=last_heading_row(kinds=kept.kinds[row.file, row.sheet]))
                found |= {row.id: cells} if cells else {}
    return found
