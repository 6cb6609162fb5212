"""The platform's addresses."""

from __future__ import annotations

from django.urls import include, path

from kithkin.platform.views import api_reference, columns, health, home, language, search, styleguide, tokens

urlpatterns = [
    path("", include("kithkin.platform.urls.settings")),
    path("", include("kithkin.platform.urls.operations")),
    path("", include("kithkin.platform.urls.imports")),
    path("", include("kithkin.platform.urls.notifications")),
    path("", home.home, name="home"),
    path("search/", search.search, name="search"),
    path("language/", language.choose_language, name="choose_language"),
    path("columns/<slug:listing>/", columns.choose_columns, name="choose_columns"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("settings/tokens/", tokens.tokens, name="tokens"),
    path("settings/tokens/new/", tokens.add_token, name="add_token"),
    path("settings/tokens/service/", tokens.add_service_token, name="add_service_token"),
    path("settings/tokens/<int:pk>/end/", tokens.end_token, name="end_token"),
    path("settings/api/", api_reference.api_reference, name="api_reference"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
