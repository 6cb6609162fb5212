"""What relations bring to the registries."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kithkin.directory.models import Audience, Partner, Proposal, RelationRole, Service, ServiceLink, Touchpoint
from kithkin.platform import audit
from kithkin.platform.access import anybody
from kithkin.platform.registries.navigation import Entry, Verb, navigation

for model in (Service, Touchpoint, Audience, Partner, ServiceLink, RelationRole, Proposal):
    audit.watch(model)
navigation.add(
    Entry(Verb.SERVE, _("Whom I serve"), "mine", anybody, position=10),
    Entry(Verb.SERVE, _("Service map"), "service_map", anybody, position=20),
)
