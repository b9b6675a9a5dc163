"""The code that a bank app reads: published examples, and whatever is put in is read out again."""
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ombun.ledger.rules import PromptPayKind, Slip, promptpay_code, slip_of, transfer_reference

DIGITS = {PromptPayKind.MOBILE: 10, PromptPayKind.NATIONAL_ID: 13, PromptPayKind.EWALLET: 15, PromptPayKind.BILLER: 15}
KEPT = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def crc(text):
    """CRC-16/CCITT-FALSE by long division over bits, another way than the code under test goes."""
    bits = int.from_bytes(text.encode() + b"\0\0", "big") ^ 0xFFFF << (len(text) * 8)
    for shift in range(len(text) * 8 - 1, -1, -1):
        if bits >> (shift + 16) & 1:
            bits ^= 0x11021 << shift
    return f"{bits:04X}"


def read(text):
    """The parts of a code by their marks."""
    parts = {}
    while text:
        tag, length = text[:2], int(text[2:4])
        assert tag not in parts
        parts[tag], text = text[4:4 + length], text[4 + length:]
        assert len(parts[tag]) == length
    return parts


@pytest.mark.parametrize(("satang", "code"), [
    (None, "00020101021129370016A0000006770101110113006681234567853037645802TH6304823E"),
    (36500, "00020101021229370016A0000006770101110113006681234567853037645406365.005802TH6304E184")])
def test_the_published_examples(satang, code):
    assert promptpay_code(kind=PromptPayKind.MOBILE, number="0812345678", amount_satang=satang) == code


@given(kind=st.sampled_from(PromptPayKind), number=st.integers(0, 10**15 - 1),
       satang=st.none() | st.integers(1, 10**11), reference=st.text(KEPT, max_size=20))
def test_what_is_put_in_is_read_out_again(kind, number, satang, reference):
    digits = f"{number:015}"[-DIGITS[kind]:]
    code = promptpay_code(kind=kind, number=digits, amount_satang=satang, reference=reference)
    parts = read(code)
    assert parts.pop("63") == crc(code[:-4]) and list(parts) == sorted(parts)
    to = read(parts["30" if kind == PromptPayKind.BILLER else "29"])
    if kind == PromptPayKind.BILLER:
        assert to == {"00": "A000000677010112", "01": digits, "02": reference or "0"}
    else:
        sub = {"MOBILE": "01", "NATIONAL_ID": "02", "EWALLET": "03"}[kind]
        said = "0066" + digits[1:] if kind == PromptPayKind.MOBILE else digits
        assert to == {"00": "A000000677010111", sub: said}
        assert parts.get("62") == (f"05{len(reference):02}{reference}" if reference else None)
    assert (parts["00"], parts["53"], parts["58"]) == ("01", "764", "TH")
    assert parts["01"] == ("11" if satang is None else "12")
    assert satang is None or round(float(parts["54"]) * 100) == satang


@pytest.mark.parametrize(("member_no", "reference"), [
    ("0023", "M0023"), ("4/0023", "M40023"), ("04-a12", "M04A12"), ("", ""), ("สมาชิก", ""), ("9" * 40, "M" + "9" * 19)])
def test_a_reference_has_only_letters_that_every_bank_keeps(member_no, reference):
    assert transfer_reference(member_no=member_no) == reference


def slip(bank="004", number="015320154321ABC0", country="TH", code=None):
    """The text of a slip's code."""
    told = f"000600000101{len(bank):02}{bank}02{len(number):02}{number}"
    text = f"00{len(told):02}{told}5102{country}9104"
    return text + (code or crc(text))


@given(bank=st.from_regex(r"[0-9]{3}", fullmatch=True), number=st.text(KEPT, min_size=6, max_size=30))
def test_a_slip_is_read_out_of_its_code(bank, number):
    told = Slip(bank=bank, number=number)
    assert slip_of(text=slip(bank, number)) == slip_of(text=f" {slip(bank, number)}\n") == told


@given(place=st.integers(0, 54), letter=st.sampled_from("0123456789ABCDEF"))
def test_a_slip_with_one_letter_changed_is_none(place, letter):
    text = slip()
    changed = text[:place] + letter + text[place + 1:]
    assert changed == text or slip_of(text=changed) is None


@pytest.mark.parametrize("text", [
    "", "x", "00", "0099", slip(country="US"), slip(bank="04"), slip(number="12345"), slip(number="ABC DEF"),
    slip() + "0", slip(code="0000"), slip() * 2, "๐" * 8])
def test_what_is_no_slip_of_a_bank_is_none(text):
    assert slip_of(text=text) is None
