"""What later rooms tell of programs: how high their main score is, and where more of it stands."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kithkin.platform.registries import Registry

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from kithkin.platform.models import User


@dataclass(frozen=True)
class ProgramScore:
    """The main score as it is said ("NPS 41 ± 3"), what of it is hidden or how sure it is, and where it is opened."""

    said: str
    more: str = ""
    url: str = ""


@dataclass(frozen=True)
class ProgramScores:
    """One room's main scores by program, only of those it can tell this user; in a constant number of statements."""

    label: str | Promise
    of_programs: Callable[[Collection[int], User], Mapping[int, ProgramScore]]
    position: int = 100


program_scores: Registry[ProgramScores] = Registry(lambda scores: scores.position)
