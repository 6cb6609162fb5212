"""Ending sessions."""

from __future__ import annotations

from collections.abc import Iterable

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import F

from kithkin.platform.accounts.facts import LoggedOutEverywhere
from kithkin.platform.events import publish
from kithkin.platform.models import User
from kithkin.platform.services.tokens import end_tokens_of


@transaction.atomic
def end_session(*, session: UserSession) -> None:
    """Log its user out there."""
    session.end()


@transaction.atomic
def log_out_elsewhere(*, user: User, sessions: Iterable[UserSession]) -> None:
    """End these sessions of the user, who stays logged in here, and the tokens of their programs."""
    for session in sessions:
        session.end()
    end_tokens_of(user=user)


@transaction.atomic
def log_out_everywhere(*, user: User) -> None:
    """End every session of the user, those too that no list knows of, and the tokens of their programs."""
    User.objects.filter(pk=user.pk).update(session_round=F("session_round") + 1)
    for session in UserSession.objects.filter(user_id=user.pk):
        session.end()
    end_tokens_of(user=user)
    publish(LoggedOutEverywhere(user_id=user.pk))
