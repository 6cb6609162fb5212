"""How long a questionnaire takes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from kithkin.questionnaire.checking.finding import Finding, Kind, Severity
from kithkin.questionnaire.model import elements as model
from kithkin.questionnaire.model.choices import Choices
from kithkin.questionnaire.model.elements import Container, Element, Question
from kithkin.questionnaire.model.questionnaire import Body, walk
from kithkin.questionnaire.model.text import Localised

LONG = 10
VERY_LONG = 20
"""Minutes above which a questionnaire is long, and far too long: rules of thumb of our own."""
WORDS_PER_SECOND = 4.0
"""Silent reading of plain text: 238 words a minute (Brysbaert 2019, Journal of Memory and Language 109)."""
_SECONDS = {
    "comment": 25.0, "text": 8.0, "boolean": 3.0, "radiogroup": 4.0, "dropdown": 5.0, "buttongroup": 3.0,
    "checkbox": 7.0, "tagbox": 8.0, "ranking": 20.0, "imagepicker": 5.0, "rating": 4.0, "slider": 6.0, "file": 45.0,
    "signaturepad": 15.0, "constantsum": 25.0,
}  # fmt: skip
_PER_ROW = 4.0
_PER_SET = 10.0
_REPEATS = 2
_READ = 20
_TAG = re.compile(r"<[^<>]{0,1000}>")
_TOGETHER = re.compile("[\u3040-\u30ff\u3400-\u9fff]")


def estimated_minutes(body: Body) -> float:
    """Minutes for a respondent in the middle: reading, and a time for each kind of answer.

    The times for answers are rules of thumb of our own, good for telling five minutes from twenty and for nothing
    finer. An ordinary question (14 words, five choices of two) comes to 10 seconds; Pew Research Center plans 85 such
    in 15 minutes, 10.6 seconds each (How we keep our online surveys from running too long, 2022). What
    a condition may hide counts half, with all that stands in it; of a block of which some are drawn each
    counts as often as it is drawn.
    """
    drawn = {name: each.show / len(each.of) for each in body.ours.randomisation if each.show for name in each.of}
    return round(_seconds(body.pages, drawn) / 60, 1)


def _seconds(elements: Iterable[Element], drawn: Mapping[str, float]) -> float:
    total = 0.0
    for element in elements:
        own = _reading(element) + (_answering(element) if isinstance(element, Question) else 0.0)
        if isinstance(element, Container):
            own += _seconds(element.elements, drawn)
        share = 0.5 if element.visible_if is not None else float(element.visible)
        total += own * share * min(drawn.get(element.name, 1.0), 1.0)
    return total


def too_long(body: Body) -> Iterator[Finding]:
    """Said of a questionnaire that takes long."""
    minutes = estimated_minutes(body)
    if minutes > LONG:
        severity = Severity.WARNING if minutes > VERY_LONG else Severity.NOTE
        what = f"It takes about {minutes:.0f} minutes; more than {LONG} is long, more than {VERY_LONG} far too long."
        yield Finding(severity, Kind.LENGTH, "", what, "Ask less, or show parts of it to some (randomisation).")


def _reading(element: Element) -> float:
    words = _words(element.title) + _words(element.description)
    if isinstance(element, model.Shown):
        words += _words(element.html)
    match element:
        case model.Choose() | model.ConstantSum():
            words += _all_words(element.choices)
        case model.Rating():
            words += _all_words(element.points) + _words(element.lowest_text) + _words(element.highest_text)
        case model.Matrix():
            words += _all_words(element.rows, len(element.rows.ordinary)) + _all_words(element.columns)
        case model.MaxDiff():
            many = len(element.choices.ordinary)
            seen = min(element.set_size, many) * element.set_count
            words += _all_words(element.choices, many) * seen // max(many, 1)
        case model.MultipleText():
            words += sum(_words(field.title) for field in element.fields)
        case model.Repeated():
            words += sum(_words(each.title) for each in walk(element.elements))
            words += _all_words(element.rows, len(element.rows.ordinary)) if isinstance(element, model.NamedRows) else 0
    return words / WORDS_PER_SECOND


def _all_words(choices: Choices, most: int = _READ) -> int:
    """Words of choices; of long lists people read the beginning."""
    return sum(_words(choice.text) or _spelled(choice.value) for choice in choices.ordinary[:most])


def _spelled(value: object) -> int:
    return len(value.split()) if isinstance(value, str) else 0


def _words(text: Localised) -> int:
    """Words of a text without its tags; of Chinese and Japanese, which have no spaces, two characters are one."""
    said = _TAG.sub(" ", next(iter(text.texts.values()), ""))
    return len(_TOGETHER.sub(" ", said).split()) + len(_TOGETHER.findall(said)) // 2


def _answering(question: Question) -> float:  # noqa: PLR0911
    match question:
        case model.Shown() | model.Computed() | model.Unknown():
            return 0.0
        case model.Matrix():
            return _PER_ROW * len(question.rows.ordinary)
        case model.NamedRows():
            return len(question.rows.ordinary) * _inside(question)
        case model.Growing():
            return min(max(question.fewest, question.first, _REPEATS), question.most) * _inside(question)
        case model.MultipleText():
            return 6.0 * len(question.fields)
        case model.MaxDiff():
            return _PER_SET * question.set_count
    return _SECONDS.get(question.type, 8.0)


def _inside(question: model.Repeated) -> float:
    return sum(_answering(element) for element in walk(question.elements) if isinstance(element, Question))
