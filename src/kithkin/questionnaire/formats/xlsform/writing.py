"""A questionnaire as a form in a workbook, and what does not fit into one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kithkin.questionnaire.formats.infix import Untranslatable
from kithkin.questionnaire.formats.losses import Losses
from kithkin.questionnaire.formats.xlsform.book import workbook
from kithkin.questionnaire.formats.xlsform.expressing import Expressing
from kithkin.questionnaire.formats.xlsform.naming import Called, called, form_id
from kithkin.questionnaire.formats.xlsform.rows import Rows
from kithkin.questionnaire.formats.xlsform.types import NAMES
from kithkin.questionnaire.formats.xlsform.unwritten import tell_name
from kithkin.questionnaire.formats.xlsform.whole import tell_whole
from kithkin.questionnaire.model.text import Localised
from kithkin.questionnaire.questionnaire import Questionnaire

_TRANSLATED = ("label", "hint", "constraint_message", "required_message")
_SURVEY = ("type", "name", "label", "hint", "required", "required_message", "relevant", "constraint",
           "constraint_message", "calculation", "default", "read_only", "choice_filter", "appearance", "parameters",
           "repeat_count")  # fmt: skip
_STORED = "a form stores it among the answers"


def written(questionnaire: Questionnaire, losses: Losses) -> bytes:
    """The workbook."""
    names = called(questionnaire, losses)
    rows = Rows(questionnaire, names, losses)
    for page in questionnaire.pages:
        rows.page(page)
    _unasked(questionnaire, names, rows, losses)
    tell_whole(questionnaire, names, losses)
    languages = [language for language in sorted(questionnaire.languages) if language != questionnaire.language]
    spoken = [questionnaire.language, *languages]
    title = questionnaire.title.said_in(questionnaire.language) or "Form"
    settings = {"form_title": title, "form_id": form_id(title), "default_language": _column(questionnaire.language)}
    return workbook({
        "survey": _sheet(_SURVEY, rows.survey, spoken),
        "choices": _sheet(("list_name", "name", "label"), rows.choices, spoken),
        "settings": _sheet(tuple(settings), [settings], []),
    })  # fmt: skip


def _unasked(questionnaire: Questionnaire, names: Called, rows: Rows, losses: Losses) -> None:
    """Values that are computed, or come with the invitation."""
    for each in questionnaire.ours.embedded:
        row = {"type": "hidden", "name": names.of[each.name].name}
        if each.default is not None:
            row["default"] = str(each.default)
        rows.survey.append(row)
        losses.element(each.where, f"embedded value {each.name}")
        tell_name(each.where, each.name, names.of[each.name].name, losses)
        if not each.stored:
            losses.lost(f"{each.where}/stored", f"stored of embedded value {each.name}", _STORED)
    for value in questionnaire.calculated:
        what = f"calculated value {value.name}"
        losses.element(value.where, what)
        tell_name(value.where, value.name, names.of[value.name].name, losses)
        if not value.stored:
            losses.kept(f"{value.where}/includeIntoResult", what, _STORED)
        try:
            said = Expressing(names.of).condition(value.expression)
        except Untranslatable as error:
            losses.lost(value.where, what, f"it is empty: {error}")
            said = "''"
        rows.survey.append({"type": "calculate", "name": names.of[value.name].name, "calculation": said})


def _sheet(columns: Iterable[str], rows: list[dict[str, Any]], languages: list[str]) -> Iterator[list[str]]:
    """A sheet with the columns that are used; texts have one for each language."""
    used = [
        name for name in columns if name in {"type", "name", "label", "list_name"} or any(row.get(name) for row in rows)
    ]
    header: list[tuple[str, str | None]] = []
    for name in used:
        several = name in _TRANSLATED and len(languages) > 1
        header += [(name, language) for language in languages] if several else [(name, None)]
    yield [name if language is None else f"{name}::{_column(language)}" for name, language in header]
    for row in rows:
        yield [_text(row.get(name), language, languages) for name, language in header]


def _text(value: Any, language: str | None, languages: list[str]) -> str:
    """What a cell says. A text that lacks a language is said in it as respondents see it here: apps show a dash."""
    if not isinstance(value, Mapping):
        return "" if value is None else str(value) if language in {None, languages[0] if languages else None} else ""
    own = languages[0] if languages else ""
    return Localised(value).said_in(language or own, own)


def _column(language: str) -> str:
    return f"{NAMES[language]} ({language})" if language in NAMES else f"{language} ({language})"
