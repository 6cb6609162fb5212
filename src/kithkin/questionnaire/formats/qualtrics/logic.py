"""Display, branch, skip and validation logic of Qualtrics as our expressions.

A condition is sets of terms: terms within a set are joined by And or Or, sets by AndIf or OrIf, and And binds tighter
at both levels. What cannot be translated is told, and counts as the caller says: shown rather than hidden, kept in
rather than thrown out.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

from kithkin.questionnaire.formats.conditions import (
    ALWAYS,
    NEVER,
    all_of,
    answer,
    any_of,
    compared,
    is_readable,
    literal,
    negated,
)
from kithkin.questionnaire.formats.qualtrics.asked import Asked, Family
from kithkin.questionnaire.formats.qualtrics.book import Book, Loop
from kithkin.questionnaire.formats.qualtrics.piping import CONTACT, Piping
from kithkin.questionnaire.formats.qualtrics.raw import Raw, is_on, mapping, number, numbered, said
from kithkin.questionnaire.formats.qualtrics.selecting import SELECTED, Untranslatable, column_name
from kithkin.questionnaire.formats.wording import plainly

_LOCATOR = re.compile(r"q://(?:(?P<loop>\d{1,6})_)?(?P<qid>[^/]+)(?:/(?P<rest>.*))?")
_COMPARED = {
    "EqualTo": "=", "Is": "=", "NotEqualTo": "<>", "IsNot": "<>", "GreaterThan": ">", "GreaterThanOrEqual": ">=",
    "LessThan": "<", "LessThanOrEqual": "<=", "Contains": "contains", "DoesNotContain": "notcontains",
}  # fmt: skip
_ENDLESS = 500


class Logic:
    """Translates conditions."""

    def __init__(self, book: Book, piping: Piping) -> None:
        self.book, self.piping = book, piping
        self._within: set[str] = set()
        self._shown: dict[tuple[str, str, str], str] = {}

    def expression(self, raw: Any, where: str, *, otherwise: str = ALWAYS, loop: Loop | None = None) -> str | None:
        """A condition; None where there is none. `otherwise` is what an untranslatable term counts as."""
        sets: list[tuple[str, str | None]] = []
        condition = mapping(raw)
        for key in numbered(condition)[:_ENDLESS]:
            terms = mapping(condition[key])
            found = [
                (_conjunction(term), self._term(term, where, otherwise, loop))
                for term in (terms[each] for each in numbered(terms)[:_ENDLESS])
                if isinstance(term, dict) and not is_on(term.get("_HiddenExpression"))
            ]
            if found:
                sets.append(("or" if said(terms.get("Type")) in {"OrIf", "ElseIf"} else "and", _joined(found)))
        whole = _joined(sets)
        if whole is None and sets:
            return None
        if whole is not None and not is_readable(whole):
            self.book.losses.lost(where, "a condition", "it is too large or nested too deep for one expression")
            return otherwise
        return whole

    def skip(self, raw: Raw, where: str, loop: Loop | None) -> str:
        """When skip logic is taken: only where its question was answered."""
        term = {
            "LogicType": "Question",
            "LeftOperand": raw.get("ChoiceLocator") or raw.get("Locator"),
            "Operator": raw.get("Condition"),
            "RightOperand": raw.get("Value"),
            "QuestionID": raw.get("QuestionID"),
            "Description": raw.get("Description"),
        }
        found = self._term(term, where, NEVER, loop) or ALWAYS
        asked = self.book.asked.get(said(raw.get("QuestionID")))
        if said(raw.get("Condition")).startswith(("Not", "DoesNot")) and asked and found != NEVER:
            return all_of([f"{answer(self.book.name(asked, loop))} notempty", found]) or found
        return found

    def _term(self, term: Raw, where: str, otherwise: str, loop: Loop | None) -> str | None:
        try:
            return _readable(self._translated(term, loop))
        except Untranslatable as reason:
            kind = said(term.get("LogicType"))[:40]
            what = plainly(said(term.get("Description")))[:160] or f"a condition of type {kind}"
            counted = "always true" if otherwise == ALWAYS else "never true"
            self.book.losses.lost(where, f"condition: {what}", f"{reason}; it counts as {counted}")
            return otherwise

    def _translated(self, term: Raw, loop: Loop | None) -> str:
        kind, left = said(term.get("LogicType")), said(term.get("LeftOperand"))
        operator = said(term.get("Operator"))
        if kind == "Question" or left.startswith("q://"):
            return self._of_question(left, operator, term, loop)
        if kind == "EmbeddedField":
            return self._compared(answer(self.book.field(left)), operator, term, loop)
        if kind == "PanelData" and left.startswith("m://") and (field := left.removeprefix("m://")):
            return self._compared(answer(self.book.field(CONTACT.get(field, field))), operator, term, loop)
        if kind in {"LoopAndMerge", "LoopAndMergeField"} and loop:
            field = left.rpartition("/")[2]
            return self._compared(literal(loop.fields.get(field, "")), operator, term, loop)
        if kind == "Scoring" or left.startswith("gr://"):
            return self._compared(answer(self.piping.score(left)), operator, term, loop)
        if kind == "BooleanValue":
            return ALWAYS if left.lower() in {"true", "1"} else NEVER
        if not kind and not left:
            raise Untranslatable("the condition is incomplete in the file")
        raise Untranslatable(f"nothing here knows {kind or left[:40]}")

    def _of_question(self, locator: str, operator: str, term: Raw, loop: Loop | None) -> str:
        asked, selector, args, sub, loop = self._located(locator, said(term.get("QuestionID")), loop)
        if operator in {"Displayed", "NotDisplayed"}:
            return self._displayed(asked, operator, selector, args)
        name = self.book.name(asked, loop)
        if selector.startswith("Selectable") and operator in {"Selected", "NotSelected", "Is", "IsNot", ""}:
            chosen = SELECTED.get(asked.family)
            if chosen is None:
                raise Untranslatable(f"{asked.family} has no choices that could be asked for")
            found = chosen(self, asked, name, _arguments(selector, args), sub)
            return negated(found) if operator in {"NotSelected", "IsNot"} else found
        return self._compared(self.path(asked, name, selector, args, sub), operator, term, loop)

    def _located(self, locator: str, qid: str, loop: Loop | None) -> tuple[Asked, str, list[str], str, Loop | None]:
        found = _LOCATOR.match(locator)
        if found is None:
            raise Untranslatable("its place cannot be read")
        parts = [unquote(part) for part in (found["rest"] or "").split("/") if part]
        whole = unquote(found["qid"])
        name, _, sub = (qid if whole in {"undefined", ""} else whole).partition("#")
        asked = self.book.asked.get(name)
        if asked is None:
            raise Untranslatable("it speaks of a question that is not in the survey")
        if asked.family is Family.LOST:
            raise Untranslatable("it speaks of a question that does not come along")
        if found["loop"]:
            loop = Loop(int(found["loop"]), {}, frozenset({name}))
        return asked, parts[0] if parts else "", parts[1:], sub, loop

    def _displayed(self, asked: Asked, operator: str, selector: str, args: list[str]) -> str:
        kind = "Answers" if selector.startswith("Answer") else "Choices"
        which = (asked.qid, kind, args[0] if args else "")
        if which not in self._shown:
            self._shown[which] = self._when_shown(asked, *which[1:])
        return self._shown[which] if operator == "Displayed" else negated(self._shown[which])

    def _when_shown(self, asked: Asked, kind: str, key: str) -> str:
        """When a question is shown, and a part of it; worked out once, since each may ask twice for the one before."""
        if asked.qid in self._within:
            raise Untranslatable("it asks for itself in a circle")
        self._within.add(asked.qid)
        try:
            own = mapping(mapping(asked.raw.get(kind)).get(key))
            parts = [asked.display_logic, own.get("DisplayLogic")]
            return all_of(self.expression(each, asked.qid) for each in parts) or ALWAYS
        finally:
            self._within.discard(asked.qid)

    def path(self, asked: Asked, name: str, selector: str, args: list[str], sub: str = "") -> str:  # noqa: PLR0911
        """The answer, or the part of it, that a place means. Raises Untranslatable."""
        row = asked.keys.get(args[0], args[0]) if args else ""
        if selector.endswith("Count"):
            return answer(name, *([row] if row else []), "length")
        match asked.family:
            case Family.ONE | Family.SEVERAL | Family.NPS if "TextEntry" in selector and args:
                return answer(self.book.part(name, f"{args[0]}_TEXT"))
            case Family.RANK if args:
                return answer(name)
            case Family.SLIDERS | Family.STARS | Family.PROFILE if args:
                return answer(self.item(asked, name, args[0]))
            case Family.SLIDERS | Family.STARS if len(asked.values) <= 1:
                return answer(name)
            case Family.FORM | Family.SUM | Family.NUMBERS | Family.MATRIX_ONE | Family.MATRIX_SEVERAL if row:
                return answer(name, row)
            case Family.MATRIX_TEXT if len(args) > 1:
                return answer(name, row, column_name(args[1]))
            case Family.SIDE_BY_SIDE if row:
                return answer(name, row, column_name(sub or "1", *args[1:2]))
            case Family.ONE | Family.SEVERAL | Family.NPS | Family.TEXT | Family.FILE | Family.SIGNATURE | Family.RANK:
                return answer(name)
        raise Untranslatable(f"that part of {asked.family} has no answer of its own")

    def item(self, asked: Asked, name: str, key: str) -> str:
        """The name of the question that asks for one item; an only item is the question itself."""
        return name if len(asked.values) <= 1 and asked.family is not Family.PROFILE else self.book.part(name, key)

    def chosen(self, asked: Asked, name: str, key: str) -> str:
        """When a choice of a question with this name is chosen."""
        if asked.family in {Family.ONE, Family.NPS}:
            return compared(answer(name), "=", asked.values[key])
        if asked.family in {Family.SEVERAL, Family.RANK}:
            return compared(answer(name), "contains", asked.values[key])
        return f"{answer(name, asked.keys[key])} notempty"

    def drawn_values(self, asked: Asked) -> dict[str, Any]:
        """The values of the choices that a question takes from another."""
        source = self.book.asked.get(source_of(asked.raw))
        return source.values if source and source is not asked else {}

    def _compared(self, path: str, operator: str, term: Raw, loop: Loop | None) -> str:
        if operator in {"Empty", "NotEmpty"}:
            return f"{path} {operator.lower()}"
        if operator in {"Selected", "NotSelected"}:
            return f"{path} {'notempty' if operator == 'Selected' else 'empty'}"
        if operator not in _COMPARED:
            raise Untranslatable(f"there is no comparison {operator[:40]!r} here")
        right = said(term.get("RightOperand"))
        if "${" in right or "$e{" in right:
            piped = self.piping.expression(right, loop)
            if piped is None:
                raise Untranslatable("the text that it compares with cannot be put into an expression")
            return f"{path} {_COMPARED[operator]} {piped}"
        spelled = number(right)
        return compared(path, _COMPARED[operator], right if spelled is None else spelled)


def source_of(raw: Raw) -> str:
    """The question whose choices are carried forward."""
    found = _LOCATOR.match(said(mapping(raw.get("DynamicChoices")).get("Locator")))
    return unquote(found["qid"]) if found else ""


def _conjunction(term: Raw) -> str:
    """By which word a term is joined; the key is misspelt in every export."""
    return said(term.get("Conjuction") or term.get("Conjunction")).lower()


def _readable(expression: str) -> str:
    if expression in {ALWAYS, NEVER} or is_readable(expression):
        return expression
    raise Untranslatable("it has no expression")


def _joined(terms: list[tuple[str, str | None]]) -> str | None:
    """Terms with the word before each; And binds tighter than Or."""
    groups: list[list[str | None]] = []
    for word, term in terms:
        if not groups or word == "or":
            groups.append([])
        groups[-1].append(term)
    return any_of(all_of(group) for group in groups) if groups else None


def _arguments(selector: str, args: list[str]) -> list[str]:
    """Row and column, where there are both; an answer alone stands for any row."""
    if selector == "SelectableAnswer" and len(args) == 1:
        return ["", args[0]]
    if args[:1] == ["Group"]:
        return args[1:]
    return args
