"""The application form: blank for the pen, or with what the register knows already; everything else stays open."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ombun.members.rules.consents import CONSENT_WORDING
from ombun.papers.heading import FundHeading
from ombun.papers.press import Contents, Press
from ombun.papers.wording import Language, Wording

BENEFICIARIES_MIN = 2
ID_DIGITS = 13
_NUMBERS = ("member_no", "born_on", "house_no", "moo", "phone", "committee_no", "meeting_no", "clause")
_DAYS = ("applied_on", "met_on", "accepted_from")


@dataclass(frozen=True, kw_only=True)
class BeneficiaryLine:
    """Somebody who receives on the member's death: name, relation, where to find them."""

    name: str
    relation: str = ""
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class GuardianLine:
    """Who acts for an applicant under 20."""

    name: str = ""
    relation: str = ""
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class ApplicationPaper:
    """What is known of an application; what is empty is left to the pen. `born_on` and `national_id` are as they are
    to be shown: a year alone, a number with its middle hidden. `kind` is a kind of CODI's form in small letters."""

    member_no: str = ""
    applied_on: date | None = None
    full_name: str = ""
    national_id: str = ""
    born_on: str = ""
    house_no: str = ""
    moo: str = ""
    village_name: str = ""
    phone: str = ""
    kind: str = ""
    dues_satang: int = 0
    dues_every_months: int = 0
    beneficiaries: Sequence[BeneficiaryLine] = ()
    guardian: GuardianLine | None = None
    committee_no: str = ""
    meeting_no: str = ""
    met_on: date | None = None
    clause: str = ""
    accepted_from: date | None = None
    chair_name: str = ""


def application_pdf(
    *, fund: FundHeading, application: ApplicationPaper, printed_on: date, language: Language = "th"
) -> bytes:
    """The form on both sides of a sheet of A4."""
    return Press("application").printed(application_contents(
        fund=fund, application=application, printed_on=printed_on, language=language))


def application_contents(
    *, fund: FundHeading, application: ApplicationPaper, printed_on: date, language: Language
) -> Contents:
    """What the template is told: everything as it is to be printed."""
    say, a = Wording(language=language), application
    who = a.guardian or GuardianLine()
    open_lines = max(0, BENEFICIARIES_MIN - len(a.beneficiaries))
    return {
        "language": language, "fund": fund.contents(say), "dated": printed_on.isoformat(),
        "consent_wording": say.digits(CONSENT_WORDING),
        **{name: say.digits(getattr(a, name)) for name in _NUMBERS},
        "id_boxes": [_box(a.national_id, n, say) for n in range(ID_DIGITS)],
        **{name: say.day(day) if (day := getattr(a, name)) else "" for name in _DAYS},
        "full_name": a.full_name, "village_name": a.village_name, "kind": a.kind, "chair": a.chair_name,
        "dues": say.amount_or_blank(a.dues_satang), "every": say.digits(a.dues_every_months or ""),
        "guardian": {"name": who.name, "relation": who.relation, "phone": say.digits(who.phone)},
        "beneficiaries": [{"name": one.name, "relation": one.relation, "address": say.digits(one.address)}
                          for one in (*a.beneficiaries, *[BeneficiaryLine(name="")] * open_lines)],
    }


def _box(national_id: str, place: int, say: Wording) -> str:
    """What stands in one box of the ID number; of a hidden digit nothing."""
    shown = national_id.replace("-", "")
    letter = shown[place] if len(shown) == ID_DIGITS else ""
    return say.digits(letter) if letter.isdecimal() else "×" if letter else ""
