"""Which attributes there are."""

from __future__ import annotations

from typing import TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kithkin.directory.models import AttributeDefinition, AttributeKind, Person


class DefinitionFields(TypedDict, total=False):
    """What is said of an attribute."""

    key: str
    label: str
    group: str
    kind: str
    choices: list[str]
    side: str
    sensitivity: str
    retention_months: int | None


class AttributeInUse(Exception):
    """People have values of it, so that its key, its kind and the choices in use stay."""


@transaction.atomic
def define_attribute(**fields: Unpack[DefinitionFields]) -> AttributeDefinition:
    """Say that people have this attribute from now on; ValidationError where it cannot be so."""
    definition = AttributeDefinition(**fields)
    _check(definition)
    definition.save()
    return definition


@transaction.atomic
def change_attribute(*, definition: AttributeDefinition, **fields: Unpack[DefinitionFields]) -> AttributeDefinition:
    """Change what is said of it. Key and kind are fixed once somebody has a value, and so is a choice that is used."""
    changed = {name for name, value in fields.items() if getattr(definition, name) != value}
    if not changed:
        return definition
    if changed & {"key", "kind"} and is_used(definition.key):
        raise AttributeInUse(_("People have values of it: its key and kind stay. Retire it and define another."))
    if "choices" in changed and definition.kind == AttributeKind.CHOICE:
        _check_choices_unused(definition, fields["choices"])
    for name, value in fields.items():
        setattr(definition, name, value)
    _check(definition)
    definition.save()
    return definition


@transaction.atomic
def retire_attribute(*, definition: AttributeDefinition) -> AttributeDefinition:
    """It is shown and asked for no longer. Its values are kept until `clear_values` has gone through."""
    if definition.retired_at is None:
        definition.retired_at = timezone.now()
        definition.save()
    return definition


@transaction.atomic
def bring_back_attribute(*, definition: AttributeDefinition) -> AttributeDefinition:
    """A retired attribute is shown and asked for again, with the values that are still there."""
    if definition.retired_at is not None:
        definition.retired_at = None
        definition.save()
    return definition


def is_used(key: str) -> bool:
    """Whether anybody has a value of it."""
    return Person.objects.filter(attributes__has_key=key).exists()


def _check_choices_unused(definition: AttributeDefinition, choices: list[str]) -> None:
    for gone in set(definition.choices) - set(choices):
        if Person.objects.filter(**{f"attributes__{definition.key}": gone}).exists():
            raise AttributeInUse(_("Somebody has “%(choice)s”: it stays in the list.") % {"choice": gone})


def _check(definition: AttributeDefinition) -> None:
    definition.full_clean()
    if definition.kind == AttributeKind.CHOICE:
        if len(definition.choices) < 2:
            raise ValidationError({"choices": _("Name at least two choices, one a line.")})
        if len({choice.casefold() for choice in definition.choices}) < len(definition.choices):
            raise ValidationError({"choices": _("A choice stands there twice.")})
        if len(definition.choices) > 200 or any(len(choice) > 100 or "\x00" in choice for choice in definition.choices):
            raise ValidationError({"choices": _("No more than 200 choices of 100 characters.")})
    elif definition.choices:
        definition.choices = []
