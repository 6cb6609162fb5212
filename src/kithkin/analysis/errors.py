"""What the statistics refuse, one type per cause; each message says what, where and what to do."""

from __future__ import annotations


class AnalysisError(ValueError):
    """The figures asked for cannot be computed from what was given."""


class EmptyInput(AnalysisError):
    """No answer is left to measure: nothing was given, or everything was missing."""


class NotNumeric(AnalysisError):
    """A column that must hold numbers holds text."""


class NotFinite(AnalysisError):
    """A column that must hold finite numbers holds an infinity."""


class OutOfScale(AnalysisError):
    """An answer lies outside the scale it was asked on."""


class BadWeights(AnalysisError):
    """Weights are negative, missing, all zero, or of another length than the answers."""


class BadShape(AnalysisError):
    """Columns do not fit together: other lengths, missing or doubled names."""


class NotEnoughData(AnalysisError):
    """There are answers, but too few to say what was asked."""


class Degenerate(AnalysisError):
    """A column is constant, or is a combination of others, so that its share cannot be told."""


class BadParameter(AnalysisError):
    """An option lies outside what the method allows."""


class NotATime(AnalysisError):
    """A column of points in time holds something else, or dates that can be read in two ways."""
