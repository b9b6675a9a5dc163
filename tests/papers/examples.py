"""Papers of a fund that does not exist, and ways to look into a PDF."""
from dataclasses import replace
from datetime import date

import pypdfium2

from ombun.papers.heading import FundHeading
from ombun.papers.passbooks import PassbookLine, PassbookPaper
from ombun.papers.receipts import ReceiptLine, ReceiptPaper
from ombun.papers.vouchers import ReckoningLine, Signer, VoucherPaper

FUND = FundHeading(name="กองทุนสวัสดิการชุมชนตำบลหนองบัว", place="ตำบลหนองบัว อำเภอเมืองสุรินทร์ จังหวัดสุรินทร์")
DAY = date(2026, 11, 25)
# Everything that means something to Typst, to a shell, to HTML or to nobody.
HOSTILE = '#eval("1/0") $x$ *ก* _ข_ @ค <ง> `จ` \\ [ฉ] {ช} // /* "ซ" \' #sys.inputs.data <script> \u202e\x00\u200b 😀'

RECEIPT = ReceiptPaper(
    book_no=4, number=123, received_on=DAY, member_name="นางทองใบ ผ่องใสน้ำเพชร", member_no="04-0012",
    village="หมู่ที่ 4 บ้านหนองบัว", lines=[ReceiptLine(text="เงินสมทบ", amount_satang=9075)],
    collector_name="นางสาวพรทิพย์ ใจบุญ")
VOUCHER = VoucherPaper(
    voucher_no="12/2570", claim_no="31/2570", paid_on=DAY, payee_name="นางทองใบ ผ่องใสน้ำเพชร",
    member_name="นางทองใบ ผ่องใสน้ำเพชร", member_no="04-0012", village="หมู่ที่ 4 บ้านหนองบัว", benefit="นอนโรงพยาบาล",
    happened_on=date(2026, 11, 20), amount_satang=30000,
    reckoning=[ReckoningLine(text="นอนโรงพยาบาล 3 คืน คืนละ 100.00 บาท", clause_no="12 (3)")],
    certifiers=[Signer(name="นายสมชาย ใจงาม", signed_on=date(2026, 11, 22))],
    chair=Signer(name="นายบุญมี มั่นคง", signed_on=date(2026, 11, 24)), treasurer=Signer(name="นางสมศรี ดีเลิศ"))
PASSBOOK = PassbookPaper(
    member_name="นางทองใบ ผ่องใสน้ำเพชร", member_no="04-0012", village="หมู่ที่ 4 บ้านหนองบัว", as_of=DAY,
    joined_on=date(2022, 1, 5), paid_until=date(2026, 12, 31),
    lines=[PassbookLine(day=DAY, text="เงินสมทบ", paper_no="4/0123", paid_satang=3000),
           PassbookLine(day=DAY, text="นอนโรงพยาบาล", paper_no="12/2570", received_satang=30000)])


def receipts(count: int) -> list[ReceiptPaper]:
    """So many receipts in the order of their numbers."""
    return [replace(RECEIPT, number=number) for number in range(1, count + 1)]


def pages(pdf: bytes) -> int:
    """How many pages a PDF has."""
    return len(pypdfium2.PdfDocument(pdf))


def text(pdf: bytes) -> str:
    """What stands in a PDF, as far as it can be read back: for Latin letters and digits, not for whole Thai words."""
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))


def size_mm(pdf: bytes) -> tuple[int, int]:
    """Width and height of the first page."""
    width, height = pypdfium2.PdfDocument(pdf)[0].get_size()
    return round(width / 72 * 25.4), round(height / 72 * 25.4)
