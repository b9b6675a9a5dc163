"""The machine under the house: its own PostgreSQL, its files, its web server. Told apart from the fund's work.

เครื่องใต้บ้าน: ฐานข้อมูล แฟ้มที่เตรียมไว้ และตัวให้บริการหน้าจอ
"""
