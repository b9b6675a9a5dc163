"""Typst documents: receipts, passbooks, vouchers, statements.

เอกสารพิมพ์: ใบเสร็จ สมุดประจำตัว ใบสำคัญจ่าย งบการเงิน
"""
