"""What relations are made of: services, touchpoints, audiences, partners. Added, changed, retired, taken back."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kithkin.directory.events.relations import CatalogueChanged
from kithkin.directory.models import Audience, Partner, Service, Touchpoint
from kithkin.directory.models.days import on_day, today
from kithkin.directory.queries.catalogue import Thing, links_of
from kithkin.platform.events import publish

T = TypeVar("T", Service, Touchpoint, Audience, Partner)


class NameTaken(Exception):
    """There is one of this name already."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("There is already one called “%(name)s”. Use that one, or choose another name.") % {"name": name}
        )


class StillInUse(Exception):
    """Relations are made of it, so it cannot be retired."""

    def __init__(self, thing: Thing, count: int) -> None:
        said = ngettext(
            "“%(thing)s” still is part of %(n)d relation. End that first.",
            "“%(thing)s” still is part of %(n)d relations. End those first.",
            count,
        )
        super().__init__(said % {"thing": thing, "n": count})


@transaction.atomic
def add_thing(*, thing: T) -> T:
    """Write down a new service, touchpoint, audience or partner."""
    return _saved(thing)


@transaction.atomic
def service_named(*, name: str) -> Service:
    """The service of this name, however its letters are cased; written down where there is none."""
    name = " ".join(name.split())
    known = Service.objects.filter(name__iexact=name).first()
    if known is None:
        return add_thing(thing=Service(name=name))
    return take_back_thing(thing=known)


@transaction.atomic
def change_thing(*, thing: T, **fields: Any) -> T:
    """Say otherwise what it is called or is about."""
    for name, value in fields.items():
        setattr(thing, name, value)
    return _saved(thing)


@transaction.atomic
def retire_thing(*, thing: T) -> T:
    """Offer it no longer for new relations; refused while relations that hold today or later are made of it."""
    using = links_of(thing).filter(on_day(today())).count() or links_of(thing).filter(since__gt=today()).count()
    if using:
        raise StillInUse(thing, using)
    if thing.retired_at is None:
        thing.retired_at = timezone.now()
        _saved(thing)
    return thing


@transaction.atomic
def take_back_thing(*, thing: T) -> T:
    """Offer it again."""
    if thing.retired_at is not None:
        thing.retired_at = None
        _saved(thing)
    return thing


def _saved(thing: T) -> T:
    try:
        with transaction.atomic():
            thing.save()
    except IntegrityError:
        raise NameTaken(thing.name) from None
    publish(CatalogueChanged(what=type(thing).__name__.lower(), thing_id=thing.pk))
    return thing
