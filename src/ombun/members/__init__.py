"""Who belongs to which fund, from when, until when; beneficiaries.

ใครเป็นสมาชิกกองทุนใด ตั้งแต่เมื่อไร ถึงเมื่อไร และผู้รับผลประโยชน์
"""
