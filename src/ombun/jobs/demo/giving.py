"""What comes to the demo fund beside the dues: things instead of money by a voted list, and givers who get receipts."""
from collections.abc import Mapping, Sequence
from io import BytesIO

from PIL import Image, ImageDraw

from ombun.contributions import operations as contributions
from ombun.contributions.rules import Given, Rate
from ombun.contributions.rules.photos import shrunk
from ombun.givers import operations as givers
from ombun.givers.rules import GiftKind, GiverKind, NewGift
from ombun.jobs.demo.committee import collector
from ombun.jobs.demo.neighbours import Neighbour
from ombun.jobs.demo.seed import Calendar, fixed_id, moment
from ombun.ledger.rules import BANK, TREASURER_CASH
from ombun.members.rules.resolutions import NewResolution
from ombun.primitives.actors import Actor
from ombun.primitives.money import Satang

_LIST: tuple[tuple[str, str, int | None, bool], ...] = (
    ("ขวดพลาสติก", "กก.", 800, True), ("กระดาษลัง", "กก.", 300, True), ("ผักปลอดสาร", "กก.", 2_000, False),
    ("แรงงานพัฒนาป่าชุมชน", "วัน", 30_000, False), ("ปลูกต้นไม้", "ต้น", None, False))
_BROUGHT = (("ขวดพลาสติก", 4_500), ("กระดาษลัง", 12_000), ("ผักปลอดสาร", 3_000), ("ปลูกต้นไม้", 5_000))
_IN_VILLAGE = 2
_GIFTS = (
    (GiftKind.GROUP_PROFIT, GiverKind.SAVINGS_GROUP, "กลุ่มออมทรัพย์เพื่อการผลิตบ้านสมมติ", 500_000, "", BANK),
    (GiftKind.DONATION, GiverKind.TEMPLE, "วัดสมมติธรรมาราม", 0, "ข้าวสาร 20 ถุง", TREASURER_CASH),
    (GiftKind.DONATION, GiverKind.PERSON, "", 100_000, "", TREASURER_CASH))


def give(actor: Actor, people: Sequence[Neighbour], member_ids: Mapping[str, int], calendar: Calendar) -> None:
    """Things brought today in one village, and three gifts. Doing it again changes nothing."""
    at = moment(calendar.today)
    for item, unit, worth, is_kept in _LIST:
        contributions.vote_exchange_rate(
            actor=actor, recorded_at=at, rate=Rate(
                id=fixed_id("rate", item), item=item, unit=unit, is_kept=is_kept, from_on=calendar.starts_on,
                worth_satang=None if worth is None else Satang(worth)),
            resolution=NewResolution(committee_no=1, meeting_no=1, met_on=calendar.starts_on,
                                     signed_by=fixed_id("person", "chair")))
    here = [one for one in people if one.moo == _IN_VILLAGE and one.is_member(calendar.today)]
    contributions.take_in_things(
        actor=actor, deed_id=fixed_id("things", _IN_VILLAGE), received_on=calendar.today, today=calendar.today,
        witness_id=fixed_id("person", collector(_IN_VILLAGE)), recorded_at=at, given=[
            Given(member_id=member_ids[who.member_no], rate_id=fixed_id("rate", item), thousandths=thousandths,
                  photo=_bottles() if item == "ขวดพลาสติก" else None)
            for who, (item, thousandths) in zip(here, _BROUGHT, strict=False)])
    for number, (kind, giver_kind, name, satang, things, into) in enumerate(_GIFTS):
        givers.receive_gift(actor=actor, gift_id=fixed_id("gift", number), recorded_at=at, gift=NewGift(
            kind=kind, giver_kind=giver_kind, giver_name=name, amount_satang=Satang(satang), things=things,
            into_account=into, given_on=calendar.today, received_by=fixed_id("person", "treasurer")))


def _bottles() -> bytes:
    """A drawn picture of bottles on a table, in the place of a photo."""
    drawn = Image.new("RGB", (960, 720), "#dfe9e4")
    pen = ImageDraw.Draw(drawn)
    pen.rectangle((0, 560, 960, 720), fill="#9b7a55")
    for place, colour in enumerate(("#7fb7c9", "#8cc5a2", "#7fb7c9", "#b9d7e2", "#8cc5a2")):
        left = 90 + place * 165
        pen.rounded_rectangle((left, 250, left + 120, 590), radius=40, fill=colour)
        pen.rectangle((left + 40, 190, left + 80, 260), fill=colour)
        pen.rectangle((left + 36, 170, left + 84, 198), fill="#2f6f8f")
    file = BytesIO()
    drawn.save(file, "PNG")
    return shrunk(sent=file.getvalue())
