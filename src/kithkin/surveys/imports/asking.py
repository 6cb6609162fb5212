"""The columns of a file as a questionnaire: that a program which came by file could be asked again."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any

from kithkin.questionnaire.model.questionnaire import FORMAT, VERSION
from kithkin.surveys.imports.plans import ColumnPlan, Holds

LONGEST_SCALE = 20
MOST_CHOICES = 1_000
_INPUTS = {Holds.NUMBER: "number", Holds.DAY: "date"}
Raw = dict[str, Any]


def body(
    title: str, before: Mapping[str, Any] | None, plans: Sequence[ColumnPlan], seen: Mapping[str, set[str]]
) -> Raw:
    """The questionnaire that asks what it asked `before`, and what the columns ask that is new.

    `seen` holds the values that stand under columns with choices: those not known yet are offered from now on.
    """
    document = copy.deepcopy(dict(before)) if before else _empty(title)
    elements = _elements(document["body"])
    known = {str(one.get("name")): one for one in _every(document["body"])}
    metrics = document.setdefault("kithkin", {}).setdefault("metrics", [])
    for plan in plans:
        if plan.asks in known:
            _offer_more(known[plan.asks], plan, seen.get(plan.column, set()))
            continue
        elements.append(_element(plan, seen.get(plan.column, set())))
        known[plan.asks] = elements[-1]
        if plan.measures and plan.holds == Holds.SCORE:
            metric = {"question": plan.asks, "measures": plan.measures}
            metrics.append({**metric, "dimension": plan.dimension} if plan.dimension else metric)
    return document


def _empty(title: str) -> Raw:
    return {"format": FORMAT, "version": VERSION, "body": {"title": title, "elements": []}, "kithkin": {}}


def _elements(of: Raw) -> list[Raw]:
    """Where another question is added: the last page, or the only list there is."""
    if of.get("pages"):
        elements: list[Raw] = of["pages"][-1].setdefault("elements", [])
    else:
        elements = of.setdefault("elements", [])
    return elements


def _every(of: Raw) -> list[Raw]:
    pages = of.get("pages") or [of]
    return [one for page in pages for one in page.get("elements", [])]


def _element(plan: ColumnPlan, seen: set[str]) -> Raw:
    asked: Raw = {"name": plan.asks, "title": plan.title or plan.asks}
    if plan.holds == Holds.SCORE:
        return asked | _scale(plan)
    if plan.holds == Holds.CHOICE:
        return asked | {"type": "dropdown", "choices": _choices(plan.labels, seen)}
    if plan.holds == Holds.TRUTH:
        return asked | {"type": "boolean"}
    return asked | {"type": "text", "inputType": _INPUTS.get(plan.holds, "text")}


def _scale(plan: ColumnPlan) -> Raw:
    low, high = float(plan.low or 0), 1.0 if plan.high is None else float(plan.high)
    if not (low.is_integer() and high.is_integer() and high - low <= LONGEST_SCALE):
        return {"type": "slider", "min": low, "max": high}
    points = range(int(low), int(high) + 1)
    said = {point: plan.labels.get(str(point), "") for point in points}
    if not any(said.values()):
        return {"type": "rating", "rateMin": int(low), "rateMax": int(high)}
    values = [{"value": point, "text": label} if label else point for point, label in said.items()]
    return {"type": "rating", "rateValues": values}


def _choices(labels: Mapping[str, str], seen: set[str]) -> list[Any]:
    values = [*labels, *sorted(seen - labels.keys(), key=_in_order)][:MOST_CHOICES]
    return [{"value": value, "text": labels[value]} if labels.get(value) else value for value in values]


def _offer_more(element: Raw, plan: ColumnPlan, seen: set[str]) -> None:
    if element.get("type") != "dropdown":
        return
    choices = element.setdefault("choices", [])
    known = {str(one.get("value")) if isinstance(one, dict) else str(one) for one in choices}
    fresh = {value: label for value, label in plan.labels.items() if value not in known}
    choices += _choices(fresh, seen - known)[: max(0, MOST_CHOICES - len(choices))]


def _in_order(value: str) -> tuple[bool, float, str]:
    try:
        return (False, float(value), value)
    except ValueError:
        return (True, 0.0, value)
