"""The platform's addresses."""

from __future__ import annotations

from django.urls import path

from kithkin.platform.views import columns, health, home, language, search, styleguide

urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search.search, name="search"),
    path("language/", language.choose_language, name="choose_language"),
    path("columns/<slug:listing>/", columns.choose_columns, name="choose_columns"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
