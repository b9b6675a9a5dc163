"""Collection day in a village: the sheet, receipts.

วันรับเงินของหมู่บ้าน: ใบรายชื่อ ใบเสร็จ
"""
