"""What this room brings to the navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kithkin.insights.rules import can_read_scores
from kithkin.platform.registries.navigation import Entry, Verb, navigation

navigation.add(
    Entry(Verb.UNDERSTAND, _("Scores"), "scores", can_read_scores, position=10),
    Entry(Verb.UNDERSTAND, _("Drivers"), "drivers", can_read_scores, position=20),
    Entry(Verb.UNDERSTAND, _("Weak link"), "weak_link", can_read_scores, position=5),
    Entry(Verb.UNDERSTAND, _("Figures"), "figures", can_read_scores, position=22),
    Entry(Verb.UNDERSTAND, _("Chain"), "chain", can_read_scores, position=25),
    Entry(Verb.UNDERSTAND, _("Dashboard"), "dashboard", can_read_scores, position=2),
    Entry(Verb.UNDERSTAND, _("Saved views"), "saved_views", can_read_scores, position=28),
)
