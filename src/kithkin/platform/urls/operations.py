"""The addresses of the first start, and of what keeps an installation running."""

from __future__ import annotations

from django.urls import path

from kithkin.platform.views import first_start

urlpatterns = [
    path("first-start/<str:token>/", first_start.first_start, name="first_start"),
]
