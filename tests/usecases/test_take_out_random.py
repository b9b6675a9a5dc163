"""Random funds, taken out and brought in again: members, spells, pauses, money in and money out are the same."""
from datetime import UTC, date, datetime
from itertools import pairwise
from uuid import uuid4

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from ombun.claims import operations as claims
from ombun.contributions import operations as contributions
from ombun.exports.operations import Form
from ombun.imports.rules.books import BenefitKind
from ombun.imports.rules.history import BENEFIT_ACCOUNTS
from ombun.jobs.checking import everything_found
from ombun.members.operations import write_members
from ombun.members.rules.beneficiaries import NewBeneficiary
from ombun.members.rules.life import ToldMember, told_spells
from ombun.members.rules.membership import BirthPrecision, MemberKind, NoIdReason, Sex
from ombun.members.states import LEADS_TO, PAUSING, Happening, MemberStatus
from ombun.primitives.money import Satang
from ombun.primitives.transactions import fund_transaction
from tests.people import DUES, FOUNDED, NOW, START, Cast
from tests.usecases.taken_out import brought_in, state, taken_from

TAKEN = datetime(2026, 1, 10, 3, tzinfo=UTC)
IDS = ("9100500012345", "9693000000010", "9552400000033", "9091700000041", "9266500000058")
WORDS = {BenefitKind.HOSPITAL: "นอน รพ.", BenefitKind.BIRTH: "รับขวัญบุตร", BenefitKind.DEATH: "ค่าทำศพ",
         BenefitKind.ELDERLY: "บำนาญผู้สูงอายุ", BenefitKind.UNCLEAR: "ตามมติ", BenefitKind.CALVING: "ควายตกลูก"}
NAMES = st.sampled_from(["มาลี", "รวมใจ", "พระจันทร์", "=SUM(A1)", "-ทอง", "+บุญ", "@ดาว", "สาวดี", "นางนวล", "ประธาน"])


@st.composite
def lives(draw):
    """Joined, paused, gone and back again, in an order that can be."""
    days = sorted(draw(st.lists(st.dates(FOUNDED, date(2025, 9, 1)), min_size=1, max_size=6, unique=True)))
    status, life = MemberStatus.NOT_YET, []
    for day in days:
        nexts = sorted(LEADS_TO[status])
        if not nexts:
            break
        kind = draw(st.sampled_from(nexts))
        status = LEADS_TO[status][kind]
        life.append((kind, day))
    return tuple(life)


@st.composite
def people(draw):
    """A few persons with whatever a register can say of them."""
    found = []
    for n in range(draw(st.integers(1, 5))):
        life, born = draw(lives()), draw(st.dates(date(1930, 1, 1), date(2009, 1, 1)))
        precision, number = draw(st.sampled_from(list(BirthPrecision))), draw(st.sampled_from([IDS[n], None]))
        title = draw(st.sampled_from(["นาย", "นาง", "ด.ช.", "พระ", "กำนัน", ""]))
        last = told_spells(life=life)[-1]
        found.append({
            "name_title": title, "first_name": draw(NAMES if title else st.sampled_from(["มาลี", "รวมใจ", "=1+1"])),
            "last_name": f"ใจบุญ{n}", "national_id": number,
            "no_id_reason": None if number else draw(st.sampled_from(
                [None, NoIdReason.NO_STATUS, NoIdReason.NOT_SEEN])),
            "stated_sex": draw(st.sampled_from([None, *Sex])) if title in ("กำนัน", "") else None,
            "life": life,
            "member_no": draw(st.sampled_from(["", f"{n}-12", f"{n:04}"])) if number else f"{n:04}",
            "birth_precision": precision, "born_on": {
                BirthPrecision.DAY: born, BirthPrecision.MONTH: born.replace(day=1),
                BirthPrecision.YEAR: date(born.year, 1, 1), BirthPrecision.NONE: None}[precision],
            "kind": draw(st.sampled_from([None, *MemberKind])), "house_no": draw(st.sampled_from(["", "9", "9/12"])),
            "moo": draw(st.sampled_from([4, 5, None])), "joined_on": last.joined_on, "left_on": last.left_on,
            "left_reason": last.left_reason, "beneficiaries": draw(st.sampled_from(
                [(), (NewBeneficiary(name="นางทอง ใจบุญ", relation="แม่"),)]))})
    return found


