"""What is asked."""

from kithkin.forms.models.questionnaires import Field, FieldKind, Questionnaire, QuestionnaireVersion

__all__ = ["Field", "FieldKind", "Questionnaire", "QuestionnaireVersion"]
