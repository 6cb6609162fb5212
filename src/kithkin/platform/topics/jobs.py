"""Work in the background that failed for good."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_q.models import Task

from kithkin.platform.access import is_administrator
from kithkin.platform.models import Notification, User
from kithkin.platform.registries.notifications import Frequency, Told, Topic


def tell(user: User, told: Sequence[Notification]) -> dict[int, Told]:
    """To administrators; a job that somebody ran again, or gave up, needs nobody any more."""
    if not is_administrator(user):
        return {}
    ids = {one.facts["task"] for one in told}
    failed = set(Task.objects.filter(pk__in=ids, success=False).values_list("pk", flat=True))
    said, settled = _("A job failed for good: %(job)s"), _("A job had failed, and was seen to: %(job)s")
    return {
        one.pk: Told((said if still else settled) % {"job": one.facts["job"]}, reverse("operations"), still=still)
        for one in told
        for still in [one.facts["task"] in failed]
    }


JOBS = Topic(
    "jobs",
    gettext_lazy("A job failed for good"),
    Frequency.NOW,
    concerns=is_administrator,
    position=90,
    tell=tell,
)
