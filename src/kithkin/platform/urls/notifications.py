"""The addresses of what people are told."""

from __future__ import annotations

from django.urls import path

from kithkin.platform.views import notifications

urlpatterns = [
    path("notifications/", notifications.notifications, name="notifications"),
    path("notifications/read/", notifications.read_every_notification, name="read_every_notification"),
    path("notifications/<int:pk>/open/", notifications.open_notification, name="open_notification"),
    path("notifications/<int:pk>/read/", notifications.read_notification, name="read_notification"),
]
