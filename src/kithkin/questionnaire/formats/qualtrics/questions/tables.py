"""Matrices of every kind, and questions side by side."""

from __future__ import annotations

from typing import Any

from kithkin.questionnaire.formats.qualtrics.asked import Family
from kithkin.questionnaire.formats.qualtrics.logic import source_of
from kithkin.questionnaire.formats.qualtrics.questions.maker import TEXTS, Maker
from kithkin.questionnaire.formats.qualtrics.raw import Raw, inner, mapping, number, ordered, said, word
from kithkin.questionnaire.formats.qualtrics.selecting import column_name


def matrix(maker: Maker) -> list[Raw]:
    """One answer in a row, or several."""
    several = maker.asked.family is Family.MATRIX_SEVERAL
    columns = [{name: value for name, value in column.items() if name != "isExclusive"} for column in maker.answers()]
    found = maker.base("matrix", columns=columns, **_rows(maker), **maker.order(rows=True))
    if several:
        found["cellType"] = "checkbox"
    if found.get("isRequired"):
        found["eachRowRequired"] = True
    match maker.asked.selector:
        case "Bipolar":
            _tell_bipolar(maker, found)
        case "RO":
            found["eachRowUnique"] = True
            maker.losses.approximated(maker.where, maker.asked.what, "a matrix in which no two rows may be alike")
    return [found, *maker.written_beside()]


def _tell_bipolar(maker: Maker, found: Raw) -> None:
    for row in found.get("rows", []):
        row["text"] = _both_ends(row["text"])
    maker.losses.approximated(maker.where, maker.asked.what, "both ends of a row stand in its one title")


def _both_ends(text: Any) -> Any:
    if isinstance(text, dict):
        return {language: _both_ends(each) for language, each in text.items()}
    left, colon, right = said(text).partition(":")
    return f"{left.strip()} – {right.strip()}" if colon else text


def _rows(maker: Maker) -> Raw:
    """The rows; those that are carried forward are all of the source's, each shown where the source says so."""
    rows = maker.choices(values=False)
    source = maker.book.asked.get(source_of(maker.raw)) if maker.asked.is_drawn_from else None
    if maker.asked.is_drawn_from:
        mode = said(mapping(maker.raw.get("DynamicChoices")).get("Locator")).partition("?")[0].rpartition("/")[2]
        where = f"{maker.where}/DynamicChoices"
        if source is None or mode not in {
            "SelectedChoices",
            "UnselectedChoices",
            "AllChoices",
            "SelectedChoicesTextEntry",
        }:
            maker.losses.lost(where, "rows carried forward", "nothing here corresponds to their source")
            return {"rows": rows}
        rows = [*_carried(maker, source, mode), *rows]
    shown = {"hideIfRowsEmpty": True} if source else {}
    return {"rows": rows, **shown}


def _carried(maker: Maker, source: Any, mode: str) -> list[Raw]:
    name = maker.book.name(source, maker.loop)
    found = []
    for key, choice in ordered(source.raw.get("Choices"), source.raw.get("ChoiceOrder")):
        text = Maker(maker.book, maker.logic, maker.piping, source, maker.loop).part("Choices", key, choice)
        row: Raw = {"value": maker.asked.keys.get(f"x{key}", f"x{key}"), "text": text}
        if mode != "AllChoices":
            chosen = maker.logic.chosen(source, name, key)
            row["visibleIf"] = f"!({chosen})" if mode == "UnselectedChoices" else chosen
        found.append(row)
    return found


def texts(maker: Maker) -> list[Raw]:
    """A text, or a number of a sum, in each cell."""
    sums = maker.asked.selector == "CS"
    kind = "comment" if maker.asked.sub_selector in {"Essay", "Long"} else "text"
    columns = []
    for key, answer in ordered(maker.raw.get("Answers"), maker.raw.get("AnswerOrder")):
        column: Raw = {"name": column_name(key), "title": maker.part("Answers", key, answer), "cellType": kind}
        columns.append(column | ({"cellType": "text", "inputType": "number", "min": 0} if sums else {}))
    if sums:
        maker.losses.approximated(maker.where, maker.asked.what, "numbers in the cells; their sums are not checked")
    return [maker.base("matrixdropdown", columns=columns, rows=maker.choices(values=False), **maker.order(rows=True))]


