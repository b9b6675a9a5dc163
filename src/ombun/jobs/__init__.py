"""What runs from the command line, or by itself while the program is open.

งานที่สั่งจากบรรทัดคำสั่ง หรือทำเองระหว่างที่เปิดโปรแกรมไว้
"""
