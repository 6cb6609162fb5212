"""Saved views: keeping, opening, renaming, sharing and forgetting them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from kithkin.insights.forms.views import EVERYBODY, NOBODY, ViewForm
from kithkin.insights.models import SavedView
from kithkin.insights.queries.views import address_of, tiles_of, unit_to_share_with, views_visible_to
from kithkin.insights.rules import can_read_scores
from kithkin.insights.rules.views import PAGES
from kithkin.insights.services.views import ViewRefused, keep_view, remove_view, rename_view, share_view
from kithkin.platform.access import allowed, user_of
from kithkin.platform.asked import as_id
from kithkin.platform.listing import Choice, Column, Listing
from kithkin.platform.models import ChangedMeanwhile
from kithkin.platform.views.errors import changed_meanwhile

VIEWS = Listing[SavedView](
    "saved_views",
    columns=(
        Column("name", gettext_lazy("View"), sort="name"),
        Column("page", gettext_lazy("Page"), sort="page"),
        Column("owner", gettext_lazy("Kept by")),
        Column("shared", gettext_lazy("Shared with")),
        Column("changed", gettext_lazy("Changed"), sort="changed_at"),
        Column("do", gettext_lazy("On your dashboard")),
    ),
    filters=(Choice("page", gettext_lazy("Page"), list(PAGES.items()), lambda rows, value: rows.filter(page=value)),),
    search=lambda rows, text: rows.filter(name__icontains=text),
    sort="name",
)


@allowed(can_read_scores)
def show_all(request: HttpRequest) -> HttpResponse:
    """One's own, and what others shared."""
    user = user_of(request)
    page = VIEWS.page(views_visible_to(user), request)
    context = {
        "page": page,
        "any": bool(page.rows) or page.narrowed,
        "addresses": {view.pk: address_of(view) for view in page.rows},
        "pages": PAGES,
        "on_dashboard": set(tiles_of(user).values_list("view", flat=True)),
    }
    return render(request, "insights/views/list.html", context)


@require_POST
@allowed(can_read_scores)
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the page that the form stood on."""
    page, asked = request.POST.get("page", ""), request.POST.get("asked", "")
    try:
        view = keep_view(owner=user_of(request), name=request.POST.get("name", ""), page=page, asked=asked)
    except ViewRefused as refused:
        messages.error(request, str(refused))
        return redirect(_back(page, asked))
    messages.success(request, _("“%(view)s” is kept.") % {"view": view})
    return redirect(address_of(view))


def _back(page: str, asked: str) -> str:
    if page not in PAGES:
        return reverse("saved_views")
    return reverse(page) + (f"?{asked}" if asked and len(asked) <= 4000 else "")


@allowed(can_read_scores)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename it, and say who else has it."""
    user, view = user_of(request), _own(request, pk)
    shared = EVERYBODY if view.shared_with_all else str(view.shared_with_id or NOBODY)
    form = ViewForm(request.POST or None, initial={"name": view.name, "shared": shared}, user=user)
    if request.method == "POST" and form.is_valid():
        try:
            view.expect(request.POST.get("version"))
            _changed(view, form.cleaned_data, request)
        except ViewRefused as refused:
            form.add_error(None, str(refused))
        except ChangedMeanwhile as told:
            return changed_meanwhile(request, told)
        else:
            messages.success(request, _("“%(view)s” is saved.") % {"view": view})
            return redirect("saved_views")
    context = {"form": form, "view": view, "address": address_of(view), "version": view.version}
    return render(request, "insights/views/form.html", context, status=422 if form.errors else 200)


def _changed(view: SavedView, said: dict[str, Any], request: HttpRequest) -> None:
    """What differs of name and sharing is written, the rest left as it is."""
    user, shared = user_of(request), said["shared"]
    unit = unit_to_share_with(user, as_id(shared)) if shared not in {NOBODY, EVERYBODY} else None
    if (view.shared_with_id, view.shared_with_all) != (unit.pk if unit else None, shared == EVERYBODY):
        share_view(view=view, by=user, unit=unit, everybody=shared == EVERYBODY)
    if view.name != said["name"]:
        rename_view(view=view, name=said["name"])


@require_POST
@allowed(can_read_scores)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget it."""
    view = _own(request, pk)
    remove_view(view=view)
    messages.success(request, _("“%(view)s” is removed.") % {"view": view})
    return redirect("saved_views")


def _own(request: HttpRequest, pk: int) -> SavedView:
    user = user_of(request)
    return get_object_or_404(SavedView.objects.filter(owner=user).select_related("shared_with"), pk=pk)
