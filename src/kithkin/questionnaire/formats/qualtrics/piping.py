"""Piped text: `${q://QID1/ChoiceTextEntryValue}` becomes `{Q1}`."""

from __future__ import annotations

import re
from urllib.parse import unquote

from kithkin.questionnaire.formats.conditions import answer, is_readable, literal
from kithkin.questionnaire.formats.qualtrics.asked import Asked, Family
from kithkin.questionnaire.formats.qualtrics.book import Book, Loop
from kithkin.questionnaire.formats.qualtrics.raw import listed, mapping, number, said
from kithkin.questionnaire.formats.wording import plainly

_PIPED = re.compile(r"\$\{\s*([a-z]{1,8})://([^{}]{1,300})\}")
_REFERENCE = re.compile(r"(?<![a-z])(e|q|gr|lm)://([\w/#.%:-]{1,200})")
_SUM = re.compile(r"\$e\{((?:[^{}$]|\$(?!\{)|\$\{[^{}]{1,300}\}){1,500})\}")
_CHOSEN = {
    "SelectedChoices", "SelectedChoicesTextEntry", "SelectedChoicesRecode", "SelectedAnswers", "SelectedAnswerRecode",
    "SelectedChoicesValue", "SelectedChoiceRecode",
}  # fmt: skip
CONTACT = {
    "FirstName": "FirstName", "LastName": "LastName", "Email": "Email", "Email1": "Email",
    "ExternalDataReference": "ExternalDataReference", "Phone": "Phone",
}  # fmt: skip
"""What is known of the contact, by the names in places; of an address there are two."""
NOTHING = "…"


