"""A request, and its way from queue to queue."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kithkin.directory.models import Person, ServiceLink, Unit
from kithkin.platform.models import Import, Versioned


class Queue(Versioned):
    """Where requests wait for a team: "Service desk", "Second line"."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="queues", verbose_name=_("worked by")
    )
    brought = models.ForeignKey(Import, models.SET_NULL, null=True, blank=True, editable=False, related_name="+")
    """The import that named it first: it goes with that one, where nobody needs it."""

    class Meta:
        verbose_name, verbose_name_plural = _("queue"), _("queues")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Request(models.Model):
    """What somebody asked of a department. Where it stands in the organisation was frozen when it was written."""

    number = models.CharField(_("number"), max_length=60, unique=True)
    title = models.CharField(_("subject"), max_length=300, blank=True, default="")
    link = models.ForeignKey(
        ServiceLink, models.SET_NULL, null=True, blank=True, related_name="requests", verbose_name=_("relation")
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="requests", verbose_name=_("asked by")
    )
    requester = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="requests", verbose_name=_("requester")
    )
    queue = models.ForeignKey(
        Queue, models.PROTECT, null=True, blank=True, related_name="requests", verbose_name=_("queue")
    )
    """Where it is now, or was last."""
    opened_at = models.DateTimeField(_("opened"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    kept = models.BooleanField(_("promise kept"), null=True, blank=True)
    """None where nothing was promised, and while it is not broken but can still be."""
    brought = models.ForeignKey(Import, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("request"), _("requests")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")), name="closed_after_opened"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-opened_at", "-id"], name="requests_latest"),
            models.Index(fields=["queue", "-opened_at"], name="requests_of_queue"),
            models.Index(fields=["link", "-opened_at"], name="requests_of_link"),
        ]

    def __str__(self) -> str:
        return self.number


class MomentKind(models.TextChoices):
    """What happened to a request."""

    OPENED = "opened", _("opened")
    MOVED = "moved", _("handed to another queue")
    STATE = "state", _("state changed")
    CLOSED = "closed", _("closed")
    REOPENED = "reopened", _("opened again")


class Moment(models.Model):
    """One event on a request's way; the queue is the one it was in from then on."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="moments", verbose_name=_("request"))
    at = models.DateTimeField(_("when"))
    kind = models.CharField(_("what"), max_length=8, choices=MomentKind.choices)
    queue = models.ForeignKey(Queue, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("queue"))
    state = models.CharField(_("state"), max_length=60, blank=True, default="")
    """As the source called it."""

    class Meta:
        verbose_name, verbose_name_plural = _("event of a request"), _("events of requests")
        ordering = ("at", "pk")
        indexes: ClassVar = [models.Index(fields=["request", "at", "id"], name="moments_of_request")]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.kind}"
