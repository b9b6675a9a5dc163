"""Whoever holds a receipt looks whether it stands in the books. Nothing is told but that: no name, no other sum."""
from allauth.core.ratelimit import consume_or_429
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ombun.access.door import looking_up, open_to_all
from ombun.contributions import queries
from ombun.contributions.queries import FoundReceipt
from ombun.contributions.rules import Proof, ReceiptMark, as_text, head_by_proof, read_code
from ombun.ledger.rules import in_groups
from ombun.papers.codes import picture
from ombun.primitives.refusals import Refusal


@open_to_all("GET", "POST")
def ask(request: HttpRequest) -> HttpResponse:
    """Paste what a phone read from a receipt; a code that can be read leads on to its answer."""
    if request.method != "POST":
        return render(request, "public/ask.html")
    typed = request.POST.get("code", "")
    if (code := read_code(text=typed)) is None:
        return render(request, "public/ask.html", {"typed": typed[:200], "refusals": [
            Refusal(code="web.no_receipt_code", about="code")]}, status=422)
    return redirect("public:check", as_text(code=code))


@open_to_all("GET")
def check(request: HttpRequest, text: str) -> HttpResponse:
    """What can be said of one receipt: in a sealed book, recorded, or not found; so many questions a minute."""
    too_many: HttpResponse | None = consume_or_429(request, action="receipt_check", limit_get=True)
    if too_many is not None:
        return too_many
    code = read_code(text=text)
    if code is None:
        return render(request, "public/answer.html", {"answer": "unreadable"}, status=404)
    with looking_up(code=code.fund_code) as fund_id:
        found = None if fund_id is None else queries.found_receipt(
            fund_id=fund_id, mark=code.mark if isinstance(code, Proof) else code)
        proof = code if isinstance(code, Proof) else _proof_of(fund_id, code, found)
    return render(request, "public/answer.html", _of_proof(code, found) if isinstance(code, Proof)
                  else _of_mark(found) | _to_keep(proof))


def _proof_of(fund_id: int | None, mark: ReceiptMark, found: FoundReceipt | None) -> Proof | None:
    """The proof of a receipt that only its mark is known of, once its month is sealed."""
    if fund_id is None or found is None or found.seal is None:
        return None
    return queries.proofs_in(fund_id=fund_id, fund_code=mark.fund_code, seal=found.seal).get(
        (mark.book_no, mark.number))


def _of_mark(found: FoundReceipt | None) -> dict[str, object]:
    """What the books of this Ombun say of a receipt."""
    if found is None:
        return {"answer": "not_found"}
    told = {"receipt": found.receipt, "is_cancelled": found.is_cancelled}
    if found.seal is None:
        return told | {"answer": "recorded"}
    return told | {"answer": "sealed", "month": found.seal.month, "head": in_groups(head=found.seal.head)}


def _of_proof(proof: Proof, found: FoundReceipt | None) -> dict[str, object]:
    """What a proof says by itself, and whether this Ombun has the same head where it knows the receipt."""
    head = head_by_proof(proof=proof)
    if head is None:
        return {"answer": "broken"}
    told = {"receipt": proof.receipt, "month": proof.month, "head": in_groups(head=head), "full_head": head.hex()}
    if found is None:
        return told | {"answer": "holds"}
    is_ours = found.seal is not None and found.seal.head == head and found.receipt == proof.receipt
    return told | {"answer": "sealed" if is_ours else "other_head", "is_cancelled": found.is_cancelled}


def _to_keep(proof: Proof | None) -> dict[str, object]:
    """The whole proof as a picture and as text, for whoever wants to keep it."""
    if proof is None:
        return {}
    text = as_text(code=proof)
    return {"proof": text, "proof_picture": picture(code=text)}
