"""Dues, collection days, receipts, arrears.

เงินสมทบที่ถึงกำหนด วันรับเงิน ใบเสร็จ เงินค้างส่ง
"""
