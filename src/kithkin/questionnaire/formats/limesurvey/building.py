"""A whole survey of LimeSurvey in our envelope."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kithkin.questionnaire.formats.conditions import all_of
from kithkin.questionnaire.formats.errors import FormatError
from kithkin.questionnaire.formats.infix import Untranslatable
from kithkin.questionnaire.formats.limesurvey import older
from kithkin.questionnaire.formats.limesurvey.beside import begin_with, describe
from kithkin.questionnaire.formats.limesurvey.equations import equation
from kithkin.questionnaire.formats.limesurvey.manager import Manager
from kithkin.questionnaire.formats.limesurvey.questions import MAKERS, Making, Raw
from kithkin.questionnaire.formats.limesurvey.quotas import quotas
from kithkin.questionnaire.formats.limesurvey.scoring import Scored, scored
from kithkin.questionnaire.formats.limesurvey.structure import Asked, Condition, Group, Survey
from kithkin.questionnaire.formats.limesurvey.types import ATTRIBUTES, TYPES, UNSAID, Fate
from kithkin.questionnaire.formats.limesurvey.validating import validators
from kithkin.questionnaire.formats.limesurvey.variables import Variables
from kithkin.questionnaire.formats.limesurvey.whole import greeting, promises, shuffled
from kithkin.questionnaire.formats.limesurvey.wording import Wording
from kithkin.questionnaire.formats.losses import Kind, Losses
from kithkin.questionnaire.formats.naming import Names
from kithkin.questionnaire.model.questionnaire import FORMAT, VERSION

_TABLES = {
    "survey_url_parameters": "what an address brings is said in the invitation",
    "plugin_settings": "plugins do not come along",
}
MOST_LANGUAGES = 1_000
_LOOKS = ("time_limit_", "location_map", "statistics_")


@dataclass
class Building:
    """What is gathered on the way."""

    survey: Survey
    losses: Losses
    variables: Variables = field(default_factory=Variables)
    names: dict[int, str] = field(default_factory=dict)
    pages: dict[int, str] = field(default_factory=dict)
    conditions: dict[str, list[Condition]] = field(default_factory=dict)
    body: Raw = field(default_factory=dict)
    ours: Raw = field(default_factory=dict)
    embedded: dict[str, Any] = field(default_factory=dict)
    random: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def document(self) -> Raw:
        """The envelope."""
        survey, losses = self.survey, self.losses
        if len(survey.languages) > MOST_LANGUAGES:
            raise FormatError("", f"More than {MOST_LANGUAGES:,} languages.", "Export it with those that are asked.")
        losses.element("/survey", "the survey")
        self._name()
        self.manager = Manager(self.variables, assessed=survey.settings.get("assessments") == "Y")
        taken = frozenset(self.names.values())
        self.wording = Wording(survey.language, self.manager, losses, taken)
        self.body = greeting(survey, self.wording, losses)
        pages = [page for group in survey.groups if (page := self._page(group))]
        self.body |= {"locale": survey.language, "pages": [*self.body.pop("pages", []), *pages]}
        self.ours |= promises(survey, losses)
        if found := quotas(survey, self.names, self.variables, self.wording, losses):
            self.ours["quotas"] = found
        self._scores()
        for table in survey.unread:
            reason = _TABLES.get(table, "nothing here corresponds to it")
            losses.lost(f"/{table[:60]}", f"the table {table[:60]}", reason)
        if found := shuffled(self.random, losses):
            self.ours["randomisation"] = found
        for expression, name in self.wording.calculated.items():
            self._calculate(name, expression, stored=False)
        for name in self.manager.embedded:
            if name.lower() not in {each.lower() for each in taken}:
                self.embedded.setdefault(name, None)
        if self.embedded:
            self.ours["embedded"] = [
                {"name": name} | ({"default": value} if value is not None else {})
                for name, value in self.embedded.items()
            ]
        return {"format": FORMAT, "version": VERSION, "body": self.body, "kithkin": self.ours}

    def _name(self) -> None:
        given, pages = Names(), Names()
        sid = self.survey.settings.get("sid", "")
        for condition in self.survey.conditions:
            self.conditions.setdefault(condition.of, []).append(condition)
        for group in self.survey.groups:
            own = next(iter(group.names.values()), "") if group.names else ""
            self.pages[id(group)] = pages.given(own, "group")
            for asked in group.questions:
                name = given.given(asked.code)
                self.names[id(asked)] = name
                hideable = any(each.strip() not in {"", "1"} for each in (asked.relevance, group.relevance))
                hideable = hideable or asked.id in self.conditions
                self.variables.add(asked, name, group.id, sid, hideable=hideable)

    def _where(self, group: Group, asked: Asked | None = None) -> str:
        where = f"/group {group.id or self.pages[id(group)]}"
        return where if asked is None else f"{where}/{asked.code or asked.id}"

    def _page(self, group: Group) -> Raw | None:
        where = self._where(group)
        title = self.wording.plain(group.names, where, "the title")
        self.losses.element(where, f"group {self.pages[id(group)]}")
        page: Raw = {"name": self.pages[id(group)]}
        if title:
            page["title"] = title
        if description := self.wording.plain(group.descriptions, where, "the description"):
            page["description"] = description
        if condition := self._condition(group.relevance, where, f"group {page['name']}"):
            page["visibleIf"] = condition
        if group.random:
            self.random.setdefault(f"g:{group.random}", []).append(("", page["name"]))
        page["elements"] = [element for asked in group.questions for element in self._question(asked, group)]
        return page

    def _condition(self, text: str, where: str, what: str) -> str | None:
        manager = self.manager.at("")
        try:
            found = manager.condition(text)
        except Untranslatable as error:
            reason = f"it is always shown instead: {error}"
            self.losses.lost(f"{where}/relevance", f"the condition {text.strip()[:200]!r} of {what}", reason)
            return None
        for note in sorted(manager.notes):
            self.losses.approximated(f"{where}/relevance", f"the condition of {what}", note)
        return found

    def _question(self, asked: Asked, group: Group) -> Iterator[Raw]:
        where, name = self._where(group, asked), self.names[id(asked)]
        kind = TYPES.get(asked.type)
        what = f"{kind.says if kind else f'type {asked.type[:10]!r}'} {asked.code}"
        self.losses.element(where, what)
        if kind is None or kind.kind is Kind.LOST:
            self.losses.lost(where, what, kind.reason if kind else "no such type is known here")
            return
        if kind.kind is Kind.APPROXIMATED:
            self.losses.approximated(where, what, kind.reason)
        manager = self.manager.at(name)
        making = Making(asked, name, where, self.wording, manager, self.losses, self.survey.languages)
        self._attributes(making)
        shown = self._shown(asked, where, what)
        if asked.type == "*":
            if (element := equation(making, shown)) and "expression" in element:
                if asked.has("hidden"):
                    self._calculate(name, element["expression"], stored=True)
                    return
                yield element
            return
        elements = MAKERS[asked.type](making)
        if asked.has("hidden") and self._embed(making, elements):
            return
        yield from self._finished(making, elements, shown, group)

    def _finished(self, making: Making, elements: list[Raw], shown: str | None, group: Group) -> Iterator[Raw]:
        asked, first = making.asked, elements[0]
        title = self.wording.plain(asked.texts, making.where, "the text") if first["type"] != "html" else None
        if title:
            first["title"] = title
        if asked.other and asked.type not in "LO!MP":
            making.lost("other", "other", "this type has no other")
        describe(making, first)
        self._required(making, first)
        if found := validators(making, first):
            first["validators"] = [*first.get("validators", []), *found]
        begin_with(making, first)
        if asked.attribute("random_group"):
            self.random.setdefault(f"q:{asked.attribute('random_group')}", []).append(
                (self.pages[id(group)], making.name)
            )
        if any(text.strip() for text in asked.scripts.values()):
            making.lost("script", "the script", "programs of a page do not come along")
        for place, element in enumerate(elements):
            condition = all_of([shown, element.get("visibleIf") if place else None])
            if condition:
                element["visibleIf"] = condition
            yield element

    def _shown(self, asked: Asked, where: str, what: str) -> str | None:
        rows = self.conditions.get(asked.id, []) if asked.id else []
        if rows and asked.relevance.strip() in {"", "1"}:
            try:
                found = older.condition(rows, self.manager)
                return self.manager.checked(found) if found else None
            except Untranslatable as error:
                reason = f"it is always shown instead: {error}"
                self.losses.lost(f"{where}/conditions", f"the conditions of {what}", reason)
                return None
        return self._condition(asked.relevance, where, what)

    def _attributes(self, making: Making) -> None:
        looks, mapped = [], making.asked.attribute("location_mapservice") not in UNSAID
        for name in making.asked.attributes:
            said = making.asked.attribute(name)
            if said in UNSAID:
                continue
            fate, reason = ATTRIBUTES.get(name, (Fate.LOST, "no such attribute is known here"))
            if fate is Fate.LOOKS or (name not in ATTRIBUTES and name.startswith(_LOOKS)):
                looks.append(name)
            elif fate is Fate.LOST and not (name.startswith("location_") and not mapped):
                making.lost(name, f"{name} {said[:60]!r}", reason)
        if looks:
            what = f"{making.asked.code}"
            self.losses.kept(f"{making.where}/looks", what, f"looks are left out: {', '.join(sorted(looks))}"[:400])

    def _required(self, making: Making, first: Raw) -> None:
        if making.asked.mandatory == "S":
            making.near("mandatory", "soft mandatory", "it may be left empty, without a question back")
        elif making.asked.mandatory == "Y" and first["type"] != "html":
            first["isRequired"] = True

    def _embed(self, making: Making, elements: list[Raw]) -> bool:
        """A question that nobody is asked: its default, or what the invitation brings, is all there is to it."""
        first = elements[0]
        if first["type"] == "html":
            making.lost("hidden", "the text", "it is never shown there")
            return True
        begin_with(making, first)
        if "defaultValueExpression" in first:
            self._calculate(making.name, first["defaultValueExpression"], stored=True)
        else:
            self.embedded[making.name] = first.get("defaultValue")
        making.near("hidden", "the hidden question", "a value that nobody is asked for; the invitation may bring it")
        return True

    def _calculate(self, name: str, expression: str, *, stored: bool) -> None:
        value = {"name": name, "expression": expression, "includeIntoResult": stored}
        self.body.setdefault("calculatedValues", []).append(value)

    def _scores(self) -> None:
        if not self.manager.assessed:
            return
        found: Scored = scored(self.survey, self.names, self.wording, self.losses)
        for name, expression in found.calculated.items():
            self._calculate(name, expression, stored=False)
        if found.scoring:
            self.ours["scoring"] = found.scoring
        if found.completion:
            self.ours["completion"] = found.completion
