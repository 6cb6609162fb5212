"""Telling the warehouse which requests changed, with all of their legs."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from kithkin.platform.services.facts import note_changed
from kithkin.servicedesk.facts.tables import LEGS, REQUESTS
from kithkin.servicedesk.models import Moment


def note_requests(requests: Collection[int], gone: Iterable[int] = ()) -> None:
    """These requests are new, changed or gone; `gone` are events of theirs that may be there no more.

    One event more can change the legs before it, so all of a request's are noted.
    """
    moments = Moment.objects.filter(request__in=requests).values_list("pk", flat=True)
    note_changed(REQUESTS, requests)
    note_changed(LEGS, {*moments, *gone})
