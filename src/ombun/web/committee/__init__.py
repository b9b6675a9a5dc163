"""The committee's desk: claims, certifying, deciding, paying.

โต๊ะกรรมการ: คำขอ รับรอง อนุมัติ จ่าย
"""
