"""Workbooks on their way in: what they would bring, what was kept of them, what they asked."""
from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ombun.funds import queries as funds
from ombun.imports.models import Batch, Row
from ombun.imports.rules import kept_books
from ombun.imports.rules.books import AccountItem, BenefitKind, Recorded
from ombun.imports.rules.cells import read_workbook
from ombun.imports.rules.history import before_own_books
from ombun.imports.rules.kept_books import Told, Who
from ombun.imports.rules.register_row import KnownMember, Verdict
from ombun.imports.rules.verdicts import Preview
from ombun.imports.rules.workbooks import judge_workbooks
from ombun.members import queries as members
from ombun.primitives.days import month_of

PAGE_SIZE_MAX = 100


def known_members(*, fund_id: int) -> tuple[KnownMember, ...]:
    """The whole register as the importer compares rows with it."""
    return tuple(KnownMember(
        member_id=card.id, member_no=card.member_no or None, name_title=card.name_title, first_name=card.first_name,
        last_name=card.last_name, national_id=card.national_id, no_id_reason=card.no_id_reason,
        stated_sex=card.stated_sex, born_on=card.born_on,
        birth_precision=card.birth_precision, joined_on=card.joined_on, moo=card.moo, house_no=card.house_no or None,
        kind=card.kind, phone=card.phone or None, beneficiary_name=card.beneficiary_name or None,
        relation=card.beneficiary_relation or None, left_on=card.left_on,
        left_reason=card.left_reason) for card in members.all_members(fund_id=fund_id))


def judged(*, fund_id: int, files: Sequence[tuple[str, bytes]], books_end_on: date) -> Preview:
    """What workbooks (name, content) would bring in: a verdict for every row of every sheet, changing nothing.

    What the old books tell of months that stand in the fund's own books is left out.
    """
    fund = funds.fund_by_id(fund_id=fund_id)
    assert fund is not None
    sheets = [sheet for name, content in files for sheet in read_workbook(file=name, content=content)]
    preview = judge_workbooks(
        sheets=sheets, known=known_members(fund_id=fund_id), founded_on=fund.founded_on, books_end_on=books_end_on,
        villages=[centre.moo for centre in funds.centres(fund_id=fund_id)],
        recorded=told_before(fund_id=fund_id).as_recorded)
    return replace(preview, rows=tuple(
        before_own_books(row=row, own_from=month_of(fund.starts_on)) for row in preview.rows))


def import_totals(*, fund_id: int, batch_id: UUID) -> Mapping[str, int]:
    """How many rows a kept preview has, and how many got each verdict."""
    counted = Counter(Row.objects.filter(fund_id=fund_id, batch_id=batch_id).values_list("verdict", flat=True))
    return {"rows": counted.total()} | {verdict.value: counted[verdict] for verdict in Verdict}


@dataclass(frozen=True, kw_only=True)
class ToldBefore:
    """What the imports that stand have told of the other old books, in satang."""

    payments: Counter[tuple[Who, date]]
    benefits: Counter[tuple[Who, date, BenefitKind, int]]
    accounts: Counter[tuple[date, str, str]]
    years: Sequence[tuple[str, int | None]]

    @property
    def left(self) -> Counter[Hashable]:
        """How much of each payment, benefit and line was told, to be taken off what another import tells."""
        left = Counter[Hashable]()
        for told in (self.payments, self.benefits, self.accounts):
            left.update(dict(told))
        return left

    @property
    def as_recorded(self) -> Recorded:
        """The same as the judges of other books want it."""
        return Recorded(
            payments={(_plain(who), month): satang for (who, month), satang in self.payments.items()},
            benefits={(_plain(who), day, kind, satang) for who, day, kind, satang in self.benefits},
            accounts={(month, AccountItem(item), word): satang
                      for (month, item, word), satang in self.accounts.items()})

    @property
    def paid_by_month(self) -> Counter[date]:
        """Members' money by the grids."""
        return _summed((month, satang) for (_, month), satang in self.payments.items())

    @property
    def received_by_month(self) -> Counter[date]:
        """Benefits by the lists."""
        return _summed((month_of(day), times * satang) for (_, day, _, satang), times in self.benefits.items())

    @property
    def months(self) -> Mapping[date, Counter[AccountItem]]:
        """What the accounts have by month and item."""
        found: dict[date, Counter[AccountItem]] = {}
        for (month, item, _), satang in self.accounts.items():
            found.setdefault(month, Counter())[AccountItem(item)] += satang
        return found


