"""What people decided about their data, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from kithkin.platform.events import Fact


@dataclass(frozen=True)
class ConsentRecorded(Fact):
    """Somebody gave, withdrew or objected; whatever is about to go out looks again."""

    person_id: int
    purpose_id: int
    given: bool


@dataclass(frozen=True)
class PersonErased(Fact):
    """Nothing of the person is left; the id is told so that the warehouse and indexes drop it too."""

    person_id: int
