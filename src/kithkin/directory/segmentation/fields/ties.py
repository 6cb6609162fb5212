"""What ties people to the company: accounts, kinds of tie, units, titles, as far as they hold today."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kithkin.directory.models import Membership, MembershipKind, Tie, TieKind, Unit
from kithkin.directory.models.days import on_day, today
from kithkin.directory.registries.segment_fields import Kind, Operator, SegmentField
from kithkin.directory.segmentation.fields.sets import code_fits, in_rows, text_fits
from kithkin.platform.folded import Fold
from kithkin.platform.models import User
from kithkin.platform.registries.scopes import scopes

_OUTSIDE, _INSIDE = _("Account and tie"), _("Work")


def present_ties() -> QuerySet[Tie]:
    """Ties that hold today."""
    return Tie.objects.filter(on_day(today()))


def present_memberships() -> QuerySet[Membership]:
    """Memberships that hold today."""
    return Membership.objects.filter(on_day(today()))


def fields() -> list[SegmentField]:
    """Accounts with their industry and country, ties, units, titles and how somebody works here."""
    return [
        SegmentField("tie", _("Tie"), Kind.CHOICE, _tie, _OUTSIDE, choices=lambda _user: TieKind.choices),
        SegmentField(
            "account", _("Account"), Kind.TEXT, in_rows(_with_account, text_fits("account__name_folded")), _OUTSIDE
        ),
        SegmentField(
            "account.industry",
            _("Industry of the account"),
            Kind.TEXT,
            in_rows(lambda: _with_account().exclude(account__industry=""), text_fits(Fold("account__industry"))),
            _OUTSIDE,
        ),
        SegmentField(
            "account.country",
            _("Country of the account"),
            Kind.CODE,
            in_rows(lambda: _with_account().exclude(account__country=""), code_fits("account__country")),
            _OUTSIDE,
        ),
        SegmentField("unit", _("Unit"), Kind.PLACE, in_rows(present_memberships, _unit), _INSIDE, choices=_units),
        SegmentField(
            "title",
            _("Title"),
            Kind.TEXT,
            in_rows(lambda: present_memberships().exclude(title=""), text_fits(Fold("title"))),
            _INSIDE,
        ),
        SegmentField(
            "works_as",
            _("Works here as"),
            Kind.CHOICE,
            in_rows(present_memberships, lambda _operator, value: Q(kind=value)),
            _INSIDE,
            choices=lambda _user: MembershipKind.choices,
        ),
    ]


def _with_account() -> QuerySet[Tie]:
    return present_ties().filter(account__isnull=False)


def _tie(operator: Operator, value: Any) -> Q:
    return in_rows(present_ties, lambda _operator, kind: Q(kind=kind))(operator, value)


def _unit(operator: Operator, value: Any) -> Q:
    unit_id = int(value)
    return Q(unit__in=sorted(scopes().below({unit_id}))) if operator is Operator.WITHIN else Q(unit=unit_id)


def _units(_user: User | None) -> Sequence[tuple[str, str]]:
    """Every unit, which everybody may see; one that was closed stays, so that rules about it keep their meaning."""
    return [(str(pk), name) for pk, name in Unit.objects.order_by("name", "pk").values_list("pk", "name")]