class Piping:
    """Translates piped text. What has no counterpart is told once per place and shown as an ellipsis."""

    def __init__(self, book: Book) -> None:
        self.book = book

    def text(self, text: str, where: str, loop: Loop | None = None) -> str:
        """A text with our braces in it."""
        return self.book.written(self._filled(text, where, loop))

    def _filled(self, text: str, where: str, loop: Loop | None) -> str:
        if "${" not in text and "$e{" not in text:
            return text
        text = _SUM.sub(lambda found: self._summed(found[0], where, loop), text) if "$e{" in text else text
        return _PIPED.sub(lambda found: self._one(found, where, loop), text)

    def expression(self, text: str, loop: Loop | None = None) -> str | None:
        """A text with piped text in it as an expression; None where that cannot be."""
        summed = _SUM.fullmatch(text.strip())
        if summed:
            inside = _PIPED.sub(lambda found: f"{found[1]}://{found[2]}", summed[1])
            sum_ = _REFERENCE.sub(lambda found: self._path(found[1], found[2], loop) or "?", inside)
            return f"({sum_})" if is_readable(sum_) else None
        parts, last = [], 0
        for found in _PIPED.finditer(text):
            path = self._path(found[1], found[2], loop)
            if path is None:
                return None
            parts += [literal(text[last : found.start()])] * (found.start() > last) + [path]
            last = found.end()
        parts += [literal(text[last:])] * (last < len(text))
        whole = " + ".join(parts)
        return whole if parts and "$e{" not in text and is_readable(whole) else None

    def score(self, left: str) -> str:
        """Under which name a score is known."""
        identifier = left.removeprefix("gr://").partition("/")[0]
        categories = [mapping(each) for each in listed(self.book.survey.scoring.get("ScoringCategories"))]
        named = next((said(each.get("Name")) for each in categories if said(each.get("ID")) == identifier), identifier)
        return self.book.part("score", named or identifier)

    def _one(self, found: re.Match[str], where: str, loop: Loop | None) -> str:
        kind, rest = found[1], found[2]
        fixed = self._fixed(kind, rest, loop)
        if fixed is not None:
            return self.book.written(fixed)
        path = self._path(kind, rest, loop)
        if path is not None:
            return path
        self.book.losses.lost(
            where, f"piped text {found[0][:80]}", "nothing here corresponds to it: an ellipsis stands there"
        )
        return NOTHING

    def _summed(self, text: str, where: str, loop: Loop | None) -> str:
        expression = self.expression(text, loop)
        if expression is None:
            self.book.losses.lost(where, f"computed text {text[:80]}", "it has no expression here")
            return NOTHING
        name = self.book.names.given("computed")
        self.book.calculated.append({"name": name, "expression": expression})
        return answer(name)

    def _fixed(self, kind: str, rest: str, loop: Loop | None) -> str | None:
        """What is known when the file is read: fields of a loop, texts of questions and choices."""
        if kind == "lm" and loop:
            if rest.startswith("CurrentLoopNumber"):
                return str(loop.number)
            return loop.fields.get(rest.partition("?")[0].rpartition("/")[2])
        asked = self._asked(rest) if kind == "q" else None
        if asked is None:
            return None
        parts = rest.partition("?")[0].split("/")[1:]
        if parts[:1] == ["QuestionText"] or parts[:1] == ["QuestionDescription"]:
            return _PIPED.sub(NOTHING, plainly(said(asked.raw.get("QuestionText"))))
        if parts[:1] == ["ChoiceDescription"] and len(parts) > 1:
            choice = mapping(mapping(asked.raw.get("Choices")).get(parts[1]))
            return _PIPED.sub(NOTHING, plainly(said(choice.get("Display"))))
        return None

    def _path(self, kind: str, rest: str, loop: Loop | None) -> str | None:
        path, _, _ = rest.partition("?")
        if kind == "e" and path.startswith("Field/"):
            return answer(self.book.field(unquote(path.removeprefix("Field/"))))
        if kind == "m" and path in CONTACT:
            return answer(self.book.field(CONTACT[path]))
        if kind == "gr":
            return answer(self.score(f"gr://{path}"))
        if kind == "lm" and loop:
            return literal(loop.fields.get(path.rpartition("/")[2], ""))
        if kind == "date" and path.startswith("CurrentDate"):
            return self._today()
        return self._answered(path, loop) if kind == "q" else None

    def _answered(self, path: str, loop: Loop | None) -> str | None:  # noqa: PLR0911
        asked = self._asked(path)
        if asked is None or asked.family in {Family.LOST, Family.SHOWN}:
            return None
        prefix = path.partition("_")[0]
        if prefix.isdigit() and len(prefix) < 7:
            loop = Loop(int(prefix), {}, frozenset({asked.qid}))
        name = self.book.name(asked, loop)
        _, *parts = [unquote(part) for part in path.split("/")]
        parts = parts[1:] if parts[:1] in (["ChoiceGroup"], ["AnswerGroup"]) else parts
        selector, args = (parts[0], parts[1:]) if parts else ("", [])
        row = asked.keys.get(args[0], args[0]) if args else ""
        match asked.family:
            case Family.ONE | Family.SEVERAL | Family.NPS | Family.RANK if selector in _CHOSEN and not args:
                return answer(name)
            case Family.ONE | Family.SEVERAL | Family.NPS if selector == "ChoiceTextEntryValue" and args:
                return answer(self.book.part(name, f"{args[0]}_TEXT"))
            case Family.TEXT if selector in {"ChoiceTextEntryValue", "ChoiceNumericEntryValue"}:
                return answer(name)
            case Family.FORM | Family.SUM | Family.NUMBERS if row:
                return answer(name, row)
            case Family.MATRIX_ONE | Family.MATRIX_SEVERAL if row and selector in _CHOSEN | {"SelectedAnswer"}:
                return answer(name, row)
            case Family.SLIDERS | Family.STARS if args:
                return answer(self.book.part(name, args[0]) if len(asked.values) > 1 else name)
        if selector in {"SelectedChoicesCount", "SelectedAnswerCount"}:
            return answer(name, *([row] if row else []), "length")
        return None

    def _asked(self, rest: str) -> Asked | None:
        qid = unquote(rest.partition("/")[0])
        loop, _, inside = qid.partition("_")
        return self.book.asked.get(inside if loop.isdigit() and number(loop) is not None else qid)

    def _today(self) -> str:
        name = self.book.part("date", "today")
        if not any(each["name"] == name for each in self.book.calculated):
            self.book.calculated.append({"name": name, "expression": "today()"})
        return answer(name)
