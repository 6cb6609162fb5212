"""What a user may do, and over which part of the organisation."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """The roles, the widest first. Who holds none is an employee all the same."""

    ADMINISTRATOR = "administrator", _("Administrator")
    PROGRAM_MANAGER = "program_manager", _("Program manager")
    ANALYST = "analyst", _("Analyst")
    DEPARTMENT_HEAD = "department_head", _("Department head")
    AGENT = "agent", _("Agent")
    EMPLOYEE = "employee", _("Employee")


class RoleGrant(models.Model):
    """A role, everywhere or over one organisation unit and all below it.

    `scope_id` is the unit's id, None for the whole organisation. Units live in a higher room, which says through
    `kithkin.platform.registries.scopes` what lies below which.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="grants", verbose_name=_("user"))
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    scope_id = models.BigIntegerField(_("over"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("role of a user"), _("roles of users")
        constraints: ClassVar = [
            models.UniqueConstraint("user", "role", Coalesce("scope_id", 0), name="one_grant_per_scope"),
        ]

    def __str__(self) -> str:
        return str(self.get_role_display())
