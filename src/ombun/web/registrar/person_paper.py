"""What the fund knows of a member, in words for the member to read."""
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from ombun.claims import queries as claims
from ombun.contributions import queries as contributions
from ombun.members import queries as members
from ombun.members.queries import MemberCard
from ombun.papers.naming import titled
from ombun.papers.persons import PersonPaper, Section
from ombun.primitives.actors import Role
from ombun.primitives.money import baht
from ombun.primitives.sentences import day_in_words, month_in_words
from ombun.privacy import queries
from ombun.web.registrar.application_paper import born
from ombun.web.registrar.timeline import timeline
from ombun.web.registrar.words import KINDS, LOOKS, NO_ID, PURPOSES, SEXES
from ombun.web.words import ROLES


def paper_of(*, card: MemberCard, fund_id: int, everything: Mapping[str, list[dict[str, Any]]]) -> PersonPaper:
    """The paper of a member; `everything` is what was handed out, by table."""
    return PersonPaper(full_name=card.full_name, member_no=card.member_no, sections=tuple(
        section for section in (
            _who(fund_id, card), _life(fund_id, card), _agreed(fund_id, card), *_money(fund_id, card),
            _mended(everything.get("members_correction", ())), _looked(fund_id, card))
        if section.lines))


def _who(fund_id: int, card: MemberCard) -> Section:
    named = members.beneficiaries_of(fund_id=fund_id, member_ids=[card.id]).get(card.id, ())
    acting = members.guardians_of(fund_id=fund_id, member_ids=[card.id]).get(card.id, ())
    told = (
        (_("ชื่อ"), card.full_name), (_("เลขทะเบียนสมาชิก"), card.member_no),
        (_("เลขประจำตัวประชาชน"), card.national_id or (NO_ID[card.no_id_reason] if card.no_id_reason else "")),
        (_("วันเกิด"), born(person=card)),
        (_("เพศ"), SEXES[card.sex] if card.sex else ""), (_("ประเภทสมาชิก"), KINDS[card.kind] if card.kind else ""),
        (_("หมู่บ้าน"), card.moo or ""), (_("บ้านเลขที่"), card.house_no), (_("โทรศัพท์"), card.phone),
        *((_("ผู้รับผลประโยชน์"), f"{one.name} {one.relation} {one.phone}".strip()) for one in named),
        *((_("ผู้ปกครอง"), f"{one.name} {one.relation} {one.phone}".strip()) for one in acting))
    return Section(title=_("ทะเบียน"), lines=tuple((str(label), str(value)) for label, value in told if value))


def _life(fund_id: int, card: MemberCard) -> Section:
    happened = timeline(events=members.life(fund_id=fund_id, member_id=card.id))
    return Section(title=_("เรื่องราวการเป็นสมาชิก"), lines=tuple(
        (day_in_words(one.event.happened_on) if one.event.happened_on else "–",
         f"{one.title} {one.event.reason}".strip()) for one in happened))


def _agreed(fund_id: int, card: MemberCard) -> Section:
    seen = [(day_in_words(one.seen_on), _("%(who)s ดูบัตรประชาชน") % {"who": one.seen_by})
            for one in members.cards_seen(fund_id=fund_id, member_id=card.id)]
    given = [(day_in_words(one.given_on), _("ยินยอมเรื่อง%(what)s ตามข้อความฉบับที่ %(wording)s") % {
        "what": PURPOSES[one.purpose][0], "wording": one.wording}) for one in
        members.consents_of(fund_id=fund_id, member_id=card.id)]
    withdrawn = [(day_in_words(one.withdrawn_on), _("ถอนความยินยอมเรื่อง%(what)s") % {"what": PURPOSES[one.purpose][0]})
                 for one in members.consents_of(fund_id=fund_id, member_id=card.id) if one.withdrawn_on]
    return Section(title=_("ความยินยอมและบัตรประชาชน"), lines=(*given, *withdrawn, *seen))


def _money(fund_id: int, card: MemberCard) -> Iterable[Section]:
    paid = contributions.payments_of_member(fund_id=fund_id, member_id=card.id)
    yield Section(title=_("เงินสมทบที่ส่ง"), lines=tuple(
        (day_in_words(line.collected_on), _("เล่มที่ %(book)s เลขที่ %(number)s · %(baht)s บาท") % {
            "book": line.book_no, "number": line.number, "baht": baht(line.amount_satang)}
         + (f" ({_('ใบเสร็จนี้ยกเลิกแล้ว')})" if line.is_cancelled else "")) for line in paid))
    yield Section(title=_("เงินสมทบตามสมุดเดิม"), lines=tuple(
        (month_in_words(month), _("%(baht)s บาท") % {"baht": baht(satang)})
        for month, satang in contributions.past_payments_of_member(fund_id=fund_id, member_id=card.id)))
    asked = claims.claims_of_member(fund_id=fund_id, member_id=card.id)
    yield Section(title=_("คำขอสวัสดิการ"), lines=tuple(
        (day_in_words(claim.filed_on), f"{titled(claim)} · {baht(claim.amount_satang or 0)} {_('บาท')}"
         + (f" · {_('จ่ายเมื่อ')} {day_in_words(claim.paid_on)}" if claim.paid_on else "")) for claim in asked))
    yield Section(title=_("สวัสดิการตามสมุดเดิม"), lines=tuple(
        (day_in_words(told.paid_on), f"{told.words} · {baht(told.amount_satang)} {_('บาท')}")
        for told in claims.past_benefits_of_member(fund_id=fund_id, member_id=card.id)))


def _mended(corrections: Iterable[Mapping[str, Any]]) -> Section:
    """Each mending: when, and what stood there before."""
    return Section(title=_("ข้อมูลที่เคยแก้"), lines=tuple(
        (str(one["recorded_at"])[:10], ", ".join(
            f"{name}: {pair[0] or '–'} → {pair[1] or '–'}" for name, pair in sorted(one["changes"].items())))
        for one in corrections))


def _looked(fund_id: int, card: MemberCard) -> Section:
    return Section(title=_("ใครดูข้อมูล"), lines=tuple(
        (day_in_words(one.happened_at), f"{ROLES[Role(one.role)]} · {LOOKS[one.action]}")
        for one in queries.looks_at(fund_id=fund_id, member_id=card.id)))
