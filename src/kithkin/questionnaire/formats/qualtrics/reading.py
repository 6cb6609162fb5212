"""A QSF file as a questionnaire."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kithkin.questionnaire.formats.errors import FormatError
from kithkin.questionnaire.formats.format import Format
from kithkin.questionnaire.formats.losses import Losses
from kithkin.questionnaire.formats.opening import Opened
from kithkin.questionnaire.formats.qualtrics.asked import Family
from kithkin.questionnaire.formats.qualtrics.book import Book
from kithkin.questionnaire.formats.qualtrics.flow import Flow, ending_of
from kithkin.questionnaire.formats.qualtrics.logic import Logic
from kithkin.questionnaire.formats.qualtrics.parts import quotas, scoring, tell_of_options
from kithkin.questionnaire.formats.qualtrics.piping import Piping
from kithkin.questionnaire.formats.qualtrics.raw import Raw, listed, mapping, said
from kithkin.questionnaire.formats.qualtrics.survey import is_trash, taken_apart
from kithkin.questionnaire.formats.qualtrics.table import LOGIC, TABLE
from kithkin.questionnaire.model.questionnaire import FORMAT, VERSION

MOST_QUESTIONS = 20_000


def _recognises(opened: Opened) -> bool:
    return opened.head.startswith(b"{") and b'"SurveyElements"' in opened.content and "SurveyElements" in opened.json


def _read(opened: Opened, losses: Losses) -> dict[str, Any]:
    survey = taken_apart(opened.json, losses)
    if len(survey.questions) > MOST_QUESTIONS:
        raise FormatError("/SurveyElements", f"More than {MOST_QUESTIONS:,} questions.", "Divide the survey.")
    book = Book(survey, losses)
    piping = Piping(book)
    logic = Logic(book, piping)
    flow = Flow(book, logic, piping)
    flow.walk(survey.flow)
    _tell_unused(book, flow.blocks.used)
    tell_of_options(book)
    own = {
        "metrics": _metrics(book, flow.pages),
        "quotas": quotas(book, logic),
        "randomisation": flow.drawn,
        "scoring": scoring(book, piping, _by_question(book, flow.pages)),
        "completion": _completion(book, piping, flow),
    }
    embedded, calculated, triggers = flow.values()
    own["embedded"] = embedded
    body: Raw = {"title": said(survey.entry.get("SurveyName")), "locale": book.own_language}
    description = said(survey.entry.get("SurveyDescription"))
    body |= {"description": description} if description else {}
    body |= {"calculatedValues": [*book.calculated, *calculated]} if book.calculated or calculated else {}
    body |= {"triggers": triggers} if triggers else {}
    body["pages"] = flow.pages
    return {
        "format": FORMAT,
        "version": VERSION,
        "body": body,
        "kithkin": {name: part for name, part in own.items() if part},
    }


def _tell_unused(book: Book, used: set[str]) -> None:
    reasons = dict.fromkeys(book.survey.questions, "it stands in no block")
    for name, block in book.survey.blocks.items():
        thrown = is_trash(block)
        reason = (
            "" if name in used else "what was thrown away stays there" if thrown else "the flow does not lead to it"
        )
        for each in listed(block.get("BlockElements")):
            qid = said(mapping(each).get("QuestionID"))
            if reasons.get(qid):
                reasons[qid] = reason
    for qid, reason in reasons.items():
        if reason:
            book.losses.lost(qid, f"question {qid}", reason)


def _completion(book: Book, piping: Piping, flow: Flow) -> list[Raw]:
    default = ending_of(book.survey.options, book, piping, "options")
    return [*flow.endings, *([default] if default else [])]


def _metrics(book: Book, pages: list[Raw]) -> list[Raw]:
    """Recommendations measure NPS, in each round of a loop too."""
    names = {asked.name for asked in book.asked.values() if asked.family is Family.NPS}
    return [
        {"question": element["name"], "measures": "nps"}
        for element in _questions(pages)
        if any(name in names for name in _called(element["name"]))
    ]


def _called(name: str) -> Iterator[str]:
    """A name, and what it may be called outside of a loop."""
    yield name
    parts = name.split("_loop")
    yield from ("_loop".join(parts[:place]) for place in range(1, len(parts)))


def _by_question(book: Book, pages: list[Raw]) -> dict[str, list[Raw]]:
    found: dict[str, list[Raw]] = {}
    names = {asked.name for asked in book.asked.values()}
    for element in _questions(pages):
        name = element["name"]
        base = name if name in names else name.rpartition("_loop")[0]
        found.setdefault(base, []).append(element)
    return found


def _questions(elements: list[Raw]) -> Iterator[Raw]:
    for element in elements:
        if "elements" in element:
            yield from _questions(element["elements"])
        else:
            yield element


QUALTRICS = Format(
    "qualtrics",
    "Qualtrics QSF",
    _recognises,
    _read,
    tables={"Questions, by type and selector": TABLE, "All else": LOGIC},
)
