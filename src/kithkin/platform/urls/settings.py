"""The addresses of people's own settings, and of what administrators look after."""

from __future__ import annotations

from django.urls import path

from kithkin.platform.views import me

urlpatterns = [
    path("settings/me/", me.me, name="me"),
    path("settings/me/notifications/", me.choose_notifications, name="choose_notifications"),
]
