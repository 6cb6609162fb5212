"""Addresses of requests and queues."""

from __future__ import annotations

from django.urls import path

from kithkin.servicedesk.views import queues, requests

urlpatterns = [
    path("serve/requests/", requests.show_list, name="requests"),
    path("serve/requests/flow/", queues.show_flow, name="request_flow"),
    path("serve/requests/<int:pk>/", requests.show_request, name="request"),
    path("serve/queues/", queues.show_queues, name="queues"),
    path("serve/queues/<int:pk>/", queues.show_queue, name="queue"),
    path("serve/queues/<int:pk>/change/", queues.change, name="change_queue"),
]
