"""The way of a claim: asked, certified, decided, paid; who signed on which day, and who wrote it down."""
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ombun.claims.queries import ClaimCard
from ombun.claims.states import Act, ClaimState

_WAITS_FOR = {ClaimState.FILED: Act.CERTIFY, ClaimState.CERTIFIED: Act.APPROVE, ClaimState.APPROVED: Act.PAY}


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One stage of the way: where it stands, its name, the people and the day, and who wrote it down."""

    state: str
    title: str | Promise
    people: tuple[str, ...] = ()
    on: date | None = None
    recorded_by: str = ""


def stages(*, card: ClaimCard, recorders: Mapping[int, str]) -> list[Stage]:
    """The stages of a claim in order, the waiting one marked."""
    told = [Stage(state="done", title=_("ยื่นคำขอ"), on=card.filed_on,
                  recorded_by=recorders.get(card.filed_by, ""))]
    told += [_stage(card, Act.CERTIFY, _("ศูนย์หมู่บ้านรับรอง"), card.certified_on, recorders)]
    if card.state == ClaimState.REJECTED:
        told = [stage for stage in told if stage.state == "done"]
        return [*told, _stage(card, Act.REJECT, _("ประธานไม่อนุมัติ"), card.decided_on, recorders)]
    return [*told, _stage(card, Act.APPROVE, _("ประธานอนุมัติ"), card.decided_on, recorders),
            _stage(card, Act.PAY, _("เหรัญญิกจ่ายเงิน"), card.paid_on, recorders)]


def _stage(
    card: ClaimCard, act: Act, title: str | Promise, on: date | None, recorders: Mapping[int, str]
) -> Stage:
    signed = card.signed(act)
    if not signed:
        waits = _WAITS_FOR.get(card.state) == act
        return Stage(state="waits" if waits else "later", title=title)
    return Stage(state="wrong" if act == Act.REJECT else "done", title=title, on=on,
                 people=tuple(s.name for s in signed), recorded_by=_names((s.recorded_by for s in signed), recorders))


def _names(users: Iterable[int], recorders: Mapping[int, str]) -> str:
    return ", ".join(dict.fromkeys(recorders[user] for user in users if user in recorders))
