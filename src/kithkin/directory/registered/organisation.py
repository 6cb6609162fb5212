"""What the organisation brings to the registries."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from kithkin.directory.models import Succession, Unit, UnitPeriod
from kithkin.directory.queries.organisation import OrganisationScopes, forget_tree_of_today
from kithkin.directory.queries.organisation.finding import find_units
from kithkin.platform import audit
from kithkin.platform.access import anybody
from kithkin.platform.registries.navigation import Entry, Verb, navigation
from kithkin.platform.registries.scopes import provide_scopes
from kithkin.platform.registries.search import Finder, finders

for model in (Unit, UnitPeriod, Succession):
    audit.watch(model)
provide_scopes(OrganisationScopes())
navigation.add(Entry(Verb.PEOPLE, _("Organisation"), "organisation", anybody, position=30))
finders.add(Finder(_("Units"), find_units, position=30))


@receiver([post_save, post_delete], sender=UnitPeriod)
def read_the_tree_again(**_signal: Any) -> None:
    """What was remembered of the tree is no longer true."""
    forget_tree_of_today()
