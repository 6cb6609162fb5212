"""Proposed relations: which wait for whom."""

from __future__ import annotations

from django.db.models import QuerySet

from kithkin.directory.models import Proposal, ProposalState
from kithkin.directory.rules.relations import ENDS_WRITERS
from kithkin.platform.access import reach
from kithkin.platform.models import User


def waiting_for(user: User) -> QuerySet[Proposal]:
    """Those that the user may decide, the oldest first."""
    within = reach(user, *ENDS_WRITERS)
    rows = Proposal.objects.filter(state=ProposalState.WAITING).select_related("provider", "receiver", "proposed_by")
    return rows.filter(within.limit("receiver")).order_by("created_at", "pk") if within else rows.none()


def proposed_by(user: User) -> QuerySet[Proposal]:
    """What the user answered, the latest first."""
    rows = Proposal.objects.filter(proposed_by=user).select_related("provider", "receiver", "link")
    return rows.order_by("-created_at", "-pk")


def proposals_visible_to(user: User) -> QuerySet[Proposal]:
    """One's own, and those that one decides, decided or not."""
    within = reach(user, *ENDS_WRITERS)
    own = Proposal.objects.filter(proposed_by=user)
    found = own | Proposal.objects.filter(within.limit("receiver")) if within else own
    return found.select_related("provider", "receiver", "proposed_by", "decided_by", "link")
