"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    """The simulated company: no tables of its own, and one page."""

    name = "kithkin.demo"
    label = "demo"
    verbose_name = _("Simulated company")
