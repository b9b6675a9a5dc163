"""Words every room uses: satang, days and the Buddhist era, national ID, actors, refusals, transactions. No tables.

คำที่ทุกห้องใช้ร่วมกัน: สตางค์ วันและ พ.ศ. เลขประจำตัวประชาชน ผู้กระทำ คำปฏิเสธ ธุรกรรม ไม่มีตาราง
"""
