"""Who is told of proposals and needs."""

from __future__ import annotations

from collections.abc import Iterable

from kithkin.directory.events.needs import NeedHandedOver, NeedWritten
from kithkin.directory.events.relations import ProposalDecided, RelationProposed
from kithkin.directory.models import Need, Proposal
from kithkin.directory.queries.heads import heads_of
from kithkin.directory.topics.needs import NEEDS_OF_RELATIONS, OWN_NEEDS
from kithkin.directory.topics.proposals import DECISIONS, PROPOSALS
from kithkin.platform.events import Delivery
from kithkin.platform.models import User
from kithkin.platform.services.notifications import notify


def tell_who_decides(delivery: Delivery[RelationProposed]) -> None:
    """Whoever heads the unit that would be served."""
    proposal = Proposal.objects.filter(pk=delivery.fact.proposal_id).first()
    if proposal is not None:
        users = _others(heads_of(proposal.receiver_id), delivery.by_id)
        notify(topic=PROPOSALS, users=users, event_id=delivery.event_id, facts={"proposal": proposal.pk})


def tell_who_proposed(delivery: Delivery[ProposalDecided]) -> None:
    """Whoever said that they depend on somebody."""
    proposal = Proposal.objects.select_related("proposed_by").filter(pk=delivery.fact.proposal_id).first()
    if proposal is not None and proposal.proposed_by is not None:
        users = _others([proposal.proposed_by], delivery.by_id)
        notify(topic=DECISIONS, users=users, event_id=delivery.event_id, facts={"proposal": proposal.pk})


def tell_owner(delivery: Delivery[NeedHandedOver]) -> None:
    """The new owner."""
    users = _others(User.objects.filter(pk=delivery.fact.owner_id), delivery.by_id)
    notify(topic=OWN_NEEDS, users=users, event_id=delivery.event_id, facts={"need": delivery.fact.need_id})


def tell_heads(delivery: Delivery[NeedWritten]) -> None:
    """Whoever heads one of the two ends of the need's relation."""
    need = Need.objects.select_related("link").filter(pk=delivery.fact.need_id).first()
    if need is None or need.link is None:
        return
    units = [unit_id for unit_id in (need.link.provider_unit_id, need.link.receiver_unit_id) if unit_id is not None]
    users = _others([user for unit_id in units for user in heads_of(unit_id)], delivery.by_id)
    notify(topic=NEEDS_OF_RELATIONS, users=users, event_id=delivery.event_id, facts={"need": need.pk})


def _others(users: Iterable[User], by_id: int | None) -> list[User]:
    """But for whoever did it: they know."""
    return [user for user in users if user.pk != by_id]
