"""The province looks at its funds: sums that add up, no names."""
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from ombun.access.door import province_desk
from ombun.network import queries
from ombun.network.queries import Figures
from ombun.primitives.days import add_months
from ombun.web.charts import percents
from ombun.web.page import today


@province_desk
def province(request: HttpRequest, province: int) -> HttpResponse:
    """The last twelve months of every fund of the province, and what they are together."""
    card = queries.province(code=province, on=today())
    if card is None:
        raise Http404
    return render(request, "network/province.html", {
        "card": card, "last_month": add_months(card.until_month, -1), "legs": _legs(card.total)})


def _legs(total: Figures) -> list[tuple[object, int, int]]:
    """Where the money came from: name, satang, per cent of everything that came in."""
    legs = ((_("เงินสมทบจากสมาชิก"), total.in_members_satang), (_("สมทบจาก อปท."), total.in_local_satang),
            (_("สมทบจากรัฐบาลผ่าน พอช."), total.in_state_satang),
            (_("รายรับอื่น เช่น เงินบริจาค ดอกผลธนาคาร"), total.in_other_satang))
    shares = percents([satang for _, satang in legs])
    return [(name, satang, share) for (name, satang), share in zip(legs, shares, strict=True)]
