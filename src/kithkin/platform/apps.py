"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlatformConfig(AppConfig):
    """The platform."""

    name = "kithkin.platform"
    label = "platform"
    verbose_name = _("Platform")

    def ready(self) -> None:
        """Fill the registries."""
        from kithkin.platform import arrivals, audit, broker, database, folded, navigation, telling  # noqa: F401 (importing them is what fills)
        from kithkin.platform.api import clock  # noqa: F401 (so does this)

        audit.watch_own_models()
