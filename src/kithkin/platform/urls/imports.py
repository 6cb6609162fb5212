"""The addresses of imports."""

from __future__ import annotations

from django.urls import path

from kithkin.platform.views.imports import new, pages, steps

urlpatterns = [
    path("settings/imports/", pages.imports, name="imports"),
    path("settings/imports/new/", new.new_import, name="new_import"),
    path("settings/imports/sample/<slug:kind>.csv", pages.import_sample, name="import_sample"),
    path("settings/imports/<int:pk>/", pages.import_page, name="import_page"),
    path("settings/imports/<int:pk>/columns/", steps.import_columns, name="import_columns"),
    path("settings/imports/<int:pk>/run/", steps.import_run, name="import_run"),
    path("settings/imports/<int:pk>/undo/", steps.import_undo, name="import_undo"),
    path("settings/imports/<int:pk>/go-on/", steps.import_resume, name="import_resume"),
    path("settings/imports/<int:pk>/forget/", steps.import_forget, name="import_forget"),
    path("settings/imports/<int:pk>/refused.csv", pages.import_refused, name="import_refused"),
]
