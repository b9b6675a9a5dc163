"""A claim as it is typed: read, judged before it is filed, filed. Used by the committee's desk and the member's."""
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ombun.claims import operations
from ombun.claims.rules import UNITS_MAX, Filing
from ombun.primitives.actors import Actor
from ombun.primitives.days import thai_day
from ombun.regulations.queries import ClauseCard
from ombun.regulations.rules.vocabulary import BenefitRule, Document, Unit
from ombun.web.committee import words
from ombun.web.page import fresh_deed, now, today
from ombun.web.typed import Typed


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the form of one benefit asks."""

    day: str | Promise
    how_many: str | Promise | None
    place: str | Promise | None
    name: str | Promise | None
    documents: tuple[tuple[str, str, bool], ...]  # the field, the paper's name, whether it is ticked


def asked(*, rule: BenefitRule, typed: Mapping[str, str]) -> Asked:
    """The fields for a clause: a hospital is asked for its name, a birth for the child's."""
    return Asked(
        day=words.day_asked(rule=rule), how_many=words.HOW_MANY[rule.unit] if rule.unit else None,
        place=_("โรงพยาบาล") if rule.unit == Unit.NIGHT else None,
        name=_("ชื่อบุตร") if Document.BIRTH_CERTIFICATE in rule.documents else None,
        documents=tuple((f"seen-{paper}", gettext(f"regulations.document_{paper}"), bool(typed.get(f"seen-{paper}")))
                        for paper in rule.documents))


def fresh_form() -> dict[str, str]:
    """The form as it is shown first."""
    return {"deed": str(fresh_deed()), "filed_on": thai_day(today(), short=True)}


def typed_filing(*, typed: Typed, member_id: int, clause: ClauseCard) -> Filing:
    """Read the form of a benefit."""
    happened_on = typed.day("happened_on", words.day_asked(rule=clause.rule))
    filed_on = typed.day("filed_on", _("วันที่ยื่น"))
    counted = typed.fields.get("units", "").strip()
    units = typed.number("units", _("จำนวน"), most=UNITS_MAX) if counted else None
    details = {key: typed.text(key, "", is_optional=True) for key in ("place", "name", "note")}
    return Filing(
        member_id=member_id, benefit=clause.benefit, happened_on=happened_on, units=units, filed_on=filed_on,
        details={key: text for key, text in details.items() if text},
        documents_seen=tuple(paper for paper in Document if typed.fields.get(f"seen-{paper}")))


def file_typed(*, actor: Actor, deed: UUID, filing: Filing) -> None:
    """File it. The id was made when the form was shown: a second click gives the first answer."""
    operations.file_claim(
        actor=actor, claim_id=deed, member_id=filing.member_id, benefit=filing.benefit,
        happened_on=filing.happened_on, filed_on=filing.filed_on, units=filing.units, details=filing.details,
        documents_seen=filing.documents_seen, recorded_at=now())


def day_of_form(fields: Mapping[str, str]) -> date:
    """The day whose rule book the form shows: the day of the event once it can be read, today before."""
    typed = Typed(fields)
    day = typed.day("happened_on", "")
    return today() if typed.refusals else day
