"""Each page, panel and question as rows of a form."""

from __future__ import annotations

from typing import Any

from kithkin.questionnaire.formats.infix import Untranslatable
from kithkin.questionnaire.formats.losses import Losses
from kithkin.questionnaire.formats.wording import plainly
from kithkin.questionnaire.formats.xlsform.constraints import Constraint, constraint
from kithkin.questionnaire.formats.xlsform.expressing import Expressing
from kithkin.questionnaire.formats.xlsform.lists import Lists, once
from kithkin.questionnaire.formats.xlsform.naming import Called, values_of
from kithkin.questionnaire.formats.xlsform.types import OTHER
from kithkin.questionnaire.formats.xlsform.unwritten import tell_unwritten
from kithkin.questionnaire.formats.xlsform.wording import unpiped
from kithkin.questionnaire.model import elements as model
from kithkin.questionnaire.model.choices import Choices
from kithkin.questionnaire.model.elements import Element, Page, Question
from kithkin.questionnaire.model.text import Localised
from kithkin.questionnaire.questionnaire import Questionnaire
from kithkin.questionnaire.replaying.options import spelled

Row = dict[str, Any]
_INPUTS = {"number": "decimal", "range": "decimal", "date": "date", "time": "time", "datetime": "dateTime",
           "datetime-local": "dateTime", "text": "text"}  # fmt: skip
_KINDS = {"image/*": "image", "audio/*": "audio", "video/*": "video"}


