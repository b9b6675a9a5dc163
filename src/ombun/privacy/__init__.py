"""What the fund knows of a person: who looks at it, how it is handed out, and how it is forgotten.

กองทุนรู้อะไรเกี่ยวกับใคร ใครได้ดู ส่งมอบอย่างไร และลบอย่างไร
"""
