"""What the directory does when somebody joins."""

from __future__ import annotations

from kithkin.directory.receivers.log_ins import tie_person
from kithkin.platform.events import UserJoined, subscribe

subscribe(UserJoined, "directory.tie_person", tie_person)
