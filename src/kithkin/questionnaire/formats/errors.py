"""What a file is refused for, whatever its format."""

from __future__ import annotations

from kithkin.questionnaire.errors import QuestionnaireError


class FormatError(QuestionnaireError):
    """A file that cannot be read or written as a questionnaire: where it fails, what is wrong, what to do."""


class NothingAsked(FormatError):
    """A file that is a questionnaire, and in which there is no question, or none that could be read."""
