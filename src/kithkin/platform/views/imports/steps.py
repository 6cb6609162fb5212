"""The steps: match columns, run, go on, take back, forget. Pressed twice, each is done once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kithkin.platform.access import allowed, user_of
from kithkin.platform.forms.imports import MatchingForm
from kithkin.platform.imports.kept import head
from kithkin.platform.models import ChangedMeanwhile, Import
from kithkin.platform.queries.imports import matched_alike, same_file_before
from kithkin.platform.registries.imports import kind_of
from kithkin.platform.rules.imports import may_import, may_undo
from kithkin.platform.services.imports import (
    check_import,
    forget_import,
    resume_import,
    run_import,
    undo_import,
)
from kithkin.platform.services.imports.steps import may_match
from kithkin.platform.views.errors import changed_meanwhile
from kithkin.platform.views.imports.pages import find_import


@allowed(may_import)
def import_columns(request: HttpRequest, pk: int) -> HttpResponse:
    """What each column holds; sending it begins the check."""
    one = find_import(request, pk)
    kind = kind_of(one.kind)
    if kind is None or one.forgotten_at or not may_match(one):
        return redirect("import_page", one.pk)
    page = kind.bulk.page if kind.bulk else kind.page
    if page:
        return redirect(page, one.pk)
    try:
        found = head(one.path)
    except FileNotFoundError:
        messages.error(request, _("The file is no longer here. Upload it again."))
        return redirect("imports")
    form = MatchingForm(one, kind, found, matched_alike(one))
    if request.method == "POST" and form.read(request.POST):
        check_import(one=one, mapping=form.mapping, options=form.chosen)
        return redirect("import_page", one.pk)
    context = {"one": one, "form": form, "kind": kind, "before": same_file_before(one)}
    return render(request, "platform/imports/columns.html", context, status=422 if form.errors else 200)


def _step(do: Callable[..., bool]) -> Callable[..., HttpResponse]:
    @require_POST
    @allowed(may_import)
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        one: Import = find_import(request, pk)
        if not do(one=one):
            messages.info(request, _("That was begun already; nothing is done twice."))
        return redirect("import_page", one.pk)

    return view


@require_POST
@allowed(may_import)
def import_run(request: HttpRequest, pk: int) -> HttpResponse:
    """Do what the report says that was looked at."""
    try:
        return _step(partial(run_import, seen=request.POST.get("seen", "")))(request, pk)
    except ChangedMeanwhile as told:
        return changed_meanwhile(request, told)


import_resume = _step(resume_import)
_undo = _step(undo_import)


@require_POST
@allowed(may_import)
def import_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it all back, where all of it is within reach."""
    if may_undo(user_of(request), find_import(request, pk)):
        return _undo(request, pk)
    messages.error(request, _("Something in this file is beyond your role by now. An administrator can take it back."))
    return redirect("import_page", pk)


@require_POST
@allowed(may_import)
def import_forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete the file and all that is remembered of its lines."""
    one = find_import(request, pk)
    if forget_import(one=one):
        messages.success(
            request, _("The file “%(name)s” and what was remembered of its lines is gone.") % {"name": one}
        )
    else:
        messages.error(request, _("It is being worked on. Wait until that has ended."))
    return redirect("imports")
