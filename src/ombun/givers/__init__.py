"""Who gave to the fund beside its members: groups that share a profit, people and temples that donate.

ผู้ให้ของกองทุนนอกจากสมาชิก: กลุ่มที่แบ่งผลกำไร คนและวัดที่บริจาค ทุกคนได้ใบเสร็จ
"""
