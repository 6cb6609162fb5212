"""What needs bring to the registries."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kithkin.directory.models import Evidence, Need, ServiceLink
from kithkin.directory.queries.needs import needs_of, needs_visible_to, unowned, waiting_for_answer
from kithkin.directory.registered.relation_parts import Part, RelationPart, relation_parts
from kithkin.directory.rules.needs import can_add_need_to, manages_needs
from kithkin.platform import audit
from kithkin.platform.access import anybody
from kithkin.platform.models import User
from kithkin.platform.registries.home import Waiting, WaitingSource, waiting
from kithkin.platform.registries.navigation import Entry, Verb, navigation
from kithkin.platform.registries.search import Finder, Hit, finders

MOST = 10


def waiting_needs(user: User) -> list[Waiting]:
    """Needs that were handed to the user; for managers, how many nobody has."""
    found = [
        Waiting(need.problem, _("A need that was handed to you: what comes of it?"), reverse("need", args=[need.pk]))
        for need in waiting_for_answer(user)[:MOST]
    ]
    alone = unowned().count() if manages_needs(user) else 0
    if alone:
        title = ngettext("%(n)d need has nobody who answers it", "%(n)d needs have nobody who answers them", alone)
        url = f"{reverse('needs')}?owner=nobody&state=open"
        found.append(Waiting(title % {"n": alone}, _("Hand them to who can meet them."), url))
    return found[:MOST]


def find_needs(user: User, text: str, limit: int) -> list[Hit]:
    """By the problem's words."""
    rows = needs_visible_to(user).filter(problem__icontains=text).order_by("-created_at", "pk")[:limit]
    return [Hit(need.problem, need.get_state_display(), reverse("need", args=[need.pk]), need.side) for need in rows]


def need_of_relation(user: User, link: ServiceLink) -> dict[str, Any] | None:
    """What the receiver needs: in the relation's own words, and as needs with an owner."""
    add = f"{reverse('add_need')}?relation={link.pk}" if can_add_need_to(user, link) else ""
    return {"said": link.need, "needs": list(needs_of(user, link)[:20]), "add": add}


for model in (Need, Evidence):
    audit.watch(model)
navigation.add(Entry(Verb.LISTEN, gettext_lazy("Needs"), "needs", anybody, position=60))
waiting.add(WaitingSource(waiting_needs, position=60, followed=True))
finders.add(Finder(gettext_lazy("Needs"), find_needs, position=60))
relation_parts.add(RelationPart(Part.NEED, "directory/needs/part.html", need_of_relation, position=10))
