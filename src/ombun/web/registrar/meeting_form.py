"""The meeting at which the committee decided, typed into a form as the paper names it and read out of it."""
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ombun.funds import queries as funds
from ombun.members import queries
from ombun.members.rules.resolutions import NUMBER_MAX, SIGNING, NewResolution
from ombun.primitives.actors import Role
from ombun.primitives.sentences import day_in_words
from ombun.web import choices
from ombun.web.typed import Typed

RECORDING = (Role.REGISTRAR, Role.TREASURER, Role.SECRETARY, Role.CHAIR)


def signers(*, fund_id: int, on: date) -> dict[str, str]:
    """Who may sign a resolution today: the chair and the vice-chair."""
    return choices.people(funds.office_holders(fund_id=fund_id, on=on), offices=SIGNING)


def proposed_meeting(*, fund_id: int, today: date) -> dict[str, str]:
    """The form before anybody typed: the committee of the last meeting, and today."""
    last = queries.last_meeting(fund_id=fund_id)
    day = day_in_words(today, short=True)
    return {"met_on": day, "happened_on": day, "joined_on": day, **({} if last is None else {
        "committee_no": str(last.committee_no), "clause": last.clause,
        **({"meeting_no": str(last.meeting_no)} if last.met_on == today else {})})}


def read_meeting(*, form: Typed, people: Mapping[str, str]) -> NewResolution:
    """The meeting as typed; mistakes are kept in `form`."""
    return NewResolution(
        committee_no=form.number("committee_no", _("คณะกรรมการชุดที่"), most=NUMBER_MAX),
        meeting_no=form.number("meeting_no", _("ประชุมครั้งที่"), most=NUMBER_MAX),
        met_on=form.day("met_on", _("วันประชุม")),
        signed_by=form.one_of("signed_by", _("ผู้ลงนาม"), {key: UUID(key) for key in people}))


def ticked(*, form: Typed, before: str) -> list[str]:
    """What was ticked of a list: the ends of the names of fields that begin so."""
    return [name.removeprefix(before) for name in form.fields if name.startswith(before) and form.fields[name]]
