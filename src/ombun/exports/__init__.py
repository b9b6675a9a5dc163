"""The whole fund taken away again: one workbook, or a zip of CSV files, in the shape in which it can come in.

เอาข้อมูลทั้งกองทุนออกไปได้: สมุดงานเดียว หรือแฟ้ม CSV ในรูปที่นำเข้ากลับได้
"""
