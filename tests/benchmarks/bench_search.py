"""A register of 10,000: the server's time for the page of who was found, and of who may be in it twice."""
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from statistics import quantiles
from time import perf_counter
from uuid import uuid4

from django.contrib.auth.models import User
from django.db import connections
from django.test import Client
from figures import Figure

from ombun.access.operations import NewFund, NewLogin, operator, start_fund
from ombun.contributions.operations import write_opening_standings
from ombun.funds.operations import NewCentre, NewHolder
from ombun.funds.rules import Office
from ombun.members.operations import write_members
from ombun.members.rules.membership import BirthPrecision, NewMember
from ombun.primitives.actors import Actor, Role
from ombun.primitives.money import Satang
from ombun.primitives.transactions import fund_transaction
from ombun.regulations.operations import adopt_version
from ombun.regulations.queries import first_rule_book
from ombun.regulations.rules.clauses import NewVersion

MEMBERS, VILLAGES, ROUNDS = 10_000, 14, 5
MOMENT = datetime(2026, 1, 10, 3, tzinfo=UTC)
FOUNDED, START = date(2010, 6, 9), date(2025, 10, 1)
FIRST = ("บุญ", "สม", "คำ", "แก้ว", "ทอง", "ศรี", "วิ", "สุ", "นง", "ประ", "ณัฐ", "พร")
SECOND = ("มี", "ชาย", "แก้ว", "นวล", "ไล", "เยาว์", "ใจ", "ลือ", "จันทร์", "พร", "พงษ์", "ธิดา")
FAMILY = ("ใจดี", "สอนดี", "จันทร์แก้ว", "วงศ์คำ", "เรืองศรี", "พรหมดี", "ขาวสะอาด", "มั่นคง", "โพธิ์ศรี", "ศรีสวัสดิ์", "สุขเกษม")
TYPED = ("บุ", "สม", "ศร", "แก้ว", "นงเยาว์", "ศรีสวัสดิ์", "สีสวัส", "นัดพง", "บุญมี ใจดี", "จันแก้ว", "นาง สมใจ", "00123", "7001",
         "12/3", "0812345", "9100500012345", "ไม่มีใคร", "ก", "")


def run() -> Iterator[Figure]:
    """Milliseconds from the request to the whole page, in this process, as the treasurer."""
    code, username = f"bench-{uuid4().hex[:12]}", f"bench-{uuid4().hex[:12]}"
    _fund(code, username)
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(User.objects.get(username=username), backend="ombun.access.passwords.SigningIn")
    times = {text: [_milliseconds(browser, f"/f/{code}/register/", text) for _ in range(ROUNDS + 1)][1:]
             for text in TYPED}
    for text, found in times.items():
        yield Figure(name=f"member_search {text!r}", figure=round(max(found), 1), unit="ms", goal=None, n=ROUNDS)
    times_of_pairs = [_milliseconds(browser, f"/f/{code}/register/alike/", "") for _ in range(ROUNDS)]
    yield Figure(name="similar_names", figure=round(max(times_of_pairs), 1), unit="ms", goal=None, n=MEMBERS)
    everything = [t for text, found in times.items() if text for t in found]  # without a text it is the first page
    yield Figure(name="member_search_p95", figure=round(quantiles(everything, n=20)[-1], 1), unit="ms", goal="<=30",
                 n=MEMBERS)


def _milliseconds(browser: Client, path: str, text: str) -> float:
    start = perf_counter()
    answer = browser.get(path, {"q": text})
    assert answer.status_code == 200
    return (perf_counter() - start) * 1000


def _fund(code: str, username: str) -> None:
    centres = tuple(NewCentre(id=uuid4(), moo=moo, name=f"หมู่ {moo}") for moo in range(1, VILLAGES + 1))
    treasurer = uuid4()
    start_fund(recorded_at=MOMENT, new=NewFund(
        code=code, name="กองทุนวัดความเร็ว", tambon_code=330505, founded_on=FOUNDED, starts_on=START,
        dues_satang=Satang(3000), dues_every_months=1, plan_id=uuid4(), centres=centres,
        holders=(NewHolder(id=uuid4(), person_id=treasurer, name="เหรัญญิก", office=Office.TREASURER, from_on=START),)),
        logins=[NewLogin(username=username, password=uuid4().hex, role=Role.TREASURER, person_id=treasurer)])
    actor = operator(code=code)
    assert actor is not None
    adopt_version(actor=actor, recorded_at=MOMENT, version=NewVersion(
        id=uuid4(), number=1, title="ระเบียบกองทุน", voted_on=FOUNDED, meeting="ประชุมใหญ่", resolution="มติที่ 1",
        in_force_from=FOUNDED, clauses=first_rule_book()))
    _people(actor, centres)


def _people(actor: Actor, centres: tuple[NewCentre, ...]) -> None:
    chance = random.Random(1)
    people = [NewMember(
        member_no=f"{n:05}", name_title=chance.choice(("นาง", "นาย", "น.ส.")), last_name=chance.choice(FAMILY),
        first_name=chance.choice(FIRST) + chance.choice(SECOND), house_no=f"{n % 200}/{n % 5}", phone=f"08{n:08}",
        born_on=date(1940, 1, 1) + timedelta(days=chance.randrange(27_000)), birth_precision=BirthPrecision.DAY,
        joined_on=FOUNDED + timedelta(days=chance.randrange(5_000)), centre_id=chance.choice(centres).id)
        for n in range(MEMBERS)]
    with fund_transaction(fund_id=actor.fund_id):
        ids = write_members(actor=actor, recorded_at=MOMENT, rows=[(uuid4(), person) for person in people])
    write_opening_standings(actor=actor, recorded_at=MOMENT, paid_until=dict.fromkeys(ids, START))
