"""The first administrator of a fresh installation."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kithkin.platform.models import FirstStart, Role, RoleGrant, User

VALID_FOR = timedelta(hours=24)


class LinkIsSpent(Exception):
    """The link was used, has expired, was replaced by a later one, or never was."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This link was used already, is too old, or was replaced by a later one. "
                "If nobody can log in yet, start Kithkin again: it prints a new one."
            )
        )


def has_administrator() -> bool:
    """Whether anybody who may log in administers everything."""
    return RoleGrant.objects.filter(role=Role.ADMINISTRATOR, scope_id__isnull=True, user__is_active=True).exists()


@transaction.atomic
def offer_first_start() -> str:
    """A fresh token for the link, in place of any before; "" where there is an administrator."""
    FirstStart.objects.all().delete()
    if has_administrator():
        return ""
    token = secrets.token_urlsafe(32)
    FirstStart.objects.create(token_hash=_hashed(token), expires_at=timezone.now() + VALID_FOR)
    return token


def is_open(token: str) -> bool:
    """Whether the token still makes an administrator."""
    fitting = FirstStart.objects.filter(token_hash=_hashed(token), expires_at__gt=timezone.now())
    return fitting.exists() and not has_administrator()


@transaction.atomic
def make_first_administrator(*, token: str, name: str, email: str, password: str) -> User:
    """The administrator; the token is spent with it. Two who use one link at once: one is made."""
    spent, _rows = FirstStart.objects.filter(token_hash=_hashed(token), expires_at__gt=timezone.now()).delete()
    if not spent or has_administrator():
        raise LinkIsSpent
    user = User.objects.create_user(email, password, name=name, time_zone=settings.TIME_ZONE)
    RoleGrant.objects.create(user=user, role=Role.ADMINISTRATOR)
    return user


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
