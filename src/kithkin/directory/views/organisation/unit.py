"""One unit: what it is on the day, who works there, where it came from and what is planned."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kithkin.directory.models import Unit, UnitChange, UnitKind
from kithkin.directory.models.days import today
from kithkin.directory.organisation.refusals import Refused
from kithkin.directory.queries.dates import chosen_date
from kithkin.directory.queries.organisation import tree_on
from kithkin.directory.queries.organisation.branches import branches, staff_on
from kithkin.directory.queries.organisation.units import members_of, moments_of, origins_and_successions, plans_of
from kithkin.directory.registered.unit_sections import unit_sections
from kithkin.directory.rules.organisation import can_edit_organisation, reach_of_editing
from kithkin.directory.services import organisation as services
from kithkin.directory.views.organisation.words import history_lines, unit_plan_lines
from kithkin.platform.access import allowed, anybody, user_of

MOST_STEPS = 6


@allowed(anybody)
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a unit, on the day that the address names."""
    user = user_of(request)
    shown = get_object_or_404(Unit, pk=pk)
    as_of, now = chosen_date(request), today()
    tree, staff = tree_on(as_of.day), staff_on(as_of.day)
    node = tree.get(shown.pk)
    moments = moments_of(shown)
    origins, successions = origins_and_successions(shown)
    built = ((one.template, one.build(user, shown, as_of.day)) for one in unit_sections)
    context = {
        "unit": shown,
        "as_of": as_of,
        "node": node,
        "name": node.name if node else shown.name,
        "kind": UnitKind(node.kind).label if node and node.kind in UnitKind.values else "",
        "path": tree.path(shown.pk)[:-1][-MOST_STEPS:],
        "members": members_of(shown, as_of.day, user),
        "in_all": staff.with_all_below(tree)[shown.pk],
        "branches": branches(tree, staff, below=shown.pk),
        "history": history_lines(moments, now),
        "plans": unit_plan_lines(moments, plans_of(shown, now), now),
        "origins": origins,
        "successions": successions,
        "sections": [(template, section) for template, section in built if section is not None],
        "can_edit": reach_of_editing(user).covers(shown.pk),
    }
    return render(request, "directory/organisation/unit.html", context)


@require_POST
@allowed(can_edit_organisation)
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """A plan is taken back; the page of the first unit that it concerned follows."""
    change = get_object_or_404(UnitChange, pk=pk)
    reach = reach_of_editing(user_of(request))
    units = list(change.units.order_by("pk"))
    if not all(reach.covers(unit.pk) for unit in units):
        raise Http404
    try:
        services.take_back(change=change)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Taken back: none of it will happen."))
    left = Unit.objects.filter(pk__in=[unit.pk for unit in units]).order_by("pk").first()
    return redirect("unit", pk=left.pk) if left and len(units) == 1 else redirect("organisation")
