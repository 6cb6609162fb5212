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
    Segment,
    SegmentMember,
    ServiceLink,
    Tie,
)
from kithkin.directory.queries.mentions import segments_naming, texts_of
from kithkin.platform import audit
from kithkin.platform.api.once import forget_what_was_answered
from kithkin.platform.models import IdempotentAnswer, Invitation, Notification, RoleGrant, Token, User
from kithkin.platform.registries.later import Later
from kithkin.platform.registries.personal import PersonalData, personal_data
from kithkin.platform.services.operations import erase_from_failures

erase_from_imports = Later("kithkin.platform.services.imports.erase_from_imports")
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
        "notifications": list(
            Notification.objects.filter(user__person=person_id).values("topic", "facts", "at", "read_at", "mailed_at")
        ),
    }
    for model, fields in _BY_FIELD.items():
        if model not in {Merge, DistinctPair}:
            told[str(model._meta.verbose_name_plural)] = _values(_tied(model, fields, person_id))
    return told


def erase(person_id: int) -> None:
    """All of it, with its audit trail; who reported to the person keeps their place without a manager."""
    Membership.objects.filter(manager=person_id).update(manager=None)
    audit.mask_texts(Person, _once_joined_with(person_id), texts_of(person_id))
    audit.mask_mentions(Segment, texts_of(person_id))
    naming = [one.pk for one in segments_naming(texts_of(person_id), retired=True)]
    Segment.objects.filter(pk__in=naming).update(rule={}, description="")  # nobody can put them otherwise any more
    Purchase.objects.filter(person=person_id, account__isnull=False).update(person=None)
    for model, fields in _BY_FIELD.items():
        rows = _tied(model, fields, person_id)
        audit.forget(model, list(rows.values_list("pk", flat=True)))
        for field in fields:
            audit.forget_pointing(model, field, person_id)
        rows.delete()
    audit.forget(Person, [person_id])
    erase_from_imports(person_id=person_id, texts=texts_of(person_id))
    erase_from_failures(texts=texts_of(person_id))
    forget_what_was_answered()
    erase_invitations(person_id)
    erase_log_in(person_id)
    Person.objects.filter(merged_into=person_id).update(merged_into=None)
    Person.objects.filter(pk=person_id).delete()


def _once_joined_with(person_id: int) -> set[int]:
    """Whose trail may hold what was the person's: records with which it was one for a time."""
    pairs = Merge.objects.filter(Q(kept=person_id) | Q(gone=person_id)).values_list("kept_id", "gone_id")
    return {pk for pair in pairs for pk in pair} - {person_id}


def addresses_of(person_id: int) -> list[str]:
    """The person's address and that of their log-in, in lower case."""
    rows = Person.objects.filter(pk=person_id).values_list("email_normal", "user__email")
    return [address.lower() for row in rows for address in row if address]


def erase_invitations(person_id: int) -> None:
    """The letters that asked them to join, by the person's address and by that of their log-in."""
    asked = Invitation.objects.filter(Q(email__in=addresses_of(person_id)) | Q(user__person=person_id))
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
    addresses = [address.encode() for address in addresses_of(person_id)]
    if not folder or not addresses or not Path(folder).is_dir():
        return []
    letters = ((file, file.read_bytes().lower()) for file in Path(folder).iterdir())
    return [str(file) for file, letter in letters if any(address in letter for address in addresses)]


def _tied(model: type[models.Model], fields: Sequence[str], person_id: int) -> models.QuerySet[Any]:
    tied = Q()
    for field in fields:
        tied |= Q(**{field: person_id})
    return model._default_manager.filter(tied)


def _values(rows: models.QuerySet[Any]) -> list[dict[str, Any]]:
    return [{name: value for name, value in row.items() if name != "id"} for row in rows.values()]


_OF_THE_LOG_IN = (
    User,
    RoleGrant,
    Token,
    IdempotentAnswer,
    Notification,
    EmailAddress,
    Authenticator,
    UserSession,
    Invitation,
)
personal_data.add(
    PersonalData("directory", frozenset({Person, *_BY_FIELD, *_OF_THE_LOG_IN}), export, erase, files=mail_kept)
)
