"""A second file of a program: its columns are the questions that are known, though years spell them differently."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from kithkin.forms.models import Field, FieldKind
from kithkin.platform.text import fold
from kithkin.surveys.imports.plans import ColumnPlan, Holds, Match

NEAR = 0.87
KINDS = {
    FieldKind.SCORE: Holds.SCORE,
    FieldKind.NUMBER: Holds.NUMBER,
    FieldKind.CHOICE: Holds.CHOICE,
    FieldKind.TRUTH: Holds.TRUTH,
    FieldKind.DAY: Holds.DAY,
    FieldKind.TEXT: Holds.TEXT,
    FieldKind.CHOICES: Holds.TEXT,
}


def matched(plans: Sequence[ColumnPlan], fields: Iterable[Field]) -> tuple[ColumnPlan, ...]:
    """The columns with the questions they are: the same but for case, spaces and signs; else alike, to be confirmed."""
    known = {field.name: field for field in fields}
    fresh = [replace(plan, name=plan.column, match=Match.NEW) if plan.holds.is_answer else plan for plan in plans]
    found = _pairs([plan.column for plan in fresh if plan.holds.is_answer], list(known))
    return tuple(
        of_field(plan, known[found[plan.column][0]], found[plan.column][1])
        if plan.holds.is_answer and plan.column in found
        else plan
        for plan in fresh
    )


def of_field(plan: ColumnPlan, field: Field, match: Match) -> ColumnPlan:
    """The column as another round of this question: its kind and scale are the question's."""
    holds = KINDS[FieldKind(field.kind)]
    missing = plan.missing
    if holds != plan.holds or (field.low, field.high) != (plan.low, plan.high):
        missing = tuple(code for code in missing if not _within(code, field.low, field.high))
    return replace(
        plan, holds=holds, name=field.name, title=field.title, low=field.low, high=field.high, match=match,
        labels={**dict(field.choices), **plan.labels}, measures=field.measures, dimension=field.dimension,
        missing=missing,
    )  # fmt: skip


def share_known(columns: Sequence[str], names: Iterable[str]) -> float:
    """The share of a program's questions that the file has, by their names without case, spaces and signs."""
    wanted = {plain(name) for name in names}
    return len(wanted & {plain(column) for column in columns}) / len(wanted) if wanted else 0.0


def _within(code: str, low: float | None, high: float | None) -> bool:
    try:
        return low is not None and high is not None and low <= float(code) <= high
    except ValueError:
        return False


def _pairs(columns: Sequence[str], names: Sequence[str]) -> dict[str, tuple[str, Match]]:
    """Column → (question, how it was matched), each question once."""
    found: dict[str, tuple[str, Match]] = {}
    for shape, match in ((plain, Match.SAME), (_bare, Match.ALIKE)):
        left = _once(columns, found.keys(), shape)
        right = _once(names, {name for name, _match in found.values()}, shape)
        found |= {column: (right[key], match) for key, column in left.items() if key in right}
    rest = [column for column in columns if column not in found]
    free = [name for name in names if name not in {one for one, _match in found.values()}]
    for column in rest:
        near = sorted(((_likeness(column, name), name) for name in free), reverse=True)[:2]
        if near and near[0][0] >= NEAR and (len(near) < 2 or near[1][0] < near[0][0]):
            found[column] = (near[0][1], Match.ALIKE)
            free.remove(near[0][1])
    return found


def _once(texts: Sequence[str], without: Iterable[str], shape: Callable[[str], str]) -> Mapping[str, str]:
    """Shape → text, of those that no other shares."""
    left = [text for text in texts if text not in set(without)]
    counts = Counter(map(shape, left))
    return {shape(text): text for text in left if shape(text) and counts[shape(text)] == 1}


def plain(name: str) -> str:
    """Without case, accents, spaces and signs."""
    return re.sub(r"[\W_]+", "", fold(name[:200]))


def _bare(name: str) -> str:
    """Without the number of the question and without years: "Q20Age" and "Q19AGE" are both "age"."""
    bare = re.sub(r"^(q|f|v|frage|item|question)?\d+", "", plain(re.sub(r"(19|20)\d\d", "", name)))
    return bare if len(bare) > 2 else ""


def _likeness(column: str, name: str) -> float:
    one, other = plain(column), plain(name)
    if re.findall(r"\d+", one) != re.findall(r"\d+", other):
        return 0.0  # another number is another item
    return SequenceMatcher(None, one, other).ratio()
