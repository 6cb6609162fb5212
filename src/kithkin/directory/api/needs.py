"""What customers of either side need."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from kithkin.directory.models import Need, NeedState, Side
from kithkin.directory.queries.needs import needs_visible_to
from kithkin.platform.api.access import asker
from kithkin.platform.api.fields import BIGGEST, InPath
from kithkin.platform.api.pages import Asked, Page, each, page_of

router = Router()


class NeedOut(Schema):
    """A need, and what is answered to it."""

    id: int
    version: int
    problem: str
    wished_for: str
    side: Side
    audience: int | None
    relation: int | None
    owner: str | None = Field(description="The name of whoever answers it; null while nobody does.")
    state: NeedState
    answer: str


class NeedsAsked(Asked):
    """Which needs."""

    state: NeedState | None = Field(None, description="In this state.")
    side: Side | None = Field(None, description="Of this side.")
    relation: Annotated[int | None, Field(ge=1, le=BIGGEST)] = Field(None, description="Of this relation.")


NeedsPage = Page[NeedOut]


@router.get("/needs", response=NeedsPage)
def list_needs(request: HttpRequest, asked: Query[NeedsAsked]) -> NeedsPage:
    """The needs that the asker sees: all, or their own and those of the relations of their units."""
    rows = needs_visible_to(asker(request)).select_related("owner")
    for name, value in (("state", asked.state), ("side", asked.side), ("link", asked.relation)):
        if value is not None:
            rows = rows.filter(**{name: value})
    return page_of(rows, asked, each(_shown), NeedsPage)


@router.get("/needs/{need_id}", response=NeedOut)
def get_need(request: HttpRequest, need_id: InPath) -> NeedOut:
    """One need."""
    return _shown(get_object_or_404(needs_visible_to(asker(request)).select_related("owner"), pk=need_id))


def _shown(need: Need) -> NeedOut:
    return NeedOut(
        id=need.pk,
        version=need.version,
        problem=need.problem,
        wished_for=need.wished_for,
        side=Side(need.side),
        audience=need.audience_id,
        relation=need.link_id,
        owner=str(need.owner) if need.owner else None,
        state=NeedState(need.state),
        answer=need.answer,
    )
