"""Addresses of who serves whom."""

from __future__ import annotations

from django.urls import path

from kithkin.directory.views.relations import mine, relation, service_map

urlpatterns = [
    path("serve/", service_map.show_map, name="service_map"),
    path("serve/mine/", mine.show_mine, name="mine"),
    path("serve/relations/add/", relation.add, name="add_relation"),
    path("serve/relations/<int:pk>/", relation.show_relation, name="relation"),
    path("serve/relations/<int:pk>/change/", relation.change, name="change_relation"),
    path("serve/relations/<int:pk>/end/", relation.end, name="end_relation"),
    path("serve/relations/<int:pk>/roles/", relation.add_role, name="give_role"),
    path("serve/roles/<int:pk>/take/", relation.remove_role, name="take_role"),
]
