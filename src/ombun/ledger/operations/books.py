"""Writing the books. Other rooms post through here; nobody else writes these tables."""
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import connection

from ombun.audit import operations as audit
from ombun.funds import operations as funds
from ombun.funds import queries as fund_queries
from ombun.funds.rules import Office, holds
from ombun.ledger import queries, rules
from ombun.ledger.models import Account, BankSlip
from ombun.ledger.rules import (
    BANK,
    CHART,
    FUND_AT_START,
    INVESTED,
    TREASURER_CASH,
    AccountKind,
    Draft,
    Hand,
    HolderKind,
    Posting,
)
from ombun.primitives.actors import Actor
from ombun.primitives.days import day_in_thailand
from ombun.primitives.money import Satang
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.transactions import inside_use_case, use_case

_POST = """
WITH head AS (
  SELECT * FROM unnest(%(deed_ids)s::uuid[], %(happened_on)s::date[], %(posted_on)s::date[], %(memos)s::text[],
    %(reverses)s::bigint[], %(line_counts)s::int[], %(totals)s::bigint[])
    AS h(deed_id, happened_on, posted_on, memo, reverses_id, line_count, total_satang)),
entry AS (
  INSERT INTO ledger_entry (fund_id, deed, deed_id, happened_on, posted_on, memo, reverses_id, line_count, total_satang,
    recorded_by, recorded_at)
  SELECT %(fund_id)s, %(deed)s, deed_id, happened_on, posted_on, memo, reverses_id, line_count, total_satang,
    %(recorded_by)s, %(recorded_at)s
  FROM head RETURNING id, deed_id),
line AS (
  INSERT INTO ledger_line (fund_id, entry_id, line_no, account_id, amount_satang)
  SELECT %(fund_id)s, entry.id, side.line_no, account.id, side.amount_satang
  FROM unnest(%(side_deed_ids)s::uuid[], %(line_nos)s::int[], %(codes)s::text[], %(amounts)s::bigint[])
    AS side(deed_id, line_no, code, amount_satang)
  JOIN entry ON entry.deed_id = side.deed_id
  JOIN ledger_account account ON account.fund_id = %(fund_id)s AND account.code = side.code
  RETURNING entry_id)
SELECT deed_id, id, (SELECT count(*) FROM line) FROM entry"""


class HandoverRefused(Refused):
    """The money cannot change hands so; every reason is listed."""


class PostingRefused(Refused):
    """The receipt or payment cannot be booked so; every reason is listed."""


class OpeningRefused(Refused):
    """The opening position cannot be written so; every reason is listed."""


class ReversalRefused(Refused):
    """The entry cannot be taken back so; every reason is listed."""


@inside_use_case
def open_books(*, fund_id: int) -> None:
    """Give a fund its chart of accounts (`rules.CHART`, from CODI Form 1 §10). Accounts that are there stay."""
    there = set(Account.objects.filter(fund_id=fund_id).values_list("code", flat=True))
    Account.objects.bulk_create([
        Account(fund_id=fund_id, code=a.code, name_th=a.name_th, name_en=a.name_en, kind=a.kind,
                holder_kind=a.holder_kind)
        for a in CHART if a.code not in there])


@inside_use_case
def tills(*, fund_id: int, collected: Collection[tuple[UUID, date]]) -> dict[tuple[UUID, date], str]:
    """Whose account the cash of a collection day goes to: the treasurer's own till, or the collector's."""
    holdings = fund_queries.holdings(fund_id=fund_id)
    of_treasurer = {(person, day) for person, day in collected
                    if holds(holdings=holdings, person_id=person, offices=[Office.TREASURER], on=day)}
    cash = collectors_cash(fund_id=fund_id, person_ids={person for person, _ in set(collected) - of_treasurer})
    return {one: TREASURER_CASH if one in of_treasurer else cash[one[0]] for one in collected}


@inside_use_case
def collectors_cash(*, fund_id: int, person_ids: Collection[UUID]) -> dict[UUID, str]:
    """The code of each collector's own cash account; it is opened where there is none yet."""
    there: dict[UUID, str] = {h: code for h, code in Account.objects.filter(
        fund_id=fund_id, holder_kind=HolderKind.COLLECTOR).values_list("holder_id", "code") if h is not None}
    if not set(person_ids) <= set(there):
        names = fund_queries.person_names(fund_id=fund_id)
        fresh = sorted(set(person_ids) - set(there), key=str)
        codes = {person: f"1130-{number:02}" for number, person in enumerate(fresh, start=len(there) + 1)}
        Account.objects.bulk_create([Account(
            fund_id=fund_id, code=code, name_th=f"เงินสดในมือ {names[person]}", name_en=f"Cash with {names[person]}",
            kind=AccountKind.ASSET, holder_kind=HolderKind.COLLECTOR, holder_id=person)
            for person, code in codes.items()])
        there |= codes
    return {person: there[person] for person in person_ids}


