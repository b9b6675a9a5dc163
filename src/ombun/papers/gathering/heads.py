"""Whose paper it is, and from which village."""
from ombun.funds.queries import Centre, FundCard
from ombun.papers.heading import FundHeading

BANGKOK = 10


def heading(fund: FundCard) -> FundHeading:
    """The head of a fund's papers; Bangkok has khwaeng and khet where other provinces have tambon and amphoe."""
    if fund.province_code == BANGKOK:
        khet = fund.district.removeprefix("เขต")
        return FundHeading(name=fund.name, place=f"แขวง{fund.tambon} เขต{khet} {fund.province}")
    return FundHeading(name=fund.name, place=f"ตำบล{fund.tambon} อำเภอ{fund.district} จังหวัด{fund.province}")


def village(centre: Centre) -> str:
    """A village as papers name it: "หมู่ที่ 4 บ้านห้วยทราย"."""
    return f"หมู่ที่ {centre.moo} {centre.name}"
