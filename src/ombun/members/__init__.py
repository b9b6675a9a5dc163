"""Who belongs to which fund, from when, until when; beneficiaries; the workbooks they came from.

ใครเป็นสมาชิกกองทุนใด ตั้งแต่เมื่อไร ถึงเมื่อไร ผู้รับผลประโยชน์ และแฟ้มทะเบียนที่นำเข้า
"""
