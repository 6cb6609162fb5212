"""What a column of responses most likely holds, from its name and its first values; all is shown, to be mended."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from kithkin.platform.imports import values as cells
from kithkin.platform.imports.guessing import REASON
from kithkin.platform.imports.kept import Head
from kithkin.platform.text import fold
from kithkin.surveys.imports.plans import ColumnPlan, Holds
from kithkin.tables.values import MISSING

MOST_CHOICES = 40
ENOUGH = 0.8
"""Share of the values that must look like something; the others are refused then, or told to be no answer."""
_NAMES: dict[Holds, frozenset[str]] = {
    Holds.REF: frozenset(
        [
            "respnum",
            "respondent",
            "respondentid",
            "responseid",
            "respid",
            "id",
            "caseid",
            "case",
            "number",
            "nr",
            "nummer",
            "ref",
            "record",
            "recordid",
            "lfdn",
        ]
    ),
    Holds.WEIGHT: frozenset(["weight", "weights", "wt", "wgt", "weighting", "gewicht", "gewichtung", "weightfactor"]),
    Holds.AT: frozenset(
        [
            "date",
            "datum",
            "at",
            "answered",
            "answeredat",
            "submitted",
            "submittedat",
            "submitdate",
            "enddate",
            "completed",
            "timestamp",
            "interviewdate",
            "responsedate",
            "recordeddate",
            "zeitstempel",
        ]
    ),
    Holds.PERSON: frozenset(
        ["email", "emailaddress", "mail", "employeeid", "employee", "customernumber", "personnumber"]
    ),
    Holds.TOUCHPOINT: frozenset(["touchpoint", "channel", "kanal"]),
}
_RECOMMENDS = re.compile(r"\bnps\b|netpro|net_?promoter|recommend|weiterempf", re.IGNORECASE)
_CODES = ("-1", "-9", "-8", "-99", "88", "97", "98", "99", "998", "999", "9999")
"""Numbers far from the others that usually stand for no answer."""
_SILENT = frozenset(("blank", "no answer", "not answered", "missing", "refused", "keine angabe", "k.a.", "none"))
"""Words among numbers that say that there is no number."""
_SCALES = ((1, 5), (1, 7), (1, 10))


def guess(head: Head, units: Callable[[str], bool]) -> tuple[ColumnPlan, ...]:
    """A plan for every column; `units` says whether a text names a unit."""
    taken: set[Holds] = set()
    found: list[ColumnPlan] = []
    for column in head.columns:
        plan = _guessed(column, head, units, taken)
        if not plan.holds.is_answer:
            taken.add(plan.holds)
        found.append(plan)
    return tuple(_in_battery(plan, found, head) for plan in found)


def _in_battery(plan: ColumnPlan, plans: Sequence[ColumnPlan], head: Head) -> ColumnPlan:
    """A column of codes as a score, where most of those whose names begin alike ("Q7…") are scores on one scale."""
    begins = re.match(r"[A-Za-z]+\d+", plan.column)
    if plan.holds != Holds.CHOICE or begins is None:
        return plan
    others = [one for one in plans if one.column.startswith(begins[0]) and one is not plan]
    scores = [one for one in others if one.holds == Holds.SCORE]
    if not scores or 2 * len(scores) < len(others):
        return plan
    like = scores[0]
    seen = {value for value in head.values.get(plan.column, ()) if fold(value) not in MISSING}
    allowed = {str(point) for point in range(int(like.low or 0), int(like.high or 0) + 1)} | set(like.missing)
    if len(seen) < 3 or not seen <= allowed:
        return plan
    return _as(plan, Holds.SCORE, low=like.low, high=like.high, missing=like.missing)


def _guessed(column: str, head: Head, units: Callable[[str], bool], taken: set[Holds]) -> ColumnPlan:
    if column == REASON:
        return ColumnPlan(column)
    seen = Counter(value for value in head.values.get(column, ()) if fold(value) not in MISSING)
    about = _about(column, seen, units)
    if about and about not in taken:
        return ColumnPlan(column, about)
    labels = {code: label for label, code in head.codes.get(column, {}).items()}
    return _answer(column, seen, labels)


def _about(column: str, seen: Mapping[str, int], units: Callable[[str], bool]) -> Holds | None:
    """What it says about the response itself, where name and values agree."""
    name, values = _plain(column), list(seen)
    of_name = next((holds for holds, names in _NAMES.items() if name in names), None)
    if of_name in _FITS and values and _FITS[of_name](seen):
        return of_name
    return Holds.UNIT if _most(values, units) else None


def _answer(column: str, seen: Counter[str], labels: Mapping[str, str]) -> ColumnPlan:
    plan = ColumnPlan(column, name=column, title=column, labels=dict(labels))
    values = list(seen)
    if labels:  # SPSS: the cells show labels
        return _as(plan, Holds.CHOICE)
    silent = [value for value in values if fold(value) in _SILENT]
    told = Counter({value: count for value, count in seen.items() if _is_number(value)})
    if told and len(told) >= ENOUGH * (len(values) - len(silent)):
        found = _numeric(plan, told)
        return _as(found, found.holds, missing=(*found.missing, *silent))
    if _most(values, _is_read_by(cells.day)):
        return _as(plan, Holds.DAY)
    if values and {fold(value) for value in values} <= {"yes", "no", "true", "false", "ja", "nein"}:
        return _as(plan, Holds.TRUTH)
    recur = sum(seen.values()) >= 2 * len(values) or (len(values) < 8 and not any(" " in value for value in values))
    few = len(values) <= MOST_CHOICES and recur
    return _as(plan, Holds.CHOICE if values and few and max(map(len, values)) <= 60 else Holds.TEXT)


def _numeric(plan: ColumnPlan, seen: Counter[str]) -> ColumnPlan:
    numbers = {value: float(value.replace(",", ".")) for value in seen}
    codes = tuple(value for value in numbers if value in _CODES and _is_apart(numbers[value], list(numbers.values())))
    rest = {number for value, number in numbers.items() if value not in codes}
    if not rest or not all(number.is_integer() for number in numbers.values()):
        return _as(plan, Holds.NUMBER, missing=codes)
    recommends = bool(_RECOMMENDS.search(plan.column)) and min(rest) >= 0 and max(rest) <= 12
    scale = (0, 10) if recommends else _scale(rest)
    if scale is None:
        return _as(plan, Holds.CHOICE if len(rest) <= 25 else Holds.NUMBER, missing=codes)
    beyond = sorted((number, value) for value, number in numbers.items() if not scale[0] <= number <= scale[1])
    missing = dict.fromkeys([*(value for _number, value in beyond), *codes])
    measures = "nps" if recommends else ""
    return _as(plan, Holds.SCORE, low=scale[0], high=scale[1], missing=tuple(missing), measures=measures)


def _scale(rest: set[float]) -> tuple[int, int] | None:
    """The usual scale that the numbers are on; 0 and 6 around 1 to 5 stand for no answer."""
    if min(rest) == 0 and max(rest) == 10 and len(rest) >= 8:
        return (0, 10)
    for low, high in _SCALES:
        whole = rest >= set(range(low, high + 1))
        if whole and (rest <= set(range(low, high + 1)) or rest == set(range(low - 1, high + 2))):
            return (low, high)
    return None


def _as(plan: ColumnPlan, holds: Holds, **said: object) -> ColumnPlan:
    return ColumnPlan(**{**plan.__dict__, "holds": holds, **said})


def _is_apart(number: float, numbers: Sequence[float]) -> bool:
    others = [other for other in numbers if other != number and str(int(other)) not in _CODES]
    return bool(others) and (number > max(others) + 5 or number < min(others))


def _is_number(value: str) -> bool:
    return cells.looks_like_number(value) and len(value) < 20


def _most(values: Sequence[str], test: Callable[[str], bool]) -> bool:
    return bool(values) and sum(map(test, values)) >= ENOUGH * len(values)


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", fold(name[:200]))


def _is_read_by(read: Callable[[str], object]) -> Callable[[str], bool]:
    def reads(value: str) -> bool:
        try:
            read(value)
        except ValueError:
            return False
        return True

    return reads


_FITS: dict[Holds | None, Callable[[Mapping[str, int]], bool]] = {
    Holds.REF: lambda seen: all(count == 1 for count in seen.values()),
    Holds.WEIGHT: lambda seen: all(map(cells.looks_like_number, seen)),
    Holds.AT: lambda seen: _most(list(seen), _is_read_by(cells.moment)),
    Holds.PERSON: lambda seen: _most(list(seen), cells.looks_like_email),
    Holds.TOUCHPOINT: lambda _seen: True,
}
"""Whether the values bear out what the name says."""
