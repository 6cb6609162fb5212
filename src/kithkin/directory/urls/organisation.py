"""The organisation's addresses."""

from __future__ import annotations

from django.urls import path

from kithkin.directory.views.organisation import changing, tree, unit

urlpatterns = [
    path("organisation/", tree.organisation, name="organisation"),
    path("organisation/add/", changing.open_unit, name="unit_open"),
    path("organisation/plans/<int:pk>/take-back/", unit.take_back, name="unit_plan_take_back"),
    path("organisation/<int:pk>/", unit.unit, name="unit"),
    path("organisation/<int:pk>/below/", tree.branch, name="unit_branch"),
    path("organisation/<int:pk>/rename/", changing.rename_unit, name="unit_rename"),
    path("organisation/<int:pk>/kind/", changing.change_kind, name="unit_kind"),
    path("organisation/<int:pk>/move/", changing.move_unit, name="unit_move"),
    path("organisation/<int:pk>/merge/", changing.merge_unit, name="unit_merge"),
    path("organisation/<int:pk>/split/", changing.split_unit, name="unit_split"),
    path("organisation/<int:pk>/close/", changing.close_unit, name="unit_close"),
]
