"""Reads the part that is Kithkin's own."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from kithkin.questionnaire.errors import Malformed, pointer
from kithkin.questionnaire.model.ours import (
    Completion,
    Embedded,
    Identity,
    Measure,
    Metric,
    Ours,
    Quota,
    Randomiser,
    Score,
)
from kithkin.questionnaire.reading.props import Props
from kithkin.questionnaire.vocabulary import OURS, PARTS

W = TypeVar("W", bound=StrEnum)


def ours(props: Props) -> Ours:
    """The whole part. What it promises and measures is never guessed: a word that is none is refused."""
    props.know(OURS, "the questionnaire")
    for name, known in PARTS.items():
        for inner in props.objects(name):
            inner.know(known, name)
    return Ours(
        identity=_word(props, "identity", Identity, Identity.CONFIDENTIAL),
        metrics=tuple(map(_metric, props.objects("metrics"))),
        quotas=tuple(map(_quota, props.objects("quotas"))),
        randomisation=tuple(map(_randomiser, props.objects("randomisation"))),
        embedded=tuple(map(_embedded, props.objects("embedded"))),
        scoring=tuple(map(_score, props.objects("scoring"))),
        completion=tuple(map(_completion, props.objects("completion"))),
    )


def _metric(props: Props) -> Metric:
    return Metric(
        props.where,
        _named(props, "question"),
        _word(props, "measures", Measure, None),
        props.text("dimension") or None,
        props.text("relation") or None,
    )


def _quota(props: Props) -> Quota:
    limit = props.whole("limit", default=-1)
    return Quota(
        props.where,
        _named(props, "name"),
        props.expression("when"),
        limit if limit >= 0 else None,
        props.word("then", ("end", "mark"), "end") == "end",
        props.localised("message"),
    )


def _randomiser(props: Props) -> Randomiser:
    show = props.whole("show", default=0)
    return Randomiser(
        props.where,
        _named(props, "name"),
        props.strings("of"),
        show if show > 0 else None,
        props.flag("shuffle", default=True),
    )


def _embedded(props: Props) -> Embedded:
    return Embedded(props.where, _named(props, "name"), props.value("default"), props.flag("stored", default=True))


def _score(props: Props) -> Score:
    return Score(
        props.where,
        _named(props, "name"),
        props.strings("questions"),
        props.flag("correct"),
        props.expression("when"),
    )


def _completion(props: Props) -> Completion:
    return Completion(
        props.where,
        props.expression("when"),
        props.localised("title"),
        props.localised("html"),
        pointer(props.where, "html"),
        props.text("url"),
    )


def _named(props: Props, name: str) -> str:
    found = props.text(name)
    if not found:
        raise Malformed(pointer(props.where, name), "A name is missing.", "Write one.")
    return found


def _word(props: Props, name: str, words: type[W], default: W | None) -> W:
    found = props.value(name)
    if found is None and default is not None:
        return default
    try:
        return words(found)
    except ValueError:
        said = ", ".join(words)
        raise Malformed(
            pointer(props.where, name), f"{str(found)[:60]!r} is none of the words.", f"Take one of: {said}."
        ) from None
