"""Surveys of Qualtrics (QSF): a format that is documented nowhere."""

from kithkin.questionnaire.formats.qualtrics.reading import QUALTRICS

__all__ = ["QUALTRICS"]
