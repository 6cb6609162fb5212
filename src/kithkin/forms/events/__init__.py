"""What happens to questionnaires."""

from __future__ import annotations

from dataclasses import dataclass

from kithkin.platform.events import Fact


@dataclass(frozen=True)
class VersionPublished(Fact):
    """A version of a questionnaire is asked from now on."""

    questionnaire_id: int
    number: int
