"""Removing the simulated company, so that a real one can begin in the same installation."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from django_q.models import Schedule

from kithkin.demo import mark
from kithkin.directory.models import Person, ServiceLink, Unit
from kithkin.insights.models import Loaded
from kithkin.insights.warehouse.place import place
from kithkin.insights.warehouse.store import drop_table
from kithkin.platform.models import AuditEntry, Heartbeat, Role, RoleGrant, User
from kithkin.servicedesk.models import Request
from kithkin.surveys.models import Response

_STAYING: tuple[type[Model], ...] = (
    User, EmailAddress, Authenticator, UserSession, Session, Schedule, Heartbeat, ContentType, Permission, Group,
)  # fmt: skip
"""What an installation has before anybody enters anything, and what belongs to the log-in that stays."""


class NotSimulated(Exception):
    """The company here is a real one."""

    def __str__(self) -> str:
        return _("The company here is not a simulated one: nothing was removed.")


def holdings() -> dict[str, int]:
    """How much there is to remove, by what it is called."""
    counted: dict[str, type[Model]] = {
        _("units"): Unit,
        _("relations"): ServiceLink,
        _("people"): Person,
        _("responses"): Response,
        _("requests"): Request,
        _("log-ins"): User,
    }
    return {name: model._default_manager.count() for name, model in counted.items()}


def remove_company(*, by: User | None) -> None:
    """Empty the installation but for the administrator who does it; with None, of every log-in as well.

    All that anybody entered beside the simulated company goes too. Stopped half-way it can be done again: the mark goes
    last. Raises NotSimulated where the company is a real one.
    """
    if mark.read() is None:
        raise NotSimulated
    tables = {*place().names(), *Loaded.objects.values_list("table", flat=True)}
    _empty_database(by)
    for name in sorted(tables):
        drop_table(name, place())
    for folder in (place().folder, Path(settings.MEDIA_ROOT)):
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
    cache.clear()
    mark.remove()


@transaction.atomic
def _empty_database(by: User | None) -> None:
    emptied = {model._meta.db_table for model in _everything() if model not in _STAYING}
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA defer_foreign_keys = ON")  # until the end of this transaction
    connection.ops.execute_sql_flush(connection.ops.sql_flush(no_style(), sorted(emptied)))
    others = User.objects.exclude(pk=by.pk) if by else User.objects.all()
    for session in _sessions_of_others(by):
        session.delete()
    others.delete()
    AuditEntry.objects.all().delete()  # what has just been noted of them
    if by is not None:
        RoleGrant.objects.create(user=by, role=Role.ADMINISTRATOR)


def _everything() -> Iterator[type[Model]]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            yield model


def _sessions_of_others(by: User | None) -> Iterator[Session]:
    for session in Session.objects.iterator():
        if by is None or session.get_decoded().get(SESSION_KEY) != str(by.pk):
            yield session
