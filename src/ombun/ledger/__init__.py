"""Accounts, entries, lines that sum to zero. Knows nothing of members or claims.

ผังบัญชี รายการบัญชี และบรรทัดที่รวมกันเป็นศูนย์ ไม่รู้จักสมาชิกหรือคำขอ
"""
