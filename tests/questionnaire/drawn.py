"""Questionnaires and answers drawn at random, for what must hold of all of them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from kithkin.questionnaire.vocabulary import QUESTIONS

texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=6)
scalars = st.none() | st.booleans() | st.integers(-3, 12) | st.floats(allow_nan=False, allow_infinity=False) | texts
json_values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


def of_kind(kind: str) -> st.SearchStrategy[Any]:  # noqa: PLR0911
    """Values that a property of a kind may hold."""
    texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)
    match kind:
        case "localised":
            return texts | st.dictionaries(st.sampled_from(["default", "de", "fr"]), texts, max_size=3)
        case "flag":
            return st.booleans()
        case "number":
            return st.integers(-5, 20) | st.floats(-5, 20)
        case "whole":
            return st.integers(0, 6)
        case "items":
            item = st.builds(lambda value, text: {"value": value, "text": text}, st.sampled_from("abcdef"), texts)
            return st.lists(st.sampled_from("abcdef") | item | st.integers(0, 5), max_size=5)
        case "names":
            return st.lists(texts, max_size=3)
        case "text":
            return texts
        case "value":
            return json_values
    words = kind.split("|")
    return st.sampled_from(words) if len(words) > 1 else st.nothing()


@st.composite
def elements(draw: Any, kinds: list[str] | None = None) -> dict[str, Any]:
    """A question of any type with properties that its type has."""
    kind = draw(st.sampled_from(kinds or sorted(QUESTIONS)))
    table = [
        said
        for said in QUESTIONS[kind].properties.values()
        if said.kind not in {"elements", "columns", "fields", "validators", "expression", "object"}
        and said.name not in {"type", "name", "valueName", "rateStep", "rateMin", "rateMax", "rateCount"}
    ]
    chosen = draw(st.lists(st.sampled_from(table), max_size=5, unique_by=lambda said: said.name))
    properties = {said.name: draw(of_kind(said.kind)) for said in chosen}
    return {"type": kind, "name": draw(st.sampled_from(["q1", "q2", "q3", "q4", "q5", "q6"]))} | properties


bodies = st.builds(lambda found: {"pages": [{"elements": found}]}, st.lists(elements(), max_size=6))

NAMES = ["q1", "q2", "q3", "q4", "q5", "q6"]
_ATOMS = ["= 1", "= 'a'", "notempty", "empty", "contains 'b'", "> 2", "anyof ['a', 'c']", "<> 3"]
_atoms = st.builds(
    lambda name, test: f"{{{name}}} {test}", st.sampled_from([*NAMES, "q1[0].a", "q2.a", "c1"]), st.sampled_from(_ATOMS)
)
conditions = _atoms | st.builds(
    lambda one, word, other: f"{one} {word} {other}", _atoms, st.sampled_from(["and", "or"]), _atoms
)
_formulas = st.sampled_from(["{q1} + 1", "{q2}", "iif({q3} notempty, 'a', 'b')", "2", "{q4.length}", "{c1}"])
_items = st.lists(
    st.sampled_from(["a", "b", "c", 1, 2, 3])
    | st.builds(lambda value, when: {"value": value, "visibleIf": when}, st.sampled_from("abc"), conditions),
    max_size=4,
)
_logic = st.fixed_dictionaries(
    {},
    optional={
        "visibleIf": conditions, "enableIf": conditions, "requiredIf": conditions, "isRequired": st.booleans(),
        "setValueIf": conditions, "setValueExpression": _formulas, "defaultValueExpression": _formulas,
        "resetValueIf": conditions, "defaultValue": st.sampled_from([1, "a", ["a"], {"a": 1}, [{"a": 1}]]),
        "readOnly": st.booleans(), "showCommentArea": st.booleans(), "visible": st.booleans(),
        "valueName": st.sampled_from([*NAMES, "v"]), "choicesFromQuestion": st.sampled_from(NAMES),
        "choicesFromQuestionMode": st.sampled_from(["all", "selected", "unselected"]),
        "hideIfChoicesEmpty": st.booleans(),
    },
)  # fmt: skip


@st.composite
def questions(draw: Any, names: list[str] | None = None, depth: int = 0) -> dict[str, Any]:
    """A question with logic, that depends on others and they on it."""
    kinds = sorted(set(QUESTIONS) - ({"paneldynamic", "matrixdynamic", "matrixdropdown"} if depth > 1 else set()))
    kind = draw(st.sampled_from(kinds))
    asked = {"type": kind, "name": draw(st.sampled_from(names or NAMES))} | draw(_logic)
    if kind == "expression":
        asked["expression"] = draw(_formulas)
    if "choices" in QUESTIONS[kind].properties or kind == "matrix":
        asked |= {"choices": draw(_items), "rows": draw(_items), "columns": draw(_items)}
        asked |= {"showOtherItem": draw(st.booleans()), "hasNone": draw(st.booleans())}
    if kind in {"paneldynamic", "matrixdynamic", "matrixdropdown"}:
        inner = [draw(questions([name], depth + 1)) for name in draw(st.sampled_from(["", "a", "ab"]))]
        cells = [{**one, "cellType": one["type"]} for one in inner if one["type"] in CELLS]
        asked |= {"templateElements": inner} if kind == "paneldynamic" else {"columns": cells, "rows": draw(_items)}
        asked |= {"panelCount": draw(st.integers(0, 3)), "rowCount": draw(st.integers(0, 3))}
    return asked


CELLS = {"text", "comment", "boolean", "dropdown", "checkbox", "radiogroup", "rating", "expression"}


_TRIGGERS = st.fixed_dictionaries(
    {"type": st.sampled_from(["complete", "skip", "setvalue", "copyvalue", "runexpression"]), "expression": conditions},
    optional={
        "setToName": st.sampled_from([*NAMES, "v1"]), "setValue": st.sampled_from([1, "a"]),
        "gotoName": st.sampled_from(NAMES), "fromName": st.sampled_from(NAMES), "runExpression": _formulas,
    },
)  # fmt: skip
_CALCULATED = st.builds(lambda text: {"name": "c1", "expression": text, "includeIntoResult": True}, _formulas)


@st.composite
def logical(draw: Any) -> dict[str, Any]:
    """A questionnaire of pages and panels with logic everywhere."""
    names = iter(NAMES)
    pages = []
    for number in range(draw(st.integers(1, 3))):
        elements = [draw(questions([next(names)])) for _ in range(draw(st.integers(0, 2)) if number else 2)]
        if elements and draw(st.booleans()):
            inner = [elements.pop()]
            elements.append({"type": "panel", "name": f"panel{number}", "elements": inner} | draw(_logic))
        pages.append({"name": f"page{number}", "elements": elements} | draw(_logic))
    return {
        "pages": pages,
        "triggers": draw(st.lists(_TRIGGERS, max_size=2)),
        "calculatedValues": draw(st.lists(_CALCULATED, max_size=1)),
        "questionsOrder": draw(st.sampled_from(["initial", "random"])),
    }


_cells = st.dictionaries(
    st.sampled_from(["a", "b", "c", "1"]), st.sampled_from([1, 2, "a", "b", True, ["a"], None]), max_size=3
)
_likely = st.sampled_from([1, 2, 3, "a", "b", "other", True, False, ["a"], ["a", "b"], ["none"], None, "", []])
answers = st.dictionaries(
    st.sampled_from([*NAMES, "q1-Comment", "q2-Comment", "c1", "zz"]),
    _likely
    | _cells
    | st.lists(_cells, max_size=3)
    | st.dictionaries(st.sampled_from("ab1"), _cells, max_size=2)
    | json_values,
    max_size=6,
)
