"""Which member is meant by what somebody typed: a number, or enough of a name."""
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from ombun.members import queries as members
from ombun.members.queries import MemberCard
from ombun.primitives.actors import Actor
from ombun.primitives.thai import arabic_digits
from ombun.web.typed import Typed


def member_meant(typed: Typed, actor: Actor, name: str) -> MemberCard | None:
    """The one member whose number, or part of the name, was typed; None when nothing was. Inside a reading."""
    written = arabic_digits(typed.text(name, _("เลขทะเบียนสมาชิก"), is_optional=True))
    found = members.members_meant(fund_id=actor.fund_id, text=written) if written else ()
    if written and not found:
        typed.refuse("web.no_such_member", name, typed=written)
    elif len(found) > 1:
        typed.refuse("web.several_members_fit", name, typed=written, members=in_words(found))
    return found[0] if len(found) == 1 else None


def in_words(cards: Sequence[MemberCard], *, most: int = 5) -> str:
    """Members with their numbers in one line, a few of many."""
    told = [f"{card.member_no} {card.full_name}" for card in cards[:most]]
    return ", ".join([*told, "…"] if len(cards) > most else told)
