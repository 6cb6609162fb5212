"""The relation, in the middle of everything: somebody serves somebody, through a service or a touchpoint."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from kithkin.directory.models.accounts import Partner
from kithkin.directory.models.organisation import Unit
from kithkin.directory.models.people import Person
from kithkin.directory.models.segments import Segment
from kithkin.platform.models import Versioned


class Retirable(Versioned):
    """Something that relations are made of: retired rather than deleted, so that the past stays readable."""

    retired_at = models.DateTimeField(_("retired"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True


class Service(Retirable):
    """What is done for others: "till support", "refunds"."""

    name = models.CharField(_("service"), max_length=120, unique=True)
    description = models.TextField(_("description"), blank=True, default="")

    class Meta:
        verbose_name, verbose_name_plural = _("service"), _("services")

    def __str__(self) -> str:
        return self.name


class Audience(Retirable):
    """A group of kith that is served as such: "private customers", perhaps those of a segment."""

    name = models.CharField(_("audience"), max_length=120, unique=True)
    description = models.TextField(_("description"), blank=True, default="")
    segment = models.ForeignKey(
        Segment, models.SET_NULL, null=True, blank=True, related_name="audiences", verbose_name=_("segment")
    )

    class Meta:
        verbose_name, verbose_name_plural = _("audience"), _("audiences")

    def __str__(self) -> str:
        return self.name


class Touchpoint(Retirable):
    """Where the outside is met, and by which unit."""

    name = models.CharField(_("touchpoint"), max_length=120, unique=True)
    description = models.TextField(_("description"), blank=True, default="")
    channel = models.CharField(_("channel"), max_length=60, blank=True, default="")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="touchpoints", verbose_name=_("held by")
    )

    class Meta:
        verbose_name, verbose_name_plural = _("touchpoint"), _("touchpoints")

    def __str__(self) -> str:
        return self.name


def _exactly_one(*names: str) -> Q:
    """Of these fields one is set and the others are null."""
    condition = Q()
    for name in names:
        condition |= Q(**{f"{other}__isnull": other != name for other in names})
    return condition


_ENDS = (
    "provider_unit",
    "provider_partner",
    "receiver_unit",
    "receiver_partner",
    "receiver_person",
    "receiver_audience",
    "service",
    "touchpoint",
)


class ServiceLink(Versioned):
    """Provider serves receiver. The provider is a unit or a partner; the receiver a unit, a person, a partner or kith.

    `service` is what is done; `touchpoint` is where, if it reaches the outside. It ends before `until`.
    """

    provider_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="serves", verbose_name=_("provider: unit")
    )
    provider_partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="serves", verbose_name=_("provider: partner")
    )
    receiver_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="served_by", verbose_name=_("receiver: unit")
    )
    receiver_partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="served_by", verbose_name=_("receiver: partner")
    )
    receiver_person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="served_by", verbose_name=_("receiver: person")
    )
    receiver_audience = models.ForeignKey(
        Audience, models.PROTECT, null=True, blank=True, related_name="served_by", verbose_name=_("receiver: audience")
    )
    service = models.ForeignKey(
        Service, models.PROTECT, null=True, blank=True, related_name="links", verbose_name=_("service")
    )
    touchpoint = models.ForeignKey(
        Touchpoint, models.PROTECT, null=True, blank=True, related_name="links", verbose_name=_("touchpoint")
    )
    need = models.TextField(_("what the receiver needs"), blank=True, default="")
    since = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("relation"), _("relations")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=_exactly_one("provider_unit", "provider_partner"), name="relation_has_one_provider"
            ),
            models.CheckConstraint(
                condition=_exactly_one("receiver_unit", "receiver_partner", "receiver_person", "receiver_audience"),
                name="relation_has_one_receiver",
            ),
            models.CheckConstraint(
                condition=Q(service__isnull=False) | Q(touchpoint__isnull=False), name="relation_is_about_something"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="relation_not_empty"
            ),
            models.CheckConstraint(
                condition=Q(provider_unit__isnull=True)
                | Q(receiver_unit__isnull=True)
                | ~Q(provider_unit=F("receiver_unit")),
                name="nobody_serves_themselves",
            ),
            models.UniqueConstraint(
                *(Coalesce(field, 0) for field in _ENDS),
                condition=Q(until__isnull=True),
                name="one_open_relation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider} → {self.receiver}: {self.service or self.touchpoint}"

    @property
    def provider(self) -> Unit | Partner:
        """Who serves."""
        found = self.provider_unit or self.provider_partner
        assert found is not None
        return found

    @property
    def receiver(self) -> Unit | Partner | Person | Audience:
        """Who is served."""
        found = self.receiver_unit or self.receiver_partner or self.receiver_person or self.receiver_audience
        assert found is not None
        return found


class RelationSide(models.TextChoices):
    """Which end of a relation."""

    PROVIDER = "provider", _("for the provider")
    RECEIVER = "receiver", _("for the receiver")


class RelationRole(models.Model):
    """What somebody is in one relation: its owner, the one to ask. In the next one they may be the customer."""

    link = models.ForeignKey(ServiceLink, models.CASCADE, related_name="roles", verbose_name=_("relation"))
    person = models.ForeignKey(Person, models.CASCADE, related_name="relation_roles", verbose_name=_("person"))
    side = models.CharField(_("side"), max_length=8, choices=RelationSide.choices)
    role = models.CharField(_("role"), max_length=80)

    class Meta:
        verbose_name, verbose_name_plural = _("role in a relation"), _("roles in relations")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["link", "person", "side", "role"], name="role_only_once")
        ]

    def __str__(self) -> str:
        return self.role
