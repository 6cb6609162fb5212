"""What a door is: how a format is told from the others, read and written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kithkin.questionnaire.formats.losses import Losses, LossReport
from kithkin.questionnaire.formats.opening import Opened
from kithkin.questionnaire.questionnaire import Questionnaire


@dataclass(frozen=True, slots=True)
class Format:
    """One format. `recognises` looks at the content only; `read` gives the document of a questionnaire.

    A reader tells each element to the `Losses` that it is handed, and raises FormatError for what is no such file.
    """

    name: str
    label: str
    recognises: Callable[[Opened], bool]
    read: Callable[[Opened, Losses], dict[str, Any]] | None = None
    write: Callable[[Questionnaire, Losses], bytes] | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """What came in through a door."""

    questionnaire: Questionnaire
    losses: LossReport
    format: str


@dataclass(frozen=True, slots=True)
class Exported:
    """What goes out through a door."""

    content: bytes
    losses: LossReport
    format: str
