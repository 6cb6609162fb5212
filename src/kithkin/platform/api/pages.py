"""Lists by key: a page, and where the next one begins."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from typing import Annotated, Any, Generic, TypeVar

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from ninja import Query, Schema

from kithkin.platform.api.problems import Refused

T = TypeVar("T")
M = TypeVar("M", bound=models.Model)


class Page(Schema, Generic[T]):
    """`next` goes into `after` of the next request; it is null on the last page."""

    items: list[T]
    next: str | None


class Asked(Schema):
    """How much of a list is wanted, and from where."""

    after: str | None = None
    limit: Annotated[int, Query(ge=1, le=200)] = 50


def page_of(rows: QuerySet[M], asked: Asked, shown: Callable[[M], T]) -> dict[str, Any]:
    """The rows behind `after`, in the order of their ids; what is added meanwhile comes last, nothing comes twice."""
    rows = rows.order_by("pk")
    if asked.after:
        rows = rows.filter(pk__gt=_decoded(asked.after))
    found = list(rows[: asked.limit + 1])
    more, found = len(found) > asked.limit, found[: asked.limit]
    return {"items": [shown(row) for row in found], "next": _encoded(found[-1].pk) if more else None}


def _encoded(pk: int) -> str:
    return base64.urlsafe_b64encode(str(pk).encode()).decode().rstrip("=")


def _decoded(text: str) -> int:
    try:
        found = int(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (binascii.Error, ValueError):
        found = -1
    if not 0 <= found < 2**63:
        raise Refused(400, "bad-cursor", _("“after” is none of ours: take it from “next” of the page before."))
    return found
