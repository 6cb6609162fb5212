"""The functions that an expression may call: SurveyJS's own, and those that a questionnaire brings along."""

from kithkin.questionnaire.expressions.functions.registry import Functions

__all__ = ["Functions"]
