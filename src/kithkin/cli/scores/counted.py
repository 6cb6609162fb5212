"""Files of answers, counted: one row per wave, combination of groups and score, whatever the files' size."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kithkin.analysis import metrics
from kithkin.analysis.errors import EmptyInput, OutOfScale
from kithkin.analysis.results import Estimate, Result
from kithkin.cli.failures import CommandError
from kithkin.cli.leftout import LeftOut, left_out
from kithkin.tables import source

Label = str | None
Numbers = NDArray[np.float64]
FIGURES = ("score", "n", "sum_w", "sum_w2")
TOTALS = ("n", "sum_w", "sum_w2", "sum_wx", "sum_wx2")


@dataclass(frozen=True)
class Question:
    """What was asked: the column, the metric, which answers count, and by what."""

    score: str
    metric: str
    valid: tuple[float, float] | None = None
    weight: str | None = None
    by: tuple[str, ...] = ()
    floor: int | None = None

    @property
    def scale(self) -> tuple[float, float] | None:
        """The scale of the answers: as said, or the metric's usual one; None where a mean has none."""
        usual = metrics.Metric(self.metric).usual_scale
        return usual if self.metric == "nps" else self.valid or usual


@dataclass(frozen=True)
class Wave(Result):
    """One file: its short name among the others, its path, and what of it was left out."""

    name: str
    path: str
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True)
class Counted:
    """The counts of all waves laid end to end: the labels of each dimension, and the figures of each row."""

    question: Question
    waves: tuple[Wave, ...]
    dimensions: tuple[str, ...]
    labels: Mapping[str, NDArray[np.object_]]
    figures: Mapping[str, Numbers]

    @cached_property
    def size(self) -> int:
        """How many rows of counts there are."""
        return len(self.figures["n"])

    def members(self, dimension: str) -> list[Label]:
        """The dimension's labels, in the order of the files and of their groups."""
        found = dict.fromkeys(self.labels[dimension])
        return sorted(found, key=lambda label: label is None) if dimension == "file" else sorted(found, key=_rank)

    def rows(self, keys: Mapping[str, Label]) -> NDArray[np.bool_]:
        """Which rows belong to a group; all where no key is given."""
        kept = np.ones(self.size, dtype=bool)
        for dimension, label in keys.items():
            codes, known = self._codes[dimension]
            kept &= codes == known.get(label, -1)
        return kept

    @cached_property
    def _codes(self) -> dict[str, tuple[NDArray[np.intp], dict[Label, int]]]:
        """Per dimension each row's label as a number, and the number of each label: numbers compare fast."""
        coded = {}
        for dimension, labels in self.labels.items():
            known = {label: code for code, label in enumerate(dict.fromkeys(labels))}
            coded[dimension] = (np.array([known[label] for label in labels], dtype=np.intp), known)
        return coded

    def undivided(self) -> Counted:
        """The counts of everybody, one row per score."""
        if self.question.metric == "mean":
            return self
        points, place = np.unique(self.figures["score"], return_inverse=True)
        sums = {name: np.bincount(place, self.figures[name], points.size).astype(np.float64) for name in FIGURES[1:]}
        return replace(self, dimensions=(), labels={}, figures={"score": points, **sums})

    def estimate(self, rows: NDArray[np.bool_]) -> Estimate:
        """The metric over some rows. Raises an AnalysisError where they do not allow it."""
        if self.question.floor is not None and self.question.metric != "csat":
            return self._from_the_mean_alone(rows)
        picked = {name: values[rows] for name, values in self.figures.items()}
        scale = self.question.scale
        if self.question.metric == "mean":
            n, *totals = (float(picked[name].sum()) for name in TOTALS)
            return metrics.mean_from_totals(int(n), *totals, scale=scale)
        counts = metrics.Counts(*(picked[name] for name in FIGURES))
        if self.question.metric == "nps":
            return metrics.nps_from_counts(counts)
        assert scale is not None  # only a mean may have none
        of = metrics.csat_from_counts if self.question.metric == "csat" else metrics.ces_from_counts
        return of(counts, scale=scale)

    def _from_the_mean_alone(self, rows: NDArray[np.bool_]) -> Estimate:
        """The score as n and the mean alone tell it: the widest interval that they allow.

        Under a floor only n and the mean are protected. What rests on the spread of the answers, an interval among it,
        would tell of small groups what these do not.
        """
        scale = self.question.scale or (0.0, 1.0)
        n, total = float(self.figures["n"][rows].sum()), float(_summed(self)[rows].sum())
        return metrics.widest_from_mean(metrics.Metric(self.question.metric), n, total, scale)


