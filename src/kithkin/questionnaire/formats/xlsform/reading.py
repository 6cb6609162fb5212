"""A form in our envelope."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kithkin.questionnaire.formats.conditions import answer
from kithkin.questionnaire.formats.errors import FormatError
from kithkin.questionnaire.formats.infix import Untranslatable
from kithkin.questionnaire.formats.losses import Kind, Losses
from kithkin.questionnaire.formats.naming import Names
from kithkin.questionnaire.formats.xlsform.naming import form_id
from kithkin.questionnaire.formats.xlsform.outline import Line, outlined
from kithkin.questionnaire.formats.xlsform.paths import Field, Paths
from kithkin.questionnaire.formats.xlsform.questions import Asking, question
from kithkin.questionnaire.formats.xlsform.types import COLUMNS, LOST_COLUMNS
from kithkin.questionnaire.formats.xlsform.validating import validators
from kithkin.questionnaire.formats.xlsform.wording import Wording, both, html
from kithkin.questionnaire.formats.xlsform.workbook import Row, language
from kithkin.questionnaire.model.questionnaire import FORMAT, VERSION

Raw = dict[str, Any]
MOST_CHOICES = 300_000
_YES = {"yes", "true", "true()", "1", "y"}
_NO = {"", "no", "false", "false()", "0", "n"}
_SETTINGS = {"form_title", "title", "form_id", "id_string", "version", "default_language", "style", "name"}


@dataclass
class Reading:
    """What is gathered on the way."""

    sheets: dict[str, list[Row]]
    losses: Losses
    fields: dict[str, Field] = field(default_factory=dict)
    calculated: list[Raw] = field(default_factory=list)
    embedded: list[Raw] = field(default_factory=list)

    def document(self) -> Raw:
        """The envelope."""
        if not self.sheets.get("survey"):
            raise FormatError("/survey", "The sheet named survey holds no rows.", "Write the form into it.")
        self.losses.element("/settings", "the form")
        settings = self.sheets.get("settings", [])
        self.settings = settings[0] if settings else Row(2)
        lines = outlined(self.sheets["survey"], self.losses)
        self._name(lines, Names(), "")
        self.paths = Paths(self.fields)
        self.choices: dict[str, list[Row]] = {}
        for row in self.sheets.get("choices", []):
            self.choices.setdefault(row["list_name"], []).append(row)
        if (total := _asked_choices(lines, self.choices)) > MOST_CHOICES:
            what = f"Its questions have {total:,} choices in all; {MOST_CHOICES:,} are read."
            raise FormatError("/choices", what, "Divide the form, or take lists from a file.")
        own = language(self.settings["default_language"])
        self.wording = Wording(own or self._first_language(), self.fields, self.losses)
        body: Raw = {"locale": self.wording.language, "pages": self._pages(lines)}
        if title := self.settings["form_title"] or self.settings["title"]:
            body["title"] = title
        if self.calculated:
            body["calculatedValues"] = self.calculated
        self._tell_settings()
        return {
            "format": FORMAT,
            "version": VERSION,
            "body": body,
            "kithkin": {"embedded": self.embedded} if self.embedded else {},
        }

    def _first_language(self) -> str:
        for row in (*self.sheets["survey"], *self.sheets.get("choices", [])):
            if row.cells.get("label"):
                return "en"
            if row.said.get("label"):
                return next(iter(row.said["label"]))
        return "en"

    def _tell_settings(self) -> None:
        for name, value in self.settings.cells.items():
            if name not in _SETTINGS:
                what = f"the setting {name[:40]} {value[:60]!r}"
                self.losses.lost(f"/settings/{name[:40]}", what, "nothing here is set by it")
        given = self.settings["form_id"]
        if self.settings["version"] or (given and given != form_id(self.settings["form_title"])):
            self.losses.lost("/settings/form_id", "form_id and version", "versions are numbered here anew")

    def _name(self, lines: list[Line], names: Names, repeat: str) -> None:
        """What every name stands for, before any is spoken of."""
        for line in lines:
            own = Names() if line.type == "begin_repeat" else names
            line.name = names.given(line.row["name"] or line.type)
            word = line.row["name"]
            if word and word not in self.fields and line.type != "begin_group":
                self.fields[word] = Field(
                    line.name,
                    several=line.type in {"select_multiple", "rank"},
                    moment=line.type in {"date", "dateTime", "today"},
                    repeat=repeat,
                    is_repeat=line.type == "begin_repeat",
                )
                if line.or_other:
                    self.fields.setdefault(f"{word}_other", Field(f"{line.name}-Comment", repeat=repeat))
            self._name(line.inner, own, line.name if line.type == "begin_repeat" else repeat)

    def _pages(self, lines: list[Line]) -> list[Raw]:
        """A page for each group at the top; what stands between them is a page of its own."""
        pages: list[Raw] = []
        loose: list[Raw] | None = None
        names = Names()
        for line in lines:
            elements = self._elements([line], "")
            if line.type == "begin_group":
                loose = None
                for group in elements:
                    group.pop("type")
                    pages.append({**group, "name": names.given(group["name"], "page")})
            elif elements and loose is None:
                loose = elements
                pages.append({"name": names.given("page"), "elements": loose})
            elif loose is not None:
                loose += elements
        return pages or [{"name": "page", "elements": []}]

    def _elements(self, lines: list[Line], repeat: str) -> list[Raw]:
        return [element for line in lines for element in self._element(line, repeat)]

    def _element(self, line: Line, repeat: str) -> list[Raw]:
        row, where = line.row, line.where
        what = f"{line.type} {row['name']}".strip()
        self.losses.element(where, what)
        kind = line.kind
        if kind is None:
            self.losses.lost(where, what, "no such type is known here")
            return []
        if kind.kind is Kind.APPROXIMATED:
            self.losses.approximated(where, what, kind.reason)
        elif kind.kind is Kind.LOST:
            self.losses.lost(where, what, kind.reason)
            if kind.becomes == "nothing":
                return []
        self._tell_columns(line)
        if line.type in {"begin_group", "begin_repeat"}:
            return [self._container(line, repeat)]
        if line.type in {"calculate", "today", "hidden", "username", "email", "phonenumber"}:
            return self._unasked(line, repeat)
        asking = Asking(line, self.paths.at(row["name"], repeat), self.wording, self.losses, self.choices)
        element = question(asking)
        self._common(line, element, repeat)
        self._answered(line, element, repeat)
        return [element]

    def _tell_columns(self, line: Line) -> None:
        for name in (*line.row.cells, *line.row.said):
            if name in COLUMNS or (name == "calculation" and line.type == "calculate"):
                continue
            reason = LOST_COLUMNS.get(name, "no such column is known here")
            self.losses.lost(f"{line.where}/{name[:40]}", f"{name[:40]} of {line.row['name']}", reason)

    def _container(self, line: Line, repeat: str) -> Raw:
        row = line.row
        if line.type == "begin_group":
            found: Raw = {"type": "panel", "name": line.name}
            self._common(line, found, repeat)
            return found | {"elements": self._elements(line.inner, repeat)}
        if repeat:
            reason = "answers of the outer one cannot be spoken of within"
            self.losses.approximated(line.where, f"the repeat {row['name']} in another", reason)
        found = {"type": "paneldynamic", "name": line.name}
        self._common(line, found, repeat)
        count = row["repeat_count"]
        if count.isdigit() and int(count) <= 1000:
            found |= {"panelCount": int(count), "minPanelCount": int(count), "maxPanelCount": int(count)}
        elif count:
            found |= self._counted(line, repeat)
        else:
            found["panelCount"] = 1
        return found | {"templateElements": self._elements(line.inner, line.name)}

    def _counted(self, line: Line, repeat: str) -> Raw:
        """As many repetitions as an expression says: the respondent adds them, and there must be so many."""
        said, where = line.row["repeat_count"], f"{line.where}/repeat_count"
        what = f"the count {said[:80]!r} of {line.row['name']}"
        try:
            wanted = self.paths.at("", repeat).value(said)
            place = self.paths.path(line.row["name"]) if not repeat else f"panel.{line.name}"
        except Untranslatable as error:
            self.losses.lost(where, what, f"the respondent adds as many as are needed: {error}")
            return {"panelCount": 1}
        reason = "the respondent adds them; there must be as many as it says"
        self.losses.approximated(where, what, reason)
        there = f"iif({answer(place)} empty, 0, {answer(f'{place}.length')})"
        return {"panelCount": 0, "validators": [{"type": "expression", "expression": f"{there} = {wanted}"}]}

    def _unasked(self, line: Line, repeat: str) -> list[Raw]:
        """What nobody is asked: computed, or brought along."""
        row = line.row
        if line.type in {"hidden", "username", "email", "phonenumber"}:
            default = row["default"] or row["calculation"]
            self.embedded.append({"name": line.name} | ({"default": default} if default else {}))
            if repeat:
                self.losses.approximated(line.where, row["name"], "one value for all repetitions")
            return []
        said = row["calculation"] or row["default"] if line.type == "calculate" else "today()"
        try:
            expression = self.paths.at(row["name"], repeat).value(said or "''")
            if condition := self.paths.at(row["name"], repeat).condition(row["relevant"] or "true()"):
                expression = f"iif({condition}, {expression}, '')"
        except Untranslatable as error:
            what = f"the calculation {row['name']} {said[:120]!r}"
            self.losses.lost(line.where, what, f"it is empty where it is used: {error}")
            return []
        if repeat:
            self.losses.approximated(line.where, f"calculate {row['name']}", "in a repeat what is computed is shown")
            return [{"type": "expression", "name": line.name, "expression": expression}]
        self.calculated.append({"name": line.name, "expression": expression, "includeIntoResult": True})
        return []

    def _common(self, line: Line, element: Raw, repeat: str) -> None:
        """Title, hint and condition: of groups too."""
        row, where = line.row, line.where
        title = self.wording.said(row.texts("label"), where, repeat)
        if element["type"] == "html":
            element["html"] = html(title)
        elif title:
            element["title"] = title
        hint = self.wording.lines([row.texts("hint"), row.texts("guidance_hint")], where, repeat)
        if hint and element["type"] == "html":
            element["html"] = both(element["html"], hint)
        elif hint:
            element["description"] = hint
        if row["relevant"]:
            condition = self._condition(line, "relevant", repeat, "it is always shown instead")
            if condition:
                element["visibleIf"] = condition

    def _condition(self, line: Line, column: str, repeat: str, instead: str) -> str | None:
        said = line.row[column]
        if said.lower() in _YES:
            return None
        try:
            return self.paths.at(line.row["name"], repeat).condition(said)
        except Untranslatable as error:
            what = f"{column} {said[:200]!r} of {line.row['name']}"
            self.losses.lost(f"{line.where}/{column}", what, f"{instead}: {error}")
            return None

    def _answered(self, line: Line, element: Raw, repeat: str) -> None:
        """Whether an answer is needed, what it must fulfil, and what it is at first."""
        row = line.row
        required = row["required"].lower()
        if required in _YES:
            element["isRequired"] = True
        elif required not in _NO and (condition := self._condition(line, "required", repeat, "it may be left empty")):
            element["requiredIf"] = condition
        if said := self.wording.said(row.texts("required_message"), line.where, repeat):
            element["requiredErrorText"] = said
        if row["read_only"].lower() in _YES:
            element["readOnly"] = True
        if row["constraint"]:
            self._constraint(line, element, repeat)
        self._default(line, element, repeat)

    def _constraint(self, line: Line, element: Raw, repeat: str) -> None:
        said, paths = line.row["constraint"], self.paths.at(line.row["name"], repeat)
        try:
            found = validators(said, paths)
        except Untranslatable as error:
            what = f"the constraint {said[:120]!r} of {line.row['name']}"
            self.losses.lost(f"{line.where}/constraint", what, f"any answer is accepted: {error}")
            return
        message = self.wording.said(line.row.texts("constraint_message"), line.where, repeat)
        element["validators"] = [each | ({"text": message} if message else {}) for each in found]

    def _default(self, line: Line, element: Raw, repeat: str) -> None:
        for column, name in (("calculation", "setValueExpression"), ("default", "defaultValueExpression")):
            said = line.row[column]
            if not said:
                continue
            if column == "default" and "${" not in said and "(" not in said:
                element["defaultValue"] = said.split() if line.type in {"select_multiple", "rank"} else said
                continue
            try:
                element[name] = self.paths.at(line.row["name"], repeat).value(said)
            except Untranslatable as error:
                what = f"{column} {said[:120]!r} of {line.row['name']}"
                self.losses.lost(f"{line.where}/{column}", what, f"it begins empty: {error}")
                continue
            if column == "calculation":
                reason = "it is computed where no answer is given"
                self.losses.approximated(f"{line.where}/calculation", f"the calculation of {line.row['name']}", reason)


def _asked_choices(lines: list[Line], choices: dict[str, list[Row]]) -> int:
    """How many choices all questions have: a list counts for each question that takes it."""
    return sum(len(choices.get(line.choices, ())) + _asked_choices(line.inner, choices) for line in lines)
