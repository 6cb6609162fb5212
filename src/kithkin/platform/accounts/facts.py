"""What happened with log-ins."""

from __future__ import annotations

from dataclasses import dataclass

from kithkin.platform.events import Fact


@dataclass(frozen=True)
class UserJoined(Fact):
    """An invitation was accepted: somebody may log in who could not before."""

    user_id: int


@dataclass(frozen=True)
class UserSwitched(Fact):
    """A log-in was switched off, or on again."""

    user_id: int
    on: bool


@dataclass(frozen=True)
class RolesChanged(Fact):
    """A role was given to a user, or taken from them."""

    user_id: int
    role: str
    scope_id: int | None
    given: bool


@dataclass(frozen=True)
class LoggedOutEverywhere(Fact):
    """All sessions of a user were ended."""

    user_id: int


@dataclass(frozen=True)
class SecondFactorReset(Fact):
    """An administrator took all second factors from a user who had lost them."""

    user_id: int
