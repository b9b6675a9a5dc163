"""A day on which members bring things instead of money: weighed or counted, seen by a witness or
photographed, credited to dues."""
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from ombun.access.door import centre_or_404, desk, reading
from ombun.contributions import operations
from ombun.contributions import queries as contributions
from ombun.contributions.queries import ThingGiven
from ombun.contributions.rules import Given, Rate, rates_on, read_thousandths
from ombun.contributions.rules.photos import SENT_BYTES_MAX, NotAPhoto, shrunk
from ombun.funds import queries as funds
from ombun.funds.queries import Centre
from ombun.members import queries as members
from ombun.primitives.actors import Actor
from ombun.primitives.days import add_months, month_of
from ombun.primitives.refusals import Refusal, Refused
from ombun.primitives.sentences import day_in_words
from ombun.primitives.thai import tidy
from ombun.web import choices
from ombun.web.collect.views import COLLECTING, usual_collector
from ombun.web.members_meant import member_meant
from ombun.web.page import fresh_deed, fund_of, now, page, today
from ombun.web.typed import Typed

LINES = 10  # of an empty page; whoever brings three things has three of them
OF_A_LINE = ("member", "rate", "quantity", "photo")


@desk(*COLLECTING, methods=("GET", "POST"))
def things(request: HttpRequest, actor: Actor, moo: int) -> HttpResponse:
    """What members of a village gave this month and last, and a list to fill in: who, what, how much."""
    refusals: Sequence[Refusal] = ()
    with reading(actor):
        centre = centre_or_404(actor=actor, moo=moo)
    if request.method == "POST":
        try:
            if "take_back" in request.POST:
                _take_back(request.POST, actor, centre)
            else:
                _take_in(request.POST, request.FILES, actor)
        except Refused as refused:
            refusals = refused.refusals
        else:
            return redirect("collect:things", fund_of(actor).code, moo)
    with reading(actor):
        holders = funds.office_holders(fund_id=actor.fund_id, on=today())
        voted = contributions.exchange_rates(fund_id=actor.fund_id)
        people = members.members_of_centre(fund_id=actor.fund_id, centre_id=centre.id, on=today())
        given = contributions.things_given_since(
            fund_id=actor.fund_id, from_on=add_months(month_of(today()), -1), centre_id=centre.id)
    typed = request.POST.dict() if refusals else {
        "deed": str(fresh_deed()), "on": day_in_words(today(), short=True),
        "witness": usual_collector(actor, holders, centre.id)}
    wrong = {refusal.about for refusal in refusals}
    return page(request, actor, "collect/things.html", {
        "centre": centre, "refusals": refusals, "typed": typed, "taking_back": str(fresh_deed()), "people": people,
        "given": given, "photos_lost": bool(refusals and request.FILES), "rates": rates_on(rates=voted, day=today()),
        "witnesses": list(choices.people(holders).items()),
        "lines": [(n, *(typed.get(f"{name}-{n}", "") for name in ("member", "rate", "quantity")),
                   bool(wrong & {f"{name}-{n}" for name in OF_A_LINE})) for n in range(LINES)]},
        status=422 if refusals else 200)


@desk(*COLLECTING)
def thing(request: HttpRequest, actor: Actor, moo: int, thing: UUID) -> HttpResponse:
    """One thing given: who gave it, what it counts, who saw it, and its photo."""
    with reading(actor):
        centre = centre_or_404(actor=actor, moo=moo)
        one = _given_here_or_404(actor, centre, thing)
    return page(request, actor, "collect/thing.html", {"centre": centre, "one": one})


@desk(*COLLECTING)
def photo(request: HttpRequest, actor: Actor, moo: int, thing: UUID) -> HttpResponse:
    """The photo of one thing given, a JPEG."""
    with reading(actor):
        one = _given_here_or_404(actor, centre_or_404(actor=actor, moo=moo), thing)
        content = contributions.photo_of(fund_id=actor.fund_id, thing_id=one.id)
    if content is None:
        raise Http404
    return HttpResponse(content, content_type="image/jpeg")


def _given_here_or_404(actor: Actor, centre: Centre, thing_id: UUID) -> ThingGiven:
    """What a member of this village gave, or nothing: of another village it is not told."""
    one = contributions.thing_given(fund_id=actor.fund_id, thing_id=thing_id)
    if one is None or one.centre_id != centre.id:
        raise Http404
    return one


def _take_in(fields: Mapping[str, str], photos: MultiValueDict[str, UploadedFile], actor: Actor) -> None:
    """Lines are read in their order; what is wrong with one is told with its number."""
    typed = Typed(fields)
    deed, on = typed.deed_id(), typed.day("on", _("วันที่ให้"))
    with reading(actor):
        rates = {str(one.id): one for one in contributions.exchange_rates(fund_id=actor.fund_id)}
        holders = {str(one.person_id): one.person_id for one in
                   funds.office_holders(fund_id=actor.fund_id, on=today())}
        witness: UUID | None = typed.one_of("witness", _("พยาน"), {"": None, **holders})
        used = [n for n in range(LINES) if f"photo-{n}" in photos
                or any(tidy(fields.get(f"{name}-{n}", "")) for name in ("member", "quantity"))]
        given = [_line(typed, photos.get(f"photo-{n}"), actor, rates, n) for n in used]
    typed.demand()
    operations.take_in_things(actor=actor, deed_id=deed, given=given, received_on=on, witness_id=witness,
                              today=today(), recorded_at=now())


def _line(typed: Typed, sent: UploadedFile | None, actor: Actor, rates: Mapping[str, Rate], n: int) -> Given:
    """One line: the member by number or name, the thing, how much of it, and its photo if there is one."""
    typed.text(f"member-{n}", _("เลขทะเบียนสมาชิก"))
    member = member_meant(typed, actor, f"member-{n}")
    rate = typed.one_of(f"rate-{n}", _("สิ่งที่ให้"), rates)
    written = typed.text(f"quantity-{n}", _("จำนวน"))
    try:
        thousandths = read_thousandths(text=written) if written else 0
    except ValueError:
        thousandths = 0
        typed.refuse("contributions.not_a_quantity", f"quantity-{n}")
    return Given(member_id=member.id if member else 0, rate_id=rate.id if rate else UUID(int=0),
                 thousandths=thousandths, photo=_photo(typed, sent, n))


def _photo(typed: Typed, sent: UploadedFile | None, n: int) -> bytes | None:
    """A photo as it is kept, however large the phone made it."""
    if sent is None:
        return None
    try:
        return shrunk(sent=sent.read(SENT_BYTES_MAX + 1))
    except NotAPhoto:
        typed.refuse("contributions.not_a_photo", f"photo-{n}", line=n + 1)
        return None


def _take_back(fields: Mapping[str, str], actor: Actor, centre: Centre) -> None:
    typed = Typed(fields)
    thing, deed = typed.deed_id("take_back"), typed.deed_id()
    with reading(actor):
        mine = {one.id for one in contributions.things_given_since(
            fund_id=actor.fund_id, from_on=add_months(month_of(today()), -1), centre_id=centre.id)}
    if thing not in mine:
        typed.refuse("contributions.unknown_thing", "take_back")
    typed.demand()
    operations.take_back_thing(actor=actor, deed_id=deed, thing_id=thing, today=today(), recorded_at=now())
