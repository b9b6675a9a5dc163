"""Member numbers in the fund's own format: which number comes next."""
import re
from collections import Counter
from collections.abc import Collection

_NUMBER = re.compile(r"(.*?)(\d+)", re.DOTALL)
_DIGIT = re.compile(r"\d+")
FIRST = "0001"


def next_number(*, taken: Collection[str], moo: int | None) -> str:
    """The number that follows the highest in use, written as the fund writes its numbers.

    0016 after 0015; 4-013 after 4-012 for village 4, and 5-001 where village 5 has none yet; a number with a year in
    front goes on in the latest year. Where the fund writes several ways, the way of most numbers; a fund without
    members begins with 0001.
    """
    found = [match.groups() for no in taken if (match := _NUMBER.fullmatch(no))]
    if not found:
        return FIRST
    shape = Counter(_DIGIT.sub("9", before) for before, _ in found).most_common(1)[0][0]
    alike = [(before, digits) for before, digits in found if _DIGIT.sub("9", before) == shape]
    before = _before(alike, moo)
    mine = [digits for one, digits in alike if one == before]
    width = max(len(digits) for digits in mine or [digits for _, digits in alike])
    return f"{before}{max((int(digits) for digits in mine), default=0) + 1:0{width}}"


def _before(alike: Collection[tuple[str, str]], moo: int | None) -> str:
    """What stands before the running number: the village where numbers begin with one, else what came last."""
    befores = {before for before, _ in alike}
    if any(len(_DIGIT.findall(before)) != 1 or int(_DIGIT.findall(before)[0]) > 99 for before in befores):
        return max(befores)
    if moo is None:
        return max(befores)
    for before in befores:
        if int(_DIGIT.findall(before)[0]) == moo:
            return before
    example = max(befores)
    width = len(_DIGIT.findall(example)[0])
    return _DIGIT.sub(f"{moo:0{width}}", example)
