"""Provinces, districts and tambons by their official codes.

จังหวัด อำเภอ ตำบล ตามรหัสทางการ
"""
