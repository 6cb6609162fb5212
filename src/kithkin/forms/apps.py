"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FormsConfig(AppConfig):
    """Questionnaires."""

    name = "kithkin.forms"
    label = "questionnaires"  # "forms" is Django's own
    verbose_name = _("Questionnaires")

    def ready(self) -> None:
        """Fill the registries."""
        from kithkin.forms import registered  # noqa: F401 (importing it is what fills)
