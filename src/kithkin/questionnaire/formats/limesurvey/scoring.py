"""Assessments: points for answers, and what is said about their sum."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kithkin.questionnaire.formats.conditions import answer, is_readable, literal
from kithkin.questionnaire.formats.limesurvey.structure import Asked, Assessment, Survey
from kithkin.questionnaire.formats.limesurvey.wording import Wording
from kithkin.questionnaire.formats.losses import Losses

_SCORED = frozenset("LO!MP")
TOTAL = "assessment_total"


@dataclass
class Scored:
    """What comes of assessments."""

    scoring: list[dict[str, Any]] = field(default_factory=list)
    completion: list[dict[str, Any]] = field(default_factory=list)
    calculated: dict[str, str] = field(default_factory=dict)


def scored(survey: Survey, names: dict[int, str], wording: Wording, losses: Losses) -> Scored:
    """Scores of the whole and of each group, and pages at the end by the sum of the whole."""
    found = Scored()
    scores = {group.id: _score(group.questions, names, losses) for group in survey.groups}
    total = [each for pairs in scores.values() for each in pairs]
    if total:
        found.scoring.append({"name": TOTAL, "questions": [name for name, _ in total]})
    for group, pairs in scores.items():
        if pairs and any(each.scope == "G" and each.group == group for each in survey.assessments):
            found.scoring.append({"name": f"assessment_group_{group}", "questions": [name for name, _ in pairs]})
    expression = " + ".join(said for _, said in total)
    for place, each in enumerate(survey.assessments):
        where = f"/assessment {place + 1}"
        losses.element(where, f"assessment {next(iter(each.names.values()), '')}".strip())
        if page := _said(each, where, expression, wording, losses):
            found.calculated[f"{TOTAL}_points"] = expression
            found.completion.append(page)
    return found


def _said(each: Assessment, where: str, expression: str, wording: Wording, losses: Losses) -> dict[str, Any] | None:
    what = f"assessment {next(iter(each.names.values()), '')}".strip()
    if each.scope != "T":
        losses.approximated(where, what, "points of a group are counted; what is said about them is left out")
        return None
    if not expression or not is_readable(expression):
        losses.lost(where, what, "there are no points, or too many to reckon with")
        return None
    try:
        least, most = (float(each.least or 0), float(each.most or 0))
    except ValueError:
        losses.lost(where, what, "its bounds are no numbers")
        return None
    points = answer(f"{TOTAL}_points")
    page: dict[str, Any] = {"when": f"{points} >= {least:.10g} and {points} <= {most:.10g}"}
    if title := wording.plain(each.names, where, what):
        page["title"] = title
    if html := wording.html(each.messages, where, what):
        page["html"] = html
    return page


def _score(questions: list[Asked], names: dict[int, str], losses: Losses) -> list[tuple[str, str]]:
    """Names of questions with points, and an expression for the points of each."""
    found = []
    for asked in questions:
        points = [part for part in asked.answers if part.counted]
        name = names[id(asked)]
        if asked.type in "MP" and (each := asked.number("assessment_value")):
            said = " + ".join(
                f"iif({answer(name)} contains {literal(part.code)}, {each}, 0)" for part in asked.of_scale("0")
            )
            found.append((name, f"({said or 0})"))
        elif points and asked.type in _SCORED:
            said = " + ".join(f"iif({answer(name)} = {literal(part.code)}, {part.counted}, 0)" for part in points)
            found.append((name, f"({said})"))
        elif points:
            losses.lost(f"/{asked.code}/points", f"points of {asked.code}", "only single and multiple choices count")
    return found
