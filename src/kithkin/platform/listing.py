"""Lists that people work with: sorted, filtered, columns chosen; paged by key, so that page 900 costs what 1 does.

A view declares a `Listing` once and asks it for the page that the address describes:

    PEOPLE = Listing(
        "people",
        columns=(Column("name", _("Name"), sort="name_folded"), Column("email", _("E-mail"), sort="email")),
        filters=(Choice("side", _("Side"), SIDES, lambda rows, value: rows.filter(**{f"is_{value}": True})),),
        search=lambda rows, text: rows.filter(name_folded__contains=fold(text)),
        sort="name",
    )
    page = PEOPLE.page(people_visible_to(request.user), request)
    return render(request, "directory/people.html", {"page": page})

and its template says `{% include "components/listing.html" with page=page row="directory/people_row.html" %}`. A sort
field must never be null, and wants an index on (field, id).
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.core.exceptions import FieldError, ValidationError
from django.db import models
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.functional import Promise

from kithkin.platform.asked import typed

M = TypeVar("M", bound=models.Model)
Text = str | Promise
SIZES = (25, 50, 100)


@dataclass(frozen=True)
class Column:
    """A column: the field it is sorted by, where it can be, and whether it is shown unless chosen otherwise."""

    key: str
    label: Text
    sort: str | None = None
    shown: bool = True
    figure: bool = False
    """Whether it holds numbers, which stand to the right."""


@dataclass(frozen=True)
class Choice(Generic[M]):
    """A filter of a few choices; `apply(rows, value)` is called only with one of them."""

    key: str
    label: Text
    choices: Callable[[HttpRequest], Iterable[tuple[str, Text]]] | Sequence[tuple[str, Text]]
    apply: Callable[[QuerySet[M], str], QuerySet[M]]

    def options(self, request: HttpRequest) -> list[tuple[str, Text]]:
        """The choices for this reader."""
        return list(self.choices(request) if callable(self.choices) else self.choices)


@dataclass(frozen=True)
class Written(Generic[M]):
    """A filter that is typed: `read(text)` makes something of it or raises ValueError, `apply` narrows by that."""

    key: str
    label: Text
    read: Callable[[str], Any]
    apply: Callable[[QuerySet[M], Any], QuerySet[M]]
    kind: str = "text"
    """The type of its input: "text" or "date"."""


@dataclass(frozen=True)
class ShownFilter:
    """A filter as the page draws it: a select of its options, or an input of its kind."""

    key: str
    label: Text
    options: Sequence[tuple[str, Text]]
    value: str
    kind: str = "select"

    @property
    def said(self) -> Text:
        """What it is set to, in words; "" where it is not set."""
        if self.kind == "date" and self.value:
            return date_format(date.fromisoformat(self.value), "SHORT_DATE_FORMAT")
        return dict(self.options).get(self.value, self.value)


@dataclass(frozen=True)
class Page(Generic[M]):
    """One page of a list, ready to be drawn."""

    key: str
    rows: Sequence[M]
    columns: Sequence[Column]
    every_column: Sequence[Column]
    filters: Sequence[ShownFilter]
    searchable: bool
    text: str
    sort: str
    descending: bool
    size: int
    after: str | None
    before: str | None

    @property
    def narrowed(self) -> bool:
        """Whether a filter or a search leaves rows out: an empty page then says so."""
        return bool(self.text) or any(one.value for one in self.filters)

    @property
    def active(self) -> list[ShownFilter]:
        """The filters that are set."""
        return [one for one in self.filters if one.value]

    @cached_property
    def shown_keys(self) -> frozenset[str]:
        """The keys of the columns shown."""
        return frozenset(column.key for column in self.columns)


listings: dict[str, frozenset[str]] = {}
"""Every list that there is: its key → the keys of its columns."""


def declare(key: str, columns: Iterable[Column]) -> None:
    """There is a list of this key with these columns: said by itself for one that is declared once, as it should be.

    A module that makes its list anew for each reader says it when it is imported, since what a reader chose may be
    handed to a process that has not drawn the list yet.
    """
    listings[key] = frozenset(column.key for column in columns)


@dataclass(frozen=True)
class Listing(Generic[M]):
    """A list that can be asked for a page; see the module."""

    key: str
    columns: Sequence[Column]
    sort: str
    """The column's key, with "-" before it for the greatest first."""
    filters: Sequence[Choice[M] | Written[M]] = ()
    search: Callable[[QuerySet[M], str], QuerySet[M]] | None = None
    sizes: Sequence[int] = field(default=SIZES)

    def __post_init__(self) -> None:
        declare(self.key, self.columns)

    def page(self, rows: QuerySet[M], request: HttpRequest) -> Page[M]:
        """The page that the address asks for; what makes no sense in it is left aside rather than refused."""
        asked = request.GET
        rows, shown_filters = self._narrowed(rows, request)
        text = typed(asked, "q")
        if text and self.search:
            rows = self.search(rows, text)
        column, descending = self._sorting(asked.get("sort", ""))
        size = self._size(asked.get("size", ""))
        cut = _cut(rows, column.sort or "pk", descending, size, asked.get("after"), asked.get("before"))
        return Page(
            key=self.key,
            columns=self._chosen(request),
            every_column=self.columns,
            filters=shown_filters,
            searchable=self.search is not None,
            text=text,
            sort=column.key,
            descending=descending,
            size=size,
            rows=cut.rows,
            after=cut.after,
            before=cut.before,
        )

    def _narrowed(self, rows: QuerySet[M], request: HttpRequest) -> tuple[QuerySet[M], list[ShownFilter]]:
        shown = []
        for one in self.filters:
            value = typed(request.GET, one.key)
            if isinstance(one, Choice):
                options = one.options(request)
                value = value if value in {key for key, _ in options} else ""
                rows = one.apply(rows, value) if value else rows
                shown.append(ShownFilter(one.key, one.label, options, value))
                continue
            try:
                rows = one.apply(rows, one.read(value)) if value else rows
            except ValueError:
                value = ""
            shown.append(ShownFilter(one.key, one.label, (), value, one.kind))
        return rows, shown

    def _sorting(self, asked: str) -> tuple[Column, bool]:
        sortable = {column.key: column for column in self.columns if column.sort}
        for text in (asked, self.sort):
            if (key := text.removeprefix("-")) in sortable:
                return sortable[key], text.startswith("-")
        raise ValueError(f"{self.key}: the list cannot be sorted by {self.sort!r}")

    def _size(self, asked: str) -> int:
        return next((size for size in self.sizes if str(size) == asked), self.sizes[0])

    def _chosen(self, request: HttpRequest) -> list[Column]:
        chosen = request.GET.getlist("column")
        user = request.user
        if not chosen and user.is_authenticated:
            chosen = user.listings.get(self.key, []) if isinstance(user.listings, Mapping) else []
        return [column for column in self.columns if column.key in chosen] or [one for one in self.columns if one.shown]