@use_case
def open_centre_tin(*, actor: Actor, centre_id: UUID, recorded_at: datetime) -> str:
    """Give a village centre a tin of its own in the books: collectors hand over to it, and it to the treasurer. Returns
    the code of its account. The same again changes nothing. Raises HandoverRefused when there is no such centre."""
    funds.lock_fund(fund_id=actor.fund_id)
    tins = Account.objects.filter(fund_id=actor.fund_id, holder_kind=HolderKind.CENTRE)
    if (known := tins.filter(holder_id=centre_id).first()) is not None:
        return known.code
    centre = next((one for one in fund_queries.centres(fund_id=actor.fund_id) if one.id == centre_id), None)
    if centre is None:
        raise HandoverRefused(Refusal(code="ledger.unknown_centre", about=str(centre_id)))
    code = f"1120-{tins.count() + 1:02}"
    Account.objects.create(
        fund_id=actor.fund_id, code=code, name_th=f"เงินสดที่ศูนย์หมู่ {centre.moo}",
        name_en=f"Cash at the centre of village {centre.moo}", kind=AccountKind.ASSET, holder_kind=HolderKind.CENTRE,
        holder_id=centre_id)
    audit.record_event(actor=actor, action="ledger.tin_opened", subject=f"centre:{centre_id}", facts={"code": code},
                       happened_at=recorded_at)
    return code


@inside_use_case
def post_entry(
    *, actor: Actor, deed: str, deed_id: UUID, happened_on: date, posted_on: date, postings: Sequence[Posting],
    recorded_at: datetime, memo: str = "", reverses_id: int | None = None
) -> int:
    """Write one balanced entry with all its lines. Returns the entry's id; see `post_entries`."""
    draft = Draft(deed_id=deed_id, happened_on=happened_on, posted_on=posted_on, postings=tuple(postings), memo=memo,
                  reverses_id=reverses_id)
    return post_entries(actor=actor, deed=deed, drafts=[draft], recorded_at=recorded_at)[deed_id]


