"""A fund: its centres, committee and terms, settings, opened and closed months.

กองทุน: ศูนย์ประสานงาน กรรมการและวาระ การตั้งค่า เดือนที่เปิดและปิดบัญชีแล้ว
"""
