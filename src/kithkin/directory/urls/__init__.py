"""The directory's addresses, a module for each part."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from kithkin.directory.urls import relations

urlpatterns: list[URLPattern | URLResolver] = [
    *relations.urlpatterns,
]