@inside_use_case
def post_entries(*, actor: Actor, deed: str, drafts: Sequence[Draft], recorded_at: datetime) -> dict[UUID, int]:
    """Write any number of balanced entries with all their lines in one statement. Returns deed id → entry id.

    The database refuses an entry that does not balance, lies in a closed month or repeats a deed.
    """
    assert all(rules.is_postable(postings=d.postings) for d in drafts), "every entry sums to zero"
    sides = [(d.deed_id, line_no, p.account_code, p.amount_satang)
             for d in drafts for line_no, p in enumerate(d.postings, start=1)]
    side_deed_ids, line_nos, codes, amounts = (list(column) for column in zip(*sides, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(_POST, {
            "fund_id": actor.fund_id, "deed": deed, "recorded_by": actor.user_id, "recorded_at": recorded_at,
            "deed_ids": [d.deed_id for d in drafts], "happened_on": [d.happened_on for d in drafts],
            "posted_on": [d.posted_on for d in drafts], "memos": [d.memo for d in drafts],
            "reverses": [d.reverses_id for d in drafts], "line_counts": [len(d.postings) for d in drafts],
            "totals": [d.total_satang for d in drafts], "side_deed_ids": side_deed_ids, "line_nos": line_nos,
            "codes": codes, "amounts": amounts})
        rows = cursor.fetchall()
    assert rows and rows[0][2] == len(sides), f"unknown account among {sorted(set(codes))}"
    return {deed_id: entry_id for deed_id, entry_id, _ in rows}


@inside_use_case
def take_back_history(*, actor: Actor, deed: str, deed_ids: Collection[UUID], recorded_at: datetime) -> int:
    """Take back what old books told: every entry of these deeds gets its mirror on the same day. Returns how many.

    Entries taken back already are passed over.
    """
    wrong = [card for card in queries.entries_of(fund_id=actor.fund_id, deed=deed, deed_ids=deed_ids)
             if card.reversed_by_id is None and card.reverses_id is None]
    if wrong:
        post_entries(actor=actor, deed=deed, recorded_at=recorded_at, drafts=[Draft(
            deed_id=uuid5(card.deed_id, "taken back"), happened_on=card.happened_on, posted_on=card.posted_on,
            memo=card.memo, reverses_id=card.id, postings=tuple(
                Posting(account_code=s.account_code, amount_satang=Satang(-s.amount_satang)) for s in card.sides))
            for card in wrong])
    return len(wrong)


@dataclass(frozen=True, kw_only=True)
class Posted:
    """An entry that stands in the books, and whether it stood there before."""

    entry_id: int
    was_already_recorded: bool


@use_case
def hand_over_cash(
    *, actor: Actor, handover_id: UUID, from_account: str, to_account: str, amount_satang: Satang, handed_on: date,
    given_by: UUID, received_by: UUID, recorded_at: datetime, expected_satang: Satang | None = None, memo: str = "",
    slip_no: str = ""
) -> Posted:
    """Money changes hands: collector to centre, centre to treasurer, treasurer to bank. Two persons sign.

    `amount_satang` was counted (0: nothing was found); what `expected_satang` differs is booked as cash short or over,
    and `memo` says why, without names. `slip_no` is the bank's, used once. Accounts are codes of cash or bank. Raises
    HandoverRefused (same person twice, not their money, more than was there that day …) or BooksClosed.
    """
    fund, memo = funds.lock_fund(fund_id=actor.fund_id), memo.strip()
    expected_satang = amount_satang if expected_satang is None else expected_satang
    postings = rules.handover_postings(from_account=from_account, to_account=to_account, counted_satang=amount_satang,
                                       expected_satang=expected_satang)
    known = first_answer(deed="ledger.handover", deed_id=handover_id, day=handed_on, postings=postings, memo=memo)
    if known is not None:
        return known
    funds.demand_open_day(fund=fund, day=handed_on)
    found = [*days_to_come(day=handed_on, recorded_at=recorded_at), *memo_too_long(memo=memo)]
    if amount_satang < 0 or expected_satang <= 0:
        found.append(Refusal(code="ledger.amount_not_positive", about=from_account))
    else:
        found += more_than_is_there(fund_id=actor.fund_id, on=handed_on, postings=postings)
    if amount_satang != expected_satang and not memo:
        found.append(Refusal(code="ledger.differs_and_says_not_why", about=from_account))
    way, people, slip_no = (from_account, to_account), (given_by, received_by), slip_no.strip()
    found += [*_refusals_of_hands(fund_id=actor.fund_id, way=way, people=people, on=handed_on),
              *_refusals_of_slip(fund_id=actor.fund_id, way=way, slip_no=slip_no)]
    if found:
        raise HandoverRefused(*found)
    entry_id = post_entry(actor=actor, deed="ledger.handover", deed_id=handover_id, happened_on=handed_on,
                          posted_on=handed_on, postings=postings, recorded_at=recorded_at, memo=memo)
    if slip_no and (bank_id := _bank_of(fund_id=actor.fund_id, way=way)):
        BankSlip.objects.create(fund_id=actor.fund_id, id=handover_id, entry_id=entry_id, slip_no=slip_no,
                                account_id=bank_id)
    audit.record_event(actor=actor, action="ledger.cash_handed_over", subject=f"handover:{handover_id}", facts={
        "given_by": str(given_by), "received_by": str(received_by), "amount_satang": amount_satang,
        "expected_satang": expected_satang, "from": from_account, "to": to_account}, happened_at=recorded_at)
    return Posted(entry_id=entry_id, was_already_recorded=False)


def days_to_come(*, day: date, recorded_at: datetime) -> list[Refusal]:
    """Why nothing is booked on a day that is still to come."""
    today = day_in_thailand(recorded_at)
    return [Refusal(code="ledger.day_to_come", about=day.isoformat(), facts={"day": day})] if day > today else []


def _refusals_of_hands(
    *, fund_id: int, way: tuple[str, str], people: tuple[UUID | None, UUID | None], on: date
) -> list[Refusal]:
    hands = {h.code: Hand(code=h.code, kind=h.holder_kind, holder_id=h.holder_id)
             for h in queries.cash_holders(fund_id=fund_id)}
    if way[0] == way[1] or not set(way) <= set(hands):
        return [Refusal(code="ledger.not_a_holder", about="→".join(way))]
    return rules.refusals_to_sign(
        giving=hands[way[0]], taking=hands[way[1]], given_by=people[0], received_by=people[1], on=on,
        holdings=fund_queries.holdings(fund_id=fund_id), names=fund_queries.person_names(fund_id=fund_id))


def _bank_of(*, fund_id: int, way: tuple[str, str]) -> int | None:
    banks = queries.bank_account_ids(fund_id=fund_id)
    return next((banks[code] for code in way if code in banks), None)


def _refusals_of_slip(*, fund_id: int, way: tuple[str, str], slip_no: str) -> list[Refusal]:
    bank = _bank_of(fund_id=fund_id, way=way)
    if not slip_no or (bank and not queries.slip_is_used(fund_id=fund_id, account_id=bank, slip_no=slip_no)):
        return []
    return [Refusal(code="ledger.bank_slip_used" if bank else "ledger.bank_slip_without_bank", about="slip_no",
                    facts={"slip_no": slip_no})]


def _not_in_office(*, fund_id: int, people: Sequence[UUID], on: date) -> list[Refusal]:
    holdings = fund_queries.holdings(fund_id=fund_id)
    names = fund_queries.person_names(fund_id=fund_id)
    return [Refusal(code="ledger.not_in_office", about=str(person), facts={"name": names.get(person, "?"), "day": on})
            for person in people if not holds(holdings=holdings, person_id=person, offices=list(Office), on=on)]


def first_answer(
    *, deed: str, deed_id: UUID, day: date, postings: Sequence[Posting], memo: str = ""
) -> Posted | None:
    """What was answered when the same was sent before, or None. Raises PostingRefused: the same id, something else."""
    known = queries.entry_of(deed=deed, deed_id=deed_id)
    if known is None:
        return None
    said = sorted((p.account_code, p.amount_satang) for p in postings)
    if (known.happened_on, known.memo) != (day, memo) or sorted(
            (s.account_code, s.amount_satang) for s in known.sides) != said:
        raise PostingRefused(Refusal(code="ledger.same_id_other_content", about=str(deed_id)))
    return Posted(entry_id=known.id, was_already_recorded=True)


@dataclass(frozen=True, kw_only=True)
class OpeningMoney:
    """Where the fund's money was on the morning its own books begin here, in satang."""

    treasurer_satang: Satang
    bank_satang: Satang
    invested_satang: Satang
    collectors_satang: Mapping[UUID, Satang]


@use_case
def write_opening_position(*, actor: Actor, opening_id: UUID, money: OpeningMoney, recorded_at: datetime) -> Posted:
    """Write down what the fund had on its start day: one balanced entry against "เงินกองทุนยกมา" (3100).

    Once; a mistaken one is taken back first (`reverse_entry`). Raises OpeningRefused or BooksClosed.
    """
    fund = funds.lock_fund(fund_id=actor.fund_id)
    collectors = {person: satang for person, satang in money.collectors_satang.items() if satang}
    cash = {h.holder_id: h.code for h in queries.cash_holders(fund_id=actor.fund_id) if h.holder_id}
    known = first_answer(deed="ledger.opening", deed_id=opening_id, day=fund.starts_on,
                          postings=_opening_postings(money, {p: cash.get(p, str(p)) for p in collectors}))
    if known is not None:
        return known
    funds.demand_open_day(fund=fund, day=fund.starts_on)
    amounts = [money.treasurer_satang, money.bank_satang, money.invested_satang, *collectors.values()]
    found = [Refusal(code="ledger.amount_not_positive", about="opening") for satang in amounts if satang < 0][:1]
    found += _not_in_office(fund_id=actor.fund_id, people=list(collectors), on=fund.starts_on)
    if not any(amounts):
        found.append(Refusal(code="ledger.nothing_to_open", about="opening"))
    if queries.opening_entry(fund_id=actor.fund_id) is not None:
        found.append(Refusal(code="ledger.opening_already_written", about="opening"))
    if found:
        raise OpeningRefused(*found)

    # After this point it must succeed.
    postings = _opening_postings(money, collectors_cash(fund_id=actor.fund_id, person_ids=collectors))
    entry_id = post_entry(actor=actor, deed="ledger.opening", deed_id=opening_id, happened_on=fund.starts_on,
                          posted_on=fund.starts_on, postings=postings, recorded_at=recorded_at)
    audit.record_event(actor=actor, action="ledger.opening_written", subject=f"entry:{entry_id}",
                       facts={"satang": sum(amounts)}, happened_at=recorded_at)
    return Posted(entry_id=entry_id, was_already_recorded=False)


def _opening_postings(money: OpeningMoney, cash: Mapping[UUID, str]) -> list[Posting]:
    held = {TREASURER_CASH: money.treasurer_satang, BANK: money.bank_satang, INVESTED: money.invested_satang,
            **{code: money.collectors_satang[person] for person, code in cash.items()}}
    return [*(Posting(account_code=code, amount_satang=satang) for code, satang in held.items() if satang),
            Posting(account_code=FUND_AT_START, amount_satang=Satang(-sum(held.values())))]


REVERSIBLE = frozenset({"ledger.voucher", "ledger.handover", "ledger.opening"})


@use_case
def reverse_entry(
    *, actor: Actor, reversal_id: UUID, entry_id: int, reversed_on: date, why: str, recorded_at: datetime,
    given_back_by: UUID | None = None, received_back_by: UUID | None = None
) -> Posted:
    """Take back an entry that was a mistake: nothing is wiped out, a second entry with changed sides names the first.

    For vouchers, hand-overs and the opening position; receipts and paid benefits have verbs of their own. A hand-over
    goes back as it came: two persons sign. Raises ReversalRefused or BooksClosed.
    """
    fund, why = funds.lock_fund(fund_id=actor.fund_id), why.strip()
    wrong = queries.entry(fund_id=actor.fund_id, entry_id=entry_id)
    if wrong is None:
        raise ReversalRefused(Refusal(code="ledger.unknown_entry", about=str(entry_id)))
    postings = [Posting(account_code=s.account_code, amount_satang=Satang(-s.amount_satang)) for s in wrong.sides]
    known = first_answer(deed="ledger.reversal", deed_id=reversal_id, day=reversed_on, postings=postings, memo=why)
    if known is not None:
        return known
    found = [*days_to_come(day=reversed_on, recorded_at=recorded_at), *_refusals_to_take_back(wrong, reversed_on, why)]
    if wrong.deed == "ledger.handover":
        taking, giving = queries.way_of(fund_id=actor.fund_id, entry=wrong)
        found += _refusals_of_hands(fund_id=actor.fund_id, way=(taking, giving), on=reversed_on,
                                    people=(given_back_by, received_back_by))
    found += more_than_is_there(fund_id=actor.fund_id, on=reversed_on, postings=postings)
    if found:
        raise ReversalRefused(*found)
    funds.demand_open_day(fund=fund, day=reversed_on)
    reversal = post_entry(actor=actor, deed="ledger.reversal", deed_id=reversal_id, happened_on=reversed_on,
                          posted_on=reversed_on, postings=postings, recorded_at=recorded_at, memo=why,
                          reverses_id=entry_id)
    BankSlip.objects.filter(fund_id=actor.fund_id, entry_id=entry_id).update(void_at=recorded_at)
    audit.record_event(actor=actor, action="ledger.entry_taken_back", subject=f"entry:{entry_id}", facts={
        "by": reversal, "given_by": str(given_back_by or ""), "received_by": str(received_back_by or "")},
        happened_at=recorded_at)
    return Posted(entry_id=reversal, was_already_recorded=False)


def _refusals_to_take_back(wrong: queries.EntryCard, reversed_on: date, why: str) -> list[Refusal]:
    about, found = str(wrong.id), []
    if wrong.deed not in REVERSIBLE:
        found.append(Refusal(code="ledger.not_taken_back_here", about=about))
    if wrong.reversed_by_id is not None:
        found.append(Refusal(code="ledger.already_taken_back", about=about))
    if reversed_on < wrong.posted_on:
        found.append(Refusal(code="ledger.taken_back_before_it_was", about=about, facts={"day": wrong.posted_on}))
    if not why:
        found.append(Refusal(code="ledger.says_not_why", about=about))
    return [*found, *memo_too_long(memo=why)]


def memo_too_long(*, memo: str) -> list[Refusal]:
    """Why a note is not taken: it is longer than a note."""
    return [Refusal(code="ledger.memo_too_long", about="memo", facts={"letters": rules.MEMO_MAX})] if (
        len(memo) > rules.MEMO_MAX) else []


def more_than_is_there(*, fund_id: int, on: date, postings: Sequence[Posting]) -> list[Refusal]:
    """Why so much cannot leave the hands or the bank on a day: it was not there, or went on since."""
    free = queries.cash_free(fund_id=fund_id, on=on)
    moved = Counter[str]()
    for posting in postings:
        moved[posting.account_code] += posting.amount_satang
    return [Refusal(code="ledger.more_than_is_there", about=code, facts={
        "amount_satang": -satang, "there_satang": max(0, free[code])})
        for code, satang in moved.items() if code in free and satang < 0 and -satang > free[code]]
