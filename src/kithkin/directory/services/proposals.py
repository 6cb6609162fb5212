"""On whom do you depend? An answer becomes a proposal, and the head of the unit decides."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kithkin.directory.events.relations import ProposalDecided, RelationProposed
from kithkin.directory.models import Proposal, ProposalState, Service, ServiceLink, Unit
from kithkin.directory.models.days import on_day, today
from kithkin.directory.services.catalogue import service_named
from kithkin.directory.services.relations import AlreadyServed, Ends, RelationRefused, add_relation
from kithkin.platform.events import publish
from kithkin.platform.models import User


class AlreadyDecided(Exception):
    """Somebody decided it before."""

    def __init__(self, proposal: Proposal) -> None:
        super().__init__(
            _("“%(proposal)s” is already %(state)s.")
            % {"proposal": proposal, "state": ProposalState(proposal.state).label}
        )


@transaction.atomic
def depend_on(*, receiver: Unit, provider: Unit, what: str, need: str = "") -> ServiceLink:
    """What somebody who may decide says is a relation at once."""
    _check(receiver, provider)
    return add_relation(ends=Ends(provider, receiver, service_named(name=what)), since=today(), need=need)


@transaction.atomic
def propose_relation(*, by: User, receiver: Unit, provider: Unit, what: str, reason: str = "") -> Proposal:
    """ "We depend on them for this": waits for the head. The same proposal twice is one."""
    _check(receiver, provider)
    what = " ".join(what.split())
    known = ServiceLink.objects.filter(
        on_day(today()), provider_unit=provider, receiver_unit=receiver, service__name__iexact=what
    ).first()
    if known is not None:
        raise AlreadyServed(known)
    proposal, fresh = Proposal.objects.get_or_create(
        receiver=receiver,
        provider=provider,
        what=what,
        state=ProposalState.WAITING,
        defaults={"reason": reason, "proposed_by": by},
    )
    if fresh:
        publish(RelationProposed(proposal_id=proposal.pk))
    return proposal


@transaction.atomic
def accept_proposal(*, proposal: Proposal, by: User) -> ServiceLink:
    """It becomes a relation, as of today; where that is there by now, it is that one."""
    _check_waiting(proposal)
    service: Service = service_named(name=proposal.what)
    try:
        ends = Ends(proposal.provider, proposal.receiver, service)
        link = add_relation(ends=ends, since=today(), need=proposal.reason)
    except AlreadyServed as already:
        link = already.link
    proposal.link = link
    _decided(proposal, ProposalState.ACCEPTED, by)
    return link


@transaction.atomic
def decline_proposal(*, proposal: Proposal, by: User) -> Proposal:
    """It does not become one."""
    _check_waiting(proposal)
    _decided(proposal, ProposalState.DECLINED, by)
    return proposal


def _decided(proposal: Proposal, state: ProposalState, by: User) -> None:
    proposal.state, proposal.decided_by, proposal.decided_at = state, by, timezone.now()
    proposal.save()
    publish(ProposalDecided(proposal_id=proposal.pk, link_id=proposal.link_id))


def _check(receiver: Unit, provider: Unit) -> None:
    if receiver == provider:
        raise RelationRefused(_("Nobody depends on themselves: choose another unit."))


def _check_waiting(proposal: Proposal) -> None:
    if proposal.state != ProposalState.WAITING:
        raise AlreadyDecided(proposal)
