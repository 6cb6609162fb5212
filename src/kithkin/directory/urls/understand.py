"""Addresses of what is understood: segments, journeys, stakeholders."""

from __future__ import annotations

from django.urls import path

from kithkin.directory.views.understand import segment_rules, segments, stakeholders
from kithkin.directory.views.understand.journeys import stages, whole

urlpatterns = [
    path("understand/journeys/", whole.show_journeys, name="journeys"),
    path("understand/journeys/add/", whole.add, name="add_journey"),
    path("understand/journeys/<int:pk>/", whole.show_journey, name="journey"),
    path("understand/journeys/<int:pk>/change/", whole.change, name="change_journey"),
    path("understand/journeys/<int:pk>/remove/", whole.remove, name="remove_journey"),
    path("understand/journeys/<int:pk>/stages/add/", stages.add, name="add_stage"),
    path("understand/stages/<int:pk>/", stages.change, name="change_stage"),
    path("understand/stages/<int:pk>/move/", stages.move, name="move_stage"),
    path("understand/stages/<int:pk>/remove/", stages.remove, name="remove_stage"),
    path("understand/stages/<int:pk>/place/", stages.place, name="place_touchpoint"),
    path("understand/stages/<int:pk>/arrange/", stages.arrange, name="arrange_stage"),
    path("understand/places/<int:pk>/move/", stages.move_place, name="move_touchpoint"),
    path("understand/segments/", segments.show_segments, name="segments"),
    path("understand/segments/add/", segment_rules.add, name="add_segment"),
    path("understand/segments/<int:pk>/", segments.show_segment, name="segment"),
    path("understand/segments/<int:pk>/change/", segment_rules.change, name="change_segment"),
    path("understand/segments/<int:pk>/freeze/", segments.freeze, name="freeze_segment"),
    path("understand/segments/<int:pk>/retire/", segments.retire, name="retire_segment"),
    path("understand/stakeholders/", stakeholders.show_grid, name="stakeholders"),
    path("understand/stakeholders/add/", stakeholders.add, name="add_stakeholder"),
    path("understand/stakeholders/<int:pk>/", stakeholders.change, name="stakeholder"),
    path("understand/stakeholders/<int:pk>/done/", stakeholders.done, name="finish_step"),
    path("understand/stakeholders/<int:pk>/remove/", stakeholders.remove, name="remove_stakeholder"),
]
