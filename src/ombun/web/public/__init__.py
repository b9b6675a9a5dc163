"""Pages for everybody, without signing in: whether a receipt stands in a fund's sealed books.

หน้าที่ทุกคนเปิดได้: ใบเสร็จนี้อยู่ในบัญชีที่ผนึกแล้วหรือไม่
"""
