"""Somebody who logs in and the person of the directory find one another, whichever of the two was there first."""

from __future__ import annotations

from kithkin.directory.events.imports import PeopleImported
from kithkin.directory.events.people import PersonAdded, PersonChanged
from kithkin.directory.services.log_ins import tie_people_who_log_in, tie_person_of_address
from kithkin.platform.accounts.facts import UserJoined
from kithkin.platform.events import Delivery
from kithkin.platform.models import User


def tie_person(delivery: Delivery[UserJoined]) -> None:
    """Tie the person of the directory who has the user's address."""
    user = User.objects.filter(pk=delivery.fact.user_id).first()
    if user is not None:
        tie_person_of_address(user=user)


def tie_users(_delivery: Delivery[PersonAdded] | Delivery[PersonChanged] | Delivery[PeopleImported]) -> None:
    """Tie those who logged in before they were in the directory."""
    tie_people_who_log_in()
