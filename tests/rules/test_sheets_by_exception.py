"""Everybody who owes pays what is due, except those named."""
from ombun.contributions.rules import Listed, Payment, all_but
from ombun.primitives.money import Satang

MALEE = Listed(member_id=1, member_no="0001", name="นางมาลี ใจบุญ", due_satang=Satang(3000))
BOONMEE = Listed(member_id=2, member_no="0002", name="นายบุญมี มั่นคง", due_satang=Satang(9000))
AHEAD = Listed(member_id=3, member_no="0003", name="นางทองใบ มั่นคง", due_satang=Satang(0))
SHEET = (MALEE, BOONMEE, AHEAD)


def test_everybody_who_owes_pays_what_is_due() -> None:
    assert all_but(listed=SHEET, absent=[]) == (
        (Payment(member_id=1, amount_satang=Satang(3000)), Payment(member_id=2, amount_satang=Satang(9000))),
        frozenset(), ())


def test_absent_people_are_named_by_number_or_by_name() -> None:
    for word in ("0002", "บุญมี", "นายบุญมี มั่นคง"):
        paid, away, found = all_but(listed=SHEET, absent=[word])
        assert [p.member_id for p in paid] == [1]
        assert (away, found) == ({2}, ())


def test_every_name_that_fits_nobody_or_several_is_told() -> None:
    _, _, found = all_but(listed=SHEET, absent=["สมชาย", "มั่นคง", "0001"])
    assert [(r.code, r.about) for r in found] == [
        ("contributions.absent_not_found", "สมชาย"), ("contributions.absent_fits_several", "มั่นคง")]
