"""The day on which the books of the demo begin: fund, villages, register, office-holders, what there was, sign-ins."""
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, timedelta
from itertools import accumulate
from uuid import UUID

from ombun.access import queries as access
from ombun.access.operations import (
    LoginRefused,
    NewFund,
    NewLogin,
    create_login,
    create_province_login,
    operator,
    start_fund,
)
from ombun.audit import operations as audit
from ombun.claims.operations import write_opening_uses
from ombun.claims.rules import UsedBefore
from ombun.contributions import operations as contributions
from ombun.funds import operations as funds
from ombun.funds import queries as fund_queries
from ombun.funds.operations import NewCentre, NewHolder
from ombun.jobs.demo.committee import Seat
from ombun.jobs.demo.dues import DUES
from ombun.jobs.demo.money import PAYS_ALONE
from ombun.jobs.demo.needs import member_who_signs_in
from ombun.jobs.demo.neighbours import Neighbour
from ombun.jobs.demo.rule_book import first_version, next_draft
from ombun.jobs.demo.seed import Calendar, fixed_id, moment
from ombun.jobs.demo.sign_ins import PASSWORD, SIGN_INS, SignIn
from ombun.jobs.demo.tambon import FOUNDED_ON, FUND_CODE, FUND_NAME, PROVINCE_CODE, TAMBON, VILLAGES
from ombun.ledger import operations as ledger
from ombun.ledger import queries as books
from ombun.ledger.operations import OpeningMoney
from ombun.ledger.rules import (
    BANK,
    BankLine,
    NewBankAccount,
    NewCashLimit,
    NewShares,
    PromptPayKind,
    ShareOf,
    form,
    transfer_reference,
)
from ombun.members import operations as members
from ombun.members import queries as register
from ombun.members.rules.beneficiaries import NewBeneficiary
from ombun.members.rules.membership import NewMember
from ombun.places.operations import write_tambon
from ombun.primitives.actors import Actor, Role
from ombun.primitives.days import year_be
from ombun.primitives.money import Satang
from ombun.primitives.transactions import fund_transaction, use_case
from ombun.regulations.operations import adopt_version, start_draft

_RECEIPTS_OF_A_BOOK = 50_000
_DIVIDED = (  # accounts, and which sub-fund has how many thousandths of them
    (("3100", "4100"), (("สวัสดิการ", 800), ("บริหาร", 100), ("สำรอง", 100))),
    (form.BENEFITS, (("สวัสดิการ", 1000),)), (("5310", "5320", "5330", "5340"), (("บริหาร", 1000),)))
_OPENING = OpeningMoney(
    treasurer_satang=Satang(3_200_000), bank_satang=Satang(128_530_000), invested_satang=Satang(10_000_000),
    collectors_satang={})


def found(calendar: Calendar) -> Actor:
    """Start the fund on its first day, if it is not there yet. Returns whoever works at the machine for it."""
    if fund_queries.fund_by_code(code=FUND_CODE) is None:
        write_tambon(place=TAMBON)
        start_fund(logins=[], recorded_at=moment(calendar.starts_on), new=NewFund(
            is_fiction=True,
            code=FUND_CODE, name=FUND_NAME, tambon_code=TAMBON.code, founded_on=FOUNDED_ON,
            starts_on=calendar.starts_on, dues_satang=DUES, dues_every_months=1, plan_id=fixed_id("plan"), holders=(),
            centres=tuple(NewCentre(id=fixed_id("centre", village.moo), moo=village.moo, name=village.name,
                                    address=f"ศาลากลางบ้าน หมู่ {village.moo}") for village in VILLAGES)))
    actor = operator(code=FUND_CODE)
    assert actor is not None
    return actor


def fill_register(actor: Actor, people: Sequence[Neighbour]) -> dict[str, int]:
    """Write everybody into the register at once, if nobody is in it. Returns everybody's id by member number."""
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        there = {card.member_no: card.id for card in register.all_members(fund_id=actor.fund_id)}
    if there:
        return there
    ids = _enrol(actor=actor, rows=[(fixed_id("membership", one.member_no), _as_applied(one)) for one in people])
    return dict(zip([one.member_no for one in people], ids, strict=True))


