"""survey-core for the session."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.questionnaire.expressions.survey_core import SurveyCore, installed


@pytest.fixture(scope="session")
def survey_core() -> Iterator[SurveyCore]:
    """survey-core, answering in Node."""
    with SurveyCore(installed()) as core:
        yield core
