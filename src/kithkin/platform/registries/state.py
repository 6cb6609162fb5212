"""What pages are made of beside what the trail follows: rooms say how to tell that it is another than it was."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kithkin.platform.registries import Registry

if TYPE_CHECKING:
    from django.db import models


@dataclass(frozen=True)
class State:
    """`now()` is another value, with a proper `repr`, whenever a row of these models is; in few and small statements.

    A test looks at every table that the home page reads: one that neither the trail nor a state follows fails.
    """

    room: str
    models: frozenset[type[models.Model]]
    now: Callable[[], Hashable]


states: Registry[State] = Registry(lambda state: state.room)
