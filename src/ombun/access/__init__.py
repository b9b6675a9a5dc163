"""Who is signed in; the only door from a URL to a fund, a member, a claim.

ใครเข้าใช้งาน ประตูเดียวจากที่อยู่เว็บไปสู่กองทุน สมาชิก คำขอ
"""
