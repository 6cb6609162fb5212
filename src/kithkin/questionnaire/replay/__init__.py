"""The server's own run through a questionnaire: it decides alone what was shown, needed, allowed and computed."""

from kithkin.questionnaire.replay.replaying import replay
from kithkin.questionnaire.replay.result import Problem, Reason, Replay

__all__ = ["Problem", "Reason", "Replay", "replay"]
