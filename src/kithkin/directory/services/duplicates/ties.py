"""Every row of the product that is tied to a person, found from the models themselves: later rooms join in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models

from kithkin.directory.models import DistinctPair, Merge, Person

_OWN_BOOKS: tuple[type[models.Model], ...] = (Merge, DistinctPair, Person)
"""Who was merged with whom stays as it was told."""


@dataclass(frozen=True)
class PersonField:
    """A field of a model that points to a person."""

    model: type[models.Model]
    name: str

    @property
    def label(self) -> str:
        """The model's name as it is kept: "directory.tie"."""
        return self.model._meta.label_lower


def person_fields() -> Iterator[PersonField]:
    """All of them, in a fixed order."""
    relations = [
        PersonField(relation.related_model, relation.field.name)
        for relation in Person._meta.related_objects
        if isinstance(relation.related_model, type)
        and relation.related_model not in _OWN_BOOKS
        and not relation.many_to_many
    ]
    yield from sorted(relations, key=lambda field: (field.label, field.name))
