"""Everything that the fund knows of a person, handed out to them: at a desk of the fund, or by themselves."""
import json

from django.http import HttpResponse

from ombun.access.door import reading
from ombun.members.queries import MemberCard
from ombun.papers.persons import person_pdf
from ombun.primitives.actors import Actor
from ombun.privacy import operations
from ombun.privacy.rules.erasing import HandedOutAs
from ombun.web import paper
from ombun.web.page import fund_of, now, today
from ombun.web.registrar.person_paper import paper_of


def handed_out(*, actor: Actor, card: MemberCard, shape: HandedOutAs) -> HttpResponse:
    """On paper to be read, or as a file for another program; it is written down. Raises Refused."""
    everything = operations.hand_out(actor=actor, member_id=card.id, shape=shape, handed_at=now())
    name = f"member-{card.id}"
    if shape == HandedOutAs.PDF:
        with reading(actor):
            written = paper_of(card=card, fund_id=actor.fund_id, everything=everything)
        return paper.pdf_page(name=name, content=person_pdf(
            fund=paper.heading(fund_of(actor)), person=written, printed_on=today(), language=paper.language()))
    told = json.dumps({"format": "ombun.person", "version": 1, "tables": everything}, ensure_ascii=False, indent=1)
    return HttpResponse(told, content_type="application/json", headers={
        "Content-Disposition": f'attachment; filename="{name}.json"'})
