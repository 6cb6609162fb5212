"""Lists by key: a page, and where the next one begins."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Annotated, Generic, TypeVar

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from ninja import Field, Schema

from kithkin.platform.api.fields import BIGGEST, KEPT
from kithkin.platform.api.problems import Refused

T = TypeVar("T")
M = TypeVar("M", bound=models.Model)
MOST = 200


class Page(Schema, Generic[T]):
    """A part of a list. `next` goes into `after` of the next request; it is null on the last page."""

    items: list[T]
    next: str | None


class Asked(Schema):
    """How much of a list is wanted, and from where."""

    after: Annotated[str | None, Field(max_length=100, pattern=KEPT)] = Field(
        None, description="`next` of the page before."
    )
    limit: int = Field(50, ge=1, le=MOST, description="How many at most.")


def page_of(
    rows: QuerySet[M], asked: Asked, shown: Callable[[Sequence[M]], Sequence[T]], page: type[Page[T]]
) -> Page[T]:
    """The rows behind `after`, in the order of their ids; what is added meanwhile comes last, nothing comes twice."""
    rows = rows.order_by("pk")
    if asked.after:
        rows = rows.filter(pk__gt=_decoded(asked.after, rows.model))
    found = list(rows[: asked.limit + 1])
    more, found = len(found) > asked.limit, found[: asked.limit]
    return page(items=list(shown(found)), next=_encoded(found[-1]) if more else None)


def each(shown: Callable[[M], T]) -> Callable[[Sequence[M]], Sequence[T]]:
    """For rows that are shown one by one."""
    return lambda rows: [shown(row) for row in rows]


def _list_name(model: type[models.Model]) -> str:
    return str(model._meta.model_name)


def _encoded(row: models.Model) -> str:
    return base64.urlsafe_b64encode(f"{_list_name(type(row))}:{row.pk}".encode()).decode().rstrip("=")


def _decoded(text: str, model: type[models.Model]) -> int:
    try:
        name, _sign, number = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode().partition(":")
        found = int(number) if name == _list_name(model) else -1
    except (binascii.Error, ValueError):
        found = -1
    if not 0 <= found <= BIGGEST:
        raise Refused(422, "bad-cursor", _("“after” is none of this list: take it from “next” of the page before."))
    return found
