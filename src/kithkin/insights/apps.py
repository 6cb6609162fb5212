"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InsightsConfig(AppConfig):
    """Insights."""

    name = "kithkin.insights"
    label = "insights"
    verbose_name = _("Insights")

    def ready(self) -> None:
        """Fill the registries."""
        from kithkin.insights import registered  # noqa: F401 (importing it is what fills)
