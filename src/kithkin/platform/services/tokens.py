"""Making, using and ending tokens."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kithkin.platform.models import Token, User
from kithkin.platform.registries.api import scopes_offered

LONGEST_DAYS = 366
_START = "kk_"


class UnknownScope(ValueError):
    """A token may only be given what the API offers."""


@dataclass(frozen=True)
class NewToken:
    """A fresh token with the text that opens; the text is shown once and kept nowhere."""

    token: Token
    text: str


@transaction.atomic
def make_token(*, user: User, name: str, scopes: Collection[str], days: int, made_by: User) -> NewToken:
    """A token that acts as `user` within `scopes` for so many days (a year at most)."""
    unknown = sorted(set(scopes) - set(scopes_offered()))
    if unknown or not scopes:
        raise UnknownScope(_("Choose at least one of: %(offered)s.") % {"offered": ", ".join(scopes_offered())})
    text = _START + secrets.token_urlsafe(32)
    token = Token.objects.create(
        user=user,
        name=name,
        start=text[:8],
        digest=_digest(text),
        scopes=sorted(scopes),
        made_by=made_by,
        ends_at=timezone.now() + timedelta(days=min(max(days, 1), LONGEST_DAYS)),
    )
    return NewToken(token, text)


@transaction.atomic
def make_service_token(*, name: str, scopes: Collection[str], days: int, made_by: User) -> NewToken:
    """A token that belongs to no person: its user cannot log in, and is given roles like any other."""
    user = User.objects.create_user(f"{secrets.token_hex(8)}@service.invalid", None, name=name)
    made = make_token(user=user, name=name, scopes=scopes, days=days, made_by=made_by)
    made.token.is_service = True
    made.token.save(update_fields=["is_service"])
    return made


@transaction.atomic
def revoke_token(*, token: Token) -> None:
    """End it now; ending it twice is ending it once."""
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])


@transaction.atomic
def end_tokens_of(*, user: User) -> None:
    """End every token of this person, as somebody else may hold or have made it; those of services stay."""
    for token in Token.objects.filter(user=user, is_service=False, revoked_at__isnull=True):
        revoke_token(token=token)


def token_of(text: str) -> Token | None:
    """The valid token that this text opens; its day of use is noted once a day."""
    if not text.startswith(_START):
        return None
    token = Token.objects.select_related("user").filter(digest=_digest(text)).first()
    if token is None or not token.is_valid:
        return None
    today = timezone.now().date()
    if token.last_used_on != today:
        Token.objects.filter(pk=token.pk).update(last_used_on=today)
    return token


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
