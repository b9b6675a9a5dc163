"""The sheet of a whole fund is read back letter by letter, wherever its long texts were cut."""
import io

from hypothesis import example, given
from hypothesis import strategies as st

from ombun.exports.rules import whole
from ombun.exports.rules.texts import write_texts
from ombun.exports.rules.whole import read_whole, whole_table
from ombun.exports.rules.workbook import write_workbook


@given(st.text("ก'=-+@\t[]{}\":,1", max_size=60), st.integers(1, 7))
@example("1''ก", 2)  # a piece of a text may begin with any sign
@example("'=1+1", 5)
def test_a_text_cut_anywhere_is_the_same_again(text, letters):
    before, whole._LETTERS_MAX = whole._LETTERS_MAX, letters
    try:
        for name, write in (("f.zip", write_texts), ("f.xlsx", write_workbook)):
            file = io.BytesIO()
            write(tables=[whole_table(head={"shape": "x"}, tables=[("members_member", [text])])], into=file)
            file.seek(0)
            read = read_whole(file=file, name=name)
            assert (read.head["shape"], read.tables) == ("x", {"members_member": [f"[{text}]"]})
    finally:
        whole._LETTERS_MAX = before
