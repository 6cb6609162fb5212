"""The one address of this room."""

from __future__ import annotations

from django.urls import path

from kithkin.demo.views import remove_simulated

urlpatterns = [path("settings/simulated/", remove_simulated, name="remove_simulated")]
