"""Whose paper it is: what stands at the head of every sheet."""
from dataclasses import dataclass

from ombun.papers.press import Contents
from ombun.papers.wording import Wording


@dataclass(frozen=True, kw_only=True)
class FundHeading:
    """The fund's full name and where it is ("ตำบลหนองบัว อำเภอเมือง จังหวัดสุรินทร์"); a telephone number if it has one."""

    name: str
    place: str
    phone: str = ""

    def contents(self, say: Wording) -> Contents:
        """As it is to be printed."""
        return {"name": say.digits(self.name), "place": say.digits(self.place), "phone": say.digits(self.phone)}
