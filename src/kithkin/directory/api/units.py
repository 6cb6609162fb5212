"""The organisation: its tree on any day, and what is done to one unit."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema, Status

from kithkin.directory.models import Unit, UnitKind
from kithkin.directory.models.days import today
from kithkin.directory.organisation.tree import Node
from kithkin.directory.organisation.tree import Tree as TreeOfDay
from kithkin.directory.queries.organisation import tree_of_today, tree_on
from kithkin.directory.rules.organisation import reach_of_editing
from kithkin.directory.services import organisation as services
from kithkin.platform.api.access import asker
from kithkin.platform.api.fields import Day, Id, InPath, Sent, Version, text
from kithkin.platform.api.once import once
from kithkin.platform.api.references import named

router = Router()

Name = Annotated[str, text(200, least=1, example="Till support")]


class UnitOut(Schema):
    """A unit as it is on a day."""

    id: int
    name: str
    kind: UnitKind
    code: str
    parent: int | None = Field(description="The unit above it on that day; null at the top.")


class WholeUnit(UnitOut):
    """A unit with its version."""

    version: int


class Tree(Schema):
    """Every unit that is open on the day, each behind the one above it."""

    on: date
    items: list[UnitOut]


class DayAsked(Schema):
    """Which day."""

    on: Day | None = Field(None, description="The day; today where it is left out.")


class UnitIn(Sent):
    """A new unit, from a day on."""

    name: Name
    kind: UnitKind = UnitKind.DEPARTMENT
    code: Annotated[str, text(60, says="Your own number for it.", example="IT-2")] = ""
    parent: Id | None = Field(None, description="Below which unit; null: at the top.")
    on: Day


class Renaming(Sent):
    """Another name, from a day on."""

    version: Version
    name: Name
    on: Day


class Rekinding(Sent):
    """Another kind, from a day on."""

    version: Version
    kind: UnitKind
    on: Day


class Moving(Sent):
    """Another place, from a day on."""

    version: Version
    to: Id | None = Field(description="Below which unit; null: to the top.")
    on: Day


class Closing(Sent):
    """No more, from a day on."""

    version: Version
    on: Day
    children_to: Id | None = Field(None, description="Where the units below it go.")
    members_to: Id | None = Field(None, description="Where the people who work in it go.")


class ChangeOut(Schema):
    """What was done, which can be taken back on its page while the day lies ahead; and the unit's new version."""

    change: int
    unit: int
    version: int
    on: date


@router.get("/units", response=Tree)
def list_units(request: HttpRequest, asked: Query[DayAsked]) -> Tree:  # noqa: ARG001 (everybody sees it)
    """The organisation's tree on a day, in the order in which it is read. It is one answer, not paged."""
    day = asked.on or today()
    return Tree(on=day, items=[_shown(node) for node, _depth in _tree(day).depth_first()])


@router.get("/units/{unit_id}", response=WholeUnit)
def get_unit(request: HttpRequest, unit_id: InPath, asked: Query[DayAsked]) -> WholeUnit:  # noqa: ARG001
    """One unit as it is on a day; 404 where it is not open on that day."""
    unit, node = get_object_or_404(Unit, pk=unit_id), _tree(asked.on or today()).get(unit_id)
    if node is None:
        raise Http404
    return WholeUnit(**_shown(node).model_dump(), version=unit.version)


@router.post("/units", response={201: ChangeOut})
@once
def open_unit(request: HttpRequest, sent: UnitIn) -> Status[ChangeOut]:
    """A new unit. At the top only by those whose role reaches everywhere."""
    parent = _reached(request, sent.parent, "parent")
    new = services.NewUnit(sent.name, sent.kind, sent.code)
    unit = services.open_unit(new=new, parent=parent, on=sent.on)
    change = unit.changes.latest("pk")
    return Status(201, ChangeOut(change=change.pk, unit=unit.pk, version=unit.version, on=sent.on))


@router.post("/units/{unit_id}/rename", response=ChangeOut)
def rename_unit(request: HttpRequest, unit_id: InPath, sent: Renaming) -> ChangeOut:
    """Another name from a day on, until the next one that was planned."""
    unit = _to_change(request, unit_id)
    change = services.rename_unit(unit=unit, name=sent.name, on=sent.on, version=sent.version)
    return _done(unit, change.pk, sent.on)


@router.post("/units/{unit_id}/kind", response=ChangeOut)
def change_unit_kind(request: HttpRequest, unit_id: InPath, sent: Rekinding) -> ChangeOut:
    """A team becomes a department."""
    unit = _to_change(request, unit_id)
    change = services.change_kind(unit=unit, kind=sent.kind, on=sent.on, version=sent.version)
    return _done(unit, change.pk, sent.on)


@router.post("/units/{unit_id}/move", response=ChangeOut)
def move_unit(request: HttpRequest, unit_id: InPath, sent: Moving) -> ChangeOut:
    """Below another unit, or to the top, with all that stands below it."""
    unit = _to_change(request, unit_id)
    to = _reached(request, sent.to, "to")
    change = services.move_unit(unit=unit, to=to, on=sent.on, version=sent.version)
    return _done(unit, change.pk, sent.on)


@router.post("/units/{unit_id}/close", response=ChangeOut)
def close_unit(request: HttpRequest, unit_id: InPath, sent: Closing) -> ChangeOut:
    """No more from a day on: empty by then, or with a unit named for what stands below and for who works there."""
    unit = _to_change(request, unit_id)
    change = services.close_unit(
        unit=unit,
        on=sent.on,
        children_to=_taker(request, sent.children_to, "children_to"),
        members_to=_taker(request, sent.members_to, "members_to"),
        version=sent.version,
    )
    return _done(unit, change.pk, sent.on)


def _tree(day: date) -> TreeOfDay:
    return tree_of_today() if day == today() else tree_on(day)


def _shown(node: Node) -> UnitOut:
    return UnitOut(id=node.id, name=node.name, kind=UnitKind(node.kind), code=node.code, parent=node.parent)


def _done(unit: Unit, change: int, on: date) -> ChangeOut:
    unit.refresh_from_db(fields=["version"])
    return ChangeOut(change=change, unit=unit.pk, version=unit.version, on=on)


def _to_change(request: HttpRequest, unit_id: int) -> Unit:
    unit = get_object_or_404(Unit, pk=unit_id)
    if not reach_of_editing(asker(request)).covers(unit.pk):
        raise PermissionDenied(_("The organisation is changed by administrators and program managers."))
    return unit


def _reached(request: HttpRequest, unit_id: int | None, where: str) -> Unit | None:
    """A unit that the asker may put something below; None is the top, for those who reach everywhere."""
    within = reach_of_editing(asker(request))
    if not within.covers(unit_id):
        raise PermissionDenied(_("The organisation is changed by administrators and program managers."))
    return named(Unit.objects.all(), unit_id, where)


def _taker(request: HttpRequest, unit_id: int | None, where: str) -> Unit | None:
    return None if unit_id is None else _reached(request, unit_id, where)
