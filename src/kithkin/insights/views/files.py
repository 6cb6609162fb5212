"""Each picture and table of a page as a file: CSV, PNG or SVG, out of the same protected answer as the page."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pyarrow as pa
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import slugify

from kithkin.analysis.charts.picture import Picture
from kithkin.insights.rules import can_read_scores
from kithkin.insights.rules.views import PAGES
from kithkin.insights.views.parts import Shown, shown
from kithkin.insights.views.unanswered import UNANSWERED, said_of, status_of
from kithkin.platform.access import allowed, user_of
from kithkin.platform.charts import as_png, as_svg
from kithkin.tables.writing import write

TYPES = {"csv": "text/csv; charset=utf-8", "png": "image/png", "svg": "image/svg+xml"}


@allowed(can_read_scores)
def download(request: HttpRequest, page: str, part: str, kind: str) -> HttpResponse:
    """The file; 422 with the reason where the question cannot be answered."""
    if page not in PAGES or kind not in TYPES:
        raise Http404
    try:
        found = shown(page, request.GET, user_of(request))
    except UNANSWERED as error:
        said = said_of(error, user_of(request))
        return HttpResponse(said, content_type="text/plain; charset=utf-8", status=status_of(error))
    one = found.parts.get(part)
    content = None if one is None else _content(one.picture, one.table, kind)
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name_of(found, part, kind)}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def name_of(found: Shown, part: str, kind: str) -> str:
    """Program, score, months and what it shows: "customers-nps-2025-11-2026-10-groups.csv"."""
    return f"{slugify(' '.join([*found.about, part]))[:120]}.{kind}"


def _content(picture: Picture | None, table: pa.Table | None, kind: str) -> bytes | None:
    if kind == "csv":
        return None if table is None else _csv(table)
    if picture is None:
        return None
    return as_svg(picture) if kind == "svg" else as_png(picture)


def _csv(table: pa.Table) -> bytes:
    """As the product writes every CSV: texts that a spreadsheet would run are harmless."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        write(path, table)
        return path.read_bytes()
