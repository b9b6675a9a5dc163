"""What may be typed after a command of the machine, told in both languages. A command's shape names its words."""
import re

from ombun.jobs.machine.words import Trouble, in_words

_WORDS = {
    "--port N": ("พอร์ตของหน้าจอ ไม่ใส่คือ 8000 หรือพอร์ตถัดไปที่ว่าง", "the port of the pages; 8000 or the next free one"),
    "--host H": ("ที่อยู่ของเครื่องนี้ที่ให้เครื่องอื่นเปิดได้ เช่น 0.0.0.0 ไม่ใส่คือเปิดได้เฉพาะเครื่องนี้",
                 "an address for other machines, such as 0.0.0.0; without it, this machine alone"),
    "--lan": ("ให้โทรศัพท์ในเครือข่ายเดียวกันเปิดได้ ผ่านทางที่เข้ารหัส", "sealed pages for phones in the same network"),
    "--no-browser": ("ไม่ต้องเปิดเบราว์เซอร์ให้", "open no browser"),
    "test --no-browser": ("เว้นการทดสอบที่ใช้เบราว์เซอร์", "leave out the tests that need a browser"),
    "--fresh": ("ลบกองทุนตัวอย่างแล้วสร้างใหม่", "delete the demo fund and make it anew"),
    "--demo": ("ทำกับข้อมูลของกองทุนตัวอย่าง", "on the data of the demo fund"),
    "--real": ("ทำกับข้อมูลจริงเท่านั้น", "on the real data alone"),
    "--json": ("บอกผลสำหรับโปรแกรมอื่นอ่าน", "tell it for other programs"),
    "backup FILE": ("แฟ้มที่จะเขียน เช่นบน USB", "the file to write, on a stick for example"),
    "restore FILE": ("แฟ้มที่สำรองไว้", "the copy to bring back"),
    "backup --replace": ("เขียนทับแฟ้มที่มีอยู่", "write over a file that is there"),
    "restore --replace": ("แทนที่ข้อมูลที่มีอยู่ โดยสำรองของเดิมก่อน", "replace what is there, which is copied to a file first"),
    "NAME": ("ชื่อการวัด ไม่ใส่คือวัดทั้งหมด", "what to measure; all without it"),
    "sql": ("คำสั่งที่ผู้ดูแลเครื่องแม่ข่ายใช้ครั้งเดียว", "what a server's administrator runs once"),
    "url": ("ที่อยู่ของฐานข้อมูลขณะที่เปิดอยู่", "the addresses of the database while it runs"),
    "test ...": ("ส่งต่อให้ pytest เช่นชื่อแฟ้มทดสอบ", "handed on to pytest, such as the name of a test file"),
    "lock ...": ("ส่งต่อให้ uv เช่น --upgrade", "handed on to uv, such as --upgrade"),
    "manage ...": ("คำสั่งของ Django และตัวเลือกของคำสั่งนั้น", "a command of Django with its options"),
}


def of(shape: str) -> list[str]:
    """The words that a shape such as "demo [--port N] [--fresh]" names, as they are typed."""
    return re.findall(r"--[a-z-]+(?: [A-Z]\b)?|[A-Z]{2,}|\.\.\.|\b(?:sql|url)\b", shape.partition(" ")[2])


def told(shape: str) -> list[str]:
    """A line for each word that may be typed after a command."""
    name = shape.partition(" ")[0]
    return [f"    {word:<14} {in_words(*(_WORDS.get(f'{name} {word}') or _WORDS[word]))}" for word in of(shape)]


def refuse_others(shape: str, arguments: list[str]) -> None:
    """Nothing is typed after a command that its shape does not name. Raises Trouble."""
    if others := [word for word in arguments if word not in of(shape)]:
        name = shape.partition(" ")[0]
        raise Trouble(f"{name} ไม่รู้จัก {others[0]}: ดูวิธีใช้ด้วย ./ombun {name} --help",
                      f"{name} does not know {others[0]}: see ./ombun {name} --help")
