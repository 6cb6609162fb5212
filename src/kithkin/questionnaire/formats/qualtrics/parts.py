"""Quotas, scoring, and what the options of a survey say."""

from __future__ import annotations

from typing import Any

from kithkin.questionnaire.formats.conditions import ALWAYS, NEVER
from kithkin.questionnaire.formats.qualtrics.asked import Asked, Family
from kithkin.questionnaire.formats.qualtrics.book import Book
from kithkin.questionnaire.formats.qualtrics.logic import Logic
from kithkin.questionnaire.formats.qualtrics.piping import Piping
from kithkin.questionnaire.formats.qualtrics.raw import Raw, is_on, listed, mapping, number, said, whole

_NOT_TAKEN = {
    "Header": "pages have no header of their own", "Footer": "pages have no footer of their own",
    "CustomStyles": "looks are not taken over", "ExternalCSS": "looks are not taken over",
    "JavaScript": "scripts are never run", "SurveyExpiration": "a program says how long it runs",
    "Password": "the invitation lets people in", "BallotBoxStuffingPrevention": "the invitation lets people in once",
    "EmailThankYou": "mail at the end is a rule of the program",
    "InactiveMessage": "it lies in the library of Qualtrics",
}  # fmt: skip
Grade = tuple[str, str, float]
"""A choice, an answer, and what they are worth."""
_ENDING = {"EndCurrentSurvey", "EndSurvey", "ScreenOut", "TerminateSurvey"}


def quotas(book: Book, logic: Logic) -> list[Raw]:
    """How many of a kind are wanted."""
    found = []
    for raw in book.survey.quotas:
        name = said(raw.get("Name")) or said(raw.get("ID")) or "quota"
        where = said(raw.get("ID")) or name[:60]
        book.losses.element(where, f"quota {name[:60]}")
        condition = logic.expression(raw.get("Logic"), where, otherwise=NEVER)
        quota: Raw = {"name": name, "then": "end" if said(raw.get("QuotaAction")) in _ENDING else "mark"}
        limit = whole(raw.get("Occurrences", raw.get("Count")))
        quota |= {"limit": limit} if limit is not None and limit >= 0 else {}
        quota |= {"when": condition} if condition not in {None, ALWAYS} else {}
        if quota["then"] == "mark" and said(raw.get("QuotaAction")) not in {"", "ForBranching", "None"}:
            what = f"what quota {name[:60]} does"
            book.losses.lost(where, what, f"{said(raw.get('QuotaAction'))[:40]} is nothing that a quota does here")
        if mapping(raw.get("QuotaSchedule")):
            book.losses.lost(where, f"the schedule of quota {name[:60]}", "quotas hold as long as the program runs")
        found.append(quota)
    return found


def scoring(book: Book, piping: Piping, made: dict[str, list[Raw]]) -> list[Raw]:
    """Points per choice; `made` holds the elements of each question, where the points are put."""
    found, graded = [], _graded(book)
    for category in map(mapping, listed(book.survey.scoring.get("ScoringCategories"))):
        identifier, label = said(category.get("ID")), said(category.get("Name"))
        names = [
            element["name"]
            for asked, grades in graded.get(identifier, {}).values()
            for element in made.get(asked.name, [])
            if _score(book, asked, grades, element)
        ]
        if names:
            book.losses.element(identifier, f"score {label[:60]}")
            found.append({"name": piping.score(f"gr://{identifier}"), "questions": names})
    return found


def _score(book: Book, asked: Asked, grades: list[Grade], element: Raw) -> bool:
    """Whether a question gives points to a category; they are put on its choices or columns."""
    where = f"{asked.qid}/GradingData"
    items = element.get("choices") or element.get("columns")
    if asked.family not in {Family.ONE, Family.SEVERAL, Family.MATRIX_ONE, Family.MATRIX_SEVERAL} or not items:
        book.losses.lost(where, f"points of {asked.family}", "only choices and columns have points here")
        return False
    by_column = asked.family in {Family.MATRIX_ONE, Family.MATRIX_SEVERAL}
    values = asked.columns if by_column else asked.values
    points: dict[Any, float] = {}
    for choice, answer, worth in grades:
        value = values.get(answer if by_column else choice)
        if value is None:
            continue
        if points.setdefault(value, worth) != worth:
            book.losses.lost(where, "points that differ between rows", "a column has the same points in every row here")
    for item in items:
        given = points.get(item["value"])
        if given is not None and item.setdefault("score", given) != given:
            book.losses.lost(where, "points of a second score", "a choice has one number of points here")
    return bool(points)


def _graded(book: Book) -> dict[str, dict[str, tuple[Asked, list[Grade]]]]:
    """By category and question: what its choices and answers are worth."""
    found: dict[str, dict[str, tuple[Asked, list[Grade]]]] = {}
    for asked in book.asked.values():
        for grade in map(mapping, listed(asked.raw.get("GradingData"))):
            for category, points in mapping(grade.get("Grades")).items():
                worth = number(points)
                if worth is not None:
                    _, grades = found.setdefault(category, {}).setdefault(asked.qid, (asked, []))
                    grades.append((said(grade.get("ChoiceID")), said(grade.get("AnswerID")), worth))
    return found


def tell_of_options(book: Book) -> None:
    """Tell of options that do not come along."""
    for name, reason in _NOT_TAKEN.items():
        value = book.survey.options.get(name)
        if value not in (None, "", [], {}, False, "false", "None", "No"):
            book.losses.lost(f"options/{name}", f"the option {name}", reason)
    if said(book.survey.options.get("BackButton")).lower() in {"false", "no"}:
        book.losses.approximated("options/BackButton", "no way back", "one can always go back")
    if is_on(book.survey.options.get("AnonymizeResponse")):
        reason = "answers are confidential until you promise more: say so in the program"
        book.losses.approximated("options/AnonymizeResponse", "anonymised answers", reason)
