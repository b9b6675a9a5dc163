"""Collection days: statements a sheet, sheets from many senders at once, the bulk path, bytes a payment."""
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from time import perf_counter
from uuid import uuid4

from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from figures import Figure, median_seconds

from ombun.access.operations import NewFund, NewLogin, operator, start_fund
from ombun.contributions.operations import open_receipt_book, record_collection, record_history
from ombun.contributions.rules import Payment, Sheet
from ombun.funds.operations import NewCentre, NewHolder
from ombun.funds.rules import Office
from ombun.members.operations import write_members
from ombun.members.rules.membership import NewMember
from ombun.primitives.actors import Actor, Role
from ombun.primitives.days import add_months
from ombun.primitives.money import Satang
from ombun.primitives.transactions import fund_transaction

DAY = date(2026, 1, 10)
MOMENT = datetime(2026, 1, 10, 3, tzinfo=UTC)
SENDERS = 8
FIRST_DAY = date(2021, 1, 5)
TAMBON = 330505
FUNDS, MEMBERS, MONTHS = 4, 1000, 60  # five years of history a fund


class Village:
    """A fund with one village, its collector, one receipt book and so many members."""

    def __init__(self, members: int) -> None:
        self.code, self.centre_id, self.person_id = f"bench-{uuid4().hex[:12]}", uuid4(), uuid4()
        start_fund(recorded_at=MOMENT, logins=[NewLogin(
            username=self.code, password=uuid4().hex, role=Role.COLLECTOR, person_id=self.person_id,
            centre_id=self.centre_id)], new=NewFund(
            code=self.code, name="กองทุนวัดความเร็ว", tambon_code=TAMBON, founded_on=date(2020, 1, 1),
            starts_on=date(2020, 1, 1),
            dues_satang=Satang(3000), dues_every_months=1, plan_id=uuid4(),
            centres=(NewCentre(id=self.centre_id, moo=1, name="หมู่ 1"),),
            holders=(NewHolder(id=uuid4(), person_id=self.person_id, name="ผู้เก็บ", office=Office.COLLECTOR,
                               from_on=date(2020, 1, 1), centre_id=self.centre_id),)))
        actor = operator(code=self.code)
        assert actor is not None
        self.actor: Actor = actor
        with fund_transaction(fund_id=actor.fund_id):
            self.member_ids = write_members(actor=actor, recorded_at=MOMENT, rows=[(uuid4(), NewMember(
                member_no=str(n), name_title="นาง", first_name=f"สมาชิก{n}", last_name="ทดสอบ",
                joined_on=date(2020, 1, 1), centre_id=self.centre_id)) for n in range(members)])
        open_receipt_book(actor=actor, centre_id=self.centre_id, book_no=1, first_number=1, last_number=10**7,
                          recorded_at=MOMENT)

    def sheet(self, day: date, payers: int) -> Sheet:
        """A sheet on which so many members pay 30 baht."""
        return Sheet(collection_id=uuid4(), centre_id=self.centre_id, collected_on=day, collected_by=self.person_id,
                     payments=tuple(Payment(member_id=i, amount_satang=Satang(3000)) for i in self.member_ids[:payers]))

    def record(self, payers: int) -> None:
        """Record one such sheet through the public operation."""
        sheet = self.sheet(DAY, payers)
        record_collection(actor=self.actor, collection_id=sheet.collection_id, centre_id=sheet.centre_id,
                          collected_on=DAY, collected_by=self.person_id, payments=sheet.payments, received_on=DAY,
                          recorded_at=MOMENT)


def analyze() -> None:
    """As the database does by itself after a while."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")


def run() -> Iterator[Figure]:
    """All figures of this file."""
    yield from _statements()
    yield from _senders()
    yield from _bulk()


def _statements() -> Iterator[Figure]:
    village = Village(500)
    village.record(1)
    for payers in (1, 500):
        with CaptureQueriesContext(connection) as captured:
            village.record(payers)
        yield Figure(name=f"collection_statements_{payers}", figure=len(captured), unit="SQL statements", goal="<=15",
                     n=payers)


def _senders(sheets: int = 40, payers: int = 100) -> Iterator[Figure]:
    villages = [Village(payers) for _ in range(SENDERS)]
    analyze()

    def send(village: Village) -> None:
        for _ in range(sheets):
            village.record(payers)
        connections.close_all()

    def everybody() -> None:
        with ThreadPoolExecutor(SENDERS) as pool:
            list(pool.map(send, villages))

    payments = SENDERS * sheets * payers
    seconds = median_seconds(everybody)
    yield Figure(name="collection_payments_8_senders", figure=round(payments / seconds), unit="payments/s",
                 goal=">=5000", n=payments)


_BARE_TABLE = """
DROP TABLE IF EXISTS bench_bare;
CREATE TABLE bench_bare (
  fund_id bigint, amount_satang bigint, member_id int, collection_id int, number int, collected_on date,
  PRIMARY KEY (fund_id, member_id, collection_id));
CREATE INDEX ON bench_bare (fund_id, collection_id);
GRANT INSERT ON bench_bare TO ombun_loader;"""
_BARE_INSERT = """
INSERT INTO bench_bare SELECT fund_id, amount_satang, member_id, collection_id, number, collected_on
FROM contributions_contribution WHERE fund_id = %s"""
_SIZE = "SELECT pg_total_relation_size('contributions_contribution'), (SELECT count(*) FROM contributions_contribution)"


def _bulk() -> Iterator[Figure]:
    villages = [Village(MEMBERS) for _ in range(FUNDS)]
    analyze()
    with connections["loader"].cursor() as cursor:
        cursor.execute(_SIZE)
        bytes_before, rows_before = cursor.fetchone()
    ours = bare = 0.0
    with connections["owner"].cursor() as owner, connections["loader"].cursor() as loader:
        owner.execute(_BARE_TABLE)
        for village in villages:  # side by side, so that a busy machine slows both
            sheets = [village.sheet(add_months(FIRST_DAY, month), MEMBERS) for month in range(MONTHS)]
            ours += _seconds(lambda village=village, sheets=sheets: record_history(  # type: ignore[misc]
                actor=village.actor, sheets=sheets, received_on=DAY, recorded_at=MOMENT))
            bare += _seconds(lambda village=village: loader.execute(  # type: ignore[misc]
                _BARE_INSERT, [village.actor.fund_id]))
        owner.execute("DROP TABLE bench_bare")
    payments = FUNDS * MEMBERS * MONTHS
    with connections["loader"].cursor() as cursor:
        cursor.execute(_SIZE)
        bytes_after, rows_after = cursor.fetchone()
    yield Figure(name="collection_bulk_payments", figure=round(payments / ours), unit="payments/s", goal=">=100000",
                 n=payments)
    yield Figure(name="collection_bulk_of_bare_insert", figure=round(bare / ours, 2),
                 unit="ratio", goal=">=0.45", n=payments)
    yield Figure(name="collection_bytes_a_payment",
                 figure=round((bytes_after - bytes_before) / (rows_after - rows_before)),
                 unit="bytes", goal="<=120", n=payments)


def _seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start
