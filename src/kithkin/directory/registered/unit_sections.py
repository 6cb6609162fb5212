"""What other parts bring to a unit's page: "whom we serve", "who serves us", and what later rooms know of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from kithkin.directory.models import Unit
from kithkin.platform.models import User
from kithkin.platform.registries import Registry


@dataclass(frozen=True)
class UnitSection:
    """A part of the page: its template reads `section`, which `build(user, unit, on)` makes; None leaves it out.

    `on` is the day that the page shows. A section is a `<section class="card">` with a heading of the second level.
    """

    template: str
    build: Callable[[User, Unit, date], dict[str, Any] | None]
    position: int = 100


unit_sections: Registry[UnitSection] = Registry(lambda section: (section.position, section.template))
