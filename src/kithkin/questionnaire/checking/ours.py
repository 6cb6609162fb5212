"""Quotas, blocks and scores that speak of what is not there, or cannot be what they say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kithkin.questionnaire.checking.finding import Finding, Kind, Severity
from kithkin.questionnaire.checking.measuring import has_points, metrics, missing
from kithkin.questionnaire.model.elements import Container
from kithkin.questionnaire.model.ours import Score
from kithkin.questionnaire.model.questionnaire import Body, questions, walk


def own_part(body: Body) -> Iterator[Finding]:
    """All that is wrong in our own part."""
    asked = {question.name: question for question in questions(body.pages, inside=True)}
    above = {question.name for question in questions(body.pages)}
    yield from metrics(body)
    for score in body.ours.scoring:
        for name in score.questions:
            if name not in asked:
                yield missing(f"{score.where}/questions", name)
            elif name not in above or not has_points(asked[name], correct=score.correct):
                yield _without_points(score, name, inside=name not in above)
    for quota in body.ours.quotas:
        if quota.limit is None:
            what = f"Quota {quota.name[:60]!r} has no limit, so that it is never full."
            yield Finding(Severity.NOTE, Kind.MEASURE, quota.where, what, "Write how many are wanted.")
    yield from _blocks(body)


def _without_points(score: Score, name: str, *, inside: bool) -> Finding:
    what = f"{name[:60]!r} gives no points to {score.name[:60]!r}"
    if inside:
        what, advice = f"{what}: it stands in a panel or matrix.", "Sum it with sumInArray in a calculated value."
    elif score.correct:
        what, advice = f"{what}: it has no right answer.", "Write correctAnswer."
    else:
        what, advice = f"{what}: its answers are no numbers.", "Give its choices a score."
    return Finding(Severity.WARNING, Kind.MEASURE, f"{score.where}/questions", what, advice)


def _blocks(body: Body) -> Iterator[Finding]:
    beside: dict[str, set[int]] = {}
    levels = (body.pages, *(each.elements for each in walk(body.pages) if isinstance(each, Container)))
    for place, siblings in enumerate(levels):
        for element in siblings:
            beside.setdefault(element.name, set()).add(place)
    named = {element.name for element in walk(body.pages)}
    for each in body.ours.randomisation:
        for name in each.of:
            if name not in named:
                yield missing(f"{each.where}/of", name)
        if all(name in named for name in each.of) and not _stand_side_by_side(each.of, beside):
            what = f"What {each.name[:60]!r} draws from does not stand side by side: places change only where it does."
            yield Finding(Severity.WARNING, Kind.MEASURE, each.where, what, "Put them on one level.")


def _stand_side_by_side(names: tuple[str, ...], beside: Mapping[str, set[int]]) -> bool:
    """Whether there is a level, or a container, in which all of them stand."""
    return not names or bool(set.intersection(*(beside.get(name, set()) for name in names)))
