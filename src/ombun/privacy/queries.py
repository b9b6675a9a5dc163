"""What is known of a person, whether they may be forgotten, and who looked at what."""
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from ombun.audit import queries as audit
from ombun.audit.queries import Happening
from ombun.claims import queries as claims
from ombun.claims.states import OPEN
from ombun.contributions import queries as contributions
from ombun.members import queries as members
from ombun.primitives.refusals import Refusal
from ombun.privacy.rules.columns import OF_MEMBERS
from ombun.privacy.rules.erasing import Leaver, needed_until, refusals_to_erase

LOOKS = ("privacy.number_shown", "privacy.handed_out", "privacy.erased", "privacy.consent_withdrawn",
         "members.id_card_seen", "imports.forgotten", "members.applicants_forgotten", "contributions.photos_forgotten",
         "access.copy_taken", "exports.taken_out")
"""What the page "who looked at what" tells, of everything that is written down."""
LOOKS_MAX = 200


@dataclass(frozen=True, kw_only=True)
class JudgedErasure:
    """Every reason not to forget a person yet; and from which day the books need the name no longer."""

    refusals: tuple[Refusal, ...]
    needed_until: date | None


def judged_erasure(*, fund_id: int, member_id: int, today: date) -> JudgedErasure:
    """Judge whether a member may be forgotten, changing nothing."""
    card = members.member_card(fund_id=fund_id, member_id=member_id)
    if card is None:
        return JudgedErasure(needed_until=None, refusals=(
            Refusal(code="members.unknown_member", about=str(member_id)),))
    last = last_money_on(fund_id=fund_id, member_id=member_id)
    asked = claims.claims_of_member(fund_id=fund_id, member_id=member_id)
    person = Leaver(member_id=member_id, name=card.full_name, has_left=not card.is_active_on(today),
                    open_claims=sum(claim.state in OPEN for claim in asked), last_money_on=last)
    return JudgedErasure(refusals=tuple(refusals_to_erase(person=person, today=today)),
                         needed_until=needed_until(last_money_on=last))


def last_money_on(*, fund_id: int, member_id: int) -> date | None:
    """The last day on which money came from a member or went to them, in the fund's own books and in older ones."""
    days = [line.collected_on for line in contributions.payments_of_member(fund_id=fund_id, member_id=member_id)]
    days += [month for month, _ in contributions.past_payments_of_member(fund_id=fund_id, member_id=member_id)]
    days += [one.paid_on for one in claims.benefits_received(fund_id=fund_id, member_id=member_id)]
    days += [one.paid_on for one in claims.past_benefits_of_member(fund_id=fund_id, member_id=member_id)]
    return max(days, default=None)


def everything_of(*, fund_id: int, member_id: int) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table that tells of a member, by table, as plain values; one statement a table.

    What a row tells of somebody else is left out.
    """
    entries = list(members.entries_of(fund_id=fund_id, member_ids=[member_id]))
    found: dict[str, list[dict[str, Any]]] = {}
    with connection.cursor() as cursor:
        for table, told in OF_MEMBERS.items():
            left_out = "".join(f" - '{column}'" for column in (*told.of_others, "name_key", "name_sound", "fund_id"))
            cursor.execute(f"SELECT to_jsonb(t){left_out} FROM {table} t "
                           f"WHERE t.fund_id = %s AND {told.whose} = ANY(%s)", [fund_id, entries])
            if rows := [json.loads(row[0]) for row in cursor.fetchall()]:
                found[table] = rows
    return found


def looks(*, fund_id: int, page: int = 1) -> tuple[Happening, ...]:
    """Who looked at what, handed it out or forgot it: the newest first, a page of 200."""
    return audit.of_actions(fund_id=fund_id, actions=LOOKS, first=LOOKS_MAX * (page - 1), count=LOOKS_MAX)


def looks_at(*, fund_id: int, member_id: int) -> tuple[Happening, ...]:
    """Who looked at what the fund knows of one member, oldest first."""
    entries = members.entries_of(fund_id=fund_id, member_ids=[member_id])
    found = [one for entry in entries for one in audit.history(fund_id=fund_id, subject=f"member:{entry}")
             if one.action in LOOKS]
    return tuple(sorted(found, key=_moment))


def _moment(one: Happening) -> datetime:
    return one.happened_at
