"""What the directory keeps about people, how it is handed over, and how it goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import Q

from kithkin.directory.models import (
    Consent,
    DistinctPair,
    Membership,
    Merge,
    Person,
    Purchase,
    RelationRole,
    SegmentMember,
    ServiceLink,
    Tie,
)
from kithkin.platform import audit
from kithkin.platform.models import IdempotentAnswer, Invitation, RoleGrant, Token, User
from kithkin.platform.registries.personal import PersonalData, personal_data

_BY_FIELD: dict[type[models.Model], tuple[str, ...]] = {
    Tie: ("person", "other"),
    Membership: ("person",),
    Purchase: ("person",),
    Consent: ("person",),
    RelationRole: ("person",),
    SegmentMember: ("person",),
    ServiceLink: ("receiver_person",),
    Merge: ("kept", "gone"),
    DistinctPair: ("first", "second"),
}
"""Whose rows go with the person, by the fields that tie them."""


def export(person_id: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """The profile and every row that is tied to it, but for the books of merges, which repeat the profile."""
    told: dict[str, Sequence[Mapping[str, Any]]] = {
        "profile": _values(Person.objects.filter(pk=person_id)),
        "log-in": list(
            User.objects.filter(person=person_id).values("email", "name", "language", "time_zone", "joined_at")
        ),
    }
    for model, fields in _BY_FIELD.items():
        if model not in {Merge, DistinctPair}:
            told[str(model._meta.verbose_name_plural)] = _values(_tied(model, fields, person_id))  # noqa: SLF001
    return told


def erase(person_id: int) -> None:
    """All of it, with its audit trail; who reported to the person keeps their place without a manager."""
    Membership.objects.filter(manager=person_id).update(manager=None)
    Purchase.objects.filter(person=person_id, account__isnull=False).update(person=None)
    for model, fields in _BY_FIELD.items():
        rows = _tied(model, fields, person_id)
        audit.forget(model, list(rows.values_list("pk", flat=True)))
        rows.delete()
    audit.forget(Person, [person_id])
    erase_invitations(person_id)
    erase_log_in(person_id)
    Person.objects.filter(merged_into=person_id).update(merged_into=None)
    Person.objects.filter(pk=person_id).delete()


def erase_invitations(person_id: int) -> None:
    """The letters that asked them to join, by the person's address and by that of their log-in."""
    addresses = [*Person.objects.filter(pk=person_id).values_list("email_normal", "user__email")]
    known = [address.lower() for pair in addresses for address in pair if address]
    asked = Invitation.objects.filter(Q(email__in=known) | Q(user__person=person_id))
    audit.forget(Invitation, list(asked.values_list("pk", flat=True)))
    asked.delete()


def erase_log_in(person_id: int) -> None:
    """Their user with its sessions, keys and grants; what they did stays, done by nobody in particular."""
    user = User.objects.filter(person=person_id).first()
    if user is None:
        return
    Session.objects.filter(pk__in=UserSession.objects.filter(user=user).values("session_key")).delete()
    audit.forget(RoleGrant, list(user.grants.values_list("pk", flat=True)))
    audit.forget(Authenticator, list(Authenticator.objects.filter(user=user).values_list("pk", flat=True)))
    audit.forget(User, [user.pk])
    user.delete()


def mail_kept(person_id: int) -> list[str]:
    """Mail to the person that could not leave and lies in a file (see `EMAIL_FILE_PATH`)."""
    folder = getattr(settings, "EMAIL_FILE_PATH", "")
    address = Person.objects.filter(pk=person_id).values_list("email_normal", flat=True).first()
    if not folder or not address or not Path(folder).is_dir():
        return []
    return [str(file) for file in Path(folder).iterdir() if address.encode() in file.read_bytes().lower()]


def _tied(model: type[models.Model], fields: Sequence[str], person_id: int) -> models.QuerySet[Any]:
    tied = Q()
    for field in fields:
        tied |= Q(**{field: person_id})
    return model._default_manager.filter(tied)  # noqa: SLF001 (Django's documented interface)


def _values(rows: models.QuerySet[Any]) -> list[dict[str, Any]]:
    return [{name: value for name, value in row.items() if name != "id"} for row in rows.values()]


_OF_THE_LOG_IN = (User, RoleGrant, Token, IdempotentAnswer, EmailAddress, Authenticator, UserSession, Invitation)
personal_data.add(
    PersonalData("directory", frozenset({Person, *_BY_FIELD, *_OF_THE_LOG_IN}), export, erase, files=mail_kept)
)
