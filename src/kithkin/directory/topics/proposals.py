"""Relations that somebody proposed: to who decides, and then to who proposed."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kithkin.directory.models import Proposal, ProposalState
from kithkin.directory.queries.proposals import proposals_visible_to, proposed_by
from kithkin.directory.rules.proposals import can_decide
from kithkin.directory.rules.relations import can_add_relations
from kithkin.platform.models import Notification, User
from kithkin.platform.registries.notifications import Frequency, Told, Topic


def tell_who_decides(user: User, told: Sequence[Notification]) -> dict[int, Told]:
    """What waits for the user's decision; decided by somebody else, it waits no longer."""
    found = proposals_visible_to(user).in_bulk({one.facts["proposal"] for one in told})
    return {one.pk: _waiting(user, found[one.facts["proposal"]]) for one in told if one.facts["proposal"] in found}


def tell_who_proposed(user: User, told: Sequence[Notification]) -> dict[int, Told]:
    """What became of it."""
    found = proposed_by(user).in_bulk({one.facts["proposal"] for one in told})
    return {one.pk: _decided(found[one.facts["proposal"]]) for one in told if one.facts["proposal"] in found}


def _waiting(user: User, proposal: Proposal) -> Told:
    waits = proposal.state == ProposalState.WAITING and can_decide(user, proposal)
    said = (
        _("%(receiver)s depends on %(provider)s for %(what)s, as somebody says: accept or decline it")
        if waits
        else _("%(receiver)s depends on %(provider)s for %(what)s, as somebody said: it is decided")
    )
    return Told(said % _names(proposal), _address(proposal), still=waits)


def _decided(proposal: Proposal) -> Told:
    said = {
        ProposalState.ACCEPTED: _("Accepted: %(receiver)s depends on %(provider)s for %(what)s, as you said"),
        ProposalState.DECLINED: _("Declined: that %(receiver)s depends on %(provider)s for %(what)s, as you said"),
    }.get(ProposalState(proposal.state), _("%(receiver)s depends on %(provider)s for %(what)s, as you said"))
    return Told(said % _names(proposal), _address(proposal))


def _names(proposal: Proposal) -> dict[str, str]:
    return {"receiver": proposal.receiver.name, "provider": proposal.provider.name, "what": proposal.what}


def _address(proposal: Proposal) -> str:
    return reverse("decide_proposal", args=[proposal.pk])


PROPOSALS = Topic(
    "proposals",
    gettext_lazy("A relation was proposed, and I decide"),
    Frequency.NOW,
    concerns=can_add_relations,
    position=10,
    tell=tell_who_decides,
)
DECISIONS = Topic(
    "decisions", gettext_lazy("What I proposed was decided"), Frequency.NOW, position=15, tell=tell_who_proposed
)
