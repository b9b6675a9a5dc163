"""Which database, and which copy in a file, holds the demo fund: a mark in the data itself."""
from pathlib import Path

from ombun.jobs.machine import database, proof
from ombun.jobs.machine.words import Trouble

TABLE = "access_demomark"


def is_demo(urls: database.Urls) -> bool:
    """Whether the open database is marked; one without tables is not. Raises Trouble when it cannot be reached."""
    with database.connected(urls.owner) as connection:
        there = TABLE in proof.tables(connection)
        return there and connection.execute(f"SELECT 1 FROM {TABLE} WHERE is_demo".encode()).fetchone() is not None


def mark_as_demo(urls: database.Urls) -> None:
    """Mark a new database before anything is entered. Raises Trouble when it holds something already."""
    from ombun.access import operations

    with database.connected(urls.loader) as connection:
        if not proof.is_empty(connection):
            raise Trouble("ฐานข้อมูลนี้มีข้อมูลจริงอยู่ กองทุนตัวอย่างต้องอยู่ในฐานข้อมูลของตัวเอง: เริ่มใหม่ด้วย ./ombun demo --fresh",
                          "this database holds data that is not the demo's: make the demo anew with "
                          "./ombun demo --fresh")
    operations.mark_as_demo()


def refuse_to_serve_the_demo() -> None:
    """Raises Trouble when the database that was opened as the real one is marked."""
    from django.conf import settings

    if settings.OMBUN_IS_DEMO:
        raise Trouble("ฐานข้อมูลนี้เป็นของกองทุนตัวอย่าง: เปิดด้วย ./ombun demo",
                      "this database holds the demo fund: open it with ./ombun demo")


def whose_data() -> tuple[str, str]:
    """Of which funds the open database is, in Thai and in English."""
    from django.conf import settings

    from ombun.funds import queries

    codes = [fund.code for fund in queries.directory()]
    some = ", ".join(codes[:3]) + (f" (+{len(codes) - 3})" if len(codes) > 3 else "")
    thai, english = ("ข้อมูลของกองทุนตัวอย่าง", "data of the demo") if settings.OMBUN_IS_DEMO else ("ข้อมูลจริง", "real data")
    if not codes:
        return f"{thai} ยังไม่มีกองทุน", f"{english}, no fund yet"
    return f"{thai}: {some}", f"{english}: {some}"


def refuse_the_other_kind(file: Path, *, rows_of_the_mark: str, is_demo: bool) -> None:
    """The demo never comes into a real database, nor a real fund into the demo's. Raises Trouble."""
    is_copy_of_demo = "\tt\n" in rows_of_the_mark
    if is_copy_of_demo and not is_demo:
        raise Trouble(f"{file} เป็นสำเนาของกองทุนตัวอย่าง ใครก็รู้รหัสผ่าน จึงไม่นำเข้ากองทุนจริง: เติม --demo เพื่อกู้คืนลงกองทุนตัวอย่าง",
                      f"{file} is a copy of the demo fund, whose password everybody knows: restore it with --demo")
    if is_demo and not is_copy_of_demo:
        raise Trouble(f"{file} เป็นสำเนาของกองทุนจริง จึงไม่นำเข้ากองทุนตัวอย่าง: กู้คืนโดยไม่ใส่ --demo",
                      f"{file} is a copy of a real fund and does not go into the demo: restore it without --demo")
