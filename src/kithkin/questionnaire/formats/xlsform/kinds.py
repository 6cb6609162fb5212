"""Of which type a question's row is, and what a form has no word for in it."""

from __future__ import annotations

from typing import Any

from kithkin.questionnaire.formats.infix import Untranslatable
from kithkin.questionnaire.formats.losses import Losses
from kithkin.questionnaire.formats.xlsform.expressing import Expressing
from kithkin.questionnaire.formats.xlsform.lists import Lists
from kithkin.questionnaire.formats.xlsform.naming import Called, values_of
from kithkin.questionnaire.formats.xlsform.types import OTHER
from kithkin.questionnaire.formats.xlsform.wording import unpiped
from kithkin.questionnaire.model import elements as model
from kithkin.questionnaire.model.choices import Choices
from kithkin.questionnaire.model.elements import Element, Question
from kithkin.questionnaire.model.text import Localised
from kithkin.questionnaire.replaying.options import spelled

Row = dict[str, Any]
_INPUTS = {"number": "decimal", "range": "decimal", "date": "date", "time": "time", "datetime": "dateTime",
           "datetime-local": "dateTime", "text": "text"}  # fmt: skip
_KINDS = {"image/*": "image", "audio/*": "audio", "video/*": "video"}


class Kinds:
    """Says questions' types in a form; their choices go into `lists`."""

    def __init__(self, names: Called, losses: Losses) -> None:
        self.names, self.losses = names, losses
        self.lists = Lists(self.text, losses)

    def text(self, text: Localised) -> dict[str, str]:
        """A text in every language, with the answers in it as the form calls them."""
        return {language: unpiped(said, self.names.of) for language, said in text.texts.items() if said}

    def expression(self, element: Element, name: str, text: str | None, own: str, instead: str) -> str:
        """An expression as the form says it; empty, and told, where that cannot be."""
        try:
            return Expressing(self.names.of, own).condition(text)
        except Untranslatable as error:
            self.losses.lost(f"{element.where}/{name}", f"{name} of {element.name}", f"{instead}: {error}")
            return ""

    def tell(self, element: Element, part: str, reason: str) -> None:
        """Tell that a part does not come along."""
        self.losses.lost(f"{element.where}/{part}", f"{part} of {element.name}", reason)

    def near(self, element: Element, reason: str) -> None:
        """Tell that it comes along, but not quite."""
        self.losses.approximated(element.where, f"{element.type} {element.name}", reason)

    def typed(self, question: Question) -> Row:
        """The cells that say of which type a question is."""
        match question:
            case model.Text():
                return self.text_type(question)
            case model.Choose():
                return self._chosen(question)
            case model.Rating() | model.Boolean():
                return self._one(question)
            case _:
                return self._other_type(question)

    def _one(self, question: model.Rating | model.Boolean) -> Row:
        if isinstance(question, model.Boolean):
            if question.no == "":
                return {"type": "acknowledge"}
            return {"type": f"select_one {self.lists.yes_no(question)}"}
        if question.lowest_text or question.highest_text:
            self.near(question, "words at its ends are left out")
        return {"type": f"select_one {self.lists.of(question, question.points)}", "appearance": "likert"}

    def _other_type(self, question: Question) -> Row:
        match question:
            case model.Slider() if not question.range:
                bounds = question.bounds
                least, most, step = bounds.least, bounds.most, bounds.step
                said = {"start": 0 if least is None else least, "end": 100 if most is None else most, "step": step or 1}
                return {"type": "range", "parameters": " ".join(f"{name}={value}" for name, value in said.items())}
            case model.File():
                kind = _KINDS.get(",".join(question.accepted), "file")
                if question.multiple:
                    self.near(question, "one file is handed over")
                return {"type": kind}
            case model.Signature():
                return {"type": "image", "appearance": "signature"}
        self.near(question, "it is asked as a text")
        return {"type": "text"}

    def text_type(self, question: model.Text) -> Row:
        """The type of a text."""
        if question.type == "comment":
            return {"type": "text", "appearance": "multiline"}
        if question.input in {"number", "range"} and question.bounds.step and float(question.bounds.step).is_integer():
            return {"type": "integer"}
        if question.input not in _INPUTS:
            self.near(question, f"any text is accepted, not only {question.input}")
        return {"type": _INPUTS.get(question.input, "text")}

    def _chosen(self, question: model.Choose) -> Row:
        words = {"ranking": "rank"}
        word = words.get(question.type, "select_multiple" if question.multiple else "select_one")
        choices = question.choices
        if not choices.ordinary and all(each.role.value == OTHER for each in choices.special):
            self.near(question, "it has no choices of its own: it is asked as a text")
            return {"type": "text"}
        row: Row = {"type": f"{word} {self.lists.of(question, choices)}"}
        if any(each.role.value == OTHER for each in choices.special):
            if word == "rank":
                self.tell(question, "other", "a ranking has no other")
            else:
                row["type"] += " or_other"
        if question.type in {"dropdown", "tagbox"}:
            row["appearance"] = "minimal"
        if choices.order == "random":
            row["parameters"] = "randomize=true"
        elif choices.order != "none":
            self.near(question, "choices stand as they are listed")
        if choices.from_question or choices.open:
            self.tell(question, "choices", "choices that come from elsewhere are left out")
        filtered = self._filter(question, choices)
        if filtered and "or_other" in row["type"]:
            self.tell(question, "visibleIf of choices", "all are always shown: beside other none can be left out")
        elif filtered:
            row["choice_filter"] = filtered
        return row

    def _filter(self, question: Question, choices: Choices) -> str:
        """Choices that have a condition, each with it; `name` is the choice."""
        if choices.visible_if or choices.enable_if or any(each.enable_if for each in choices.ordinary):
            self.tell(question, "choicesVisibleIf", "all choices are always shown")
        values, parts = values_of(choices), []
        for choice in choices.ordinary:
            if choice.visible_if:
                said = self.expression(question, "visibleIf of a choice", choice.visible_if, "", "it is always shown")
                if said:
                    parts.append(f"(name != '{values[spelled(choice.value)]}' or ({said}))")
        return " and ".join(parts)
