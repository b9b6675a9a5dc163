"""The demo fund: what it shows, that it is told once and whole, and that its books are right. It was killed twice."""
from collections import Counter
from datetime import date
from io import StringIO

import pytest
from beancount import loader
from beancount.core import realization
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import connections
from django.utils import timezone

from ombun.access import queries as access
from ombun.claims import queries as claims
from ombun.claims.states import ClaimState
from ombun.contributions import queries as contributions
from ombun.funds import queries as funds
from ombun.jobs.bookkeeping import exported
from ombun.jobs.checking import everything_found
from ombun.jobs.demo.build import build_demo
from ombun.jobs.demo.committee import seats
from ombun.jobs.demo.dues import collection_days
from ombun.jobs.demo.ground import Ground
from ombun.jobs.demo.neighbours import neighbours
from ombun.jobs.demo.seed import MONTHS_OF_HISTORY, Calendar
from ombun.jobs.demo.sign_ins import PASSWORD, SIGN_INS
from ombun.jobs.demo.story import story
from ombun.jobs.demo.tambon import FUND_CODE, PROVINCE_CODE
from ombun.ledger import queries as books
from ombun.members import queries as members
from ombun.members.queries.consents import agreeing
from ombun.members.rules.consents import Purpose
from ombun.members.rules.membership import MemberKind
from ombun.network import queries as network
from ombun.primitives.days import add_months, month_end, month_of
from ombun.primitives.national_id import has_valid_check_digit
from ombun.primitives.transactions import fund_transaction

MEMBERS = 1127


@pytest.fixture(scope="module")
def fund(demo):
    """The fund's card."""
    return funds.fund_by_id(fund_id=demo)


@pytest.fixture(scope="module")
def today(fund):
    """The last day of the story: the day it was made, or the one on which the making began."""
    return min(timezone.localdate(), month_end(add_months(fund.starts_on, MONTHS_OF_HISTORY)))


def ask(fund, question, **facts):
    with fund_transaction(fund_id=fund.id, read_only=True):
        return question(fund_id=fund.id, **facts)


def test_as_many_members_as_the_mean_of_the_nation_in_twelve_villages(fund, today):
    here = ask(fund, members.members_by_centre, on=today)
    assert abs(sum(here.values()) - MEMBERS) <= MEMBERS * 0.02
    assert [centre.moo for centre in ask(fund, funds.centres)] == list(range(1, 13))
    assert len(here) == 12 and min(here.values()) > 60


def test_everybody_is_made_up(fund):
    numbers = [card.national_id for card in ask(fund, members.all_members)]
    assert all(number.startswith("9") and has_valid_check_digit(number) for number in numbers)
    assert len(set(numbers)) == len(numbers) > MEMBERS


def test_whoever_is_called_disabled_agreed_to_it(fund, today):
    disabled = [card.id for card in ask(fund, members.all_members)
                if card.kind == MemberKind.DISABLED and card.left_on is None]
    assert len(disabled) > 10
    assert ask(fund, agreeing, member_ids=disabled, purpose=Purpose.DISABILITY) == set(disabled)


def test_five_years_of_collections_without_a_month_left_out(fund, today):
    days = ask(fund, contributions.collections_in, from_on=date.min, until_on=date.max)
    months = Counter(month_of(day.collected_on) for day in days)
    assert sorted(months) == [add_months(fund.starts_on, n) for n in range(MONTHS_OF_HISTORY + 1)]
    assert month_of(today) == add_months(fund.starts_on, MONTHS_OF_HISTORY)
    assert {months[month] for month in sorted(months)[:-1]} == {12}


def test_three_legs_and_the_community_carries_the_most(fund, today):
    legs = network.province(code=PROVINCE_CODE, on=today, months=61).total
    assert min(legs.in_members_satang, legs.in_local_satang, legs.in_state_satang) > 0
    assert 0.5 < legs.in_members_satang / legs.in_satang < 0.75  # about 65% in the north-east, 2567
    assert legs.benefit_cases > 250 and legs.before_satang == 0


def test_whole_years_are_closed_and_the_last_month_is_not(fund, today):
    assert fund.books_closed_until == month_end(add_months(month_of(today), -2))
    closed = ask(fund, funds.closed_months)
    assert len(closed) == MONTHS_OF_HISTORY - 1
    assert {date(today.year - 2, month, 1) for month in range(1, 13)} <= set(closed)


def test_a_claim_waits_at_each_desk(fund):
    waiting = ask(fund, claims.waiting)
    assert {state: found.claims for state, found in waiting.items()} == {
        ClaimState.FILED: 3, ClaimState.CERTIFIED: 2, ClaimState.APPROVED: 2}


