"""How allauth ends sessions here."""

from __future__ import annotations

from collections.abc import Sequence

from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession

from kithkin.platform.acting import now_acting
from kithkin.platform.services.sessions import log_out_elsewhere


class SessionsAdapter(DefaultUserSessionsAdapter):
    """ "Log out everywhere else" is for who fears that somebody else got in: their tokens end as well."""

    def end_sessions(self, sessions: Sequence[UserSession]) -> None:
        """Those that the reader does not sit at."""
        user = now_acting().user
        assert user is not None
        log_out_elsewhere(user=user, sessions=sessions)
