"""Each page, panel and question as rows of a form."""

from __future__ import annotations

from kithkin.questionnaire.formats.losses import Losses
from kithkin.questionnaire.formats.wording import plainly
from kithkin.questionnaire.formats.xlsform.constraints import Constraint, constraint
from kithkin.questionnaire.formats.xlsform.expressing import Expressing
from kithkin.questionnaire.formats.xlsform.kinds import Kinds, Row
from kithkin.questionnaire.formats.xlsform.lists import once
from kithkin.questionnaire.formats.xlsform.naming import Called
from kithkin.questionnaire.formats.xlsform.unwritten import tell_container, tell_name, tell_unwritten
from kithkin.questionnaire.model import elements as model
from kithkin.questionnaire.model.elements import Element, Page, Question
from kithkin.questionnaire.questionnaire import Questionnaire
from kithkin.questionnaire.replaying.options import spelled


class Rows:
    """Gathers the rows of both sheets."""

    def __init__(self, questionnaire: Questionnaire, names: Called, losses: Losses) -> None:
        self.survey: list[Row] = []
        self._names, self._losses = names, losses
        self._questionnaire = questionnaire
        self._kinds = Kinds(names, losses)
        self._within = ""

    @property
    def choices(self) -> list[Row]:
        """The rows of the sheet named choices."""
        return self._kinds.lists.rows

    def page(self, page: Page) -> None:
        """A group that is one screen."""
        self._group(page, "page", {"appearance": "field-list"})

    def _group(self, element: model.Container, what: str, more: Row) -> None:
        self._losses.element(element.where, f"{what} {element.name}".strip())
        tell_container(element, self._losses)
        row = {"type": "begin_group", "name": self._names.containers[element.where], **more}
        if element.name and element.name != row["name"]:
            self._losses.kept(f"{element.where}/name", f"{what} {element.name}", f"it is called {row['name']} there")
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
        if label := self._kinds.text(element.title):
            found["label"] = label
        if hint := self._kinds.text(element.description):
            found["hint"] = hint
        if not element.visible:
            found["relevant"] = "false()"
        elif relevant := self._kinds.expression(element, "visibleIf", element.visible_if, own, "it is always shown"):
            found["relevant"] = relevant
        if element.enable_if:
            self._kinds.tell(element, "enableIf", "nothing in a form is switched off")
        return found

    def _question(self, question: Question) -> None:
        match question:
            case model.Growing():
                self._repeat(question)
            case model.Matrix():
                self._matrix(question)
            case model.MultipleText():
                self._fields(question)
            case model.Shown() if question.type == "html":
                label = {language: plainly(said) for language, said in self._kinds.text(question.html).items()}
                row = self._said(question)
                label = label or {"default": question.name}
                self.survey.append(row | {"type": "note", "name": self._name(question), "label": label})
            case model.Computed():
                self._computed(question)
            case model.NamedRows() | model.ConstantSum() | model.MaxDiff() | model.Unknown() | model.Shown():
                self._losses.lost(question.where, f"{question.type} {question.name}", "a form has no such type")
            case _:
                name = self._name(question)
                self._answered(question, name, self._kinds.typed(question), self._path(question.key))

    def _path(self, key: str) -> str:
        """An answer as it is spoken of where it stands."""
        return f"{self._within}{key}"

    def _name(self, question: Question) -> str:
        name = self._names.own[question.where]
        if name != self._names.of[self._path(question.key or question.name)].name:
            self._kinds.near(question, "it shares its answer with another question; there each has its own")
        tell_name(question.where, question.name, name, self._losses)
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
            self._kinds.near(question, "its comment is a question of its own")
            beside = {"type": "text", "name": self._names.names.given(f"{name}_comment")}
            self.survey.append(beside | {"label": self._kinds.text(question.title) or {"default": question.name}})

    def _constrained(self, row: Row, found: Constraint) -> None:
        if found.parts:
            row["constraint"] = (
                " and ".join(f"({each})" for each in found.parts) if len(found.parts) > 1 else found.parts[0]
            )
        if found.text:
            row["constraint_message"] = self._kinds.text(found.text)

    def _needed(self, question: Question, row: Row, path: str) -> None:
        if question.required:
            row["required"] = "yes"
        elif said := self._kinds.expression(question, "requiredIf", question.required_if, path, "it may be left empty"):
            row["required"] = said
        if question.required_text:
            row["required_message"] = self._kinds.text(question.required_text)

    def _default(self, question: Question, row: Row, path: str) -> None:
        known = self._names.of.get(path)
        if question.default_expression:
            said = self._kinds.expression(
                question, "defaultValueExpression", question.default_expression, path, "it begins empty"
            )
            row["default"] = said
        elif question.default is not None:
            values = question.default if isinstance(question.default, list) else [question.default]
            if all(isinstance(each, str | int | float) for each in values):
                words = [spelled(each) for each in values]
                row["default"] = " ".join(known.values.get(each, each) if known else each for each in words)
            else:
                self._kinds.tell(question, "defaultValue", "it begins empty")
        if question.set_expression:
            said = self._kinds.expression(
                question, "setValueExpression", question.set_expression, path, "it begins empty"
            )
            row["calculation"] = said

    def _repeat(self, question: model.Growing) -> None:
        row = {"type": "begin_repeat", "name": self._name(question), **self._said(question)}
        if question.fewest == question.most:
            row["repeat_count"] = str(question.most)
        elif question.fewest or question.most < 1000:
            self._kinds.tell(question, "panelCount", "as many as are wanted can be added")
        self.survey.append(row)
        around, self._within = self._within, f"{question.scope}."
        with self._names.within(question):
            for inner in question.elements:
                self._element(inner)
        self._within = around
        self.survey.append({"type": "end_repeat"})

    def _matrix(self, question: model.Matrix) -> None:
        """A group with a question for each row."""
        if not question.columns.ordinary:
            self._losses.lost(question.where, f"{question.type} {question.name}", "it has no columns to choose from")
            return
        self._kinds.near(question, "each row is a question of its own")
        name = self._names.containers[question.where]
        self.survey.append({"type": "begin_group", "name": name, "appearance": "table-list", **self._said(question)})
        listed = self._kinds.lists.of(question, question.columns)
        for row in once(question.rows.ordinary):
            path = self._path(f"{question.key}.{spelled(row.value)}")
            word = "select_multiple" if question.multiple else "select_one"
            label = self._kinds.lists.label(row)
            found: Row = {"type": f"{word} {listed}", "name": self._names.of[path].name, "label": label}
            if question.every_row:
                found["required"] = "yes"
            if said := self._kinds.expression(question, "visibleIf of a row", row.visible_if, "", "it is always shown"):
                found["relevant"] = said
            self.survey.append(found)
        self.survey.append({"type": "end_group"})

    def _fields(self, question: model.MultipleText) -> None:
        self._kinds.near(question, "each text is a question of its own")
        name = self._names.containers[question.where]
        self.survey.append({"type": "begin_group", "name": name, **self._said(question)})
        for each in question.fields:
            path = self._path(f"{question.key}.{each.name}")
            tell_unwritten(each, self._losses)
            self._answered(each, self._names.of[path].name, self._kinds.text_type(each), path)
        self.survey.append({"type": "end_group"})

    def _computed(self, question: model.Computed) -> None:
        said = self._kinds.expression(question, "expression", question.expression, "", "it is empty") or "''"
        name = self._name(question)
        row: Row = {"type": "calculate", "name": name, "calculation": said}
        condition = self._said(question).get("relevant")
        self.survey.append(row | ({"relevant": condition} if condition else {}))
        if question.title:
            self._kinds.near(question, "what is computed is shown in a note")
            label = {language: f"{text} ${{{name}}}" for language, text in self._kinds.text(question.title).items()}
            note = {"type": "note", "name": self._names.names.given(f"{name}_shown"), "label": label}
            self.survey.append(note | ({"relevant": condition} if condition else {}))