def count(files: Sequence[Path], question: Question) -> Counted:
    """Count every file. Raises CommandError for text or answers off the scale, EmptyInput where none is left."""
    names = wave_names(files)
    parts = [_count_one(path, name, question) for path, name in zip(files, names, strict=True)]
    dimensions = (("file",) if len(files) > 1 else ()) + tuple(dict.fromkeys(name.strip() for name in question.by))
    if len(set(dimensions)) < len(dimensions):
        raise CommandError("--by file: with several files, `file` is the name of the waves. Rename that column.")
    labels = {
        dimension: np.concatenate([np.array(part.labels[dimension], dtype=object) for part in parts])
        for dimension in dimensions
    }
    figures = {name: np.concatenate([part.figures[name] for part in parts]) for name in parts[0].figures}
    counted = Counted(question, tuple(part.wave for part in parts), dimensions, labels, figures)
    _check_scale(counted)
    return counted


@dataclass(frozen=True)
class _Part:
    wave: Wave
    labels: Mapping[str, list[Label]]
    figures: Mapping[str, Numbers]


def _count_one(path: Path, name: str, question: Question) -> _Part:
    file = source(path)
    aggregate = file.totals if question.metric == "mean" else file.cells
    counted = aggregate(question.score, by=question.by, weight=question.weight, valid=question.valid)
    left = left_out(counted.refused, path, question.valid, question.weight and question.weight.strip())
    table = counted.table
    wave = Wave(name, str(path), left)
    if table.num_rows == 0:
        left = left if question.floor is None else tuple(item.without_examples() for item in left)
        raise EmptyInput(f"{path}: no answer of {question.score.strip()!r} is left to measure: {sentence_of(left)}.")
    labels: dict[str, list[Label]] = {"file": [name] * table.num_rows}
    asked = dict.fromkeys(column.strip() for column in question.by)
    labels |= {own: table[column].to_pylist() for own, column in zip(asked, counted.by, strict=True)}
    wanted = TOTALS if question.metric == "mean" else FIGURES
    figures = {figure: table[figure].to_numpy().astype(np.float64) for figure in wanted}
    return _Part(wave, labels, figures)


def sentence_of(left: Sequence[LeftOut]) -> str:
    """What was left out, in words; "there was none" where nothing was."""
    return "; ".join(map(str, left)) or "there was none"


def wave_names(files: Sequence[Path]) -> list[str]:
    """Short names that tell the files apart: what their names do not share, else the whole path.

    >>> wave_names([Path("sfo_airport_2017.csv"), Path("sfo_airport_2018.csv")])
    ['2017', '2018']
    """
    words = [re.split(r"[\s_.-]+", path.stem) for path in files]
    while len(files) > 1 and all(len(w) > 1 for w in words) and len({w[0] for w in words}) == 1:
        words = [w[1:] for w in words]
    while len(files) > 1 and all(len(w) > 1 for w in words) and len({w[-1] for w in words}) == 1:
        words = [w[:-1] for w in words]
    names = [" ".join(w) for w in words] if len(files) > 1 else [files[0].stem]
    return names if len(set(names)) == len(names) else [str(path) for path in files]


def _check_scale(counted: Counted) -> None:
    """An answer off the scale spoils any group, so it is said at once, with the flag that mends it."""
    try:
        whole = counted.undivided()
        whole.estimate(whole.rows({}))
    except OutOfScale as error:
        raise CommandError(f"{counted.question.score.strip()}: {error} {_advice(counted)}") from None


def _advice(counted: Counted) -> str:
    """What helps: another metric for answers between the points of the scale, else to leave out what is off it."""
    metric, scores = counted.question.metric, counted.figures.get("score", np.zeros(0))
    if metric != "ces" and (scores % 1 != 0).any():
        return f"{metric.upper()} wants whole numbers; --metric mean takes these answers as they are."
    low, high = counted.question.scale or (0.0, 10.0)
    return f"On the command line: --valid {low:g}:{high:g} leaves the others out and counts them."


def _rank(label: Label) -> tuple[int, float, str]:
    if label is None:
        return (2, 0.0, "")
    try:
        return (0, float(label), label)
    except ValueError:
        return (1, 0.0, label)


def table_of(counted: Counted, dimensions: Sequence[str]) -> dict[str, Any]:
    """The counts per combination of `dimensions` as columns: a label column each, n, and the metric's own mean."""
    keys = list(zip(*(counted.labels[dimension] for dimension in dimensions), strict=True)) if dimensions else []
    atoms = list(dict.fromkeys(keys)) or [()]
    place = {key: row for row, key in enumerate(atoms)}
    rows = np.array([place[key] for key in keys] if keys else [0] * counted.size)
    n = np.bincount(rows, counted.figures["n"], len(atoms))
    sums = np.bincount(rows, _summed(counted), len(atoms))
    columns: dict[str, Any] = {f"d{i}": [key[i] for key in atoms] for i in range(len(dimensions))}
    return columns | {"n": n, "score": sums}


def _summed(counted: Counted) -> Numbers:
    """Per row, the unweighted sum of what the metric averages: the answers, or +1, 0 and −1, or the top boxes."""
    figures, metric = counted.figures, counted.question.metric
    if metric == "mean":
        return figures["sum_wx"] / np.where(figures["sum_w"] > 0, figures["sum_w"], 1) * figures["n"]
    return figures["n"] * metrics.answer_values(figures["score"], metrics.Metric(metric), counted.question.scale)