def test_village_4_has_not_collected_this_month(fund, today):
    this_month = month_of(today)
    dues = {one.moo: one for one in ask(
        fund, contributions.dues_by_centre, from_on=this_month, until_on=add_months(this_month, 1), on=today)}
    assert (dues[4].receipts, dues[4].paid_this_month_satang) == (0, 0)
    assert dues[4].owing > dues[4].members // 2
    assert dues[1].receipts > dues[1].members // 2 > dues[1].owing


def test_what_a_village_owes_is_what_its_members_owe_one_by_one(fund, today):
    this_month = month_of(today)
    next_month = add_months(this_month, 1)
    for dues in ask(fund, contributions.dues_by_centre, from_on=this_month, until_on=next_month, on=today):
        ids = [card.id for card in ask(fund, members.members_of_centre, centre_id=dues.centre_id, on=today)]
        owed = [one.owed_satang for one in ask(fund, contributions.standings, member_ids=ids, on=today).values()]
        assert (dues.members, dues.owing, dues.owed_satang) == (
            len(ids), sum(satang > 0 for satang in owed), sum(satang for satang in owed if satang > 0))


def test_one_sign_in_for_each_desk(fund, today, settings):
    settings.OMBUN_IS_DEMO = True
    logins = {login.username: login for login in access.logins_of_fund(fund_id=fund.id)}
    assert {one.username for one in SIGN_INS} - set(logins) == {"province"}
    for one in SIGN_INS:
        user = authenticate(None, username=one.username, password=PASSWORD)
        assert [desk.role for desk in access.desks(user_id=user.pk, on=today)] == [one.role], one.username


def test_every_check_is_empty(fund):
    assert everything_found(fund_id=fund.id) == ()


def test_though_killed_twice_every_deed_is_there_once(fund, today):
    calendar = Calendar(today)
    people = neighbours(calendar)
    deeds = story(people, seats(people, calendar), calendar)
    told = Counter(deed.does for deed in deeds)
    entries = ask(fund, books.day_book, from_on=date.min, until_on=date.max)
    booked = Counter(entry.deed for entry in entries)
    sheets = ask(fund, contributions.collections_in, from_on=date.min, until_on=date.max)
    assert {(day.moo, day.collected_on): day.total_satang for day in sheets} == {
        (day.moo, day.collected_on): day.total_satang for day in collection_days(people, calendar)}
    assert booked["ledger.voucher"] == told[Ground.book]
    assert booked["ledger.opening"] == 1
    in_months = [need for deed in deeds if deed.does is Ground.help_in_a_month for need in deed.about]
    filed = len(in_months) + told[Ground.file]
    there = [claim for page in range(1, 12) for claim in ask(fund, claims.newest_claims, page=page)]
    assert len(there) == filed
    assert booked["claims.payment"] == sum(claim.state == ClaimState.PAID for claim in there)
    assert max(ask(fund, funds.closed_months)) == max(deed.about for deed in deeds if deed.does is Ground.close)


_TABLES = """SELECT
  format('SELECT %1$L, count(*), coalesce(sum(hashtextextended(t::text, 0)), 0) FROM %1$I t', relname)
FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace ORDER BY relname"""


def everything():
    """Every table: how many rows, and what they say all together."""
    with connections["loader"].cursor() as cursor:
        cursor.execute(_TABLES)
        asked = " UNION ALL ".join(f"({one})" for one, in cursor.fetchall())
        cursor.execute(asked)
        return {table: (rows, said) for table, rows, said in cursor.fetchall()}


def test_made_again_it_changes_nothing(demo, today):
    before = everything()
    assert build_demo(today=today) == demo
    assert everything() == before
    assert before["contributions_contribution"][0] > 50_000


def test_beancount_agrees_with_our_trial_balance(fund, today):
    entries, errors, _ = loader.load_string("\n".join(exported(code=FUND_CODE, name="beancount")))
    assert errors == []
    theirs = {node.account.split(":")[1]: int(node.balance.get_currency_units("THB").number * 100)
              for node in realization.iter_children(realization.realize(entries), leaf_only=True)}
    with fund_transaction(fund_id=fund.id, read_only=True):
        ours = {row.account: row.debit_satang - row.credit_satang
                for row in books.trial_balance(fund_id=fund.id, on=timezone.localdate())}
    assert {account: satang for account, satang in theirs.items() if satang} == ours
    assert len(ours) > 25 and sum(ours.values()) == 0


def test_the_command_makes_it_in_the_demo_database_and_nowhere_else(demo, settings):
    settings.OMBUN_IS_DEMO = False
    with pytest.raises(CommandError, match="demo"):
        call_command("demo_fund", stdout=StringIO())
    settings.OMBUN_IS_DEMO = True
    out = StringIO()
    call_command("demo_fund", stdout=out)
    assert [one.username for one in SIGN_INS if one.username not in out.getvalue()] == []
    assert PASSWORD in out.getvalue()
