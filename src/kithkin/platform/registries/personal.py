"""Personal data: a room that keeps some says which models hold it, how it is handed over and how it is erased.

A test walks every model of the product: one with a tie to a person that no room has named here fails.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kithkin.platform.registries import Registry

if TYPE_CHECKING:
    from django.db import models


@dataclass(frozen=True)
class PersonalData:
    """What one room keeps about people.

    `export(person_id)` returns everything about that person as plain values, per heading; `erase(person_id)` deletes or
    unties it within the caller's transaction, its audit trail and events included; `files(person_id)` names files to
    remove once that transaction has ended well.
    """

    room: str
    models: frozenset[type[models.Model]]
    export: Callable[[int], Mapping[str, Sequence[Mapping[str, Any]]]]
    erase: Callable[[int], None]
    files: Callable[[int], Sequence[str]] = lambda _person_id: ()


personal_data: Registry[PersonalData] = Registry(lambda data: (data.room == "directory", data.room))
"""The directory comes last: with the person it deletes what is tied to them, which other rooms have yet to look at."""