MONEY = st.integers(1, 50_000).map(lambda satang: Satang(satang * 25))
PAID = st.dictionaries(st.tuples(st.integers(0, 4), st.dates(date(2023, 1, 1), date(2025, 9, 1)).map(
    lambda day: day.replace(day=1))), MONEY, max_size=8)
RECEIVED = st.lists(st.tuples(st.integers(0, 4), st.sampled_from(sorted(WORDS)), st.dates(
    date(2023, 1, 1), date(2025, 9, 1)), st.integers(0, 9), MONEY), max_size=5)


def made(persons, paid, received):
    """A fund with these people, what they paid and received before its own books, and a collection day in them."""
    fund = Cast(members=0)
    with fund_transaction(fund_id=fund.id):
        ids = write_members(actor=fund.somsri, recorded_at=NOW, rows=[(uuid4(), ToldMember(
            **{name: value for name, value in one.items() if name != "moo"},
            centre_id=fund.centres.get(one["moo"]))) for one in persons])
        contributions.write_past_payments(actor=fund.somsri, batch_id=uuid4(), recorded_at=NOW, payments={
            (ids[n], month): satang for (n, month), satang in paid.items() if n < len(ids)})
        claims.write_past_benefits(actor=fund.somsri, batch_id=uuid4(), recorded_at=NOW, told=[claims.ToldBenefit(
            member_id=ids[n], benefit=kind.lower(), words=WORDS[kind], receiver="", units=units, paid_on=day,
            amount_satang=satang, account_code=BENEFIT_ACCOUNTS[kind])
            for n, kind, day, units, satang in received if n < len(ids)])
    there = [i for i, one in zip(ids, persons, strict=True) if one["left_reason"] is None and one["moo"] == 4]
    if there:
        fund.collect(*there, on=START, each=DUES)
        sheet = fund.collect(*there, on=date(2025, 11, 5), each=DUES).collection_id
        contributions.cancel_receipts(
            actor=fund.somsri, cancellation_id=uuid4(), collection_id=sheet, member_ids=there[:1],
            cancelled_on=date(2025, 11, 5), why="เก็บซ้ำ", recorded_at=NOW)
    return fund


@settings(max_examples=20, deadline=None, phases=[Phase.reuse, Phase.generate])  # to shrink takes minutes
@given(people(), PAID, RECEIVED, st.sampled_from(list(Form)))
def test_a_random_fund_comes_in_again_as_it_went_out(persons, paid, received, form):
    fund = made(persons, paid, received)
    days = sorted({day for one in persons for _, day in one["life"]})
    asked = {"days": [*days, *(a + (b - a) // 2 for a, b in pairwise(days)), TAKEN.date()], "from_on": FOUNDED,
             "until_on": date(2026, 1, 1)}
    file = taken_from(fund.somsri, form=form, taken_at=TAKEN)
    again = brought_in(fund.somsri, file=file, form=form, taken_at=TAKEN)
    before, after = (state(fund_id=one, **asked) for one in (fund.id, again.fund_id))
    for name, was in vars(before).items():
        if name != "income_and_expenditure":
            assert vars(after)[name] == was, name
    own = {month: pair for month, pair in before.income_and_expenditure.items() if month >= START}
    assert {month: after.income_and_expenditure.get(month) for month in own} == own
    assert everything_found(fund_id=again.fund_id) == ()


def test_random_lives_are_as_various_as_they_should_be():
    """At least some of what is drawn pauses, leaves and comes back."""
    seen = set()

    @settings(max_examples=200, deadline=None, database=None)
    @given(lives())
    def look(life):
        kinds = [kind for kind, _ in life]
        seen.update({"again"} if kinds.count(Happening.JOINED) > 1 else (), {"paused"} if set(kinds) & PAUSING else ())

    look()
    assert seen == {"again", "paused"}
