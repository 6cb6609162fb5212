"""Addresses of what is understood of answers and requests."""

from __future__ import annotations

from django.urls import path

from kithkin.insights.views import chain, dashboard, drivers, figure_files, figures, files, saved, scores, weak_link

urlpatterns = [
    path("settings/imports/<int:pk>/figures/", figure_files.figure_columns, name="figure_columns"),
    path("understand/scores/", scores.show, name="scores"),
    path("understand/stop/", scores.stop_asking, name="stop_question"),
    path("understand/drivers/", drivers.show, name="drivers"),
    path("understand/weak-link/", weak_link.show, name="weak_link"),
    path("understand/weak-link/anew/", weak_link.anew, name="study_links"),
    path("understand/chain/", chain.show, name="chain"),
    path("understand/chain/anew/", chain.anew, name="study_chain"),
    path("understand/figures/", figures.show, name="figures"),
    path("understand/file/<slug:page>/<slug:part>.<slug:kind>", files.download, name="understand_file"),
    path("understand/views/", saved.show_all, name="saved_views"),
    path("understand/views/keep/", saved.keep, name="keep_view"),
    path("understand/views/<int:pk>/", saved.change, name="change_view"),
    path("understand/views/<int:pk>/remove/", saved.remove, name="remove_view"),
    path("understand/dashboard/", dashboard.show, name="dashboard"),
    path("understand/dashboard/add/", dashboard.add, name="add_tile"),
    path("understand/dashboard/<int:pk>/", dashboard.show_tile, name="tile"),
    path("understand/dashboard/<int:pk>/move/", dashboard.move, name="move_tile"),
    path("understand/dashboard/<int:pk>/take/", dashboard.take, name="take_tile"),
]
