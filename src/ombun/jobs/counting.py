"""How many members a fund has, from the command line: the official counts of a day, and who came and went."""
import json
from collections.abc import Iterator, Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ombun.jobs import operating
from ombun.jobs.operating import CommandRefused
from ombun.members import queries
from ombun.members.queries import Counts, Flows, Headcount
from ombun.primitives.actors import Role
from ombun.primitives.days import BE_MINUS_CE, fiscal_year_be
from ombun.primitives.refusals import Refusal
from ombun.primitives.sentences import day_in_words
from ombun.primitives.transactions import fund_transaction

COUNTED: dict[str, str | Promise] = {
    "cumulative": _("สะสม ตั้งแต่ตั้งกองทุน"), "current": _("ปัจจุบัน"), "full_year": _("เป็นสมาชิกครบปี"),
    "waiting": _("รอข้อมูล ยังไม่นับ"), "joined": _("เข้าใหม่"), "rejoined": _("กลับเข้าใหม่"),
    "deceased": _("ถึงแก่กรรม"), "expelled": _("คณะกรรมการให้ออก"), "lapsed": _("พ้นสภาพ"), "moved": _("ย้ายออก"),
    "resigned": _("ลาออก")}


def counted(*, code: str, on: date, from_on: date | None, as_json: bool) -> str:
    """The counts of a day, and who came and went since `from_on`, or in its fiscal year. Raises CommandRefused."""
    actor = operating.operator_of(code=code, role=Role.REGISTRAR)
    from_on = from_on or date(fiscal_year_be(on) - BE_MINUS_CE - 1, 10, 1)
    if from_on > on:
        raise CommandRefused(Refusal(code="jobs.ends_before_it_begins", about="from", facts={
            "from_on": from_on, "on": on}))
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        heads = queries.headcount(fund_id=actor.fund_id, on=on)
        moved = queries.flows(fund_id=actor.fund_id, from_on=from_on, on=on)
    if as_json:
        return json.dumps({"on": on.isoformat(), **_heads(heads), **_moves(moved, from_on)}, ensure_ascii=False)
    return "\n".join(_in_words(heads, moved, on, from_on))


def _three(counts: Counts) -> dict[str, int]:
    return {"cumulative": counts.members_ever, "current": counts.members_current,
            "full_year": counts.full_year_members}


def _heads(heads: Headcount) -> dict[str, object]:
    sides = {"by_village": heads.by_village, "by_kind": heads.by_kind, "by_sex": heads.by_sex, "by_age": heads.by_age}
    current = {side: {name: one.members_current for name, one in parts.items() if one.members_current}
               for side, parts in sides.items()}
    every = {side: {name: _three(one) for name, one in parts.items()} for side, parts in sides.items()}
    return {**_three(heads.total), "waiting": heads.waiting, **current, "counts": every}


def _moves(moved: Flows, from_on: date) -> dict[str, object]:
    return {"from": from_on.isoformat(), "flows": {
        **moved.total, "by_village": moved.by_village, "by_kind": moved.by_kind, "by_sex": moved.by_sex,
        "by_age": moved.by_age}}


def _in_words(heads: Headcount, moved: Flows, on: date, from_on: date) -> Iterator[str]:
    yield gettext("เมื่อสิ้นวันที่ %(day)s") % {"day": day_in_words(on)}
    yield from _lines(_three(heads.total) | {"waiting": heads.waiting})
    for name, one in heads.by_village.items():
        village = gettext("หมู่ %(moo)s") % {"moo": name}
        yield f"  {village:<10} {one.members_current:>8,}"
    yield gettext("ตั้งแต่วันที่ %(day)s") % {"day": day_in_words(from_on)}
    yield from _lines(moved.total)


def _lines(figures: Mapping[str, int]) -> Iterator[str]:
    yield from (f"{number:>8,}  {COUNTED[name]}" for name, number in figures.items())
