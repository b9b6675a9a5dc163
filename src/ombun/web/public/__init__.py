"""Pages open to all.

หน้าที่เปิดให้ทุกคน
"""
