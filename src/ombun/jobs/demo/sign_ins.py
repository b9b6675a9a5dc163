"""One sign-in for each desk. The password works in the demo's own database and nowhere else."""
from collections.abc import Iterator
from typing import NamedTuple

from ombun.access.passwords import OF_THE_DEMO
from ombun.primitives.actors import Role

PASSWORD = OF_THE_DEMO


class SignIn(NamedTuple):
    """A user name, its desk in both languages, and who of the story sits there."""

    username: str
    role: Role
    thai: str
    english: str
    seat: str | None = None
    moo: int | None = None


SIGN_INS = (
    SignIn("treasurer", Role.TREASURER, "เหรัญญิก", "treasurer", "treasurer"),
    SignIn("registrar", Role.REGISTRAR, "ฝ่ายทะเบียน", "registrar", "registrar"),
    SignIn("chair", Role.CHAIR, "ประธาน", "chair", "chair"),
    SignIn("secretary", Role.SECRETARY, "เลขานุการ", "secretary", "secretary"),
    SignIn("collector", Role.COLLECTOR, "ผู้เก็บเงินหมู่ 4", "collector of village 4", "collector:4", 4),
    SignIn("auditor", Role.AUDITOR, "กรรมการตรวจสอบ", "auditor", "auditor"),
    SignIn("member", Role.MEMBER, "สมาชิก", "member"),
    SignIn("province", Role.PROVINCE, "ผู้ประสานงานจังหวัด", "province"))


def table() -> Iterator[str]:
    """The sign-ins as lines to read."""
    yield "ชื่อผู้ใช้ของกองทุนตัวอย่าง · sign-ins of the demo fund"
    for one in SIGN_INS:
        yield f"  {one.username:<12} {one.thai} · {one.english}"
    yield f"  รหัสผ่านเดียวกันทุกโต๊ะ · one password for all: {PASSWORD}"
