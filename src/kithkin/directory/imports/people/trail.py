"""What the audit trail says of attributes that came in by a file, in the same words as when they are told by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kithkin.directory.models import AttributeDefinition, Person, Sensitivity
from kithkin.directory.services.attributes import trail_name
from kithkin.platform import audit
from kithkin.platform.registries.imports import Pair

Told = tuple[Person, Mapping[str, Sequence[str]]]


def told_attributes(pairs: Sequence[Pair]) -> list[Told]:
    """(person, attribute → [old, new]) of those whose attributes changed; sensitive values are never told."""
    found: list[tuple[Person, dict[str, tuple[object, object]]]] = []
    for before, after in pairs:
        assert isinstance(after, Person)
        old = before.attributes if isinstance(before, Person) else {}
        keys = [key for key in {**old, **after.attributes} if old.get(key) != after.attributes.get(key)]
        if keys:
            found.append((after, {key: (old.get(key), after.attributes.get(key)) for key in keys}))
    wanted = {key for _person, changes in found for key in changes}
    known = {one.key: one for one in AttributeDefinition.objects.filter(key__in=wanted)} if wanted else {}
    return [
        (person, {trail_name(known[key]): _words(known[key], pair) for key, pair in changes.items() if key in known})
        for person, changes in found
    ]


def _words(definition: AttributeDefinition, pair: tuple[object, object]) -> list[str]:
    hidden = definition.sensitivity == Sensitivity.SENSITIVE
    return ["" if one is None else audit.MASKED if hidden else str(one) for one in pair]
