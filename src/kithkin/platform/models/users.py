"""Log-ins."""

from __future__ import annotations

from typing import Any, ClassVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _


def check_time_zone(name: str) -> None:
    """Raise ValidationError unless `name` is a zone that this system knows."""
    if name not in available_timezones():
        raise ValidationError(_("There is no time zone “%(name)s”. Choose one of the list."), params={"name": name})


class UserManager(BaseUserManager["User"]):
    """Makes log-ins."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A user with this e-mail address; without a password nobody can log in with one."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A log-in: who it is, how to reach them, in which language and zone. What they may do stands in `RoleGrant`."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language"), max_length=10, default="en")
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC", validators=[check_time_zone])
    is_active = models.BooleanField(_("may log in"), default=True)
    joined_at = models.DateTimeField(_("joined"), auto_now_add=True)
    notifications = models.JSONField(_("notifications"), default=dict, blank=True)
    """Topic → "now", "daily" or "never"; what is not named goes out by the topic's default."""
    session_round = models.PositiveIntegerField(default=0, editable=False)
    """Part of what every session is checked against: counting it up ends them all."""
    listings = models.JSONField(default=dict, blank=True, editable=False)
    """List → the columns that this person chose."""

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = UserManager()

    class Meta:
        verbose_name, verbose_name_plural = _("user"), _("users")
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="one_user_per_address")]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which times are told; UTC where this system no longer knows the one that was chosen."""
        try:
            return ZoneInfo(self.time_zone)
        except (ZoneInfoNotFoundError, ValueError):
            return ZoneInfo("UTC")

    def get_full_name(self) -> str:
        """As allauth asks for it."""
        return self.name

    def _get_session_auth_hash(self, secret: str | bytes | None = None) -> str:
        """What a session must hold to be this user's: Django's, and the round of sessions."""
        return salted_hmac(
            "kithkin.platform.models.User.session", f"{self.session_round}:{self.password}", secret, algorithm="sha256"
        ).hexdigest()
