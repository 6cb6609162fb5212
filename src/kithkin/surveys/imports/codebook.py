"""A codebook, typed or from a file: what columns are called, on which scale, and which codes stand for no answer.

Typed, each line is a column and what is said of it, parted by bars:

    Q7ALL = The airport as a whole | 1-5 | no answer 0, 6 | csat
    Q20GENDER = Gender | choice | 1 = male; 2 = female
    Q7* | 1-5 | no answer 0 6

A table names its columns: column, title, holds, scale, missing, measures, dimension, values.
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from kithkin.questionnaire.model.ours import Measure
from kithkin.surveys.imports.plans import ColumnPlan, Holds
from kithkin.tables import TableError, source

_SCALE = re.compile(r"(-?\d+(?:\.\d+)?)\s*(?:-|–|to|bis|\.\.)\s*(-?\d+(?:\.\d+)?)", re.ASCII | re.IGNORECASE)
_MISSING = re.compile(r"(?:no answer|missing|blank|keine antwort|fehlend)\s*[:=]?\s*(.*)", re.IGNORECASE)
_MEASURES = {measure.value for measure in Measure}
_HEADS = {
    "column": ("column", "variable", "name", "spalte"),
    "title": ("title", "label", "question", "item", "frage", "text"),
    "holds": ("holds", "kind", "type", "art"),
    "scale": ("scale", "range", "skala"),
    "missing": ("missing", "no answer", "missing codes", "fehlend"),
    "measures": ("measures", "metric", "measure", "misst"),
    "dimension": ("dimension",),
    "values": ("values", "labels", "value labels", "codes", "werte"),
}  # fmt: skip
MOST_LINES = 3_000


class BadCodebook(Exception):
    """A line of it cannot be understood; the message says which and how it is written."""


def typed(text: str) -> list[dict[str, Any]]:
    """What was typed, line by line."""
    found = []
    for number, line in enumerate(text.splitlines()[:MOST_LINES], start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        head, *rest = (part.strip() for part in line.split("|"))
        column, _equals, title = (part.strip() for part in head.partition("="))
        said: dict[str, Any] = {"column": column, "title": title}
        for part in filter(None, rest):
            said |= _part(part, number)
        found.append(said)
    return found


def from_file(path: Path, name: str) -> list[dict[str, Any]]:
    """A codebook that is a table."""
    try:
        read = source(path).read()
    except TableError as error:
        raise BadCodebook(str(error).replace(str(path), f"“{name}”")) from None
    heads = {_head(column): column for column in read.table.column_names}
    if "column" not in heads:
        said = _("“%(name)s” names no columns: one of its own must be called “column”.")
        raise BadCodebook(said % {"name": name})
    rows = read.table.slice(0, MOST_LINES).to_pylist()
    return [
        _row({key: row.get(column) for key, column in heads.items() if key}, number)
        for number, row in enumerate(rows, 2)
    ]


def applied(plans: Sequence[ColumnPlan], said: Iterable[Mapping[str, Any]]) -> tuple[ColumnPlan, ...]:
    """The plans as the codebook has them. Raises `BadCodebook` for a column that the file has not."""
    found = {plan.column: plan for plan in plans}
    by_fold = {column.strip().casefold(): column for column in found}
    for one in said:
        wanted = str(one["column"]).strip()
        columns = [by_fold[wanted.casefold()]] if wanted.casefold() in by_fold else []
        if not columns and any(mark in wanted for mark in "*?"):
            columns = [c for c in found if fnmatch.fnmatch(c.casefold(), wanted.casefold())]
        if not columns:
            raise BadCodebook(_("The file has no column “%(column)s”.") % {"column": wanted[:60]})
        for column in columns:
            found[column] = _changed(found[column], one)
    return tuple(found.values())


def _changed(plan: ColumnPlan, said: Mapping[str, Any]) -> ColumnPlan:
    changes = {key: said[key] for key in ("low", "high", "missing", "measures", "dimension", "holds") if key in said}
    if said.get("title"):
        changes["title"] = str(said["title"])[:500]
    if said.get("labels"):
        changes["labels"] = {**plan.labels, **said["labels"]}
    if "low" in changes and "holds" not in changes:
        changes["holds"] = Holds.SCORE
    if "labels" in changes and not plan.holds.is_answer and "holds" not in changes:
        changes["holds"] = Holds.CHOICE
    if changes.get("holds", plan.holds).is_answer and not plan.name:
        changes["name"] = plan.column
        changes.setdefault("title", plan.title or plan.column)
    return replace(plan, **changes)


def _part(part: str, number: int) -> dict[str, Any]:
    low = part.casefold()
    scale = _SCALE.fullmatch(part)
    if scale:
        return _scale(scale, number)
    missing = _MISSING.fullmatch(part)
    if missing:
        return {"missing": codes(missing[1])}
    if low in _MEASURES:
        return {"measures": low}
    if low in {holds.value for holds in Holds} or low in _ASIDE:
        return {"holds": Holds(low) if low not in _ASIDE else Holds.NOTHING}
    if low.startswith("dimension"):
        return {"dimension": part[9:].strip(" :=")}
    if "=" in part:
        return {"labels": labels(part)}
    said = _("Line %(number)s: “%(part)s” is not understood. Write it like “%(example)s”.")
    example = "Q7ALL = The airport | 1-5 | no answer 0, 6 | csat"
    raise BadCodebook(said % {"number": number, "part": part[:60], "example": example})


_ASIDE = {"nothing", "leave out", "weglassen", "-"}


def _scale(found: re.Match[str], number: int) -> dict[str, Any]:
    low, high = float(found[1]), float(found[2])
    if low >= high:
        raise BadCodebook(_("Line %(number)s: a scale goes from its lowest to its highest.") % {"number": number})
    return {"low": low, "high": high}


def codes(text: str) -> tuple[str, ...]:
    """Codes that stand for no answer: "0, 6", "0 or 6", "0 6"."""
    return tuple(dict.fromkeys(part for part in re.split(r"[,;\s]+|\bor\b|\band\b|\bund\b|\boder\b", text) if part))[
        :50
    ]


def labels(text: str) -> dict[str, str]:
    """Values with their words: "1 = male; 2 = female", or a line each."""
    found = {}
    for part in re.split(r"[;\n]", text):
        value, equals, label = (piece.strip() for piece in part.partition("="))
        if value and equals and label:
            found[value[:100]] = label[:200]
    return found


def _head(column: str) -> str:
    folded = column.strip().casefold()
    return next((key for key, names in _HEADS.items() if folded in names), "")


def _row(row: Mapping[str, Any], number: int) -> dict[str, Any]:
    text = {key: "" if value is None else str(value).strip() for key, value in row.items()}
    said: dict[str, Any] = {"column": text.pop("column"), "title": text.pop("title", "")}
    if text.get("values"):
        said["labels"] = labels(text["values"])
    if text.get("missing"):
        said["missing"] = codes(text["missing"])
    if text.get("dimension"):
        said["dimension"] = text["dimension"][:80]
    for key in ("holds", "scale", "measures"):
        if text.get(key):
            said |= _part(text[key], number)
    return said
