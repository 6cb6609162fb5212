"""What the desk says on pages of other rooms: a relation's, a person's time line, the search."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from kithkin.directory.models import ServiceLink
from kithkin.platform.models import User
from kithkin.platform.registries.search import Hit
from kithkin.platform.registries.timeline import Moment
from kithkin.servicedesk.models import Request
from kithkin.servicedesk.queries.delivery import delivery_of
from kithkin.servicedesk.queries.requests import queues_visible_to, requests_visible_to
from kithkin.servicedesk.rules.requests import works_on_requests
from kithkin.servicedesk.wording import long, share


def delivery_of_relation(user: User, link: ServiceLink) -> dict[str, Any] | None:
    """This year's requests; the list of them for those who work on some."""
    found = delivery_of(link)
    if found is None:
        return None
    url = f"{reverse('requests')}?link={link.pk}" if works_on_requests(user) else ""
    return {"delivery": found, "kept": share(found.kept), "year": str(found.year), "url": url}


def find_requests(user: User, text: str, limit: int) -> list[Hit]:
    """By number and subject; the number itself first."""
    rows = requests_visible_to(user).select_related("queue")
    found = list(rows.filter(number__iexact=text)[:1])
    more = rows.filter(Q(number__icontains=text) | Q(title__icontains=text)).order_by("-opened_at", "-pk")
    found += [one for one in more[:limit] if one not in found]
    return [Hit(one.number, _line(one), reverse("request", args=[one.pk]), "kin") for one in found[:limit]]


def find_queues(user: User, text: str, limit: int) -> list[Hit]:
    """By name."""
    if not works_on_requests(user):
        return []
    rows = queues_visible_to(user).filter(name__icontains=text).order_by("name")[:limit]
    return [Hit(one.name, one.unit.name if one.unit else "", reverse("queue", args=[one.pk]), "kin") for one in rows]


def asked_by(person_id: int, user: User, before: datetime, limit: int) -> Sequence[Moment]:
    """What the person asked for, as far as the reader may see it."""
    rows = requests_visible_to(user).filter(requester=person_id, opened_at__lt=before).select_related("queue")
    return [
        Moment(
            one.opened_at,
            _("Asked: %(what)s") % {"what": one.title or one.number},
            _line(one),
            reverse("request", args=[one.pk]),
        )
        for one in rows.order_by("-opened_at", "-pk")[:limit]
    ]


def _line(one: Request) -> str:
    if one.closed_at is None:
        return _("open, in %(queue)s") % {"queue": one.queue.name} if one.queue else _("open")
    said = _("closed after %(time)s") % {"time": long((one.closed_at - one.opened_at).total_seconds() / 3600)}
    return said if not one.title else f"{one.number} · {said}"
