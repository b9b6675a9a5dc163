"""What the imports that stand told of the other old books."""
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ombun.imports.models import Batch, Row
from ombun.imports.rules import kept_books
from ombun.imports.rules.books import AccountItem, BenefitKind, Recorded
from ombun.imports.rules.kept_books import Told, Who
from ombun.primitives.days import month_of


@dataclass(frozen=True, kw_only=True)
class ToldBefore:
    """What the imports that stand have told of the other old books, in satang."""

    payments: Counter[tuple[Who, date]]
    benefits: Counter[tuple[int | str, date, BenefitKind, int]]
    accounts: Counter[tuple[date, str, str]]
    years: Sequence[tuple[str, int | None]]

    def left(self) -> Counter[Hashable]:
        """How much of each payment, benefit and line was told: a list of its own, to be used up by another import."""
        left = Counter[Hashable]()
        for told in (_by_payer(self.payments), self.benefits, self.accounts):
            left.update(dict(told))
        return left

    @property
    def as_recorded(self) -> Recorded:
        """The same as the judges of other books want it."""
        return Recorded(
            payments=_by_payer(self.payments), benefits=set(self.benefits),
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


def _by_payer(told: Counter[tuple[Who, date]]) -> Counter[tuple[int | str, date]]:
    sums = Counter[tuple[int | str, date]]()
    for (who, month), satang in told.items():
        sums[kept_books.marked(who=who), month] += satang
    return sums


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
                              booked__has_key="benefits").order_by("id").values_list("booked", flat=True)
    return tuple(told for kept in rows for told in kept_books.benefits_kept(kept=kept or {})
                 if not isinstance(told.who, int))
