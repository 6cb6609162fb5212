"""From plain JSON values to the typed model; everything refused names its place."""

from kithkin.questionnaire.reading.body import read

__all__ = ["read"]
