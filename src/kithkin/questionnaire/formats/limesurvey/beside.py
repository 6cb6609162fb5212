"""What stands with any question: what is said under it, and what its answer is at first."""

from __future__ import annotations

from typing import Any

from kithkin.questionnaire.formats.infix import Untranslatable
from kithkin.questionnaire.formats.limesurvey.questions import Making, Raw


def describe(making: Making, first: Raw) -> None:
    """Help, and what stands beside the answer, under the title."""
    helped = making.wording.plain(making.asked.helps, making.where, "the help")
    beside = [making.attribute(name) for name in ("prefix", "suffix")]
    said = lines([helped, *beside])
    if said:
        first["description"] = said
    if any(beside):
        making.near("prefix", "prefix or suffix", "it is said under the title")


def begin_with(making: Making, first: Raw) -> None:
    """The answers that are given beforehand."""
    values = {}
    for default in making.asked.defaults:
        said = default.texts.get(making.wording.language) or next(iter(default.texts.values()), "")
        if len(set(default.texts.values())) > 1:
            making.near("default", "the default", "one for all languages")
        if default.special:
            making.lost("default", f"the default of {default.special}", "only choices have defaults")
        elif "{" in said and not default.part:
            _computed(making, first, said)
        elif said:
            values[default.part] = said
    if first["type"] == "checkbox" and values:
        first["defaultValue"] = [code for code, said in values.items() if said == "Y"]
    elif "" in values:
        first["defaultValue"] = values[""]
    elif first["type"] in {"multipletext", "matrix"} and values:
        first["defaultValue"] = values
    elif values:
        making.lost("default", "the defaults", "cells have no defaults")


def _computed(making: Making, first: Raw, said: str) -> None:
    try:
        first["defaultValueExpression"] = making.manager.value(said)
    except Untranslatable as error:
        making.lost("default", f"the default {said[:80]!r}", error)


def lines(texts: list[Any]) -> Any:
    """Texts under one another, in every language."""
    given = [text if isinstance(text, dict) else {"default": text} for text in texts if text]
    languages = list(dict.fromkeys(language for text in given for language in text))
    found = {
        language: "\n".join(said for text in given if (said := text.get(language) or text.get("default", "")))
        for language in languages
    }
    return found.get("default") if set(found) == {"default"} else found or None
