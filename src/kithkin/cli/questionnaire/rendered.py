"""What `questionnaire render` writes."""

from __future__ import annotations

from pathlib import Path

from kithkin.cli.failures import CommandError
from kithkin.questionnaire import Questionnaire, QuestionnaireError
from kithkin.questionnaire.formats import Exported
from kithkin.questionnaire.formats.paper import printed


def rendered(path: Path, questionnaire: Questionnaire, language: str | None) -> Exported:
    """The page. Raises CommandError with the file's name for a language that the questionnaire does not speak."""
    try:
        return printed(questionnaire, language)
    except QuestionnaireError as error:
        raise CommandError(f"{path}: {error}") from None
