"""Figures from elsewhere, what the warehouse holds, released tables, and views that people keep."""

from kithkin.insights.models.outcomes import Outcome, OutcomeMeasure, OutcomeStage
from kithkin.insights.models.releases import Release
from kithkin.insights.models.studies import Study, StudyKind
from kithkin.insights.models.views import SavedView, Tile
from kithkin.insights.models.warehouse import Loaded

__all__ = ["Loaded", "Outcome", "OutcomeMeasure", "OutcomeStage", "Release", "SavedView", "Study", "StudyKind", "Tile"]
