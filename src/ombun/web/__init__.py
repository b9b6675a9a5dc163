"""Pages by desk. A page is a translator: parse, one call, render.

หน้าจอแยกตามโต๊ะทำงาน หน้าจอเป็นเพียงผู้แปล: อ่านค่า เรียกหนึ่งครั้ง แสดงผล
"""
