"""What runs from the command line or by itself at night.

งานที่สั่งจากบรรทัดคำสั่ง หรือทำเองตอนกลางคืน
"""