@dataclass(frozen=True)
class _Cut(Generic[M]):
    rows: Sequence[M]
    after: str | None
    before: str | None


def _cut(  # noqa: PLR0917 (the six things that the address says)
    rows: QuerySet[M], field_name: str, descending: bool, size: int, after: str | None, before: str | None
) -> _Cut[M]:
    """`size` rows behind the key `after`, or before `before`, without counting or skipping any."""
    backwards = before is not None
    key = _decoded(before if backwards else after)
    down = descending != backwards
    sign = "-" if down else ""
    ordered = rows.order_by(f"{sign}{field_name}", f"{sign}pk")
    if key is not None:
        try:
            found = list(ordered.filter(_beyond(field_name, key, down))[: size + 1])
        except (FieldError, ValueError, TypeError, ValidationError):
            key, backwards = None, False
            sign = "-" if descending else ""
            found = list(rows.order_by(f"{sign}{field_name}", f"{sign}pk")[: size + 1])
    else:
        found = list(ordered[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    has_after, has_before = (True, more) if backwards else (more, key is not None)
    if not found:
        return _Cut((), None, None)
    return _Cut(
        found,
        _encoded(found[-1], field_name) if has_after else None,
        _encoded(found[0], field_name) if has_before else None,
    )


def _beyond(field_name: str, key: tuple[Any, int], down: bool) -> Q:
    """Behind the key: written so that an index on (field, id) is entered at the key, not filtered from its start."""
    value, pk = key
    inclusive, beyond = ("lte", "lt") if down else ("gte", "gt")
    if field_name == "pk":
        return Q(**{f"pk__{beyond}": pk})
    return Q(**{f"{field_name}__{inclusive}": value}) & (
        Q(**{f"{field_name}__{beyond}": value}) | Q(**{f"pk__{beyond}": pk})
    )


def _encoded(row: models.Model, field_name: str) -> str:
    value: Any = row
    for part in field_name.split("__"):
        value = getattr(value, part)
    if isinstance(value, datetime | date):
        value = value.isoformat()
    elif isinstance(value, Decimal):
        value = str(value)
    return base64.urlsafe_b64encode(json.dumps([value, row.pk]).encode()).decode().rstrip("=")


def _decoded(text: str | None) -> tuple[Any, int] | None:
    if not text:
        return None
    try:
        value, pk = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (binascii.Error, ValueError, TypeError):
        return None
    if not isinstance(pk, int) or not isinstance(value, str | int | float):
        return None
    return None if isinstance(value, str) and "\x00" in value else (value, pk)
