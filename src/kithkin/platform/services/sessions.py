"""Ending sessions."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import F

from kithkin.platform.accounts.facts import LoggedOutEverywhere
from kithkin.platform.events import publish
from kithkin.platform.models import User


@transaction.atomic
def end_session(*, session: UserSession) -> None:
    """Log its user out there."""
    session.end()


@transaction.atomic
def log_out_everywhere(*, user: User) -> None:
    """End every session of the user, those too that no list knows of."""
    User.objects.filter(pk=user.pk).update(session_round=F("session_round") + 1)
    for session in UserSession.objects.filter(user_id=user.pk):
        session.end()
    publish(LoggedOutEverywhere(user_id=user.pk))
