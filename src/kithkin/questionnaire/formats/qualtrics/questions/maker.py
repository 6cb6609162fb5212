"""What all questions have in common: texts in every language, choices, requirement, validation, order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kithkin.questionnaire.formats.conditions import ALWAYS
from kithkin.questionnaire.formats.qualtrics.asked import Asked, has_text
from kithkin.questionnaire.formats.qualtrics.book import Book, Loop
from kithkin.questionnaire.formats.qualtrics.logic import Logic, source_of
from kithkin.questionnaire.formats.qualtrics.piping import Piping
from kithkin.questionnaire.formats.qualtrics.raw import Raw, inner, is_on, listed, mapping, ordered, said, whole
from kithkin.questionnaire.formats.wording import plainly, rebuilt, removed

_RICH = (("<img", "pictures"), ("<a ", "links"), ("<table", "tables"), ("<video", "films"), ("<audio", "sounds"))


class Maker:
    """Makes elements of one question, in one round of a loop where there is one."""

    def __init__(self, book: Book, logic: Logic, piping: Piping, asked: Asked, loop: Loop | None) -> None:
        self.book, self.logic, self.piping, self.asked, self.loop = book, logic, piping, asked, loop
        self.raw, self.where, self.losses = asked.raw, asked.qid, book.losses
        self.name = book.name(asked, loop)
        self.settings = inner(self.raw, "Validation", "Settings")
        self.configuration = inner(self.raw, "Configuration")

    @property
    def languages(self) -> Iterator[tuple[str, Raw]]:
        """Each translation by its language."""
        for code, translation in mapping(self.raw.get("Language")).items():
            yield code, mapping(translation)

    def base(self, kind: str, **more: Any) -> Raw:
        """A question of a type with name, text and whether it must be answered."""
        found: Raw = {"type": kind, "name": self.name, "title": self.title()}
        self._tell_validation(said(self.settings.get("Type")))
        if self.is_required():
            found["isRequired"] = True
        found |= {name: value for name, value in more.items() if value not in (None, "", [], {})}
        validators = [*found.get("validators", []), *self.custom_validation()]
        return found | ({"validators": validators} if validators else {})

    def _tell_validation(self, kind: str) -> None:
        if kind and kind not in _VALIDATIONS.split():
            reason = "nothing here corresponds to it: any answer is accepted"
            self.losses.lost(f"{self.where}/Validation", f"validation of the kind {kind[:40]}", reason)

    def title(self) -> Any:
        """What is asked, as plain text; what a plain text cannot hold is told."""
        html = said(self.raw.get("QuestionText"))
        lowered = html.lower()
        for tag, what in _RICH:
            if tag in lowered:
                self.losses.lost(
                    f"{self.where}/QuestionText", f"{what} in a question's text", "the text itself is plain here"
                )
        self.tell_removed(html, f"{self.where}/QuestionText")
        return self.localised(html, ((code, said(each.get("QuestionText"))) for code, each in self.languages))

    def passage(self) -> Any:
        """The text as HTML, written anew."""
        html = said(self.raw.get("QuestionText"))
        self.tell_removed(html, f"{self.where}/QuestionText")
        others = ((code, said(each.get("QuestionText"))) for code, each in self.languages)
        return self.book.localised(
            self._piped(rebuilt(html)), ((code, self._piped(rebuilt(text))) for code, text in others if text)
        )

    def localised(self, own: str, others: Iterator[tuple[str, str]]) -> Any:
        """A plain text in every language, piping translated."""
        plain = ((code, self._piped(plainly(text))) for code, text in others if text)
        return self.book.localised(self._piped(plainly(own)), plain)

    def part(self, kind: str, key: str, own: Raw) -> Any:
        """The text of a choice, answer or label in every language."""
        others = (
            (code, said(mapping(mapping(each.get(kind)).get(key)).get("Display"))) for code, each in self.languages
        )
        return self.localised(said(own.get("Display", own.get("display"))), others)

    def tell_removed(self, html: str, where: str) -> None:
        """Tell what HTML loses when it is rebuilt."""
        for what in removed(html):
            self.losses.lost(where, f"{what} in a text", "nothing that runs or embeds is taken over")

    def is_required(self) -> bool:
        """Whether it must be answered. A request that may be declined is told."""
        force, kind = said(self.settings.get("ForceResponse")), said(self.settings.get("ForceResponseType"))
        if "RequestResponse" in {force, kind} and force != "OFF":
            reason = "an answer may be asked for, or required, but not asked for twice: it may be left out"
            self.losses.approximated(f"{self.where}/Validation", "a requested answer", reason)
            return False
        return force == "ON"

    def custom_validation(self) -> list[Raw]:
        """What the answer must fulfil by a condition of its own."""
        custom = mapping(self.settings.get("CustomValidation"))
        if said(self.settings.get("Type")) not in {"CustomValidation", "Custom"} or not custom:
            return []
        condition = self.logic.expression(custom.get("Logic"), f"{self.where}/Validation", loop=self.loop)
        if condition in {None, ALWAYS}:
            return []
        text = plainly(said(mapping(custom.get("Message")).get("description")))
        return [{"type": "expression", "expression": condition, **({"text": text} if text else {})}]

    def choices(self, *, values: bool = True) -> list[Raw]:
        """The choices with text, condition and exclusiveness; `values` False: the rows' keys in place of values."""
        found = []
        for key, choice in ordered(self.raw.get("Choices"), self.raw.get("ChoiceOrder")):
            if self.asked.is_drawn_from and key.startswith("x"):
                continue
            item: Raw = {"value": self.asked.values[key] if values else self.asked.keys[key]}
            item["text"] = self.part("Choices", key, choice)
            shown = self.logic.expression(choice.get("DisplayLogic"), f"{self.where}/Choices/{key}", loop=self.loop)
            if shown not in {None, ALWAYS}:
                item["visibleIf"] = shown
            if is_on(choice.get("ExclusiveAnswer")):
                item["isExclusive"] = True
            if mapping(choice.get("Image")).get("ImageLocation"):
                reason = "it lies in the library of Qualtrics and not in the file"
                self.losses.lost(f"{self.where}/Choices/{key}", "the picture of a choice", reason)
            found.append(item)
        return found

    def answers(self, raw: Any = None, kind: str = "Answers") -> list[Raw]:
        """The answers of a matrix: its columns."""
        found = []
        for key, each in ordered(self.raw.get("Answers") if raw is None else raw, self.raw.get("AnswerOrder")):
            item: Raw = {"value": self.asked.columns.get(key, key), "text": self.part(kind, key, each)}
            shown = self.logic.expression(each.get("DisplayLogic"), f"{self.where}/Answers/{key}", loop=self.loop)
            if shown not in {None, ALWAYS}:
                item["visibleIf"] = shown
            if is_on(each.get("ExclusiveAnswer")):
                item["isExclusive"] = True
            found.append(item)
        return found

    def written_beside(self) -> list[Raw]:
        """A field for each choice beside which something can be written, as in Qualtrics' own export."""
        found = []
        for key, choice in ordered(self.raw.get("Choices"), self.raw.get("ChoiceOrder")):
            if not has_text(choice) or (self.asked.is_drawn_from and key.startswith("x")):
                continue
            field: Raw = {"type": "text", "name": self.book.part(self.name, f"{key}_TEXT")}
            field["title"] = self.part("Choices", key, choice)
            field["visibleIf"] = self.logic.chosen(self.asked, self.name, key)
            if is_on(choice.get("TextEntryForceResponse")) or said(choice.get("TextEntryForceResponse")) == "on":
                field["isRequired"] = True
            kind = said(choice.get("TextEntryValidation"))
            field |= TEXTS.get(kind, {})
            reason = "what is written beside it is asked in a field of its own, under the name of its own export"
            self.losses.approximated(f"{self.where}/Choices/{key}", "the text beside a choice", reason)
            found.append(field)
        return found

    def drawn(self) -> Raw:
        """Where the choices come from, when they are carried forward."""
        if not self.asked.is_drawn_from:
            return {}
        locator = said(mapping(self.raw.get("DynamicChoices")).get("Locator")).partition("?")[0]
        source = self.book.asked.get(source_of(self.raw))
        mode = locator.rpartition("/")[2]
        known = {"SelectedChoices": "selected", "UnselectedChoices": "unselected", "AllChoices": "all",
                 "SelectedChoicesTextEntry": "selected", "DisplayedChoices": "all"}  # fmt: skip
        where = f"{self.where}/DynamicChoices"
        if source is None or mode not in known:
            self.losses.lost(where, "choices carried forward", f"nothing here corresponds to {locator[:80]}")
            return {}
        if mode == "DisplayedChoices":
            self.losses.approximated(where, "choices carried forward", "all are taken, those that were not shown too")
        return {"choicesFromQuestion": self.book.name(source, self.loop), "choicesFromQuestionMode": known[mode]}

    def order(self, *, rows: bool = False) -> Raw:
        """The order of choices or rows, where chance decides it."""
        chance = mapping(self.raw.get("Randomization"))
        kind, where = said(chance.get("Type")), f"{self.where}/Randomization"
        if kind in {"", "None"}:
            return {}
        if kind == "ScaleReversal" or is_on(chance.get("ConsistentScaleReversal")):
            self.losses.lost(where, "a scale turned round by chance", "the order of a scale is the same for all here")
            if kind == "ScaleReversal":
                return {}
        advanced = mapping(chance.get("Advanced"))
        if whole(chance.get("TotalRandSubset") or advanced.get("TotalRandSubset")):
            self.losses.lost(where, "a part of the choices, drawn by chance", "all of them are shown here")
        fixed = [each for each in map(said, listed(advanced.get("FixedOrder"))) if each and each != "{~Randomized~}"]
        if kind == "Advanced" and fixed:
            self.losses.approximated(
                where, "an order with fixed places", "all choices are shuffled, the fixed ones too"
            )
        return {"rowsOrder" if rows else "choicesOrder": "random"}

    def bounds(self, low: str, high: str) -> tuple[int | None, int | None]:
        """Two whole numbers of the settings."""
        return whole(self.settings.get(low)), whole(self.settings.get(high))

    def _piped(self, text: str) -> str:
        return self.piping.text(text, self.where, self.loop)


_VALIDATIONS = """
None ContentType ValidNumber ValidEmail ValidDate MinChar MaxChar CharRange TotalChar CustomValidation Custom
ChoicesTotal ChoiceTotal TotalSum MinChoices MaxChoices ChoiceRange SelectMany MustRankMin MustRankMax MustRankRange
RankRange MinMax
"""
TEXTS: dict[str, Raw] = {
    "ValidEmail": {"inputType": "email", "validators": [{"type": "email"}]},
    "ValidNumber": {"inputType": "number"},
    "Number": {"inputType": "number"},
    "ValidDate": {"inputType": "date"},
    "ValidPhone": {"inputType": "tel"},
    "ValidURL": {"inputType": "url"},
    "ValidZip": {"validators": [{"type": "regex", "regex": r"^\d{5}(-\d{4})?$"}]},
    "ValidUSState": {"validators": [{"type": "regex", "regex": "^[A-Za-z]{2}$"}]},
    "ValidTextOnly": {"validators": [{"type": "text", "allowDigits": False}]},
    "ValidUSZip": {"validators": [{"type": "regex", "regex": r"^\d{5}(-\d{4})?$"}]},
}