def profile(maker: Maker) -> list[Raw]:
    """A scale of its own in each row: a question for each."""
    maker.losses.approximated(maker.where, maker.asked.what, "each row has its own scale: a question for each")
    nested = mapping(maker.raw.get("Answers"))
    found = []
    for key, choice in ordered(maker.raw.get("Choices"), maker.raw.get("ChoiceOrder")):
        answers = mapping(nested.get(key)) or nested
        choices = []
        for place, answer in ordered(answers, maker.raw.get("AnswerOrder")):
            spelled = number(place)
            choices.append(
                {"value": place if spelled is None else spelled, "text": maker.part("Answers", place, answer)}
            )
        name = maker.book.part(maker.name, key)
        title = maker.part("Choices", key, choice)
        found.append({**maker.base("radiogroup", choices=choices), "name": name, "title": title})
    return [{"type": "html", "name": maker.book.part(maker.name, "text"), "html": maker.passage()}, *found]


def side_by_side(maker: Maker) -> list[Raw]:
    """Several questions about the same rows: a small question in each cell."""
    columns: list[Raw] = []
    for place, raw in ordered(maker.raw.get("AdditionalQuestions"), None):
        columns += _side(maker, place, {**raw, "Language": _translated(maker, place, raw)})
    return [maker.base("matrixdropdown", columns=columns, rows=maker.choices(values=False), **maker.order(rows=True))]


def _translated(maker: Maker, place: str, raw: Raw) -> Raw:
    """The translations of one side, which stand with it or with the whole question."""
    whole = {code: inner(each, "AdditionalQuestions", place) for code, each in maker.languages}
    return {**{code: each for code, each in whole.items() if each}, **mapping(raw.get("Language"))}


def _side(maker: Maker, place: str, raw: Raw) -> list[Raw]:
    languages = [(code, mapping(each)) for code, each in mapping(raw.get("Language")).items()]
    title = maker.localised(
        said(raw.get("QuestionText")), ((code, said(each.get("QuestionText"))) for code, each in languages)
    )

    def text(key: str, answer: Raw) -> Any:
        others = ((code, said(inner(each, "Answers", key).get("Display"))) for code, each in languages)
        return maker.localised(said(answer.get("Display")), others)

    settings = inner(raw, "Validation", "Settings")
    required = {"isRequired": True} if said(settings.get("ForceResponse")) == "ON" else {}
    answers = list(ordered(raw.get("Answers"), raw.get("AnswerOrder")))
    if word(raw.get("QuestionType")) == "TE" or word(raw.get("Selector")) == "TE":
        several = len(answers) > 1
        return [
            {
                "name": column_name(place, *([key] if several else [])), "cellType": "text",
                "title": text(key, answer) if several else title,
                **TEXTS.get(said(settings.get("ContentType")), {}), **required,
            }
            for key, answer in answers or [("1", {})]
        ]  # fmt: skip
    recoded = mapping(raw.get("RecodeValues"))
    choices = []
    for key, answer in answers:
        spelled = number(recoded.get(key, key))
        choices.append(
            {
                "value": said(recoded.get(key, key)) if spelled is None else spelled,
                "text": text(key, answer),
            }
        )
    dropped = word(raw.get("SubSelector")) in {"DL", "DND"}
    kind = "checkbox" if word(raw.get("SubSelector")) == "MultipleAnswer" else "dropdown" if dropped else "radiogroup"
    return [{"name": column_name(place), "title": title, "cellType": kind, "choices": choices, **required}]
