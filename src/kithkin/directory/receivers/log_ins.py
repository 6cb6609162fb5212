"""Somebody who was invited joined."""

from __future__ import annotations

from kithkin.directory.services.log_ins import tie_person_of_address
from kithkin.platform.events import Delivery, UserJoined
from kithkin.platform.models import User


def tie_person(delivery: Delivery[UserJoined]) -> None:
    """Tie the person of the directory who has the user's address."""
    user = User.objects.filter(pk=delivery.fact.user_id).first()
    if user is not None:
        tie_person_of_address(user=user)