def _plain(who: Who) -> int | str:
    return " ".join(map(str, who)) if isinstance(who, tuple) else who


def _summed(pairs: Iterable[tuple[date, int]]) -> Counter[date]:
    sums = Counter[date]()
    for month, satang in pairs:
        sums[month] += satang
    return sums


def told_before(*, fund_id: int) -> ToldBefore:
    """What committed imports told of payments, benefits and accounts: read from their kept rows."""
    standing = Batch.objects.filter(fund_id=fund_id, state="COMMITTED")
    told = ToldBefore(payments=Counter(), benefits=Counter(), accounts=Counter(), years=[
        (month, satang) for years in standing.values_list("years", flat=True) for month, satang in years])
    for kept in Row.objects.filter(fund_id=fund_id, batch_id__in=standing.values("id"), is_counted=True,
                                   booked__isnull=False).values_list("booked", flat=True):
        assert kept is not None
        for payment in kept_books.payments_kept(kept=kept):
            told.payments[payment.who, payment.month] += payment.satang
        for benefit in kept_books.benefits_kept(kept=kept):
            told.benefits[benefit.sameness] += 1
        for line in kept_books.lines_kept(kept=kept):
            told.accounts[line.month, line.item, line.word] += line.satang
    return told


def benefits_of_nobody(*, fund_id: int) -> tuple[Told, ...]:
    """What lists of benefits tell of people whom nobody could place, in the order in which it was told."""
    standing = Batch.objects.filter(fund_id=fund_id, state="COMMITTED")
    rows = Row.objects.filter(fund_id=fund_id, batch_id__in=standing.values("id"), is_counted=True,
                              booked__has_key="benefit").order_by("id").values_list("booked", flat=True)
    return tuple(told for kept in rows for told in kept_books.benefits_kept(kept=kept or {})
                 if not isinstance(told.who, int))


@dataclass(frozen=True, kw_only=True)
class BatchCard:
    """One import as the list shows it."""

    id: UUID
    file_names: Sequence[str]
    state: str
    previewed_at: datetime
    committed_at: datetime | None
    undone_at: datetime | None


def imports(*, fund_id: int) -> tuple[BatchCard, ...]:
    """The imports of a fund, newest first."""
    rows = Batch.objects.filter(fund_id=fund_id).order_by("-previewed_at")
    return tuple(BatchCard(**row) for row in rows.values(*BatchCard.__dataclass_fields__))


@dataclass(frozen=True, kw_only=True)
class KeptRow:
    """One row of a kept preview: where it stands, its verdict, its reasons, what would change."""

    file: str
    sheet: str
    row: int
    verdict: str
    is_counted: bool
    reasons: Sequence[Mapping[str, Any]]
    row_values: Mapping[str, Any] | None
    changes: Mapping[str, Sequence[object]]
    member_id: int | None


def import_rows(
    *, fund_id: int, batch_id: UUID, verdict: Verdict | None = None, page: int = 1
) -> tuple[KeptRow, ...]:
    """The rows of a kept preview in the order of the workbook, a page of at most 100; of one verdict where named."""
    rows = Row.objects.filter(fund_id=fund_id, batch_id=batch_id).order_by("id")
    if verdict is not None:
        rows = rows.filter(verdict=verdict)
    first = (page - 1) * PAGE_SIZE_MAX
    return tuple(KeptRow(**row) for row in rows[first:first + PAGE_SIZE_MAX].values(*KeptRow.__dataclass_fields__))


def doubts_of_members(*, fund_id: int, member_ids: Collection[int]) -> dict[int, dict[str, Mapping[str, Any]]]:
    """What the importer asked about members, by member and code: the cell, what is written there, who else is meant.

    Of several rows of a member the last one told holds. One statement.
    """
    found: dict[int, dict[str, Mapping[str, Any]]] = {member_id: {} for member_id in member_ids}
    rows = Row.objects.filter(fund_id=fund_id, member_id__in=member_ids).order_by("id")
    for member_id, reasons in rows.values_list("member_id", "reasons"):
        assert member_id is not None
        found[member_id] |= {reason["code"]: reason["facts"] for reason in reasons}
    return found
