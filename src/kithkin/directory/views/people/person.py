"""One person's page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from kithkin.directory.models import Person, Purchase
from kithkin.directory.models.days import today
from kithkin.directory.queries.moments import timeline_of
from kithkin.directory.queries.people import people_visible_to
from kithkin.directory.queries.profile import attributes_of, definitions_for, memberships_of, purchases_of
from kithkin.directory.queries.ties import ties_of
from kithkin.directory.registered.person_sections import person_sections
from kithkin.directory.rules.people import sight
from kithkin.platform.access import allowed, anybody, user_of
from kithkin.platform.models import User


@allowed(anybody)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Who it is, how to reach them, what ties them, where they work; for colleagues the first and the last in short."""
    user = user_of(request)
    shown = get_object_or_404(people_visible_to(user).select_related("user"), pk=pk)
    seen = sight(user, shown)
    stays = memberships_of(shown, seen, user)
    context: dict[str, Any] = {
        "person": shown,
        "sight": seen,
        "stays": stays,
        "present": [one for one in stays if one.since <= today() and (one.until is None or one.until > today())],
        "is_me": shown.user_id == user.pk,
        "side": shown.side if seen.profile else "kin",
    }
    if seen.profile:
        context |= _profile(request, user, shown, seen.levels) | {
            "blocks": attributes_of(shown, definitions_for(shown, seen)),
            "ties": ties_of(user, shown),
        }
    context["sections"] = [
        (one.key, one.heading(is_me=context["is_me"]), one.template, filling)
        for one in person_sections
        if (filling := one.build(user, shown)) is not None
    ]
    return render(request, "directory/people/person.html", context)


def _profile(request: HttpRequest, user: User, shown: Person, levels: frozenset[str]) -> dict[str, Any]:
    latest, sums = purchases_of(Purchase.objects.filter(person=shown))
    moments, earlier = timeline_of(shown, user, _before(request))
    return {
        "purchases": latest,
        "sums": sums,
        "moments": moments,
        "earlier": earlier,
        "is_earlier": "before" in request.GET,
        "levels": levels,
    }


def _before(request: HttpRequest) -> datetime:
    """The time that the address names; now, where there is none that makes sense."""
    try:
        found = parse_datetime(request.GET.get("before", ""))
    except ValueError:
        found = None
    sensible = found is not None and timezone.is_aware(found) and 1800 < found.year < 3000
    return found if found is not None and sensible else timezone.now()
