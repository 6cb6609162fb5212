"""What the columns of a file of figures hold; sending it has every line checked."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kithkin.directory.rules.imports import may_import
from kithkin.insights.forms.figure_files import DATALIST, FiguresForm
from kithkin.insights.imports.guessing import plan_of
from kithkin.insights.imports.keeping import check_with
from kithkin.platform.access import allowed
from kithkin.platform.asked import as_id
from kithkin.platform.imports.guessing import REASON
from kithkin.platform.imports.kept import head
from kithkin.platform.queries.imports import same_file_before
from kithkin.platform.services.imports.steps import may_match
from kithkin.platform.views.imports.pages import find_import

SHOWN = 40
"""Columns on one page."""
OFFERED = 1_000
"""Columns in the list beside the boxes: more would make the page heavy."""


@dataclass(frozen=True)
class ShownColumn:
    """A column with its first values."""

    name: str
    samples: str


@allowed(may_import)
def figure_columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Whose, when and what, in one form."""
    one = find_import(request, pk)
    if one.kind != "figures":
        raise Http404
    if one.forgotten_at or not may_match(one):
        return redirect("import_page", one.pk)
    try:
        found = head(one.path)
    except FileNotFoundError:
        messages.error(request, _("The file is no longer here. Upload it again."))
        return redirect("imports")
    columns = [column for column in found.columns if column != REASON]
    plan = plan_of(one, found)
    form = FiguresForm(request.POST if request.method == "POST" else None, columns=columns, plan=plan)
    if request.method == "POST" and form.is_valid():
        check_with(one=one, plan=form.plan)
        return redirect("import_page", one.pk)
    wanted = request.GET.get("q", "").strip()[:100].casefold()
    named = [column for column in columns if wanted in column.casefold()]
    first = min(as_id(request.GET.get("after", "")) or 0, len(named))
    context = {
        "one": one,
        "form": form,
        "columns": [
            ShownColumn(column, " · ".join(found.samples(column))[:60]) for column in named[first : first + SHOWN]
        ],
        "count": len(columns),
        "named": len(named),
        "next": first + SHOWN if first + SHOWN < len(named) else None,
        "offered": columns[:OFFERED] if form.many else [],
        "datalist": DATALIST,
        "before": same_file_before(one),
    }
    return render(request, "insights/imports/figures.html", context, status=422 if form.errors else 200)
