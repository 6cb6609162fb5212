"""What segments, journeys and stakeholders bring to the registries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kithkin.directory.models import Journey, Segment, Stage, StageTouchpoint, Stakeholder
from kithkin.directory.models.days import today
from kithkin.directory.queries.segment_access import segments_visible_to
from kithkin.directory.queries.stakeholders import due_for, stakeholders_visible_to
from kithkin.directory.rules.segments import can_see_segments
from kithkin.directory.rules.stakeholders import can_see_stakeholders
from kithkin.platform import audit
from kithkin.platform.access import anybody
from kithkin.platform.models import User
from kithkin.platform.registries.home import Waiting, WaitingSource, waiting
from kithkin.platform.registries.navigation import Entry, Verb, navigation
from kithkin.platform.registries.search import Finder, Hit, finders

MOST_WAITING = 10


def find_journeys(_user: User, text: str, limit: int) -> Sequence[Hit]:
    """By name; everybody may see them."""
    found = Journey.objects.filter(name__icontains=text).order_by("name")[:limit]
    return [Hit(one.name, one.outcome, reverse("journey", args=[one.pk]), one.side) for one in found]


def find_segments(user: User, text: str, limit: int) -> Sequence[Hit]:
    """By name."""
    found = segments_visible_to(user).filter(name__icontains=text).order_by("name")[:limit]
    return [
        Hit(one.name, _("live") if one.is_live else _("static"), reverse("segment", args=[one.pk])) for one in found
    ]


def find_stakeholders(user: User, text: str, limit: int) -> Sequence[Hit]:
    """By name or kind."""
    named = Q(name__icontains=text) | Q(kind__icontains=text)
    found = stakeholders_visible_to(user).filter(named).order_by("name")[:limit]
    return [Hit(one.name, str(one.get_group_display()), reverse("stakeholder", args=[one.pk])) for one in found]


def steps_due(user: User) -> Sequence[Waiting]:
    """Next steps with stakeholders that are due within a week, or late."""
    return [
        Waiting(one.next_step, _line(one.name, one.next_step_due), reverse("stakeholder", args=[one.pk]))
        for one in due_for(user)[:MOST_WAITING]
        if one.next_step_due
    ]


def _line(name: str, due: date) -> str:
    late = (today() - due).days
    if late > 0:
        said = {"name": name, "n": late}
        return ngettext("%(name)s: %(n)d day late", "%(name)s: %(n)d days late", late) % said
    return _("%(name)s: due on %(day)s") % {"name": name, "day": date_format(due)}


for model in (Journey, Stage, StageTouchpoint, Segment, Stakeholder):
    audit.watch(model)
navigation.add(
    Entry(Verb.UNDERSTAND, gettext_lazy("Journeys"), "journeys", anybody, position=50),
    Entry(Verb.UNDERSTAND, gettext_lazy("Segments"), "segments", can_see_segments, position=60),
    Entry(Verb.UNDERSTAND, gettext_lazy("Stakeholders"), "stakeholders", can_see_stakeholders, position=70),
)
finders.add(
    Finder(gettext_lazy("Journeys"), find_journeys, position=50),
    Finder(gettext_lazy("Segments"), find_segments, position=60),
    Finder(gettext_lazy("Stakeholders"), find_stakeholders, position=70),
)
waiting.add(WaitingSource(steps_due, position=70, followed=True))
