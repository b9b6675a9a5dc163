"""The demo fund: a made-up tambon with five years of history, told through the real operations.

กองทุนตัวอย่าง: ตำบลสมมติที่มีเรื่องราวห้าปี บันทึกด้วยคำสั่งจริงของระบบ

`tambon` and `names` set the scene, `neighbours` and `committee` bring the people, `dues`, `money` and `needs` say what
happens to them, `story` puts it in the order of days, `ground` does it, `build` runs the whole. Everything is invented.
"""
