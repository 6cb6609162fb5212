"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    """The directory."""

    name = "kithkin.directory"
    label = "directory"
    verbose_name = _("Directory")

    def ready(self) -> None:
        """Fill the registries."""
        from kithkin.directory import registered  # noqa: F401 (importing it is what fills)
