"""Where the figures of a program come from: counted, or released."""

from __future__ import annotations

from collections.abc import Mapping

from kithkin.insights.asking.counting import Counted
from kithkin.insights.asking.dimensions import Dimension
from kithkin.insights.asking.places import Places
from kithkin.insights.asking.questions import Question
from kithkin.insights.asking.released import Released
from kithkin.platform.access import Reach
from kithkin.surveys.models import Program

EVERYWHERE = Reach(everywhere=True, unit_ids=frozenset())
"""For what is worked out over the whole company, whoever looks at it then."""


def source_of(
    question: Question, program: Program, dimensions: Mapping[str, Dimension], places: Places, over: Reach
) -> Counted | Released:
    """A floored program's released tables; the warehouse for all others."""
    source: type[Counted | Released] = Counted if program.floor is None else Released
    return source.of(question, program, dimensions, places, over)
