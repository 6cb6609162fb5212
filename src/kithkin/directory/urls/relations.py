"""Addresses of who serves whom."""

from __future__ import annotations

from django.urls import URLPattern, path

from kithkin.directory.views.relations import catalogue, mine, needs, relation, service_map
from kithkin.directory.views.relations.catalogue import KINDS, Kind


def _of(kind: Kind) -> list[URLPattern]:
    """The pages of one kind of thing that relations are made of."""
    given = {"kind": kind}
    start = f"serve/{kind.urls}/"
    return [
        path(start, catalogue.show_list, given, name=kind.urls),
        path(f"{start}add/", catalogue.add, given, name=f"add_{kind.url}"),
        path(f"{start}<int:pk>/", catalogue.show_thing, given, name=kind.url),
        path(f"{start}<int:pk>/change/", catalogue.change, given, name=f"change_{kind.url}"),
        path(f"{start}<int:pk>/retire/", catalogue.retire, given, name=f"retire_{kind.url}"),
    ]


urlpatterns = [
    path("serve/", service_map.show_map, name="service_map"),
    path("serve/mine/", mine.show_mine, name="mine"),
    path("serve/mine/propose/", mine.propose, name="propose_relation"),
    path("serve/proposals/<int:pk>/", mine.decide, name="decide_proposal"),
    path("serve/relations/add/", relation.add, name="add_relation"),
    path("serve/relations/<int:pk>/", relation.show_relation, name="relation"),
    path("serve/relations/<int:pk>/change/", relation.change, name="change_relation"),
    path("serve/relations/<int:pk>/end/", relation.end, name="end_relation"),
    path("serve/relations/<int:pk>/roles/", relation.add_role, name="give_role"),
    path("serve/roles/<int:pk>/take/", relation.remove_role, name="take_role"),
    *(pattern for kind in KINDS for pattern in _of(kind)),
    path("listen/needs/", needs.show_list, name="needs"),
    path("listen/needs/add/", needs.add, name="add_need"),
    path("listen/needs/<int:pk>/", needs.show_need, name="need"),
    path("listen/needs/<int:pk>/change/", needs.change, name="change_need"),
    path("listen/needs/<int:pk>/answer/", needs.answer, name="answer_need"),
    path("listen/needs/<int:pk>/evidence/", needs.add_evidence, name="add_evidence"),
]
