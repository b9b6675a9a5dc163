"""Making the demo fund: once, in a minute or less; killed in between, it goes on where it was."""
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import groupby
from time import perf_counter

from django.db import connections

from ombun.audit import operations as audit
from ombun.audit import queries as trail
from ombun.funds import queries as fund_queries
from ombun.jobs.demo import families, founding, giving
from ombun.jobs.demo.committee import seats
from ombun.jobs.demo.ground import Ground
from ombun.jobs.demo.neighbours import neighbours
from ombun.jobs.demo.seed import MONTHS_OF_HISTORY, Calendar, moment
from ombun.jobs.demo.story import Deed, story
from ombun.jobs.demo.tambon import FUND_CODE
from ombun.jobs.machine.words import say
from ombun.network.operations import roll_up
from ombun.primitives.actors import Actor
from ombun.primitives.days import add_months, month_end, year_be
from ombun.primitives.transactions import fund_transaction, use_case

_BEGUN, _READY, _SUBJECT = "jobs.demo_begun", "jobs.demo_ready", "demo"


def build_demo(*, today: date) -> int:
    """Make the demo fund with five years of history ending today; a finished one stays as it is. Returns the fund's id.

    A demo that was begun on an earlier day ends on that day.
    """
    if is_ready():
        return founding.found(Calendar(today)).fund_id
    say("สร้างกองทุนตัวอย่าง: ตำบลสมมติ 12 หมู่บ้าน ย้อนหลังห้าปี", "making the demo fund: 12 villages, five years")
    actor = founding.found(Calendar(today))
    calendar = Calendar(_begun_on(actor=actor, today=today))
    with _told("คนทั้งตำบล กรรมการ ยอดยกมา", "people, office-holders, opening position"):
        people = neighbours(calendar)
        elected = seats(people, calendar)
        member_ids = founding.fill_register(actor, people)
        founding.elect(actor, elected, member_ids, calendar)
        founding.open_position(actor, people, member_ids, calendar)
        founding.name_bank_account(actor, calendar)
    with _told("ชื่อผู้ใช้ของแต่ละโต๊ะ", "a sign-in for each desk"):
        desks = founding.give_desks(actor, people, elected, member_ids, calendar)
    _tell(story(people, elected, calendar), Ground(fund_id=actor.fund_id, desks=desks, member_ids=member_ids))
    with _told("ครัวเรือนและผู้ดูแลเด็ก", "households and guardians"):
        families.settle(actor, people, member_ids, calendar)
    with _told("ผู้ให้ และสิ่งของแทนเงิน", "givers, and things instead of money"):
        giving.give(actor, people, member_ids, calendar)
    founding.bring_statement(actor, people, calendar)
    founding.draft_the_next_rules(actor, calendar)
    with _told("รวมตัวเลขให้จังหวัด", "figures for the province"):
        roll_up(on=calendar.today, fund_id=actor.fund_id)
        _analyze()
    _note(actor=actor, action=_READY, today=calendar.today)
    return actor.fund_id


def is_ready() -> bool:
    """Whether the demo fund is there and finished."""
    fund = fund_queries.fund_by_code(code=FUND_CODE)
    return fund is not None and _noted(fund_id=fund.id, action=_READY) is not None


def _begun_on(*, actor: Actor, today: date) -> date:
    """The day on which the making of this demo began: today, or as its audit trail says, in the month of its start."""
    begun = _noted(fund_id=actor.fund_id, action=_BEGUN)
    if begun is not None:
        return begun
    fund = fund_queries.fund_by_id(fund_id=actor.fund_id)
    assert fund is not None
    begun = min(today, month_end(add_months(fund.starts_on, MONTHS_OF_HISTORY)))
    _note(actor=actor, action=_BEGUN, today=begun)
    return begun


def _noted(*, fund_id: int, action: str) -> date | None:
    with fund_transaction(fund_id=fund_id, read_only=True):
        found = [one for one in trail.history(fund_id=fund_id, subject=_SUBJECT) if one.action == action]
    return date.fromisoformat(str(found[0].facts["today"])) if found else None


@use_case
def _note(*, actor: Actor, action: str, today: date) -> None:
    audit.record_event(actor=actor, action=action, subject=_SUBJECT, facts={"today": today.isoformat()},
                       happened_at=moment(today))


def _tell(deeds: Sequence[Deed], ground: Ground) -> None:
    """Do every deed in its turn, year by year; what lies before the last closed month was done already."""
    for year, of_year in groupby(_still_to_do(deeds, ground.fund_id), key=lambda deed: year_be(deed.on)):
        with _told(f"เรื่องราวปี {year}", f"the story of {year - 543}"):
            for deed in of_year:
                deed.does(ground, deed.about, on=deed.on)


def _still_to_do(deeds: Sequence[Deed], fund_id: int) -> Sequence[Deed]:
    fund = fund_queries.fund_by_id(fund_id=fund_id)
    assert fund is not None
    done = [i for i, deed in enumerate(deeds) if (until := deed.closes_until) and until <= fund.books_closed_until]
    return deeds[done[-1] + 1:] if done else deeds


def _analyze() -> None:
    """Let the database look at what it has, so that it plans the first pages well."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")
    connections["owner"].close()


@contextmanager
def _told(thai: str, english: str) -> Iterator[None]:
    start = perf_counter()
    yield
    seconds = perf_counter() - start
    say(f"{thai} {seconds:.1f} วินาที", f"{english}, {seconds:.1f} s")
