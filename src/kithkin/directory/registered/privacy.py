"""Duplicates, consent and erasing, brought to the navigation and to the person's page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from kithkin.directory.models import Consent, DistinctPair, Erasure, Merge, Purpose
from kithkin.directory.queries.consent import history_of, standings_of
from kithkin.directory.queries.duplicates import alike, merges_of
from kithkin.directory.registered.person_sections import PersonSection, person_sections
from kithkin.directory.rules.people import sight
from kithkin.directory.rules.privacy import can_define_purposes, can_erase, can_join_records
from kithkin.platform import audit
from kithkin.platform.access import is_administrator
from kithkin.platform.registries.navigation import Entry, Verb, navigation
from kithkin.platform.registries.state import State, states

if TYPE_CHECKING:
    from kithkin.directory.models import Person
    from kithkin.platform.models import User

audit.watch(Purpose)
audit.watch(Consent)
audit.watch(Merge, without=["before", "after", "moved", "dropped"])
audit.watch(DistinctPair)
states.add(State("directory", frozenset({Erasure}), Erasure.objects.count))  # erasing leaves no trail
navigation.add(
    Entry(Verb.PEOPLE, _("Duplicates"), "duplicates", can_join_records, position=60),
    Entry(Verb.SETTINGS, _("Purposes"), "purposes", can_define_purposes, position=40),
)


def privacy_of(user: User, person: Person) -> dict[str, Any] | None:
    """What may be done with the person's data, and what may be done about it by this user."""
    seen, own = sight(user, person), person.user_id == user.pk
    if not seen.profile:
        return None
    return {
        "person": person,
        "standings": standings_of(person),
        "history": list(history_of(person)[:100]),
        "may_record": seen.edit or own,
        "may_have_data": own or is_administrator(user),
        "may_erase": can_erase(user),
        "doubles": alike(person, user) if seen.edit else [],
        "merges": list(merges_of(person)[:20]) if seen.edit else [],
    }


person_sections.add(
    PersonSection("privacy", _("Consent and data"), "directory/privacy/of_person.html", privacy_of, position=800)
)
