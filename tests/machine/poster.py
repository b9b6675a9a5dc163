"""Somebody who writes deeds into the books one after the other and says of each that it is written, until killed.

A process of its own: Django is read once; every life is a fork with connections of its own, told what to do by a line
of JSON on standard input. It says its number, then "ok N" for each deed that was acknowledged.
"""
import importlib
import json
import os
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import count
from uuid import UUID, uuid5

import django
from django.conf import settings

DEEDS = UUID("9d3b6a54-4f0f-4d3c-8f1e-0c5f8f0f2d11")
DAY, NOW = date(2025, 11, 20), datetime(2025, 11, 25, 3, tzinfo=UTC)


def deed_id(number: int) -> UUID:
    """The id of a deed, made before it is sent; sent again, it is the same."""
    return uuid5(DEEDS, str(number))


def main() -> None:
    """One life after the other."""
    django.setup()
    importlib.import_module("tests.people")  # and with it all operations: a life has no time for reading them
    for line in sys.stdin:
        told = json.loads(line)
        child = os.fork()
        if child == 0:
            _to_the_end(_live if "from" in told else _found, told)
        _say(f"life {child}")
        os.waitpid(child, 0)
        _say("over")


def _to_the_end(what: Callable[[dict], None], told: dict) -> None:
    """A life ends when it is killed, or when the database is gone."""
    settings.DATABASES["default"]["OPTIONS"].pop("pool")  # a pool would wait for the database that was killed
    try:
        what(told)
    finally:
        os._exit(0)


def _say(words: str) -> None:
    os.write(1, f"{words}\n".encode())


def _found(told: dict) -> None:
    """A fund with its people and its opening money; says how others find them."""
    from tests.people import Cast

    cast = Cast(members=4)
    cast.open_books()
    _say(json.dumps({"fund": cast.id, "code": cast.code, "centre": str(cast.centre), "boonma": str(cast.boonma),
                     "somsri": str(cast.persons["somsri"]), "members": list(cast.members)}))


def _live(told: dict) -> None:
    """Write deeds from a number on, of three kinds in turn, until the end comes."""
    from ombun.primitives.actors import Actor, Role

    actor = Actor(user_id=1, fund_id=told["fund"], role=Role.TREASURER, person_id=UUID(told["somsri"]))
    for number in count(told["from"]):
        _write(actor, told, number)
        _say(f"ok {number}")


def _write(actor, told: dict, number: int) -> None:
    from ombun.contributions.operations import record_collection
    from ombun.contributions.rules import Payment
    from ombun.ledger.operations import book_receipt_or_payment, hand_over_cash
    from ombun.ledger.rules import TREASURER_CASH, Posting
    from ombun.primitives.money import Satang

    same = {"actor": actor, "recorded_at": NOW}
    if number % 3 == 0:
        record_collection(
            collection_id=deed_id(number), centre_id=UUID(told["centre"]), collected_on=DAY, received_on=DAY,
            collected_by=UUID(told["boonma"]), **same,
            payments=[Payment(member_id=i, amount_satang=Satang(3000)) for i in told["members"]])
    elif number % 3 == 1:
        hand_over_cash(
            handover_id=deed_id(number), from_account="1130-01", to_account=TREASURER_CASH, handed_on=DAY,
            amount_satang=Satang(12000), given_by=UUID(told["boonma"]), received_by=UUID(told["somsri"]), **same)
    else:
        book_receipt_or_payment(
            deed_id=deed_id(number), happened_on=DAY, memo="ดอกเบี้ยธนาคาร", **same, postings=[
                Posting(account_code=TREASURER_CASH, amount_satang=Satang(100 + number)),
                Posting(account_code="4910", amount_satang=Satang(-100 - number))])


if __name__ == "__main__":
    main()
