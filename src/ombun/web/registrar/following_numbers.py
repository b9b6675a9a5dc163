"""Which member number comes next, as the form proposes it: one for all villages, or one a village."""
from collections.abc import Collection, Mapping

from django.utils.translation import gettext

from ombun.members import queries
from ombun.members.rules.numbers import next_number


def next_numbers(*, fund_id: int, moos: Collection[int]) -> dict[int, str]:
    """The next free number of each village, in the fund's own format."""
    taken = queries.numbers_taken(fund_id=fund_id)
    return {moo: next_number(taken=taken, moo=moo) for moo in moos}


def one_number(following: Mapping[int, str]) -> str:
    """The next number where it is the same for every village; else nothing, and `told` lists them."""
    numbers = set(following.values())
    return numbers.pop() if len(numbers) == 1 else ""


def told(following: Mapping[int, str]) -> str:
    """The next number of each village, where the numbers begin with the village."""
    if one_number(following) or not following:
        return ""
    return gettext("เลขถัดไป %(numbers)s") % {"numbers": " · ".join(
        gettext("หมู่ %(moo)s: %(number)s") % {"moo": moo, "number": number} for moo, number in following.items())}
