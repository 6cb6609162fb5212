"""What this room brings to journeys: how customers find each stage."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kithkin.directory.registries.stage_scores import StageScores, stage_scores
from kithkin.platform.registries.later import Later

stage_scores.add(StageScores(_("Customers’ score"), Later("kithkin.insights.stages.scores_of_stages")))
