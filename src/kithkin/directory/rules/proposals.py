"""Who decides what was proposed."""

from __future__ import annotations

from kithkin.directory.models import Proposal
from kithkin.directory.rules.relations import ENDS_WRITERS
from kithkin.platform.access import reach
from kithkin.platform.models import User


def can_decide_for(user: User, receiver_id: int) -> bool:
    """The head of the unit that is served, and program managers: they also add directly."""
    return reach(user, *ENDS_WRITERS).covers(receiver_id)


def can_decide(user: User, proposal: Proposal) -> bool:
    """Whether this proposal is the user's to decide."""
    return can_decide_for(user, proposal.receiver_id)