@use_case
def _enrol(*, actor: Actor, rows: Sequence[tuple[UUID, NewMember]]) -> list[int]:
    funds.lock_fund(fund_id=actor.fund_id)
    ids = members.write_members(actor=actor, recorded_at=moment(FOUNDED_ON), rows=rows)
    audit.record_event(actor=actor, action="members.enrolled", subject=f"fund:{actor.fund_id}",
                       facts={"members": len(ids)}, happened_at=moment(FOUNDED_ON))
    return ids


def _as_applied(one: Neighbour) -> NewMember:
    return NewMember(
        member_no=one.member_no, name_title=one.name_title, first_name=one.first_name, last_name=one.last_name,
        joined_on=one.joined_on, centre_id=fixed_id("centre", one.moo), national_id=one.national_id,
        born_on=one.born_on, birth_precision=one.birth_precision, kind=one.kind, house_no=one.house_no, phone=one.phone,
        beneficiaries=(NewBeneficiary(name=one.beneficiary_name, relation=one.beneficiary_relation),)
        if one.beneficiary_name else ())


def elect(actor: Actor, seats: Sequence[Seat], member_ids: dict[str, int], calendar: Calendar) -> None:
    """Write down every office-holder with both terms, and give every village its receipt book."""
    funds.elect_holders(actor=actor, recorded_at=moment(calendar.starts_on), holders=[NewHolder(
        id=fixed_id("term", seat.key, seat.from_on), person_id=fixed_id("person", seat.key), name=seat.who.full_name,
        office=seat.office, from_on=seat.from_on, until_on=seat.until_on,
        centre_id=None if seat.moo is None else fixed_id("centre", seat.moo),
        member_id=member_ids[seat.who.member_no]) for seat in seats])
    for village in VILLAGES:
        contributions.open_receipt_book(
            actor=actor, centre_id=fixed_id("centre", village.moo), book_no=village.moo, first_number=1,
            last_number=_RECEIPTS_OF_A_BOOK, recorded_at=moment(calendar.starts_on))


def name_bank_account(actor: Actor, calendar: Calendar) -> None:
    """The account that the committee named, with a PromptPay number that nobody was ever given; and up to how much one
    person pays alone."""
    ledger.name_bank_account(
        actor=actor, bank_account_id=fixed_id("bank-account"), recorded_at=moment(calendar.starts_on),
        new=NewBankAccount(
            bank="ธ.ก.ส. สาขาสมมติ", account_no="020099999999", owner_name=FUND_NAME, resolution_no="1",
            resolved_on=calendar.starts_on, signed_by=fixed_id("person", "chair"),
            promptpay_kind=PromptPayKind.NATIONAL_ID, promptpay_no="9990000000006"))
    ledger.limit_payments(
        actor=actor, limit_id=fixed_id("payment-limit"), recorded_at=moment(calendar.starts_on), new=NewCashLimit(
            limit_satang=PAYS_ALONE, resolution_no="1", from_on=calendar.starts_on,
            signed_by=fixed_id("person", "chair")))
    ledger.vote_shares(actor=actor, vote_id=fixed_id("shares"), recorded_at=moment(calendar.starts_on), new=NewShares(
        from_on=calendar.starts_on, resolution_no="1", signed_by=fixed_id("person", "chair"), shares=tuple(
            ShareOf(account=code, sub_fund=name, thousandths=parts)
            for codes, divided in _DIVIDED for code in codes for name, parts in divided)))


