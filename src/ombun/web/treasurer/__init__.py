"""The treasurer's desk: cash, what waits, the books, closing the month.

โต๊ะเหรัญญิก: เงินสด งานที่รอ บัญชี ปิดเดือน
"""
