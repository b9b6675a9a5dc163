"""What stands of old books, summed for a test."""
from collections import Counter
from datetime import date

from ombun.contributions.models import PastPayment


def paid_before(*, fund_id: int) -> Counter[date]:
    """What the old lists tell of all members together, by month, in satang. Inside a transaction of the fund."""
    sums = Counter[date]()
    for month, satang in PastPayment.objects.filter(fund_id=fund_id).values_list("month", "amount_satang"):
        sums[month] += satang
    return sums
