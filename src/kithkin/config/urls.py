"""Every address: each room brings its own."""

from __future__ import annotations

from django.urls import include, path

from kithkin.config.api import api

urlpatterns = [
    path("", include("kithkin.platform.urls")),
    path("", include("kithkin.directory.urls")),
    path("", include("kithkin.surveys.urls")),
    path("", include("kithkin.demo.urls")),
    path("", include("kithkin.insights.urls")),
    path("", include("kithkin.servicedesk.urls")),
    path("api/v1/", api.urls),
    path("log-in/", include("kithkin.platform.urls.login")),
]

handler400 = "kithkin.platform.views.errors.bad_request"
handler403 = "kithkin.platform.views.errors.not_allowed"
handler404 = "kithkin.platform.views.errors.not_found"
handler429 = "kithkin.platform.views.errors.too_many"
handler500 = "kithkin.platform.views.errors.broken"
