"""Questionnaires and answers drawn at random, for what must hold of all of them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from kithkin.questionnaire.vocabulary import QUESTIONS

scalars = (
    st.none()
    | st.booleans()
    | st.integers(-3, 12)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=6)
)
json_values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)


def of_kind(kind: str) -> st.SearchStrategy[Any]:  # noqa: PLR0911
    """Values that a property of a kind may hold."""
    texts = st.text(st.characters(codec="utf-8"), max_size=8)
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
