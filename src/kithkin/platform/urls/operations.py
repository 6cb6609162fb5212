"""The addresses of the first start, and of what keeps an installation running."""

from __future__ import annotations

from django.urls import path

from kithkin.platform.views import first_start, operations

urlpatterns = [
    path("first-start/<str:token>/", first_start.first_start, name="first_start"),
    path("settings/operations/", operations.operations, name="operations"),
    path("settings/operations/jobs/<slug:pk>/retry/", operations.retry_job, name="retry_job"),
    path("settings/operations/jobs/<slug:pk>/forget/", operations.forget_job, name="forget_job"),
    path("settings/operations/deliveries/<int:pk>/retry/", operations.retry_delivery, name="retry_delivery"),
    path("settings/operations/deliveries/<int:pk>/give-up/", operations.give_up_delivery, name="give_up_delivery"),
]
