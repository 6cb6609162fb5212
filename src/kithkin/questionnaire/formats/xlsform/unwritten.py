"""Settings of questions for which a form has no word: told one by one, so that nothing stays behind unsaid."""

from __future__ import annotations

from typing import Any

from kithkin.questionnaire.formats.losses import Losses
from kithkin.questionnaire.model import elements as model
from kithkin.questionnaire.model.elements import Question

_TEXTS = "a form says it in its own words"
_SETTINGS: dict[str, str] = {
    **dict.fromkeys(("setValueIf", "resetValueIf"), "a form computes answers whenever what they come from changes"),
    **dict.fromkeys(("hideIfChoicesEmpty", "hideIfRowsEmpty"), "it is shown with nothing to choose from"),
    **dict.fromkeys(("columnsVisibleIf", "rowsVisibleIf", "templateVisibleIf"), "all of them are always shown"),
    **dict.fromkeys(("rowsOrder", "rowOrder"), "rows stand as they are listed"),
    **dict.fromkeys(("keyName", "eachRowUnique"), "rows may be alike"),
    **dict.fromkeys(("showSelectAllItem", "hasSelectAll"), "choices are chosen one by one"),
    **dict.fromkeys(("keyDuplicationError", "minErrorText", "maxErrorText", "otherErrorText", "commentText"), _TEXTS),
    **dict.fromkeys(("minRangeLength", "maxRangeLength"), "a form has no stretches"),
    **dict.fromkeys(("maxFiles", "maxSize"), "a form does not bound files"),
    "correctAnswer": "a form is no quiz",
    "templateTitle": "repetitions have no title of their own",
    "valuePropertyName": "choices are words, no objects",
    "precision": "values are shown with all their digits",
    "selectToRankEnabled": "all choices are ranked",
    "detailElements": "rows have no further questions",
}
_LOOKS = frozenset({"rateType", "placeholder"})
_OF_ONE_ANSWER = (
    "isRequired", "requiredIf", "requiredErrorText", "readOnly", "defaultValue", "defaultValueExpression",
    "setValueExpression", "showCommentArea", "hasComment", "validators",
)  # fmt: skip
_OF_SEVERAL = "it belongs to a group there, which is no question"
_OF_COMPUTED = "what is computed is not asked for"


def tell_unwritten(question: Question, losses: Losses) -> None:
    """Tell of each setting that does not go out."""
    for name in question.raw:
        reason = _SETTINGS.get(name, "")
        if reason and _says_something(question.raw[name]):
            _tell(question, name, reason, losses)
        elif name in _LOOKS:
            losses.kept(f"{question.where}/{name}", f"{name} of {question.name}", "looks are left out")
    if isinstance(question, model.Matrix | model.MultipleText | model.Growing):
        _tell_all(question, _OF_ONE_ANSWER, _OF_SEVERAL, losses)
    elif isinstance(question, model.Computed | model.Shown):
        described = () if isinstance(question, model.Shown) else ("description",)
        _tell_all(question, (*_OF_ONE_ANSWER, *described), _OF_COMPUTED, losses)
    elif isinstance(question, model.File) and question.accepted and ",".join(question.accepted) not in _KNOWN_FILES:
        _tell(question, "acceptedTypes", "any file is accepted", losses)
    if isinstance(question, model.Choose) and any(each.role.value == "other" for each in question.choices.special):
        _tell_all(question, ("otherText",), _TEXTS, losses)
    if isinstance(question, model.Growing) and question.first not in {0, 1, question.fewest}:
        _tell_all(question, ("rowCount", "panelCount"), "one is shown at first", losses)


_KNOWN_FILES = frozenset({"image/*", "audio/*", "video/*"})


def _tell_all(question: Question, names: tuple[str, ...], reason: str, losses: Losses) -> None:
    for name in names:
        if _says_something(question.raw.get(name)) and not (
            isinstance(question, model.Shown) and name == "description"
        ):
            _tell(question, name, reason, losses)


def _tell(question: Question, name: str, reason: str, losses: Losses) -> None:
    losses.lost(f"{question.where}/{name}", f"{name} of {question.name}", reason)


def _says_something(value: Any) -> bool:
    return value not in (None, False, "", [], {}, "initial", "none", 0)
