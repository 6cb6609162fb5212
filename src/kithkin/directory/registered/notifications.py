"""Of what the directory tells people."""

from __future__ import annotations

from kithkin.directory.events.needs import NeedHandedOver, NeedWritten
from kithkin.directory.events.relations import ProposalDecided, RelationProposed
from kithkin.directory.receivers import notifications
from kithkin.directory.topics.needs import NEEDS_OF_RELATIONS, OWN_NEEDS
from kithkin.directory.topics.proposals import DECISIONS, PROPOSALS
from kithkin.platform.events import subscribe
from kithkin.platform.registries.notifications import topics

topics.add(PROPOSALS, DECISIONS, OWN_NEEDS, NEEDS_OF_RELATIONS)
subscribe(RelationProposed, "directory.tell_who_decides", notifications.tell_who_decides)
subscribe(ProposalDecided, "directory.tell_who_proposed", notifications.tell_who_proposed)
subscribe(NeedHandedOver, "directory.tell_owner", notifications.tell_owner)
subscribe(NeedWritten, "directory.tell_heads", notifications.tell_heads)
