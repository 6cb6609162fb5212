"""Which column holds what: by its name, by names used for the same thing, and by what stands in it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from kithkin.platform.text import fold

if TYPE_CHECKING:
    from kithkin.platform.registries.imports import Field

REASON = "Kithkin: why refused"
"""The last column of a file of refused lines; it is left aside when that file comes back."""
_ENOUGH = 0.8
_BY_VALUE, _PARTLY, _SAME = 30, 60, 100


def signature(kind: str, columns: Sequence[str]) -> str:
    """The same for files with the same columns in any order, a column of reasons aside."""
    names = sorted(_plain(column) for column in columns if column != REASON)
    return hashlib.sha256("\n".join([kind, *names]).encode()).hexdigest()


def guess(columns: Sequence[str], values: Mapping[str, Sequence[str]], fields: Sequence[Field]) -> dict[str, str]:
    """Column → the field it most likely holds; each field once, a column that fits none is not in it."""
    scored = [
        (_score(column, values.get(column, ()), field), -place, -rank, column, field.key)
        for place, column in enumerate(columns)
        if column != REASON
        for rank, field in enumerate(fields)
    ]
    found: dict[str, str] = {}
    for score, _place, _rank, column, key in sorted(scored, reverse=True):
        if score and column not in found and key not in found.values():
            found[column] = key
    return {column: found[column] for column in columns if column in found}


def _score(column: str, values: Sequence[str], field: Field) -> int:
    name = _plain(column)
    names = {_plain(one) for one in (field.key, str(field.label), *field.synonyms)} - {""}
    fits = _fits(values, field)
    if name in names:
        return _SAME + (5 if fits else 0)
    if fits is False:
        return 0
    if _words(column) & {one for one in names if len(one) > 3}:
        return _PARTLY
    return _BY_VALUE if fits else 0


def _fits(values: Sequence[str], field: Field) -> bool | None:
    """Whether most of the values look like it; None where the field's values look like nothing special."""
    if field.looks_like is None or not values:
        return None
    return sum(field.looks_like(value) for value in values) >= _ENOUGH * len(values)


@lru_cache(8_192)
def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", fold(name[:200]))


def _words(name: str) -> set[str]:
    return {_plain(word) for word in re.split(r"[\W_]+", name[:200])}
