"""Programs, waves, responses."""

from kithkin.surveys.models.programs import Identity, Program, ProgramState, Wave
from kithkin.surveys.models.responses import Response

__all__ = ["Identity", "Program", "ProgramState", "Response", "Wave"]
