"""Looking at imports: the list, and one of them in whatever state it is."""

from __future__ import annotations

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from kithkin.platform.access import allowed
from kithkin.platform.imports.refused import as_csv
from kithkin.platform.listing import Choice, Column, Listing
from kithkin.platform.models import Import, ImportState, User
from kithkin.platform.queries.imports import imports_visible_to, listed_rows
from kithkin.platform.queries.refused_lines import refused_file
from kithkin.platform.registries.imports import imports as kinds
from kithkin.platform.registries.imports import kind_of, kinds_for
from kithkin.platform.rules.imports import may_import
from kithkin.platform.services.imports.steps import plan_of_report
from kithkin.platform.views.imports.shown import kind_label, outcome, shown

IMPORTS = Listing[Import](
    "imports",
    columns=(
        Column("name", _("File")),
        Column("kind", _("What")),
        Column("state", _("State")),
        Column("outcome", _("How it went")),
        Column("by", _("By")),
        Column("uploaded", _("When"), sort="pk"),
    ),
    sort="-uploaded",
    filters=(
        Choice(
            "kind",
            _("What"),
            lambda _r: [(kind.key, kind.label) for kind in kinds],
            lambda rows, value: rows.filter(kind=value),
        ),
        Choice("state", _("State"), ImportState.choices, lambda rows, value: rows.filter(state=value)),
    ),
)


def find_import(request: HttpRequest, pk: int) -> Import:
    """The import where this reader may see it, else 404."""
    return get_object_or_404(imports_visible_to(cast("User", request.user)), pk=pk)


@allowed(may_import)
def imports(request: HttpRequest) -> HttpResponse:
    """What came in, and what is on its way."""
    page = IMPORTS.page(imports_visible_to(cast("User", request.user)), request)
    for one in page.rows:
        one.outcome, one.kind_label = outcome(one), kind_label(one)  # type: ignore[attr-defined]
    return render(request, "platform/imports/list.html", {"page": page})


@allowed(may_import)
def import_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One import: columns to match, progress, report or result."""
    one = find_import(request, pk)
    if one.state == ImportState.MATCHING and not one.forgotten_at:
        return redirect("import_columns", one.pk)
    context: dict[str, Any] = {"one": one, "shown": shown(one), "kind": kind_label(one), "seen": plan_of_report(one)}
    if one.is_working:
        template = "platform/imports/progress.html"
        return render(request, f"{template}#bar" if request.htmx else template, context)  # type: ignore[attr-defined]
    if request.htmx and request.GET.get("watch"):  # type: ignore[attr-defined]
        return HttpResponse(headers={"HX-Redirect": request.path})
    context["rows"], context["next"] = listed_rows(one, _number(request.GET.get("after", "")))
    return render(request, "platform/imports/report.html", context)


@allowed(may_import)
def import_refused(request: HttpRequest, pk: int) -> HttpResponse:
    """The refused lines with their reasons, to be mended and sent again."""
    one = find_import(request, pk)
    if one.forgotten_at or not (one.path / "lines.arrow").exists():
        raise Http404
    name = f"{one.name.rpartition('.')[0] or one.name}-{_('refused')}.csv"
    return _csv(refused_file(one), name)


@allowed(may_import)
def import_sample(request: HttpRequest, kind: str) -> HttpResponse:
    """A file with the columns of this kind, to be filled."""
    known = kind_of(kind)
    user = cast("User", request.user)
    if known is None or known not in kinds_for(user):
        raise Http404
    return _csv(as_csv([str(field.label) for field in known.fields(user)], []), f"{known.key}.csv")


def _csv(pieces: Any, name: str) -> HttpResponse:
    """Typed as what views return, though Django's streamed answer is not of that class."""
    response = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["Cache-Control"] = "no-store"
    return cast("HttpResponse", response)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
