"""Those with a stake: a grid to look at and a table to read, and each of them to change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from kithkin.directory.forms.stakeholders import GridFilter, StakeholderForm
from kithkin.directory.models import Stakeholder
from kithkin.directory.models.days import today
from kithkin.directory.queries.stakeholders import on_grid, stakeholders_visible_to
from kithkin.directory.rules.stakeholders import can_see_stakeholders
from kithkin.directory.services.stakeholders import (
    StakeholderNameTaken,
    add_stakeholder,
    change_stakeholder,
    finish_step,
    remove_stakeholder,
)
from kithkin.platform.access import allowed, user_of
from kithkin.platform.listing import Column, Listing
from kithkin.platform.models import ChangedMeanwhile
from kithkin.platform.views.meanwhile import differences

STAKEHOLDERS = Listing[Stakeholder](
    "stakeholders",
    columns=(
        Column("name", gettext_lazy("Stakeholder"), sort="name"),
        Column("group", gettext_lazy("Group"), sort="group"),
        Column("power", gettext_lazy("Power"), sort="power", figure=True),
        Column("interest", gettext_lazy("Interest"), sort="interest", figure=True),
        Column("strength", gettext_lazy("Strength"), sort="strength", figure=True),
        Column("owner", gettext_lazy("Looked after by")),
        Column("next", gettext_lazy("Next step")),
    ),
    sort="name",
    sizes=(100,),
)


@allowed(can_see_stakeholders)
def show_grid(request: HttpRequest) -> HttpResponse:
    """The grid, and the same as a table."""
    user = user_of(request)
    asked = GridFilter(request.GET)
    page = STAKEHOLDERS.page(asked.apply(stakeholders_visible_to(user), user), request)
    shown = {one.quadrant.name.lower(): one for one in on_grid(page.rows)}
    context = {"page": page, "asked": asked, "quadrants": shown, "today": today()}
    context["any"] = bool(page.rows) or asked.narrows
    return render(request, "directory/stakeholders/grid.html", context)


@allowed(can_see_stakeholders)
def add(request: HttpRequest) -> HttpResponse:
    """Somebody new on the grid."""
    form = StakeholderForm(request.POST) if request.method == "POST" else StakeholderForm()
    return _answer(request, form, None, lambda: add_stakeholder(stake=form.stake))


@allowed(can_see_stakeholders)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them, to be read and changed."""
    stakeholder = get_object_or_404(stakeholders_visible_to(user_of(request)), pk=pk)
    form = StakeholderForm(request.POST) if request.method == "POST" else StakeholderForm.of(stakeholder)

    def write() -> Stakeholder:
        stakeholder.expect(request.POST.get("version"))
        return change_stakeholder(stakeholder=stakeholder, stake=form.stake)

    return _answer(request, form, stakeholder, write)


@require_POST
@allowed(can_see_stakeholders)
def done(request: HttpRequest, pk: int) -> HttpResponse:
    """What came next is done."""
    stakeholder = get_object_or_404(stakeholders_visible_to(user_of(request)), pk=pk)
    finish_step(stakeholder=stakeholder)
    messages.success(request, _("Done. What comes next?"))
    return redirect("stakeholder", pk=pk)


@require_POST
@allowed(can_see_stakeholders)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Off the grid."""
    stakeholder = get_object_or_404(stakeholders_visible_to(user_of(request)), pk=pk)
    name = stakeholder.name
    remove_stakeholder(stakeholder=stakeholder)
    messages.success(request, _("“%(name)s” is off the grid.") % {"name": name})
    return redirect("stakeholders")


def _answer(
    request: HttpRequest, form: StakeholderForm, stakeholder: Stakeholder | None, write: Callable[[], Stakeholder]
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "stakeholder": stakeholder, "today": today()}
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            written = write()
        except StakeholderNameTaken as taken:
            form.add_error("name", str(taken))
        except ChangedMeanwhile:
            assert stakeholder is not None
            now = get_object_or_404(stakeholders_visible_to(user_of(request)), pk=stakeholder.pk)
            context |= {"stakeholder": now, "differences": differences(form, StakeholderForm.of(now))}
            status = 409
        else:
            messages.success(request, _("“%(name)s” is on the grid.") % {"name": written.name})
            return redirect("stakeholders")
    return render(request, "directory/stakeholders/form.html", context, status=status)
