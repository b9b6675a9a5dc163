"""What the committee looks at together: the list before a month closes.

สิ่งที่กรรมการดูร่วมกัน: รายการที่ต้องทำก่อนปิดบัญชีเดือน
"""
