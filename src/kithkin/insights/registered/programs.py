"""What this room brings to the pages of programs and of relations."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kithkin.directory.registered.relation_parts import Part, RelationPart, relation_parts
from kithkin.platform.registries.later import Later
from kithkin.surveys.registries import ProgramScores, program_scores

program_scores.add(ProgramScores(_("Main score"), Later("kithkin.insights.programs.scores_of_programs")))
relation_parts.add(
    RelationPart(
        Part.EXPERIENCE,
        "insights/experience.html",
        Later("kithkin.insights.programs.experience_of_relation"),
        position=10,
    )
)
