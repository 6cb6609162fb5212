"""What the platform itself brings to the navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kithkin.platform.access import anybody, is_administrator
from kithkin.platform.registries.navigation import Entry, Verb, navigation
from kithkin.platform.rules.users import may_manage_users

navigation.add(Entry(Verb.SETTINGS, _("Users"), "users", may_manage_users, position=10))
navigation.add(Entry(Verb.SETTINGS, _("Audit trail"), "audit", is_administrator, position=40))
navigation.add(Entry(Verb.SETTINGS, _("Tokens"), "tokens", anybody, position=80))
navigation.add(Entry(Verb.SETTINGS, _("Operations"), "operations", is_administrator, position=50))
navigation.add(Entry(Verb.SETTINGS, _("Style page"), "styleguide", is_administrator, position=900))
