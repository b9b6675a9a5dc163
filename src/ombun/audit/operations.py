"""Writing down what was done."""
from collections.abc import Mapping
from datetime import datetime

from ombun.audit.models import Event
from ombun.primitives.actors import Actor
from ombun.primitives.transactions import inside_use_case


@inside_use_case
def record_event(
    *, actor: Actor, action: str, subject: str, facts: Mapping[str, object], happened_at: datetime
) -> None:
    """Write one line of the audit trail. `facts` hold ids, counts and satang, never names or illnesses."""
    Event.objects.create(
        fund_id=actor.fund_id, happened_at=happened_at, user_id=actor.user_id, role=actor.role,
        action=action, subject=subject, facts=dict(facts))
