"""The directory's addresses, a module for each part."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from kithkin.directory.urls import organisation, relations

urlpatterns: list[URLPattern | URLResolver] = [
    *organisation.urlpatterns,
    *relations.urlpatterns,
]
from kithkin.directory.urls import people

urlpatterns: list[URLPattern | URLResolver] = [*people.urlpatterns]
