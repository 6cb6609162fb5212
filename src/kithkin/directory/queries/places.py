"""Units to choose from."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from kithkin.directory.models import Unit
from kithkin.directory.rules.people import WRITERS
from kithkin.platform.access import reach
from kithkin.platform.models import User
from kithkin.platform.registries.scopes import scopes


def units_for_writing(user: User, keep: int | None = None) -> QuerySet[Unit]:
    """The units of today into which the user may write people, by name; and `keep`, which stands there already."""
    within = reach(user, *WRITERS)
    ids = list(scopes().names()) if within.everywhere else within.unit_ids
    return Unit.objects.filter(Q(pk__in=ids) | Q(pk=keep)).order_by("name", "pk")
