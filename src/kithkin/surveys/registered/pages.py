"""Where programs are found: in the navigation, by search, and on a person's timeline."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kithkin.platform.registries.navigation import Entry, Verb, navigation
from kithkin.platform.registries.search import Finder, finders
from kithkin.platform.registries.timeline import TimelineSource, timeline
from kithkin.surveys.queries.programs import find_programs
from kithkin.surveys.queries.responses import moments
from kithkin.surveys.rules import can_see_programs

navigation.add(Entry(Verb.LISTEN, _("Programs"), "programs", can_see_programs, position=10))
finders.add(Finder(_("Programs"), find_programs, position=60))
timeline.add(TimelineSource(moments, position=40))
