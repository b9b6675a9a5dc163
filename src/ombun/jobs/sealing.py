"""The seals of the books from the command line."""
import json

from django.utils.translation import gettext

from ombun.contributions import queries
from ombun.jobs import operating
from ombun.jobs.operating import CommandRefused
from ombun.ledger import queries as ledger
from ombun.ledger.queries import SealCard
from ombun.ledger.rules import in_groups
from ombun.primitives.days import month_of
from ombun.primitives.refusals import Refusal
from ombun.primitives.sentences import month_in_words
from ombun.primitives.transactions import fund_transaction


def sealed(*, code: str, month: str | None, as_json: bool) -> str:
    """The seal of a closed month, or the last one: its head, and how much it holds; supplements to the month with it.

    Raises CommandRefused where the month was not closed.
    """
    actor = operating.operator_of(code=code)
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        seals = ledger.seals(fund_id=actor.fund_id)
    meant = month_of(operating.month(month) if month else seals[-1].month if seals else operating.day(None))
    of_month = [seal for seal in seals if seal.month == meant]
    if not of_month:
        raise CommandRefused(Refusal(code="jobs.month_not_sealed", about=f"{meant:%Y-%m}", facts={
            "month": meant, "code": code}))
    if as_json:
        told = [{"seal": seal.seal_no, "month": f"{seal.month:%Y-%m}", "head": seal.head.hex(), "root": seal.root.hex(),
                 "entries": seal.entry_count, "receipts": seal.receipt_count} for seal in of_month]
        return json.dumps(told[0] | {"supplements": told[1:]}, ensure_ascii=False)
    return "\n".join(_in_words(seal) for seal in of_month)


def _in_words(seal: SealCard) -> str:
    said = gettext("ผนึกที่ %(number)s บัญชีเดือน%(month)s: %(entries)s รายการ ใบเสร็จ %(receipts)s ใบ") % {
        "number": seal.seal_no, "month": month_in_words(seal.month), "entries": seal.entry_count,
        "receipts": seal.receipt_count}
    return f"{said}\n  {in_groups(head=seal.head)}\n  {seal.head.hex()}"


def verified(*, code: str, as_json: bool) -> str:
    """Every seal of a fund reckoned again from its tables. Raises CommandRefused with what does not fit, the first
    thing of every seal."""
    actor = operating.operator_of(code=code)
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        looked = queries.verified(fund_id=actor.fund_id)
    if looked.misfits:
        raise CommandRefused(*(Refusal(code=one.code, about=f"{one.month:%Y-%m}", facts=one.facts)
                               for one in looked.misfits))
    head = looked.head.hex() if looked.head else ""
    if as_json:
        return json.dumps({"seals": looked.seals, "entries": looked.entries, "receipts": looked.receipts, "head": head})
    said = gettext("ตรวจผนึก %(seals)s เดือนแล้ว: %(entries)s รายการ ใบเสร็จ %(receipts)s ใบ ตรงกับที่ผนึกไว้ทุกอย่าง") % {
        "seals": looked.seals, "entries": looked.entries, "receipts": looked.receipts}
    return f"{said}\n{head}"
