"""Who is told of what the platform does in the background."""

from __future__ import annotations

from kithkin.platform.access import users_with
from kithkin.platform.events import Delivery
from kithkin.platform.imports.facts import ImportChecked, ImportDone, ImportStopped
from kithkin.platform.jobs import JobGivenUp
from kithkin.platform.models import Import, Role
from kithkin.platform.services.notifications import notify, overtake
from kithkin.platform.topics.imports import CHECKED, DONE, IMPORTS, STOPPED
from kithkin.platform.topics.jobs import JOBS


def tell_of_check(delivery: Delivery[ImportChecked]) -> None:
    """Whoever brought the file, where lines are refused: the rest is seen when it has come in."""
    if delivery.fact.refused:
        _tell_who_brought(delivery.fact.import_id, delivery.event_id, CHECKED)


def tell_of_import(delivery: Delivery[ImportDone]) -> None:
    """Whoever brought the file."""
    _tell_who_brought(delivery.fact.import_id, delivery.event_id, DONE)


def tell_of_stop(delivery: Delivery[ImportStopped]) -> None:
    """Whoever brought the file."""
    _tell_who_brought(delivery.fact.import_id, delivery.event_id, STOPPED)


def tell_of_job(delivery: Delivery[JobGivenUp]) -> None:
    """Administrators of everything."""
    facts = {"task": delivery.fact.task_id, "job": delivery.fact.job}
    notify(topic=JOBS, users=users_with(Role.ADMINISTRATOR), event_id=delivery.event_id, facts=facts)


def _tell_who_brought(import_id: int, event_id: int, what: str) -> None:
    one = Import.objects.select_related("by").filter(pk=import_id).first()
    if one is not None and one.by is not None:
        if what == DONE:
            overtake(user=one.by, topic=IMPORTS, **{"import": one.pk, "what": CHECKED})
        notify(topic=IMPORTS, users=[one.by], event_id=event_id, facts={"import": one.pk, "what": what})
