"""Addresses of what is understood of answers and requests."""

from __future__ import annotations

from django.urls import path

from kithkin.insights.views import chain, drivers, scores, weak_link

urlpatterns = [
    path("understand/scores/", scores.show, name="scores"),
    path("understand/drivers/", drivers.show, name="drivers"),
    path("understand/weak-link/", weak_link.show, name="weak_link"),
    path("understand/weak-link/anew/", weak_link.anew, name="study_links"),
    path("understand/chain/", chain.show, name="chain"),
    path("understand/chain/anew/", chain.anew, name="study_chain"),
]
