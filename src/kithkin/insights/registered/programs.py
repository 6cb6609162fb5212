"""What this room brings to the pages of programs and of relations."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kithkin.directory.registered.relation_parts import Part, RelationPart, relation_parts
from kithkin.insights.programs import experience_of_relation, scores_of_programs
from kithkin.surveys.registries import ProgramScores, program_scores

program_scores.add(ProgramScores(_("Main score"), scores_of_programs))
relation_parts.add(RelationPart(Part.EXPERIENCE, "insights/experience.html", experience_of_relation, position=10))
