"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ServiceDeskConfig(AppConfig):
    """The service desk."""

    name = "kithkin.servicedesk"
    label = "servicedesk"
    verbose_name = _("Service desk")

    def ready(self) -> None:
        """Fill the registries."""
        from kithkin.servicedesk import registered  # noqa: F401 (importing it is what fills)
