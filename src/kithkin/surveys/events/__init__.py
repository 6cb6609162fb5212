"""What happens to programs and to what came in."""

from __future__ import annotations

from dataclasses import dataclass

from kithkin.platform.events import Fact


@dataclass(frozen=True)
class ProgramCreated(Fact):
    """Somebody means to listen."""

    program_id: int


@dataclass(frozen=True)
class ProgramLaunched(Fact):
    """It listens; what respondents are promised stands from here on."""

    program_id: int


@dataclass(frozen=True)
class ProgramClosed(Fact):
    """It takes no more responses."""

    program_id: int


@dataclass(frozen=True)
class WaveAdded(Fact):
    """A program has another round."""

    program_id: int
    wave_id: int


@dataclass(frozen=True)
class ResponsesRecorded(Fact):
    """So many responses came in at once."""

    program_id: int
    count: int


@dataclass(frozen=True)
class ResponsesRemoved(Fact):
    """So many responses were taken out again."""

    program_id: int
    count: int
