"""What the organisation brings to the registries."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from kithkin.directory.models import Membership, Succession, Unit, UnitPeriod
from kithkin.directory.queries.organisation import OrganisationScopes, forget_tree_of_today
from kithkin.platform import audit
from kithkin.platform.registries.scopes import provide_scopes

for model in (Unit, UnitPeriod, Succession, Membership):
    audit.watch(model)
provide_scopes(OrganisationScopes())


@receiver([post_save, post_delete], sender=UnitPeriod)
def read_the_tree_again(**_: Any) -> None:
    """What was remembered of the tree is no longer true."""
    forget_tree_of_today()
