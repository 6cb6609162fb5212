"""What the platform itself brings to the navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kithkin.platform.access import anybody, is_administrator
from kithkin.platform.registries.navigation import Entry, Verb, navigation

navigation.add(Entry(Verb.SETTINGS, _("Tokens"), "tokens", anybody, position=80))
navigation.add(Entry(Verb.SETTINGS, _("Style page"), "styleguide", is_administrator, position=900))
