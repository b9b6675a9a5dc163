"""Who did what, when, to what. Rows are only added.

ใครทำอะไร เมื่อไร กับสิ่งใด เพิ่มแถวได้อย่างเดียว
"""
