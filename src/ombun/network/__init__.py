"""All funds rolled up by place. Reads the rooms below, writes only its own tables.

ภาพรวมทุกกองทุนตามพื้นที่ อ่านจากห้องด้านล่าง เขียนเฉพาะตารางของตน
"""
