"""The server's own run through a questionnaire: it decides alone what was shown, needed, allowed and computed."""

from kithkin.questionnaire.replaying.result import Problem, Reason, Replay
from kithkin.questionnaire.replaying.run import replay

__all__ = ["Problem", "Reason", "Replay", "replay"]
