"""Views that people keep, share and put on a dashboard of their own."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kithkin.directory.models import Unit
from kithkin.platform.models import Versioned


class SavedView(Versioned):
    """A page with its filters, under a name. Whoever opens it sees what they may see, not what its owner may."""

    name = models.CharField(_("name"), max_length=120)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views", verbose_name=_("owner")
    )
    page = models.CharField(_("page"), max_length=40)
    """The name of its address."""
    asked = models.CharField(_("filters"), max_length=2000, blank=True, default="")
    """The query of the address."""
    shared_with = models.ForeignKey(
        Unit, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("shared with")
    )
    shared_with_all = models.BooleanField(_("shared with everybody"), default=False)

    class Meta:
        verbose_name, verbose_name_plural = _("saved view"), _("saved views")
        constraints: ClassVar = [models.UniqueConstraint(fields=["owner", "name"], name="one_view_per_name")]

    def __str__(self) -> str:
        return self.name


class Tile(models.Model):
    """A saved view on somebody's dashboard."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="tiles")
    view = models.ForeignKey(SavedView, models.CASCADE, related_name="tiles")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("position", "pk")
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "view"], name="a_view_once_on_a_dashboard")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.view_id}"
