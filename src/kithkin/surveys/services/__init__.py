"""Programs and responses, the only writers of them."""

from kithkin.surveys.services.programs import (
    FloorLowered,
    ProgramDraft,
    ProgramRefused,
    add_wave,
    change_program,
    change_wave,
    close_program,
    create_program,
    launch_program,
    reopen_program,
)
from kithkin.surveys.services.responses import (
    NewResponse,
    NotListening,
    Recorded,
    record_responses,
    remove_responses,
)

__all__ = [
    "FloorLowered",
    "NewResponse",
    "NotListening",
    "ProgramDraft",
    "ProgramRefused",
    "Recorded",
    "add_wave",
    "change_program",
    "change_wave",
    "close_program",
    "create_program",
    "launch_program",
    "record_responses",
    "remove_responses",
    "reopen_program",
]
