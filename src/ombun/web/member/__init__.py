"""A member's own pages: passbook and benefits.

หน้าของสมาชิก: สมุดประจำตัวและสวัสดิการ
"""
