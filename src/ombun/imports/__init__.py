"""The workbooks that a fund kept before: read, judged row by row, taken in at once, and taken out again.

สมุดและแฟ้มที่กองทุนเคยใช้: อ่าน ดูทีละแถว รับเข้าพร้อมกัน และถอนออกได้
"""
