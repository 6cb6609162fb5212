"""What survey-core says, we say: in Node, on expressions grown from the grammar."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from tests.questionnaire.expressions.answers import differences
from tests.questionnaire.expressions.calendars import calendars
from tests.questionnaire.expressions.columns import columns
from tests.questionnaire.expressions.growing import nestings, pairs
from tests.questionnaire.expressions.oddities import oddities
from tests.questionnaire.expressions.rows import pipings, ranks, rows_of_tokens
from tests.questionnaire.expressions.survey_core import Question, SurveyCore

SEED = 20261125


def compare(core: SurveyCore, questions: Iterable[Question], *, refused: tuple[float, float] = (0, 0.02)) -> None:
    """No difference at all, where a share of the questions between two bounds is refused."""
    asked = list(questions)
    theirs = core.ask(asked)
    assert refused[0] <= sum("refused" in said for said in theirs) / len(asked) <= refused[1]
    assert "\n".join(islice(differences(asked, theirs), 10)) == ""


def test_every_operator_between_every_pair_of_operands(survey_core: SurveyCore):
    compare(survey_core, pairs())


def test_expressions_nested_to_a_depth_of_four(survey_core: SurveyCore):
    compare(survey_core, nestings(SEED, 10_000))


def test_which_operator_binds_closer(survey_core: SurveyCore):
    compare(survey_core, ranks())


def test_dates_in_many_zones(survey_core: SurveyCore):
    compare(survey_core, calendars(SEED, 5_000), refused=(0, 0.05))


def test_columns_of_rows_with_conditions(survey_core: SurveyCore):
    compare(survey_core, columns(SEED, 2_000))


def test_answers_that_look_like_something_else(survey_core: SurveyCore):
    compare(survey_core, oddities(SEED, 6_000))


def test_texts_that_are_no_expressions_are_refused_by_both(survey_core: SurveyCore):
    compare(survey_core, rows_of_tokens(SEED, 4_000), refused=(0.7, 0.95))


def test_texts_with_answers_in_them(survey_core: SurveyCore):
    compare(survey_core, pipings(SEED, 2_000))
