"""The organisation as a tree, on any day."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from kithkin.directory.models import Unit
from kithkin.directory.models.days import today
from kithkin.directory.queries.dates import chosen_date
from kithkin.directory.queries.organisation import tree_on
from kithkin.directory.queries.organisation.branches import branches, found, staff_on
from kithkin.directory.queries.organisation.units import all_plans
from kithkin.directory.rules.organisation import can_edit_organisation, can_edit_whole_organisation
from kithkin.directory.views.organisation.words import plan_lines
from kithkin.platform.access import allowed, anybody, user_of
from kithkin.platform.asked import typed


@allowed(anybody)
def organisation(request: HttpRequest) -> HttpResponse:
    """The tree of the day; narrowed to what is looked for where the address says so."""
    user = user_of(request)
    as_of = chosen_date(request)
    tree, staff = tree_on(as_of.day), staff_on(as_of.day)
    text = typed(request.GET, "q")
    hits = found(tree, staff, text) if text else None
    context = {
        "as_of": as_of,
        "tree": tree,
        "branches": () if hits else branches(tree, staff),
        "found": hits,
        "text": text,
        "people": staff.everybody(tree),
        "can_edit": can_edit_organisation(user),
        "can_edit_all": can_edit_whole_organisation(user),
        "plans": plan_lines(all_plans(today()), tree) if as_of.today and not text else (),
    }
    template = "directory/organisation/tree.html"
    return render(request, f"{template}#units" if request.htmx else template, context)  # type: ignore[attr-defined]


@allowed(anybody)
def branch(request: HttpRequest, pk: int) -> HttpResponse:
    """What stands below one unit: fetched when it is opened in a large tree."""
    unit = get_object_or_404(Unit, pk=pk)
    as_of = chosen_date(request)
    tree = tree_on(as_of.day)
    context = {
        "as_of": as_of,
        "branches": branches(tree, staff_on(as_of.day), below=unit.pk),
        "can_edit": can_edit_organisation(user_of(request)),
    }
    return render(request, "directory/organisation/branch_items.html", context)
