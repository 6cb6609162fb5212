"""Who says what is known about people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kithkin.directory.models import AttributeDefinition, Sensitivity
from kithkin.directory.rules.people import WRITERS
from kithkin.platform.access import is_administrator, reach

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from kithkin.platform.models import User


def can_define_attributes(user: User | AnonymousUser) -> bool:
    """Administrators and program managers of the whole organisation, since an attribute is everybody's."""
    return reach(user, *WRITERS).everywhere


def can_change_attribute(user: User | AnonymousUser, definition: AttributeDefinition) -> bool:
    """A sensitive one only by administrators: else who may not read its values could open them to themselves."""
    if definition.sensitivity == Sensitivity.SENSITIVE:
        return is_administrator(user)
    return can_define_attributes(user)
