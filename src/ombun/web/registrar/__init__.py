"""The registrar's desk: members, enrolling, importing the register.

โต๊ะทะเบียน: สมาชิก รับสมัคร นำเข้าทะเบียน
"""
