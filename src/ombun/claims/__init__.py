"""A member asks, the centre certifies, the committee decides, the treasurer pays.

สมาชิกขอ ศูนย์รับรอง กรรมการตัดสิน เหรัญญิกจ่าย
"""
