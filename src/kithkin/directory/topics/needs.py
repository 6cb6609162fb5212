"""Needs: to who is to answer one, and to who heads one of the two ends of its relation."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kithkin.directory.models import NeedState
from kithkin.directory.queries.needs import needs_visible_to
from kithkin.directory.rules.relations import can_add_relations
from kithkin.platform.models import Notification, User
from kithkin.platform.registries.notifications import Frequency, Told, Topic


def tell_owner(user: User, told: Sequence[Notification]) -> dict[int, Told]:
    """What is the user's to answer; answered, or handed on, it is not any more."""
    found = needs_visible_to(user).in_bulk({one.facts["need"] for one in told})
    said, settled = _("A need is yours to answer: “%(problem)s”"), _("A need was yours to answer: “%(problem)s”")
    return {
        one.pk: Told((said if still else settled) % {"problem": need.problem}, _address(need.pk), still=still)
        for one in told
        if (need := found.get(one.facts["need"]))
        for still in [need.owner_id == user.pk and need.state == NeedState.OPEN]
    }


def tell_heads(user: User, told: Sequence[Notification]) -> dict[int, Told]:
    """That a need was written down, whatever came of it since."""
    found = needs_visible_to(user).in_bulk({one.facts["need"] for one in told})
    said = _("A need was written down on a relation of your units: “%(problem)s”")
    return {
        one.pk: Told(said % {"problem": need.problem}, _address(need.pk))
        for one in told
        if (need := found.get(one.facts["need"]))
    }


def _address(need_id: int) -> str:
    return reverse("need", args=[need_id])


OWN_NEEDS = Topic("needs", gettext_lazy("A need was given to me"), Frequency.NOW, position=20, tell=tell_owner)
NEEDS_OF_RELATIONS = Topic(
    "needs_of_relations",
    gettext_lazy("A need was written down on a relation of my units"),
    Frequency.DAILY,
    concerns=can_add_relations,
    position=25,
    tell=tell_heads,
)