def bring_statement(actor: Actor, people: Sequence[Neighbour], calendar: Calendar) -> None:
    """The last week at the bank, of which nobody has said yet what it is: a transfer with the reference of a member,
    one with nothing, and a fee."""
    payer = member_who_signs_in(people, calendar)
    told = ((5, 3_000, f"รับโอนพร้อมเพย์ {transfer_reference(member_no=payer.member_no)}"), (3, 9_000, "รับโอน"),
            (2, -2_000, "ค่ารักษาบัญชี"))
    with fund_transaction(fund_id=actor.fund_id, read_only=True):
        before = sum(one.balance_satang for one in books.cash_held(
            fund_id=actor.fund_id, on=calendar.today - timedelta(days=told[0][0] + 1)) if one.code == BANK)
    after = list(accumulate((satang for _ago, satang, _words in told), initial=before))[1:]
    ledger.take_in_statement(
        actor=actor, statement_id=fixed_id("statement"), account_code=BANK, digest="demo", columns={},
        recorded_at=moment(calendar.today), lines=[
            BankLine(moved_on=calendar.today - timedelta(days=ago), amount_satang=Satang(satang), words=words,
                     balance_satang=Satang(left)) for (ago, satang, words), left in zip(told, after, strict=True)])


def draft_the_next_rules(actor: Actor, calendar: Calendar) -> None:
    """The regulations that the committee writes for the next meeting of the members."""
    start_draft(
        actor=actor, draft_id=fixed_id("draft"), title=f"ระเบียบ{FUND_NAME} พ.ศ. {year_be(calendar.today) + 1}",
        clauses=next_draft(calendar), recorded_at=moment(calendar.today))


def open_position(
    actor: Actor, people: Sequence[Neighbour], member_ids: dict[str, int], calendar: Calendar
) -> None:
    """What there was on the first day: the money, up to when everybody had paid, what some had used that year."""
    at = moment(calendar.starts_on)
    adopt_version(actor=actor, version=first_version(), recorded_at=at)
    ledger.write_opening_position(actor=actor, opening_id=fixed_id("opening"), money=_OPENING, recorded_at=at)
    before = [one for one in people if one.joined_on < calendar.starts_on]
    contributions.write_opening_standings(actor=actor, recorded_at=at, paid_until={
        member_ids[one.member_no]: calendar.month(one.paid_months) for one in before})
    write_opening_uses(actor=actor, recorded_at=at, uses=[UsedBefore(
        member_id=member_ids[one.member_no], benefit="hospital", times=1, units=2, amount_satang=Satang(40_000))
        for one in before[::60]])


def give_desks(
    actor: Actor, people: Sequence[Neighbour], seats: Sequence[Seat], member_ids: dict[str, int], calendar: Calendar
) -> dict[Role, Actor]:
    """One sign-in for each desk. Returns who sits at which."""
    names = {seat.key: seat.who.full_name for seat in seats}
    someone = member_who_signs_in(people, calendar)
    there = {login.username for login in access.logins_of_fund(fund_id=actor.fund_id)}
    for one in SIGN_INS:
        if one.role == Role.PROVINCE:
            with suppress(LoginRefused):  # it is there already
                create_province_login(
                    login=_login(one, one.thai), province_code=PROVINCE_CODE, from_on=calendar.starts_on)
        elif one.username not in there:
            login = _login(one, names[one.seat]) if one.seat else _login(
                one, someone.full_name, member_id=member_ids[someone.member_no])
            create_login(actor=actor, login=login, from_on=_sits_since(one, seats, calendar),
                         recorded_at=moment(calendar.starts_on))
    return {login.role: Actor(user_id=login.user_id, fund_id=actor.fund_id, role=login.role, person_id=login.person_id,
                              centre_id=login.centre_id, member_id=login.member_id)
            for login in access.logins_of_fund(fund_id=actor.fund_id)}


def _login(one: SignIn, name: str, *, member_id: int | None = None) -> NewLogin:
    return NewLogin(
        username=one.username, password=PASSWORD, role=one.role, display_name=name, member_id=member_id,
        person_id=fixed_id("person", one.seat) if one.seat else None,
        centre_id=fixed_id("centre", one.moo) if one.moo is not None else None)


def _sits_since(one: SignIn, seats: Sequence[Seat], calendar: Calendar) -> date:
    """From the beginning of the books, or from the first term where that came later."""
    return max(calendar.starts_on, min((seat.from_on for seat in seats if seat.key == one.seat), default=date.min))
