"""The list of claims for a meeting of the committee: before it with places to write, after it as it was decided."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ombun.papers.heading import FundHeading
from ombun.papers.press import Contents, Press
from ombun.papers.wording import Language, Wording


@dataclass(frozen=True, kw_only=True)
class MeetingLine:
    """A claim on the list. `decided_satang` and `because` stay empty where nothing is decided yet."""

    claim_no: str
    member_name: str
    village: str
    benefit: str
    happened_on: date
    granted_satang: int | None
    decided_satang: int | None = None
    because: str = ""


@dataclass(frozen=True, kw_only=True)
class MeetingPaper:
    """The list as of a day; the committee's and the meeting's number stay open lines before the meeting."""

    lines: Sequence[MeetingLine]
    on: date
    committee_no: int | None = None
    meeting_no: int | None = None
    signed_by: str = ""


def meeting_pdf(*, fund: FundHeading, meeting: MeetingPaper, language: Language = "th") -> bytes:
    """The list on A4 across, with places for the chair and the secretary to sign."""
    return Press("meeting").printed(meeting_contents(fund=fund, meeting=meeting, language=language))


def meeting_contents(*, fund: FundHeading, meeting: MeetingPaper, language: Language) -> Contents:
    """What the template is told: everything as it is to be printed."""
    say, m = Wording(language=language), meeting
    return {
        "language": language, "fund": fund.contents(say), "dated": m.on.isoformat(), "on": say.day(m.on),
        "is_decided": m.meeting_no is not None, "committee_no": say.digits(m.committee_no or ""),
        "meeting_no": say.digits(m.meeting_no or ""), "signed_by": m.signed_by,
        "lines": [{
            "order": say.digits(order), "claim_no": say.digits(line.claim_no), "member": line.member_name,
            "village": say.digits(line.village), "benefit": say.digits(line.benefit),
            "day": say.day_short(line.happened_on), "granted": say.amount_or_blank(line.granted_satang),
            "decided": say.amount_or_blank(line.decided_satang), "because": line.because}
            for order, line in enumerate(m.lines, start=1)],
        "granted": say.amount(sum(line.granted_satang or 0 for line in m.lines)),
        "approved": say.amount(sum(line.decided_satang or 0 for line in m.lines))}
