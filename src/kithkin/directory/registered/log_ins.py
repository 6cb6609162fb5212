"""What the directory does when somebody joins, or comes into the directory after they joined."""

from __future__ import annotations

from kithkin.directory.events.imports import PeopleImported
from kithkin.directory.events.people import PersonAdded, PersonChanged
from kithkin.directory.receivers.log_ins import tie_person, tie_users
from kithkin.platform.accounts.facts import UserJoined
from kithkin.platform.events import subscribe

subscribe(UserJoined, "directory.tie_person", tie_person)
subscribe(PersonAdded, "directory.tie_user_of_added", tie_users)
subscribe(PersonChanged, "directory.tie_user_of_changed", tie_users)
subscribe(PeopleImported, "directory.tie_users_of_imported", tie_users)
