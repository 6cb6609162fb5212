"""What of SurveyJS's vocabulary is evaluated here, and what is only kept: told of a questionnaire as it was read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kithkin.questionnaire.expressions import ExpressionError, Functions, compile_expression
from kithkin.questionnaire.formats.losses import Losses
from kithkin.questionnaire.formats.wording import removed
from kithkin.questionnaire.model.elements import Element, Page, Panel, Shown, Unknown
from kithkin.questionnaire.model.questionnaire import walk
from kithkin.questionnaire.model.text import Localised
from kithkin.questionnaire.questionnaire import Questionnaire
from kithkin.questionnaire.replaying.texts import judging, settling, totalling, whole_texts
from kithkin.questionnaire.vocabulary import PAGE, PANEL, QUESTIONS, SURVEY, Property, State

_ASKS_AWAY = "choices come from another server, which is not asked here: any short text is accepted"
_UNHEEDED = {
    **dict.fromkeys(
        ("maxTimeToFinish", "maxTimeToFinishPage", "timeLimit", "timeLimitPerPage"), "nothing ends by itself"
    ),
    "cookieName": "the invitation lets people in once",
    "showPrevButton": "one can always go back",
}
_HIDDEN = "an answer to a hidden question is always empty here, whatever this says"
_FUNCTIONS = Functions().names()
_ONLY_KEPT = "stays in the file and decides nothing here"


def tell_of_body(questionnaire: Questionnaire, losses: Losses) -> None:
    """Tell of every page, panel and question, of what is unknown, and of what is read otherwise than by SurveyJS."""
    body = questionnaire.document.get("body", questionnaire.document)
    losses.element("/", "the questionnaire")
    _tell_kept("/", "the questionnaire", body, SURVEY, losses)
    if body.get("clearInvisibleValues") not in {None, "onComplete", "onHidden"}:
        losses.approximated("/clearInvisibleValues", "clearInvisibleValues", _HIDDEN)
    _tell_unheeded("", "the questionnaire", body, losses)
    for element in walk(questionnaire.pages):
        _tell(element, losses)
        if isinstance(element, Shown):
            _tell_running(f"{element.where}/html", element.html, losses)
    for page in questionnaire.completion:
        _tell_running(page.html_where, page.html, losses)
    for where, text in whole_texts(questionnaire):
        _tell_expression(where, f"the expression {text[:80]!r}", text, losses)
    for each in questionnaire.kept:
        losses.approximated(each.where, each.what, f"not known here: it {_ONLY_KEPT}")


def ours_alone(questionnaire: Questionnaire) -> Iterator[tuple[str, str]]:
    """Where each part stands for which no other tool has a word, and what it is."""
    own = questionnaire.ours
    yield from ((each.where, f"{each.measures} measured by {each.question}") for each in own.metrics)
    yield from ((each.where, f"quota {each.name}") for each in own.quotas)
    yield from ((each.where, f"randomisation {each.name}") for each in own.randomisation)
    yield from ((each.where, f"score {each.name}") for each in own.scoring)


def _tell(element: Element, losses: Losses) -> None:
    what = f"{element.type} {element.name}".strip()
    losses.element(element.where, what)
    if isinstance(element, Unknown):
        losses.approximated(element.where, what, "a type that is not known here: kept, but not shown")
        return
    known = PAGE if isinstance(element, Page) else PANEL if isinstance(element, Panel) else None
    _tell_kept(element.where, what, element.raw, known or QUESTIONS[element.type].properties, losses)
    if isinstance(element, Page):
        _tell_unheeded(element.where, what, element.raw, losses)
    if element.raw.get("choicesByUrl"):
        losses.approximated(f"{element.where}/choicesByUrl", f"choicesByUrl of {what}", _ASKS_AWAY)
    for where, text in (*settling(element), *judging(element), *totalling(element)):
        _tell_expression(where, f"{where.removeprefix(element.where).strip('/')} of {what}", text, losses)


def _tell_running(where: str, html: Localised, losses: Losses) -> None:
    """Tell of what would run or embed something; it stays in the file, and is left out wherever it is shown."""
    for what in dict.fromkeys(each for text in html.texts.values() for each in removed(text)):
        losses.approximated(where, f"{what} in HTML", "it stays in the file and is left out where that is shown")


def _tell_kept(where: str, what: str, raw: Mapping[str, Any], known: Mapping[str, Property], losses: Losses) -> None:
    names = [name for name in raw if name in known and known[name].state is State.KEPT]
    if names:
        losses.kept(where, what, f"{_ONLY_KEPT}: {', '.join(names)}")


def _tell_unheeded(where: str, what: str, raw: Mapping[str, Any], losses: Losses) -> None:
    """Tell of what would bind respondents there and does not here."""
    for name, reason in _UNHEEDED.items():
        binding = raw.get(name) is False if name == "showPrevButton" else raw.get(name) not in (None, "", 0, -1)
        if binding:
            losses.approximated(f"{where}/{name}", f"{name} of {what}", f"it {_ONLY_KEPT}: {reason}")


def _tell_expression(where: str, what: str, text: str, losses: Losses) -> None:
    try:
        unknown = compile_expression(text).calls - _FUNCTIONS
    except ExpressionError as error:
        losses.approximated(where, what, f"it is no expression, and nobody can answer before it is mended: {error}")
        return
    for name in sorted(unknown):
        losses.approximated(where, what, f"the function {name[:80]}() is not known here and gives nothing")
