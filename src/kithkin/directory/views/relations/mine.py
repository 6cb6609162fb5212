"""Whom I serve, who serves me; and what one says about it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kithkin.directory.forms.proposals import DependForm
from kithkin.directory.models import Service
from kithkin.directory.queries.catalogue import open_things
from kithkin.directory.queries.near import near_reader
from kithkin.directory.queries.own import own_person
from kithkin.directory.queries.proposals import proposals_visible_to, proposed_by, waiting_for
from kithkin.directory.queries.roles import roles_in_relations
from kithkin.directory.rules.proposals import can_decide, can_decide_for
from kithkin.directory.services.proposals import (
    AlreadyDecided,
    accept_proposal,
    decline_proposal,
    depend_on,
    propose_relation,
)
from kithkin.directory.services.relations import RelationRefused
from kithkin.platform.access import allowed, anybody, user_of
from kithkin.platform.models import ChangedMeanwhile

MOST_SHOWN = 20
MOST_OFFERED = 300


@allowed(anybody)
def show_mine(request: HttpRequest) -> HttpResponse:
    """The reader's units with those around them, their own roles, and on whom they depend."""
    return _page(request, DependForm(user=user_of(request)))


@require_POST
@allowed(anybody)
def propose(request: HttpRequest) -> HttpResponse:
    """We depend on them: at once by who may decide, else as a proposal."""
    user = user_of(request)
    form = DependForm(request.POST, user=user)
    if not form.is_valid():
        return _page(request, form)
    receiver, provider, what = form.unit("receiver"), form.unit("provider"), form.cleaned_data["what"]
    try:
        if can_decide_for(user, receiver.pk):
            depend_on(receiver=receiver, provider=provider, what=what, need=form.cleaned_data["reason"].strip())
            messages.success(request, _("%(provider)s serves you now, on the map too.") % {"provider": provider})
        else:
            reason = form.cleaned_data["reason"].strip()
            propose_relation(by=user, receiver=receiver, provider=provider, what=what, reason=reason)
            messages.success(request, _("Thank you. Whoever heads %(unit)s is asked.") % {"unit": receiver})
    except RelationRefused as refused:
        form.add_error(None, str(refused))
        return _page(request, form)
    return redirect("mine")


@allowed(anybody)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """What was proposed, with the two buttons for who decides."""
    user = user_of(request)
    proposal = get_object_or_404(proposals_visible_to(user), pk=pk)
    if request.method == "POST":
        if not can_decide(user, proposal):
            raise PermissionDenied
        try:
            if request.POST.get("decision") == "accept":
                accept_proposal(proposal=proposal, by=user)
                messages.success(request, _("Accepted: it stands on the map."))
            else:
                decline_proposal(proposal=proposal, by=user)
                messages.success(request, _("Declined."))
        except (AlreadyDecided, ChangedMeanwhile) as told:
            messages.warning(request, str(told))
        return redirect("mine")
    context = {"proposal": proposal, "may_decide": can_decide(user, proposal) and proposal.state == "waiting"}
    return render(request, "directory/relations/proposal.html", context)


def _page(request: HttpRequest, form: DependForm) -> HttpResponse:
    user = user_of(request)
    person = own_person(user)
    around = near_reader(user, person)
    context: dict[str, Any] = {
        "around": around,
        "serves": sum(near.serves_count for near in around),
        "served": sum(near.served_count for near in around),
        "roles": roles_in_relations(user, person) if person else (),
        "form": form,
        "services": open_things(Service).values_list("name", flat=True)[:MOST_OFFERED],
        "deciding": waiting_for(user)[:MOST_SHOWN],
        "proposals": proposed_by(user)[:MOST_SHOWN],
    }
    return render(request, "directory/relations/mine.html", context)
