"""Every change of a unit is one form on one page; nothing is changed without it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from kithkin.directory.forms.organisation import (
    TOP,
    CloseForm,
    KindForm,
    MergeForm,
    MoveForm,
    OpenForm,
    RenameForm,
    SplitForm,
    UnitForm,
    first_of_next_month,
)
from kithkin.directory.models import Unit
from kithkin.directory.models.days import today
from kithkin.directory.organisation.refusals import Refused
from kithkin.directory.queries.dates import chosen_date
from kithkin.directory.queries.organisation import tree_on
from kithkin.directory.queries.organisation.units import changes_of, moments_of
from kithkin.directory.rules.organisation import can_edit_organisation, reach_of_editing
from kithkin.directory.views.organisation.words import ahead_lines, done_lines, today_line
from kithkin.platform.access import allowed, user_of
from kithkin.platform.models import ChangedMeanwhile, User
from kithkin.platform.views.meanwhile import differences


@allowed(can_edit_organisation)
def open_unit(request: HttpRequest) -> HttpResponse:
    """A new unit; below the one that the address names."""
    first = not tree_on(today()).nodes
    initial = {"parent": request.GET.get("below", TOP), "on": today() if first else _day(request)}
    form = OpenForm(request.POST or None, unit=None, user=user_of(request), initial=initial)
    said = _said(form, "") if request.method == "POST" else None
    if said and form.made:
        messages.success(request, said)
        return redirect("unit", pk=form.made.pk)
    context = {"form": form, "title": _("Add a unit"), "verb": _("Add the unit")}
    return render(request, "directory/organisation/change.html", context)


@allowed(can_edit_organisation)
def rename_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name."""
    unit = _unit(request, pk)
    page = Page(RenameForm, _("Rename “%(name)s”"), _("Rename"), {"name": unit.name})
    return _changing(request, unit, page)


@allowed(can_edit_organisation)
def change_kind(request: HttpRequest, pk: int) -> HttpResponse:
    """Another kind."""
    node = tree_on(today()).get(pk)
    page = Page(KindForm, _("What is “%(name)s”?"), _("Change the kind"), {"kind": node.kind} if node else {})
    return _changing(request, _unit(request, pk), page)


@allowed(can_edit_organisation)
def move_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Another place: by this form, which dragging only fills in."""
    node = tree_on(today()).get(pk)
    now = node.parent if node and node.parent else TOP
    page = Page(MoveForm, _("Move “%(name)s”"), _("Move"), {"to": request.GET.get("to", now)})
    return _changing(request, _unit(request, pk), page)


@allowed(can_edit_organisation)
def merge_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """With others into one."""
    return _changing(request, _unit(request, pk), Page(MergeForm, _("Merge “%(name)s” with others"), _("Merge")))


@allowed(can_edit_organisation)
def split_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Into several."""
    return _changing(request, _unit(request, pk), Page(SplitForm, _("Split “%(name)s”"), _("Split")))


@allowed(can_edit_organisation)
def close_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """No more."""
    return _changing(request, _unit(request, pk), Page(CloseForm, _("Close “%(name)s”"), _("Close the unit")))


@dataclass(frozen=True)
class Page:
    """What differs between the pages: the form, the title, the verb on the button, and what is filled in."""

    form: type[UnitForm]
    title: str
    verb: str
    filled: Mapping[str, Any] = field(default_factory=dict)


def _unit(request: HttpRequest, pk: int) -> Unit:
    unit = get_object_or_404(Unit, pk=pk)
    if not reach_of_editing(user_of(request)).covers(unit.pk):
        raise PermissionDenied
    return unit


def _changing(request: HttpRequest, unit: Unit, page: Page) -> HttpResponse:
    initial = {"on": _day(request), **page.filled}
    form = page.form(request.POST or None, unit=unit, user=user_of(request), initial=initial)
    status = 200
    between: dict[str, Any] = {}
    if request.method == "POST":
        try:
            said = _said(form, request.POST.get("version", ""))
        except ChangedMeanwhile:
            unit = _unit(request, unit.pk)
            between = _between(form, unit, user_of(request))
            said, status = None, 409
        if said:
            messages.success(request, said)
            return redirect("unit", pk=unit.pk)
    title = page.title % {"name": unit.name}
    context = {"form": form, "unit": unit, "title": title, "verb": page.verb, "splits": page.form is SplitForm}
    return render(request, "directory/organisation/change.html", context | between, status=status)


def _between(form: UnitForm, unit: Unit, user: User) -> dict[str, Any]:
    """What the second writer wrote, which stays in the form, beside what stands now and what was done meanwhile."""
    now = today()
    tree = tree_on(now)
    node = tree.get(unit.pk)
    filled = {"name": unit.name}
    if node:
        filled = {"name": node.name, "kind": node.kind, "to": str(node.parent) if node.parent else TOP}
    fresh = type(form)(unit=unit, user=user, initial=filled)
    compared = [name for name in ("name", "kind", "to") if name in form.fields and name in filled]
    return {
        "differences": differences(form, fresh, compared) if not isinstance(form, MergeForm) else [],
        "standing": [
            *done_lines(changes_of(unit), tree),
            today_line(unit.pk, tree),
            *ahead_lines(moments_of(unit), now),
        ],
    }


def _said(form: UnitForm, version: str) -> str | None:
    """Do what the form says and return the message; None where it was refused, which the form then tells."""
    if not form.is_valid():
        return None
    try:
        return form.change(version)
    except Refused as refused:
        form.add_error(None, str(refused))
        return None


def _day(request: HttpRequest) -> date:
    """The day of the page that one came from, where it was not today's; else the first of next month."""
    as_of = chosen_date(request)
    return first_of_next_month() if as_of.today else as_of.day