class Rows:
    """Gathers the rows of both sheets."""

    def __init__(self, questionnaire: Questionnaire, names: Called, losses: Losses) -> None:
        self.survey: list[Row] = []
        self._names, self._losses = names, losses
        self._questionnaire = questionnaire
        self._lists = Lists(self._text, losses)

    @property
    def choices(self) -> list[Row]:
        """The rows of the sheet named choices."""
        return self._lists.rows

    def page(self, page: Page) -> None:
        """A group that is one screen."""
        self._group(page, "page", {"appearance": "field-list"})

    def _group(self, element: model.Container, what: str, more: Row) -> None:
        self._losses.element(element.where, f"{what} {element.name}".strip())
        row = {"type": "begin_group", "name": self._names.containers[element.where], **more}
        self.survey.append(row | self._said(element))
        for inner in element.elements:
            self._element(inner)
        self.survey.append({"type": "end_group"})

    def _element(self, element: Element) -> None:
        if isinstance(element, model.Container):
            self._group(element, "panel", {})
        elif isinstance(element, Question):
            self._losses.element(element.where, f"{element.type} {element.name}")
            tell_unwritten(element, self._losses)
            self._question(element)

    def _said(self, element: Element, own: str = "") -> Row:
        """Title, hint and condition."""
        found: Row = {}
        if label := self._text(element.title):
            found["label"] = label
        if hint := self._text(element.description):
            found["hint"] = hint
        if not element.visible:
            found["relevant"] = "false()"
        elif relevant := self._expression(element, "visibleIf", element.visible_if, own, "it is always shown"):
            found["relevant"] = relevant
        if element.enable_if:
            self._tell(element, "enableIf", "nothing in a form is switched off")
        return found

    def _text(self, text: Localised) -> dict[str, str]:
        return {language: unpiped(said, self._names.of) for language, said in text.texts.items() if said}

    def _expression(self, element: Element, name: str, text: str | None, own: str, instead: str) -> str:
        try:
            return Expressing(self._names.of, own).condition(text)
        except Untranslatable as error:
            self._losses.lost(f"{element.where}/{name}", f"{name} of {element.name}", f"{instead}: {error}")
            return ""

    def _tell(self, element: Element, part: str, reason: str) -> None:
        self._losses.lost(f"{element.where}/{part}", f"{part} of {element.name}", reason)

    def _near(self, element: Element, reason: str) -> None:
        self._losses.approximated(element.where, f"{element.type} {element.name}", reason)

    def _question(self, question: Question) -> None:
        match question:
            case model.Growing():
                self._repeat(question)
            case model.Matrix():
                self._matrix(question)
            case model.MultipleText():
                self._fields(question)
            case model.Shown() if question.type == "html":
                label = {language: plainly(said) for language, said in self._text(question.html).items()}
                row = self._said(question)
                label = label or {"default": question.name}
                self.survey.append(row | {"type": "note", "name": self._name(question), "label": label})
            case model.Computed():
                self._computed(question)
            case model.NamedRows() | model.ConstantSum() | model.MaxDiff() | model.Unknown() | model.Shown():
                self._losses.lost(question.where, f"{question.type} {question.name}", "a form has no such type")
            case _:
                self._answered(question, self._name(question), self._typed(question), question.key)

    def _name(self, question: Question) -> str:
        name = self._names.own[question.where]
        if name != self._names.of[question.key or question.name].name:
            self._near(question, "it shares its answer with another question; there each has its own")
        return name

    def _answered(self, question: Question, name: str, typed: Row, path: str) -> None:
        row: Row = {"name": name, **typed, **self._said(question, path)}
        row.setdefault("label", {"default": question.name})
        self._needed(question, row, path)
        found = constraint(question, Expressing(self._names.of, path), self._names.of, path, self._losses)
        self._constrained(row, found)
        self._default(question, row, path)
        if question.read_only:
            row["read_only"] = "yes"
        self.survey.append(row)
        if question.comment:
            self._near(question, "its comment is a question of its own")
            beside = {"type": "text", "name": self._names.names.given(f"{name}_comment")}
            self.survey.append(beside | {"label": self._text(question.title) or {"default": question.name}})

    def _constrained(self, row: Row, found: Constraint) -> None:
        if found.parts:
            row["constraint"] = (
                " and ".join(f"({each})" for each in found.parts) if len(found.parts) > 1 else found.parts[0]
            )
        if found.text:
            row["constraint_message"] = self._text(found.text)

    def _needed(self, question: Question, row: Row, path: str) -> None:
        if question.required:
            row["required"] = "yes"
        elif said := self._expression(question, "requiredIf", question.required_if, path, "it may be left empty"):
            row["required"] = said
        if question.required_text:
            row["required_message"] = self._text(question.required_text)

    def _default(self, question: Question, row: Row, path: str) -> None:
        known = self._names.of.get(path)
        if question.default_expression:
            said = self._expression(
                question, "defaultValueExpression", question.default_expression, path, "it begins empty"
            )
            row["default"] = said
        elif question.default is not None:
            values = question.default if isinstance(question.default, list) else [question.default]
            if all(isinstance(each, str | int | float) for each in values):
                words = [spelled(each) for each in values]
                row["default"] = " ".join(known.values.get(each, each) if known else each for each in words)
            else:
                self._tell(question, "defaultValue", "it begins empty")
        if question.set_expression:
            said = self._expression(question, "setValueExpression", question.set_expression, path, "it begins empty")
            row["calculation"] = said

    def _typed(self, question: Question) -> Row:
        match question:
            case model.Text():
                return self._text_type(question)
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
            known = self._names.of[question.key or question.name]
            return {"type": f"select_one {self._lists.yes_no(question, known)}"}
        if question.lowest_text or question.highest_text:
            self._near(question, "words at its ends are left out")
        return {"type": f"select_one {self._lists.of(question, question.points)}", "appearance": "likert"}

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
                    self._near(question, "one file is handed over")
                return {"type": kind}
            case model.Signature():
                return {"type": "image", "appearance": "signature"}
        self._near(question, "it is asked as a text")
        return {"type": "text"}

    def _text_type(self, question: model.Text) -> Row:
        if question.type == "comment":
            return {"type": "text", "appearance": "multiline"}
        if question.input in {"number", "range"} and question.bounds.step and float(question.bounds.step).is_integer():
            return {"type": "integer"}
        if question.input not in _INPUTS:
            self._near(question, f"any text is accepted, not only {question.input}")
        return {"type": _INPUTS.get(question.input, "text")}

    def _chosen(self, question: model.Choose) -> Row:
        words = {"ranking": "rank"}
        word = words.get(question.type, "select_multiple" if question.multiple else "select_one")
        choices = question.choices
        if not choices.ordinary and all(each.role.value == OTHER for each in choices.special):
            self._near(question, "it has no choices of its own: it is asked as a text")
            return {"type": "text"}
        row: Row = {"type": f"{word} {self._lists.of(question, choices)}"}
        if any(each.role.value == OTHER for each in choices.special):
            if word == "rank":
                self._tell(question, "other", "a ranking has no other")
            else:
                row["type"] += " or_other"
        if question.type in {"dropdown", "tagbox"}:
            row["appearance"] = "minimal"
        if choices.order == "random":
            row["parameters"] = "randomize=true"
        elif choices.order != "none":
            self._near(question, "choices stand as they are listed")
        if choices.from_question or choices.open:
            self._tell(question, "choices", "choices that come from elsewhere are left out")
        filtered = self._filter(question, choices)
        if filtered and "or_other" in row["type"]:
            self._tell(question, "visibleIf of choices", "all are always shown: beside other none can be left out")
        elif filtered:
            row["choice_filter"] = filtered
        return row

    def _filter(self, question: Question, choices: Choices) -> str:
        """Choices that have a condition, each with it; `name` is the choice."""
        if choices.visible_if or choices.enable_if or any(each.enable_if for each in choices.ordinary):
            self._tell(question, "choicesVisibleIf", "all choices are always shown")
        values, parts = values_of(choices), []
        for choice in choices.ordinary:
            if choice.visible_if:
                said = self._expression(question, "visibleIf of a choice", choice.visible_if, "", "it is always shown")
                if said:
                    parts.append(f"(name != '{values[spelled(choice.value)]}' or ({said}))")
        return " and ".join(parts)

    def _repeat(self, question: model.Growing) -> None:
        row = {"type": "begin_repeat", "name": self._name(question), **self._said(question)}
        if question.fewest == question.most:
            row["repeat_count"] = str(question.most)
        elif question.fewest or question.most < 1000:
            self._tell(question, "panelCount", "as many as are wanted can be added")
        self.survey.append(row)
        for inner in question.elements:
            self._element(inner)
        self.survey.append({"type": "end_repeat"})

    def _matrix(self, question: model.Matrix) -> None:
        """A group with a question for each row."""
        if not question.columns.ordinary:
            self._losses.lost(question.where, f"{question.type} {question.name}", "it has no columns to choose from")
            return
        self._near(question, "each row is a question of its own")
        name = self._names.containers[question.where]
        self.survey.append({"type": "begin_group", "name": name, "appearance": "table-list", **self._said(question)})
        listed = self._lists.of(question, question.columns)
        for row in once(question.rows.ordinary):
            path = f"{question.key}.{spelled(row.value)}"
            word = "select_multiple" if question.multiple else "select_one"
            label = self._lists.label(row)
            found: Row = {"type": f"{word} {listed}", "name": self._names.of[path].name, "label": label}
            if question.every_row:
                found["required"] = "yes"
            if said := self._expression(question, "visibleIf of a row", row.visible_if, "", "it is always shown"):
                found["relevant"] = said
            self.survey.append(found)
        self.survey.append({"type": "end_group"})

    def _fields(self, question: model.MultipleText) -> None:
        self._near(question, "each text is a question of its own")
        name = self._names.containers[question.where]
        self.survey.append({"type": "begin_group", "name": name, **self._said(question)})
        for each in question.fields:
            path = f"{question.key}.{each.name}"
            self._answered(each, self._names.of[path].name, self._text_type(each), path)
        self.survey.append({"type": "end_group"})

    def _computed(self, question: model.Computed) -> None:
        said = self._expression(question, "expression", question.expression, "", "it is empty") or "''"
        name = self._name(question)
        row: Row = {"type": "calculate", "name": name, "calculation": said}
        condition = self._said(question).get("relevant")
        self.survey.append(row | ({"relevant": condition} if condition else {}))
        if question.title:
            self._near(question, "what is computed is shown in a note")
            label = {language: f"{text} ${{{name}}}" for language, text in self._text(question.title).items()}
            note = {"type": "note", "name": self._names.names.given(f"{name}_shown"), "label": label}
            self.survey.append(note | ({"relevant": condition} if condition else {}))
