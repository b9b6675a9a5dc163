"""The rule book each fund voted, by version, clause and day: what it grants, and why.

ระเบียบที่กองทุนลงมติ ตามฉบับ ข้อ และวัน: ให้อะไร เพราะอะไร
"""
