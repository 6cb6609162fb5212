"""Addresses of what is understood: segments, journeys, stakeholders."""

from __future__ import annotations

from django.urls import path

from kithkin.directory.views.understand import segment_rules, segments, stakeholders

urlpatterns = [
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
