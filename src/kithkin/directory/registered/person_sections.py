"""The parts of a person's page: each slice of the directory, and every higher room, brings its own.

person_sections.add(PersonSection("relations", _("Whom they serve"), "directory/relations/of_person.html", build))

`build(user, person)` returns what fills the template (read there as `section`), or None where there is nothing to show
to this user. A section that belongs to the whole profile checks `rules.people.sight(user, person).profile` itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kithkin.platform.registries import Registry

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from kithkin.directory.models import Person
    from kithkin.platform.models import User


@dataclass(frozen=True)
class PersonSection:
    """One part of the page, a card with a heading of its own; `key` is its anchor."""

    key: str
    label: str | Promise
    template: str
    build: Callable[[User, Person], dict[str, Any] | None]
    position: int = 100
    own: str | Promise = ""
    """The heading on one's own page, where it is another."""

    def heading(self, *, is_me: bool) -> str | Promise:
        """Of the card, for this reader."""
        return self.own if is_me and self.own else self.label


person_sections: Registry[PersonSection] = Registry(lambda section: (section.position, section.key))
