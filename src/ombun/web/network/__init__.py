"""The province's desk: funds in figures, no names.

โต๊ะจังหวัด: ตัวเลขของกองทุน ไม่มีชื่อคน
"""
