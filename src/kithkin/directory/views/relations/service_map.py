"""The service map: the picture of who serves whom, a neighbourhood of it, and the same as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from kithkin.directory.models import ServiceLink
from kithkin.directory.pictures.service_map import map_picture
from kithkin.directory.queries.dates import ChosenDate, chosen_date
from kithkin.directory.queries.neighbourhood import neighbourhood
from kithkin.directory.queries.organisation import tree_on
from kithkin.directory.queries.own import start_of
from kithkin.directory.queries.relations import Relation, as_shown, links_on, relations_on
from kithkin.directory.queries.service_map import ServiceMap, Standing, service_map
from kithkin.directory.queries.where import where
from kithkin.directory.rules.relations import can_add_relations
from kithkin.platform.access import allowed, anybody, user_of
from kithkin.platform.listing import Choice, Column, Listing, Page
from kithkin.platform.models import User


def _of_side(rows: QuerySet[ServiceLink], value: str) -> QuerySet[ServiceLink]:
    kith = Q(receiver_audience__isnull=False) | Q(receiver_person__is_kith=True, receiver_person__is_kin=False)
    return rows.filter(kith) if value == "kith" else rows.exclude(kith)


def _search(rows: QuerySet[ServiceLink], text: str) -> QuerySet[ServiceLink]:
    """By the words that everybody may read: never by a person's name."""
    names = ("provider_name", "receiver_name", "service__name", "touchpoint__name", "need")
    found = Q()
    for name in names:
        found |= Q(**{f"{name}__icontains": text})
    return rows.filter(found)


RELATIONS = Listing[ServiceLink](
    "relations",
    columns=(
        Column("provider", _("Serves"), sort="provider_name"),
        Column("receiver", _("Is served"), sort="receiver_name"),
        Column("what", _("Through"), sort="what_name"),
        Column("need", _("Need")),
        Column("since", _("Since"), sort="since", shown=False),
    ),
    filters=(Choice("side", _("Reaches"), (("kin", _("kin")), ("kith", _("kith"))), _of_side),),
    search=_search,
    sort="provider",
    sizes=(25, 50, 100),
)


@allowed(anybody)
def show_map(request: HttpRequest) -> HttpResponse:
    """Everything, or with `?of=` one neighbourhood; `?between=a,b` narrows the table to one line of the picture."""
    user = user_of(request)
    chosen = chosen_date(request)
    relations = relations_on(user, chosen.day)
    whole = service_map(relations)
    asked = request.GET.get("of", "")
    of = asked if asked in whole.places else ""
    shown = whole.around(of) if of else whole
    tree = tree_on(chosen.day)
    start = of or start_of(user, whole)
    context = {
        "chosen": chosen,
        "map": whole,
        "finding": whole.finding(),
        "of": whole.places.get(of),
        "picture": map_picture(shown, query=chosen.parameter) if shown else None,
        "near": neighbourhood(whole, start, chosen.parameter) if start else None,
        "near_is_asked": bool(of),
        "places": sorted(whole.places.values(), key=lambda place: (place.standing != Standing.UNIT, place.name)),
        "has_units": bool(tree.nodes),
        "alone": _alone(tree.nodes.values(), whole, chosen),
        "page": _table(request, user, chosen, relations, of),
        "may_add": can_add_relations(user),
    }
    return render(request, "directory/relations/map.html", context)


def _alone(nodes: Any, whole: ServiceMap, chosen: ChosenDate) -> list[tuple[str, str]]:
    """Departments and teams of the day that no relation names, with their pages."""
    found = [
        (node.name, where(f"unit-{node.id}", chosen.parameter))
        for node in nodes
        if node.kind == "department" and f"unit-{node.id}" not in whole.places
    ]
    return sorted(found)


def _table(request: HttpRequest, user: User, chosen: ChosenDate, relations: Sequence[Relation], of: str) -> Page[Any]:
    rows = links_on(chosen.day)
    between = request.GET.get("between", "").split(",")
    if len(between) == 2 or of:
        near = [one.id for one in relations if _is_between(one, between) or (of and of in _keys(one))]
        rows = rows.filter(pk__in=near)
    page = RELATIONS.page(rows, request)
    return replace(page, rows=as_shown(user, page.rows, chosen.day))  # type: ignore[arg-type]


def _keys(relation: Relation) -> tuple[str, ...]:
    place = (f"touchpoint-{relation.touchpoint_id}",) if relation.touchpoint_id else ()
    return (relation.provider.key, relation.receiver.key, *place)


def _is_between(relation: Relation, between: Sequence[str]) -> bool:
    return len(between) == 2 and between[0] == relation.provider.key and between[1] in _keys(relation)[1:]
