"""What customers of either side need, with the evidence."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema, Status

from kithkin.directory.models import Audience, Evidence, Need, NeedState, ServiceLink, Side
from kithkin.directory.queries.needs import needs_visible_to
from kithkin.directory.rules.needs import can_add_need_to, can_change_need
from kithkin.directory.services.needs import NeedDraft, write_need
from kithkin.directory.services.needs import add_evidence as write_evidence
from kithkin.directory.services.needs import answer_need as give_answer
from kithkin.directory.services.needs import change_need as rewrite_need
from kithkin.platform.api.access import asker
from kithkin.platform.api.fields import BIGGEST, UNSAID, Day, Id, InPath, Sent, Version, text
from kithkin.platform.api.once import once
from kithkin.platform.api.pages import Asked, Page, each, page_of
from kithkin.platform.api.references import named

router = Router()
LONGEST = 4000
Problem = Annotated[str, text(300, least=1, example="The queue at the till is long on Saturdays")]
WishedFor = Annotated[str, text(LONGEST, says="The solution that was wished for.")]


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


class NeedIn(Sent):
    """A need: the problem, apart from the solution that was wished for."""

    problem: Problem
    wished_for: WishedFor = ""
    side: Side = Side.KITH
    audience: Id | None = None
    relation: Id | None = Field(None, description="Whose need it is; without one, for those who write everywhere.")


class NeedChange(Sent):
    """What is different now; what is left out stays."""

    version: Version
    problem: Problem = UNSAID
    wished_for: WishedFor = UNSAID
    side: Side = UNSAID
    audience: Id | None = UNSAID
    relation: Id | None = UNSAID


class Answer(Sent):
    """What comes of it. “cannot” has its reason."""

    version: Version
    state: NeedState
    answer: Annotated[str, text(LONGEST)] = ""


class EvidenceOut(Schema):
    """Something that shows a need."""

    id: int
    text: str
    source: str
    n: int | None = Field(description="From how many.")
    at: date


class EvidenceIn(Sent):
    """Something that shows a need; the very same twice is once."""

    text: Annotated[str, text(LONGEST, least=1)]
    source: Annotated[str, text(200)] = ""
    n: Annotated[int, Field(strict=True, ge=0, le=2**31 - 1)] | None = None
    at: Day


class NeedsAsked(Asked):
    """Which needs."""

    state: NeedState | None = Field(None, description="In this state.")
    side: Side | None = Field(None, description="Of this side.")
    relation: Annotated[int | None, Field(ge=1, le=BIGGEST)] = Field(None, description="Of this relation.")


NeedsPage = Page[NeedOut]
EvidencePage = Page[EvidenceOut]


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
    return _shown(_seen(request, need_id))


@router.post("/needs", response={201: NeedOut})
@once
def add_need(request: HttpRequest, sent: NeedIn) -> Status[NeedOut]:
    """Write a need down. The same problem of a relation is written once."""
    draft = _draft(sent)
    if not can_add_need_to(asker(request), draft.link):
        raise PermissionDenied(_not_theirs())
    return Status(201, _shown(write_need(draft=draft)))


@router.patch("/needs/{need_id}", response=NeedOut)
def change_need(request: HttpRequest, need_id: InPath, sent: NeedChange) -> NeedOut:
    """Put it otherwise."""
    need = _to_change(request, need_id, sent.version)
    draft = _draft(sent, need)
    if draft.link != need.link and not can_add_need_to(asker(request), draft.link):
        raise PermissionDenied(_not_theirs())
    return _shown(rewrite_need(need=need, draft=draft))


@router.post("/needs/{need_id}/answer", response=NeedOut)
def answer_need(request: HttpRequest, need_id: InPath, sent: Answer) -> NeedOut:
    """Say what comes of it."""
    need = _to_change(request, need_id, sent.version)
    return _shown(give_answer(need=need, state=sent.state, answer=sent.answer))


@router.get("/needs/{need_id}/evidence", response=EvidencePage)
def list_evidence(request: HttpRequest, need_id: InPath, asked: Query[Asked]) -> EvidencePage:
    """What shows the need."""
    return page_of(Evidence.objects.filter(need=_seen(request, need_id)), asked, each(_evidence), EvidencePage)


@router.post("/needs/{need_id}/evidence", response={201: EvidenceOut})
@once
def add_evidence(request: HttpRequest, need_id: InPath, sent: EvidenceIn) -> Status[EvidenceOut]:
    """Write down what shows the need."""
    need = _to_change(request, need_id)
    made = write_evidence(need=need, **sent.model_dump(), by=asker(request))
    return Status(201, _evidence(made))


def _seen(request: HttpRequest, need_id: int) -> Need:
    rows = needs_visible_to(asker(request)).select_related("owner", "link", "audience")
    return get_object_or_404(rows, pk=need_id)


def _to_change(request: HttpRequest, need_id: int, version: int | None = None) -> Need:
    need = _seen(request, need_id)
    if not can_change_need(asker(request), need):
        raise PermissionDenied(_not_theirs())
    if version is not None:
        need.expect(version)
    return need


def _not_theirs() -> str:
    return _("Needs are written by program managers, by the heads of a relation's two ends, and by their owners.")


def _draft(sent: NeedIn | NeedChange, before: Need | None = None) -> NeedDraft:
    """What the need says, with what is left out as it was before."""
    said = sent.model_dump(exclude_unset=before is not None)
    was: dict[str, Any] = {}
    if before is not None:
        was = {name: getattr(before, name) for name in ("problem", "wished_for", "side", "audience", "link")}
    for name, column, rows in (
        ("audience", "audience", Audience.objects.all()),
        ("relation", "link", ServiceLink.objects.all()),
    ):
        if name in said and (before is None or said[name] != getattr(before, f"{column}_id")):
            was[column] = named(rows, said[name], name)
    was |= {name: said[name] for name in ("problem", "wished_for", "side") if name in said}
    return NeedDraft(**was)


def _evidence(one: Evidence) -> EvidenceOut:
    return EvidenceOut(id=one.pk, text=one.text, source=one.source, n=one.n, at=one.at)


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
