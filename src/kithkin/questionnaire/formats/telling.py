"""What of SurveyJS's vocabulary is evaluated here, and what is only kept: told of a questionnaire as it was read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kithkin.questionnaire.expressions import ExpressionError, compile_expression
from kithkin.questionnaire.formats.losses import Losses
from kithkin.questionnaire.formats.wording import removed
from kithkin.questionnaire.model.elements import Element, Page, Panel, Shown, Unknown
from kithkin.questionnaire.model.questionnaire import walk
from kithkin.questionnaire.model.text import Localised
from kithkin.questionnaire.questionnaire import Questionnaire
from kithkin.questionnaire.vocabulary import PAGE, PANEL, QUESTIONS, SURVEY, Property, State

_ASKS_AWAY = "choices come from another server, which is not asked here: any short text is accepted"
_HIDDEN = "an answer to a hidden question is always empty here, whatever this says"
_ONLY_KEPT = "stays in the file and decides nothing here"


def tell_of_body(questionnaire: Questionnaire, losses: Losses) -> None:
    """Tell of every page, panel and question, of what is unknown, and of what is read otherwise than by SurveyJS."""
    body = questionnaire.document.get("body", questionnaire.document)
    losses.element("/", "the questionnaire")
    _tell_kept("/", "the questionnaire", body, SURVEY, losses)
    if body.get("clearInvisibleValues") not in {None, "onComplete", "onHidden"}:
        losses.approximated("/clearInvisibleValues", "clearInvisibleValues", _HIDDEN)
    for element in walk(questionnaire.pages):
        _tell(element, losses)
        if isinstance(element, Shown):
            _tell_running(f"{element.where}/html", element.html, losses)
    for page in questionnaire.completion:
        _tell_running(page.html_where, page.html, losses)
    for each in questionnaire.kept:
        losses.approximated(each.where, each.what, f"not known here: it {_ONLY_KEPT}")


def _tell(element: Element, losses: Losses) -> None:
    what = f"{element.type} {element.name}".strip()
    losses.element(element.where, what)
    if isinstance(element, Unknown):
        losses.approximated(element.where, what, "a type that is not known here: kept, but not shown")
        return
    known = PAGE if isinstance(element, Page) else PANEL if isinstance(element, Panel) else None
    _tell_kept(element.where, what, element.raw, known or QUESTIONS[element.type].properties, losses)
    if element.raw.get("choicesByUrl"):
        losses.approximated(f"{element.where}/choicesByUrl", f"choicesByUrl of {what}", _ASKS_AWAY)
    for name, text in _expressions(element.raw):
        try:
            compile_expression(text)
        except ExpressionError as error:
            reason = f"it is no expression: {error}"
            losses.approximated(f"{element.where}/{name}", f"{name} of {what}", reason)


def _tell_running(where: str, html: Localised, losses: Losses) -> None:
    """Tell of what would run or embed something; it stays in the file, and is left out wherever it is shown."""
    for what in dict.fromkeys(each for text in html.texts.values() for each in removed(text)):
        losses.approximated(where, f"{what} in HTML", "it stays in the file and is left out where that is shown")


def _tell_kept(where: str, what: str, raw: Mapping[str, Any], known: Mapping[str, Property], losses: Losses) -> None:
    names = [name for name in raw if name in known and known[name].state is State.KEPT]
    if names:
        losses.kept(where, what, f"{_ONLY_KEPT}: {', '.join(names)}")


def _expressions(raw: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in raw.items():
        if isinstance(value, str) and value.strip() and (name.endswith(("If", "Expression")) or name == "expression"):
            yield name, value
