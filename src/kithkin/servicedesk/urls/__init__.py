"""The desk's addresses: each module of this package brings its own as `urlpatterns`."""

from __future__ import annotations

import importlib
import pkgutil

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = [
    pattern
    for module in pkgutil.iter_modules(__path__)
    for pattern in importlib.import_module(f"{__name__}.{module.name}").urlpatterns
]
